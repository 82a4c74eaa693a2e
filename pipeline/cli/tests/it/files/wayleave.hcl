stack "network" {
  engine    = "terraform"
  path      = "platform/network"
  variables = { owner = account.name }
}
stack "session" {
  engine = "sam"
  path       = "services/session"
  parameters = { Stage = stage.name }
  depends_on = ["network"]
}
