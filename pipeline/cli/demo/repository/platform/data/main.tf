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

module "orders" {
  source = "../../modules/table"
  name   = "orders-${var.stage}"
  key    = "order"
}

resource "aws_ssm_parameter" "orders" {
  name  = "/${var.stage}/tables/orders"
  type  = "String"
  value = module.orders.name
}
