path "secret/data/shop/web" {
  capabilities = ["read"]
}
