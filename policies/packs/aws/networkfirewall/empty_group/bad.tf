resource "aws_networkfirewall_rule_group" "edge" {
  name     = "edge"
  capacity = 10
  type     = "STATELESS"
  rule_group {
    rules_source {
      stateless_rules_and_custom_actions {
      }
    }
  }
}
