organization {
  management_account = 111111111111
  region             = "ap-northeast-2"
  region             = "us-east-1"
}
account "dev" {
  id = "222222222222" "333333333333"
}
stage "dev" {
  acounts = ["dev"]
}
forge "github" {
  token          = "ghp_not_a_real_token"
  token          = "ghp_another_one"
  webhook_secret = "unclosed
}
