organization {
  management_account = "999999999999"
  region             = "us-east-1"
  discover           = false
}
account "dev" { id = "222222222222" }
stage "dev" { accounts = ["dev"] }
policy {
  packs           = ["builtin", "https://rules.example/r.git?ref=main", "https://u:pw@rules.example/r.git"]
  fail_on         = "critical"
  min_severity    = "some"
  suppressions    = "no"
  rules           = "WL-AWS-S3-001"
  skip            = ["WL-AWS-S3-002", 3]
  skip_categories = [""]
  frameworks      = [cis]
  severities      = { "WL-AWS-S3-001" = "hgih", "WL-AWS-S3-002" = 1 }
  rule "WL-AWS-S3-001" {
    severity  = "none"
    parameter = { a = 1 }
  }
  rule "WL-AWS-S3-001" {}
  rule "with space" { parameters = [1] }
  rule "WL-AWS-EC2-001" { parameters = { ports = [for p in [1] : p], cidrs = env("X") } }
  rule {}
  stage "dve" { skip = ["WL-AWS-S3-001"] }
  stage "dev" {
    packs   = ["builtin"]
    fail_on = "low"
  }
}
