resource "aws_sagemaker_model" "guess" {
  name                     = "guess"
  execution_role_arn       = "arn:aws:iam::222222222222:role/guess"
  enable_network_isolation = false
  primary_container {
    image = "222222222222.dkr.ecr.eu-west-1.amazonaws.com/guess:1.0.0"
  }
}
