resource "aws_networkfirewall_firewall_policy" "edge" {
  name = "edge"
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    stateful_rule_group_reference {
      resource_arn = "arn:aws:network-firewall:eu-west-1:222222222222:stateful-rulegroup/edge"
    }
  }
}
