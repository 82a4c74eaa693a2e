resource "aws_servicecatalog_portfolio_share" "tools" {
  portfolio_id = "port-0123456789abc"
  principal_id = "333333333333"
  type         = "ACCOUNT"
}
