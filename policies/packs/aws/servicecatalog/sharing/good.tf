resource "aws_servicecatalog_portfolio_share" "tools" {
  portfolio_id = "port-0123456789abc"
  principal_id = "arn:aws:organizations::111111111111:ou/o-abcdefghij/ou-abcd-01234567"
  type         = "ORGANIZATIONAL_UNIT"
}
