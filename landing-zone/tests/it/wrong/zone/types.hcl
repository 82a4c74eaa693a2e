organization {
  management_account = 111111111111
  region             = region
  discover           = "true"
  plan_role          = ["WayleavePlan"]
  apply_role         = "arn:aws:iam::111111111111:role/Apply"
}
account "dev" {
  id   = 222222222222
  ou   = "/Workloads/"
  tags = { env = 1, "cost-center" = "7" }
}
account "222222222222" {
  id = "22222222222"
}
stage "dev" {
  accounts  = "dev"
  approvals = "2"
  soak      = 30
  wave {
    canary       = -1
    size         = 0
    max_failures = 1.5
  }
}
stage "1st" {
  accounts = ["dev", 7, null]
  soak     = "30 parsecs"
}
stage "prd" {
  tags    = ["env"]
  exclude = ["x", ""]
  soak    = "-5m"
  freeze "year end" {
    from = "2027-01-03T00:00:00+09:00"
    to   = "2026-12-20T00:00:00+09:00"
  }
  freeze "no offset" {
    from = "2027-01-03T00:00:00"
    to   = "christmas"
  }
}
