stack "a" {
  engine        = "terraform"
  path          = "./a//b/../c/"
  stages        = ["dev", "dev"]
  when_modified = []
}
stack "b" {
  engine     = "sam"
  path       = "b"
  stages     = ["stg"]
  depends_on = ["a"]
}
