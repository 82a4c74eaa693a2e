stack "a" {
  engine     = "terraform"
  path       = "a"
  depends_on = ["b"]
}
stack "b" {
  engine     = "terraform"
  path       = "b"
  depends_on = ["free", "c"]
}
stack "c" {
  engine     = "terraform"
  path       = "c"
  depends_on = ["a"]
}
stack "self" {
  engine     = "terraform"
  path       = "self"
  depends_on = ["self"]
}
stack "free" {
  engine = "terraform"
  path   = "free"
}
