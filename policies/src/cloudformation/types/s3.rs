//! Amazon S3.

use serde_json::Value;

use super::{Mapped, snake_case};

/// `LogDeliveryWrite` is `log-delivery-write` to the provider.
pub(super) fn bucket(mapped: &mut [Mapped]) {
    for acl in mapped.iter_mut().filter(|other| other.kind == "aws_s3_bucket_acl") {
        if let Some(Value::String(canned)) = acl.values.get_mut("acl") {
            *canned = snake_case(canned).replace('_', "-");
        }
    }
}
