resource "aws_backup_vault_policy" "daily" {
  backup_vault_name = "daily"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "backup:CopyIntoBackupVault"
      Resource  = "*"
    }]
  })
}
