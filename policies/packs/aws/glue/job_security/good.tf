resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "arn:aws:iam::222222222222:role/glue"
  command {
    script_location = "s3://example-scripts/load.py"
  }
  security_configuration = "all"
}
