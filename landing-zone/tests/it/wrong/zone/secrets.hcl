organization {
  management_account = env("MANAGEMENT")
  region             = "ap-northeast-2"
}
forge "github" {
  token          = "ghp_not_a_real_token"
  webhook_secret = env(SECRET)
}
forge "gitlab" {
  token          = env("GITLAB-TOKEN")
  webhook_secret = "${env("X")}"
}
slack {
  bot_token      = getenv("SLACK")
  signing_secret = env("A", "B")
  channel        = env("CHANNEL")
}
state { bucket = "state-${env("SECRET")}" }
server { database = "postgres://wayleave:hunter2@db/wayleave" }
index { url = "https://elastic:changeme@es.example" }
repository "acme/infra" {
  forge  = "github"
  url    = "https://token@github.example/acme/infra.git"
  stages = []
}
