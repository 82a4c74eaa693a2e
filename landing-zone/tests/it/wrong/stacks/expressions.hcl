stack "network" {
  engine = "terraform"
  path   = "network"
  variables = {
    unknown    = acount.id
    attribute  = account.nmae
    text       = region.name
    template   = "x-${stage.nam}-${user}"
    heredoc    = <<-EOT
      ${foo}
    EOT
    function   = uper(stage.name)
    arguments  = upper(stage.name, "x")
    secret     = env("TOKEN")
    product    = 2 * 3
    large      = 123456789012345678901234567890
    loops      = [for a in [1]: [for b in [2]: a]]
    loop       = { for k, v in account.tags : k => z }
    directive  = "%{ for x in [1] }${y}%{ endfor }"
    namespaced = provider::aws::arn()
    fine       = [for s in split("-", region): upper(s) if s != "2"]
  }
}
stack "types" {
  engine = "terraform"
  path   = "types"
  variables = {
    sum       = stage.name + 1
    condition = stage.name ? 1 : 2
    arguments = join("-", [[]])
    only_stg  = stage.name == "stg" ? stage.name - 1 : "fine"
    tag       = account.tags.team
    key       = { dev = 1, stg = 2 }[stage.name]
  }
}
stack "whole" {
  engine     = "sam"
  path       = "whole"
  parameters = merge({ A = 1 }, { B = 2 })
}
