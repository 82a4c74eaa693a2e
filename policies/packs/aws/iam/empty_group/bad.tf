resource "aws_iam_group_membership" "readers" {
  name  = "readers"
  group = "readers"
  users = []
}
