resource "aws_organizations_account" "dev" {
  name  = "dev"
  email = "dev@example.com"
  close_on_deletion = true
}
