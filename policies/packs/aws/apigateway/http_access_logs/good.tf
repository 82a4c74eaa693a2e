resource "aws_apigatewayv2_stage" "live" {
  api_id = "a1b2c3d4e5"
  name   = "live"
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:222222222222:log-group:api"
    format          = "$context.requestId"
  }
}
