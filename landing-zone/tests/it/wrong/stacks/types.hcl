stack "network" {
  engine = "teraform"
  path   = "/platform/network"
}
stack "roles" {
  path     = "platform/../../roles"
  stages   = ["prd"]
  regions  = ["Seoul"]
  template = "template.yaml"
}
stack "session_table" {
  engine        = "cloudformation"
  path          = "services/session"
  template      = "../../../etc/passwd"
  stages        = ["prod", "dve"]
  regions       = []
  when_modified = ["services/**", "/etc/*", "a[", "../x"]
  variables     = { a = 1 }
  depends_on    = ["sessions"]
}
stack "a" {
  engine     = "terraform"
  path       = "a"
  stages     = []
  template   = "t.yaml"
  parameters = { A = 1 }
}
stack "a" {
  engine = "sam"
  path   = "."
}
stack "b" {
  engine    = "opentofu"
  path      = "windows\\style"
  variables = { "1st" = 1, (region) = 2 }
}
unit "x" {}
