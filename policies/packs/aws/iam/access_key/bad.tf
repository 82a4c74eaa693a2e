resource "aws_iam_access_key" "build" {
  user = "build"
}
