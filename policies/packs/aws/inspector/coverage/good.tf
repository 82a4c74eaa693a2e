resource "aws_inspector2_enabler" "all" {
  account_ids    = ["222222222222"]
  resource_types = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"]
}
