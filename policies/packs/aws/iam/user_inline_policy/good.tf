resource "aws_iam_user" "kim" {
  name = "kim"
}

resource "aws_iam_group" "readers" {
  name = "readers"
}

resource "aws_iam_group_membership" "readers" {
  name  = "readers"
  group = aws_iam_group.readers.name
  users = [aws_iam_user.kim.name]
}

resource "aws_iam_group_policy" "read" {
  group = aws_iam_group.readers.name
  name  = "read"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::example-reports/*" }]
  })
}
