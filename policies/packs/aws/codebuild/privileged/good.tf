resource "aws_codebuild_project" "app" {
  name         = "app"
  service_role = "arn:aws:iam::222222222222:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/example/app.git"
  }
  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
  }
}
