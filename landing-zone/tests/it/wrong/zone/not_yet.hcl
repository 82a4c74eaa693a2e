organization {
  management_account = "111111111111"
  region             = "ap-northeast-2"
}
account "dev" { id = "222222222222" }
stage "dev" {
  accounts  = ["dev"]
  approvals = 1
}
repository "acme/infra" {
  forge  = "gitlab"
  url    = "https://gitlab.example/acme/infra.git"
  stages = ["dev"]
}
forge "gitlab" {
  token          = env("GITLAB_TOKEN")
  webhook_secret = env("GITLAB_WEBHOOK_SECRET")
}
policy { packs = ["builtin", "https://rules.example/r.git?ref=0123456789012345678901234567890123456789"] }
server { database = "postgres://db.example/wayleave" }
