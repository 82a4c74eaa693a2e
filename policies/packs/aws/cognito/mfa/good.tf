resource "aws_cognito_user_pool" "app" {
  name = "app"
  mfa_configuration = "ON"
  software_token_mfa_configuration {
    enabled = true
  }
}
