resource "aws_cognito_user_pool" "app" {
  name = "app"
}
