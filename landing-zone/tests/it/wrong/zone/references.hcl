organization {
  management_account = "111111111111"
  region             = "ap-northeast-2"
}
account "dev" {
  id = "222222222222"
  ou = "Workloads/NonProd"
}
stage "dev" {
  accounts = ["dve", "444444444444", "dev", "dev"]
  ous      = ["Workloads/NonPord", "Workloads"]
  exclude  = ["Sandbox"]
}
stage "stg" {
  ous   = ["Workloads"]
  after = ["dev", "prd"]
}
stage "prd" {
  ous   = ["Workloads"]
  after = ["stg", "sgt"]
}
stage "self" {
  ous   = ["Workloads"]
  after = ["self"]
}
stage "none" {}
repository "acme/infra" {
  forge  = "github"
  url    = "https://github.example/acme/infra.git"
  stages = ["dev", "prod"]
}
repository "acme/idle" {
  forge  = "sourcehut"
  url    = "https://github.example/acme/infra.git"
  stages = []
}
