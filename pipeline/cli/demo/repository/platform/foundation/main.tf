terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "stage" {
  type = string
}

variable "owner" {
  type = string
}

resource "aws_kms_key" "common" {
  description             = "Common key of ${var.owner}"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "common" {
  name          = "alias/common-${var.stage}"
  target_key_id = aws_kms_key.common.key_id
}

resource "aws_sns_topic" "alarms" {
  name              = "alarms-${var.stage}"
  kms_master_key_id = aws_kms_key.common.arn
}

output "alarms" {
  value = aws_sns_topic.alarms.arn
}
