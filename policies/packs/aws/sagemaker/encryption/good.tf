resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = "arn:aws:iam::222222222222:role/lab"
  instance_type = "ml.t3.medium"
  subnet_id     = "subnet-1"
  direct_internet_access = "Disabled"
  kms_key_id = "arn:aws:kms:eu-west-1:222222222222:key/1"
}
