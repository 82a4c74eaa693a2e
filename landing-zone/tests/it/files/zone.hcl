organization {
  management_account = "111111111111"
  region             = "ap-northeast-2"
  discover           = true              # accounts, OUs and tags from AWS Organizations, paged, cached
  plan_role          = "WayleavePlan"    # assumed to plan: reads only
  apply_role         = "WayleaveApply"   # assumed to apply, and for nothing else
}

account "dev" {                          # needed only where nothing is discovered, or to add a name
  id = "222222222222"
  ou = "Workloads/NonProd"
}

stage "dev" {
  accounts = ["dev"]                     # names or ids; or  ous = ["Workloads/NonProd"]  (with their children),
}                                        # or  tags = { env = "dev" };  exclude = [...]  takes away
stage "prd" {
  ous       = ["Workloads/Prod"]
  after     = ["dev"]                    # promotion: starts when every unit of these stages has been applied
  approvals = 2                          # distinct people, none of them the author of the change
  soak      = "30m"
  wave {
    canary       = 1                     # accounts in the first wave
    size         = 10                    # accounts in each later wave
    max_failures = 0                     # more than this in a stage stops it
  }
  freeze "year end" {
    from = "2026-12-20T00:00:00+09:00"
    to   = "2027-01-03T00:00:00+09:00"
  }
}

state { bucket = "wayleave-state-${account.id}" }     # S3 backend given to every Terraform unit, native lock file

repository "acme/infra" {                # the allow-list: a repository not named here is answered and ignored
  forge    = "github"                    # github | gitlab | bitbucket | bitbucket-server | gitea | s3
  url      = "https://github.example/acme/infra.git"
  branch   = "main"
  stages   = ["dev", "prd"]              # all it may ever touch
  apply    = "on_merge"                  # or "before_merge"
  config   = "wayleave.hcl"
}

forge "github" {
  api            = "https://api.github.example"
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}

person "hong" {                          # one human, wherever they speak
  slack  = "U0HONG"
  github = "hong"
  roles  = ["operator", "approver"]      # viewer | operator | approver | admin
}

slack {
  api            = "https://slack.com/api"
  bot_token      = env("SLACK_BOT_TOKEN")
  signing_secret = env("SLACK_SIGNING_SECRET")
  channel        = "#deploys"
}

stream { kinesis = "wayleave-audit" }    # left out: an embedded stream
index  { url = "http://127.0.0.1:9200" } # Elasticsearch or OpenSearch, told apart by asking; left out: embedded
policy {
  packs   = ["builtin"]                  # "builtin", a directory, or a git URL with a commit
  fail_on = "high"                       # low | medium | high
}
server {
  listen   = "127.0.0.1:8080"
  url      = "https://wayleave.example"
  database = "sqlite:wayleave.db"        # or postgres://…
  data     = "wayleave-data"             # plans, checkouts, spool
  workers  = 4                           # units at once on this machine
}
