module "network" {
  source = "git::https://git.example.com/somebody/network.git?ref=v1.2.0"
}
