//! Terraform and OpenTofu.
