resource "aws_iam_user" "kim" {
  name = "kim"
}

resource "aws_iam_user_group_membership" "kim" {
  user   = aws_iam_user.kim.name
  groups = ["readers"]
}
