# The stacks of the demo's repository: DevOps engineers own platform/, developers own services/.

stack "foundation" {
  engine    = "terraform"
  path      = "platform/foundation"
  variables = { stage = stage.name, owner = account.name }
}

stack "data" {
  engine    = "terraform"
  path      = "platform/data"
  variables = { stage = stage.name }
}

stack "front" {
  engine     = "cloudformation"
  path       = "services/front"
  parameters = { Stage = stage.name }
}

stack "session" {
  engine     = "cloudformation"
  path       = "services/session"
  parameters = { Stage = stage.name, RetentionDays = stage.name == "prd" ? "90" : "7" }
}
