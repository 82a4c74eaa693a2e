variable "name" {
  type = string
  validation {
    condition     = length(var.name) > 3
    error_message = "too short"
  }
}

variable "days" {
  type = number
}

variable "is_open" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "readers" {
  type     = list(string)
  default  = []
  nullable = false
}

variable "key_arn" {
  type    = string
  default = "none"
}

resource "aws_s3_bucket" "this" {
  bucket        = var.name
  force_destroy = var.is_open
  tags          = var.tags
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count  = var.days > 0 ? 1 : 0
  bucket = aws_s3_bucket.this.bucket

  rule {
    id     = "expire-${var.days}"
    status = var.is_open ? "Disabled" : "Enabled"
    filter {
      prefix = "logs/"
    }
    expiration {
      days = var.days
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.key_arn
    }
  }
}

output "id" {
  value = aws_s3_bucket.this.id
}

output "name" {
  value = aws_s3_bucket.this.bucket
}

output "is_closed" {
  value = !var.is_open
}
