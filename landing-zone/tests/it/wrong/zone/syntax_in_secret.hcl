forge "github" {
  token          = "ghp_not_a_real_token" x
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}
