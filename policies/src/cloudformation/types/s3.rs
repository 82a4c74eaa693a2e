//! Amazon S3. The Terraform provider splits a bucket into several resources; so do these functions.

use serde_json::{Value, json};

use super::{Mapped, Properties, field, listed, snake_case};

pub(super) fn bucket(own: &Properties<'_>) -> Vec<Mapped> {
    let named = own.get("BucketName").cloned();
    let mut mapped = vec![Mapped::new("aws_s3_bucket", json!({ "bucket": named, "tags": own.get("Tags") }))];
    mapped.extend(own.get("AccessControl").map(|acl| {
        let canned = acl.as_str().map_or_else(|| acl.clone(), |acl| snake_case(acl).replace('_', "-").into());
        Mapped::new("aws_s3_bucket_acl", json!({ "bucket": own.this(), "acl": canned }))
    }));
    mapped.extend(own.get("PublicAccessBlockConfiguration").map(|block| public_access_block(own, block)));
    mapped.extend(own.get("BucketEncryption").map(|encryption| encryption_configuration(own, encryption)));
    mapped.extend(own.get("VersioningConfiguration").map(|versioning| {
        let configuration = json!([{ "status": field(versioning, "Status") }]);
        Mapped::new(
            "aws_s3_bucket_versioning",
            json!({ "bucket": own.this(), "versioning_configuration": configuration }),
        )
    }));
    mapped
}

fn public_access_block(own: &Properties<'_>, block: &Value) -> Mapped {
    Mapped::new(
        "aws_s3_bucket_public_access_block",
        json!({
            "bucket": own.this(),
            "block_public_acls": field(block, "BlockPublicAcls"),
            "block_public_policy": field(block, "BlockPublicPolicy"),
            "ignore_public_acls": field(block, "IgnorePublicAcls"),
            "restrict_public_buckets": field(block, "RestrictPublicBuckets"),
        }),
    )
}

fn encryption_configuration(own: &Properties<'_>, encryption: &Value) -> Mapped {
    let rules = field(encryption, "ServerSideEncryptionConfiguration");
    let rules: Vec<Value> = listed(Some(&rules))
        .iter()
        .map(|rule| {
            let by_default = field(rule, "ServerSideEncryptionByDefault");
            let default = json!([{
                "sse_algorithm": field(&by_default, "SSEAlgorithm"),
                "kms_master_key_id": field(&by_default, "KMSMasterKeyID"),
            }]);
            json!({ "apply_server_side_encryption_by_default": default, "bucket_key_enabled": field(rule, "BucketKeyEnabled") })
        })
        .collect();
    Mapped::new(
        "aws_s3_bucket_server_side_encryption_configuration",
        json!({ "bucket": own.this(), "rule": rules }),
    )
}

pub(super) fn bucket_policy(own: &Properties<'_>) -> Vec<Mapped> {
    let values = json!({ "bucket": own.get("Bucket"), "policy": own.get("PolicyDocument") });
    vec![Mapped::new("aws_s3_bucket_policy", values)]
}
