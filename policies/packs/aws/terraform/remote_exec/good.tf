resource "aws_ssm_association" "agent" {
  name = "AWS-ConfigureAWSPackage"
  targets {
    key    = "tag:agent"
    values = ["yes"]
  }
}
