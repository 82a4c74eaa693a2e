resource "aws_iam_user" "kim" {
  name = "kim"
}

resource "aws_iam_user_policy" "read" {
  user = aws_iam_user.kim.name
  name = "read"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::example-reports/*" }]
  })
}
