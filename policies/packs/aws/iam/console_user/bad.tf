resource "aws_iam_user_login_profile" "kim" {
  user = "kim"
}
