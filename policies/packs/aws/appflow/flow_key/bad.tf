resource "aws_appflow_flow" "crm" {
  name    = "crm"
  source_flow_config {
    connector_type = "S3"
    source_connector_properties {
      s3 {
        bucket_name   = "example-crm"
        bucket_prefix = "in"
      }
    }
  }
  destination_flow_config {
    connector_type = "S3"
    destination_connector_properties {
      s3 {
        bucket_name = "example-crm-out"
      }
    }
  }
  task {
    source_fields = ["id"]
    task_type     = "Map_all"
  }
  trigger_config {
    trigger_type = "OnDemand"
  }
}
