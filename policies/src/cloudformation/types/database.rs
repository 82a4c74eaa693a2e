//! Amazon RDS and DynamoDB.

use serde_json::{Map, Value};

use super::{Mapped, Written};
use crate::marker;

/// A member of a cluster is another type.
pub(super) fn instance(own: &Written<'_>, mapped: &mut [Mapped]) {
    for mapped in mapped {
        if own.has("DBClusterIdentifier") {
            "aws_rds_cluster_instance".clone_into(&mut mapped.kind);
            rename(&mut mapped.values, "db_cluster_identifier", "cluster_identifier");
        }
        inherit_encryption(&mut mapped.values, &["snapshot_identifier", "replicate_source_db"]);
    }
}

/// A cluster that is restored is encrypted as its source is.
pub(super) fn cluster(mapped: &mut [Mapped]) {
    for mapped in mapped {
        inherit_encryption(&mut mapped.values, &["snapshot_identifier", "restore_to_point_in_time"]);
    }
}

/// What is restored or replicated is encrypted as its source is, which the template does not say.
fn inherit_encryption(values: &mut Value, sources: &[&str]) {
    let Some(values) = values.as_object_mut() else { return };
    if sources.iter().any(|source| values.contains_key(*source)) {
        values.entry("storage_encrypted").or_insert_with(|| marker::unknown([]));
    }
}

fn rename(values: &mut Value, from: &str, to: &str) {
    if let Some(map) = values.as_object_mut()
        && let Some(value) = map.shift_remove(from)
    {
        map.insert(to.to_owned(), value);
    }
}

/// A global table says of each replica what a table says of itself; the first one stands for the table.
pub(super) fn global_table(mapped: &mut [Mapped]) {
    for mapped in mapped.iter_mut().filter(|mapped| mapped.kind == "aws_dynamodb_table") {
        let Some(first) = mapped.values.pointer("/replica/0").cloned() else { continue };
        let Some(table) = mapped.values.as_object_mut() else { continue };
        if let Some(recovery) = first.get("point_in_time_recovery") {
            let block = Map::from_iter([("enabled".to_owned(), recovery.clone())]);
            table.entry("point_in_time_recovery").or_insert_with(|| vec![Value::Object(block)].into());
        }
        if let Some(protected) = first.get("deletion_protection_enabled") {
            table.entry("deletion_protection_enabled").or_insert_with(|| protected.clone());
        }
        if let Some(key) = first.get("kms_key_arn")
            && let Some(Value::Object(encryption)) =
                table.get_mut("server_side_encryption").and_then(|block| block.get_mut(0))
        {
            encryption.entry("kms_key_arn").or_insert_with(|| key.clone());
        }
    }
}
