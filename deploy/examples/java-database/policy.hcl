path "database/creds/orders" {
  capabilities = ["read"]
}
path "kv/shop/orders" {
  capabilities = ["read"]
}
