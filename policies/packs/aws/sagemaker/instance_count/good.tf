resource "aws_sagemaker_endpoint_configuration" "guess" {
  name        = "guess"
  kms_key_arn = "arn:aws:kms:eu-west-1:222222222222:key/a"
  production_variants {
    variant_name           = "a"
    model_name             = "guess"
    instance_type          = "ml.m5.large"
    initial_instance_count = 2
  }
}
