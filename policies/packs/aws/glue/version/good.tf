resource "aws_glue_job" "report" {
  name                   = "report"
  role_arn               = "arn:aws:iam::222222222222:role/glue"
  security_configuration = "example"
  glue_version           = "5.0"
  command {
    script_location = "s3://example-scripts/report.py"
  }
}
