//! Amazon RDS and DynamoDB.

use serde_json::{Map, Value, json};

use crate::marker;

use super::{Mapped, Properties, field};

pub(super) fn db_instance(own: &Properties<'_>) -> Vec<Mapped> {
    let mut values = own.renamed(&[]);
    inherit_encryption(&mut values, &["db_snapshot_identifier", "source_db_instance_identifier"]);
    let kind =
        if own.get("DBClusterIdentifier").is_some() { "aws_rds_cluster_instance" } else { "aws_db_instance" };
    vec![Mapped::new(kind, values)]
}

pub(super) fn db_cluster(own: &Properties<'_>) -> Vec<Mapped> {
    let mut values = own.renamed(&[]);
    inherit_encryption(&mut values, &["snapshot_identifier", "source_db_cluster_identifier"]);
    vec![Mapped::new("aws_rds_cluster", values)]
}

/// What is restored or replicated is encrypted as its source is, which the template does not say.
fn inherit_encryption(values: &mut Map<String, Value>, sources: &[&str]) {
    if sources.iter().any(|source| values.contains_key(*source)) {
        values.entry("storage_encrypted").or_insert_with(|| marker::unknown([]));
    }
}

pub(super) fn table(own: &Properties<'_>) -> Vec<Mapped> {
    let mut values = own.renamed(&[]);
    let recovery = values.shift_remove("point_in_time_recovery_specification");
    let encryption = values.shift_remove("sse_specification");
    if let Some(recovery) = recovery {
        let enabled = field(&recovery, "PointInTimeRecoveryEnabled");
        values.insert("point_in_time_recovery".into(), json!([{ "enabled": enabled }]));
    }
    if let Some(encryption) = encryption {
        let block = json!([{ "enabled": field(&encryption, "SSEEnabled"), "kms_key_arn": field(&encryption, "KMSMasterKeyId") }]);
        values.insert("server_side_encryption".into(), block);
    }
    vec![Mapped::new("aws_dynamodb_table", values)]
}
