resource "aws_transfer_connector" "partner" {
  access_role = "arn:aws:iam::222222222222:role/partner"
  url         = "sftp://files.example.com"
  sftp_config {
    trusted_host_keys = ["ssh-ed25519 AAAAexample"]
    user_secret_id    = "arn:aws:secretsmanager:eu-west-1:222222222222:secret:partner"
  }
  logging_role = "arn:aws:iam::222222222222:role/log"
}
