organization {
  management_account = "111111111111"
  region             = "ap-northeast-2"
  plan_role          = "Admin"
  apply_role         = "Admin"
}
slack {
  api            = "slack.com/api"
  bot_token      = env("SLACK_BOT_TOKEN")
  signing_secret = env("SLACK_SIGNING_SECRET")
  channel        = "#"
}
stream { kinesis = "way leave" }
index { url = "127.0.0.1:9200" }
policy {
  packs   = ["builtin", "https://rules.example/rules.git", ""]
  fail_on = "critical"
}
server {
  listen   = "localhost:8080"
  url      = "wayleave.example"
  database = "mysql://db"
  data     = ""
  workers  = 5000
}
person "hong" {
  slack  = "@hong"
  github = "hong"
  roles  = ["aprover"]
}
person "kim" { github = "@kim" }
person "lee" { github = "lee" }
person "li" { github = "Lee" }
repository "acme/infra" {
  forge  = "github"
  url    = "--upload-pack=x"
  branch = "-main"
  stages = []
  apply  = "on-merge"
  config = "../wayleave.hcl"
}
