path "secret/data/shop/tls" {
  capabilities = ["read"]
}
