stack "network" {
  engine        = "terraform"            # terraform | opentofu | cloudformation | sam
  path          = "platform/network"
  stages        = ["dev", "prd"]
  regions       = ["ap-northeast-2"]     # default: the organization's
  when_modified = ["platform/network/**", "modules/vpc/**"]   # default: the path and every local module it uses
  variables     = { cidr = stage.name == "prd" ? "10.8.0.0/16" : "10.1.0.0/16", owner = account.name }
}
stack "session" {
  engine     = "sam"
  path       = "services/session"
  template   = "template.yaml"
  parameters = { Stage = stage.name }
  depends_on = ["network"]
}
