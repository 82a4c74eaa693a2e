terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variable "project" {
  type    = string
  default = "shop"
}

variable "stages" {
  type = map(object({
    days    = optional(number, 7)
    public  = optional(bool, false)
    readers = optional(list(string), [])
    tags    = optional(map(string), {})
  }))
}

variable "ports" {
  type    = set(number)
  default = [443, "80", 80]
}

locals {
  name   = lower(format("%s-%s", var.project, terraform.workspace))
  common = { project = var.project, managed = true }
  readers = distinct(flatten([
    for stage, settings in var.stages : [for reader in settings.readers : "arn:aws:iam::${reader}:root"]
  ]))
  zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}

resource "aws_vpc" "main" {
  cidr_block           = "10.${length(var.stages)}.0.0/16"
  enable_dns_hostnames = "true"
  tags                 = merge(local.common, { Name = local.name })
}

resource "aws_subnet" "zone" {
  for_each          = { for index, zone in local.zones : zone => index if index < 2 }
  vpc_id            = aws_vpc.main.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, each.value + 10)
}

resource "aws_security_group" "web" {
  name        = "${local.name}-web"
  description = <<-EOT
    Web for ${var.project}
    %{for port in var.ports~}
    port ${port}
    %{endfor~}
  EOT
  vpc_id      = aws_vpc.main.id

  dynamic "ingress" {
    for_each = var.ports
    iterator = port
    content {
      from_port   = port.value
      to_port     = port.key
      protocol    = port.value == 443 ? "tcp" : lower("TCP")
      cidr_blocks = port.value == 443 ? ["0.0.0.0/0"] : [aws_vpc.main.cidr_block]
    }
  }

  egress {
    from_port   = "0"
    to_port     = 0
    protocol    = -1
    cidr_blocks = ["0.0.0.0/0"]
  }

  timeouts {
    create = "5m"
  }
}

resource "aws_security_group_rule" "counted" {
  count             = length(local.zones)
  type              = "ingress"
  from_port         = 8000 + count.index
  to_port           = 8000 + count.index
  protocol          = "tcp"
  cidr_blocks       = [cidrsubnet("192.168.0.0/16", 4, count.index)]
  security_group_id = aws_security_group.web.id
}

module "bucket" {
  source   = "./modules/bucket"
  for_each = var.stages

  name     = "${local.name}-${each.key}"
  days     = each.value.days
  is_open  = each.value.public
  tags     = merge(local.common, each.value.tags, { stage = title(each.key) })
  readers  = local.readers
  key_arn  = try(aws_kms_key.data[0].arn, null)
}

resource "aws_kms_key" "data" {
  count                   = anytrue([for stage in var.stages : stage.public]) ? 0 : 1
  deletion_window_in_days = 10
}

resource "aws_sqs_queue" "work" {
  name                       = join("-", compact([local.name, "", "work"]))
  visibility_timeout_seconds = max(30, 10, 45)
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = local.readers }
      Action    = ["sqs:SendMessage"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_iam_role" "reader" {
  name               = substr(sha256(local.name), 0, 12)
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
    dynamic "principals" {
      for_each = length(local.readers) > 0 ? [1] : []
      content {
        type        = "AWS"
        identifiers = local.readers
      }
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.project]
    }
  }
}

resource "aws_db_instance" "db" {
  identifier          = replace(local.name, "/[^a-z]/", "")
  engine              = "postgres"
  engine_version      = 16
  instance_class      = "db.t3.micro"
  allocated_storage   = "20"
  username            = "admin1"
  password            = "not-${local.name}-secret"
  skip_final_snapshot = true
  publicly_accessible = !anytrue([for name, stage in var.stages : name == "live"])
  availability_zone   = element(local.zones, 4)
}

resource "aws_s3_bucket_public_access_block" "all" {
  for_each            = module.bucket
  bucket              = each.value.id
  block_public_acls   = each.value.is_closed
  block_public_policy = true
}

output "names" {
  value = { for key, bucket in module.bucket : key => bucket.name }
}
