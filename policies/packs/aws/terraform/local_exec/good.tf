resource "terraform_data" "migrate" {
  input = "2"
}
