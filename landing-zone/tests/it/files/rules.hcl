organization {
  management_account = "111111111111"
  region             = "ap-northeast-2"
}
account "dev" {
  id = "222222222222"
}
account "prd" {
  id = "333333333333"
}
stage "dev" {
  accounts = ["dev"]
}
stage "stg" {
  accounts = ["dev"]
}
stage "prd" {
  accounts = ["prd"]
}
repository "acme/infra" {
  forge  = "github"
  url    = "https://github.example/acme/infra.git"
  stages = ["dev", "stg"]
}
forge "github" {
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}
