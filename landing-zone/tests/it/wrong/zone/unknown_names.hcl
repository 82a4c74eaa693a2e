organization {
  management_acount = "111111111111"
  region            = "ap-northeast-2"
}
stages "dev" {
  accounts = ["dev"]
}
stage "prd" {
  accounts = ["prd"]
  waves {
    size = 1
  }
  freeze = "year end"
}
account "prd" {
  id = "222222222222"
  owner {}
}
server { lissten = "127.0.0.1:8080" }
listen = "127.0.0.1:8080"
policy = { fail_on = "high" }
