# The landing zone of the demo; what stands between @ signs is filled in when it starts.

organization {
  management_account = "@management@"
  region             = "@region@"
  discover           = true
  plan_role          = "WayleavePlan"
  apply_role         = "WayleaveApply"
}

stage "dev" {
  tags = { env = "dev" }
}
stage "stg" {
  tags      = { env = "stg" }
  after     = ["dev"]
  approvals = 1
}
stage "prd" {
  ous       = ["Workloads/Prod"]
  after     = ["stg"]
  approvals = 2
}

state { bucket = "wayleave-state-${account.id}" }

repository "@repository_name@" {
  forge  = "github"
  url    = "file://@repository@"
  branch = "main"
  stages = ["dev", "stg", "prd"]
  apply  = "on_merge"
  config = "wayleave.hcl"
}

forge "github" {
  api            = "@github@"
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}

person "kim" {
  slack  = "U0KIM"
  github = "kim"
  roles  = ["operator"]
}
person "hong" {
  slack  = "U0HONG"
  github = "hong"
  roles  = ["operator", "approver"]
}
person "lee" {
  slack  = "U0LEE"
  github = "lee"
  roles  = ["approver"]
}

slack {
  api            = "@slack@"
  bot_token      = env("SLACK_BOT_TOKEN")
  signing_secret = env("SLACK_SIGNING_SECRET")
  channel        = "@channel@"
}

stream { kinesis = "@stream@" }

policy {
  packs   = ["builtin"]
  fail_on = "high"
}

server {
  listen   = "@listen@"
  url      = "http://@listen@"
  database = "sqlite:wayleave.db"
  data     = "wayleave-data"
  workers  = 2
}
