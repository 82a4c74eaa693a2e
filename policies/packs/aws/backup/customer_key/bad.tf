resource "aws_backup_vault" "daily" {
  name = "daily"
}
