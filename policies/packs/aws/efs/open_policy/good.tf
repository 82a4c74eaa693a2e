resource "aws_efs_file_system_policy" "home" {
  file_system_id = "fs-0123456789abcdef0"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::222222222222:role/app" }
      Action    = "elasticfilesystem:ClientMount"
      Resource  = "*"
    }]
  })
}
