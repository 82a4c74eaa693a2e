resource "aws_config_configuration_aggregator" "all" {
  name = "all"
  account_aggregation_source {
    account_ids = ["222222222222"]
    all_regions = false
  }
}
