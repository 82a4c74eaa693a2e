resource "aws_appflow_connector_profile" "crm" {
  name            = "crm"
  connector_type  = "Slack"
  connection_mode = "Public"
  connector_profile_config {
    connector_profile_properties {
      slack {
        instance_url = "https://example.slack.com"
      }
    }
  }
}
