resource "aws_dms_replication_task" "move" {
  replication_task_id       = "move"
  migration_type            = "full-load"
  replication_instance_arn  = "arn:aws:dms:eu-west-1:222222222222:rep:a"
  source_endpoint_arn       = "arn:aws:dms:eu-west-1:222222222222:endpoint:a"
  target_endpoint_arn       = "arn:aws:dms:eu-west-1:222222222222:endpoint:b"
  table_mappings            = jsonencode({ rules = [] })
  replication_task_settings = jsonencode({ Logging = { EnableLogging = true } })
}
