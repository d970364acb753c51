path "secret/data/shop/smtp" {
  capabilities = ["read"]
}
