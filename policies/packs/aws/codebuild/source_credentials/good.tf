resource "aws_codebuild_project" "build" {
  name         = "build"
  service_role = "arn:aws:iam::222222222222:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type     = "BITBUCKET"
    location = "https://bitbucket.org/acme/shop.git"
  }
}
