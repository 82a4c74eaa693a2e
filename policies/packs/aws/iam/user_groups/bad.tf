resource "aws_iam_user" "kim" {
  name = "kim"
}
