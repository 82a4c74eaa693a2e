resource "aws_emr_cluster" "etl" {
  name          = "etl"
  release_label = "emr-7.5.0"
  service_role  = "arn:aws:iam::222222222222:role/emr"
}
