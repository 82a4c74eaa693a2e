organization "acme" {
  management_account = "111111111111"
  region             = "ap-northeast-2"
}
organization {
  management_account = "111111111111"
  region             = "ap-northeast-2"
}
account {
  id = "222222222222"
}
account "dev" "too" {
  id = "222222222222"
}
account "stg" {
  id = "222222222222"
}
account "prd" {
  id = "222222222222"
}
account "prd" {
  id = "333333333333"
}
forge "githib" {
  token          = env("A")
  webhook_secret = env("B")
}
repository "infra" {
  forge  = "github"
  url    = "https://github.example/infra.git"
  stages = ["dev"]
}
person "h" {
  roles = []
}
