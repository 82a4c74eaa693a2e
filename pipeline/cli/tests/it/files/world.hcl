organization {
  management_account = "111111111111"
  region             = "eu-west-1"
  discover = false
}

account "dev" {
  id = "222222222222"
  ou = "Workloads/NonProd"
}
account "prd" {
  id = "333333333333"
  ou = "Workloads/Prod"
}
stage "dev" {
  accounts = ["dev"]
}
stage "prd" {
  ous       = ["Workloads/Prod"]
  after     = ["dev"]
  approvals = 2
  wave {
    canary = 1
    size   = 10
  }
}

repository "acme/infra" {
  forge  = "github"
  url    = "https://github.example/acme/infra.git"
  stages = ["dev", "prd"]
}
forge "github" {
  api            = "https://api.github.example"
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}
person "kim" {
  github = "kim"
  roles  = ["operator", "approver"]
}
person "hong" {
  github = "hong"
  roles  = ["operator", "approver"]
}
person "lee" {
  github = "lee"
  roles  = ["approver"]
}
