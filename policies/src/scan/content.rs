//! What a resource is, as a hash: it changes when the resource does, wherever it is written.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::resource::Resource;

/// 32 hexadecimal digits over type, values and what is unknown of them. The order of keys does not matter.
pub(super) fn hash(resources: &[&Resource]) -> String {
    let mut hash = Sha256::new();
    for resource in resources {
        text(&mut hash, &resource.kind);
        value(&mut hash, &resource.values);
        resource.unknown.iter().for_each(|path| text(&mut hash, path));
    }
    short(hash)
}

/// The same of one resource that is nothing but type and values.
pub(super) fn hash_of(kind: &str, values: &Value) -> String {
    let mut hash = Sha256::new();
    text(&mut hash, kind);
    value(&mut hash, values);
    short(hash)
}

fn short(hash: Sha256) -> String {
    let mut digest = hex::encode(hash.finalize());
    digest.truncate(32);
    digest
}

/// Lengths go in before the bytes, so that no two contents have the same stream.
fn text(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text.as_bytes());
}

fn value(hash: &mut Sha256, written: &Value) {
    match written {
        Value::Array(items) => {
            text(hash, &format!("[{}", items.len()));
            items.iter().for_each(|item| value(hash, item));
        }
        Value::Object(fields) => {
            text(hash, &format!("{{{}", fields.len()));
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            for (name, field) in fields {
                text(hash, name);
                value(hash, field);
            }
        }
        scalar => text(hash, &scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn contents_differ_when_values_do_and_not_by_their_order() {
        let of = |written: Value| {
            let mut hash = Sha256::new();
            value(&mut hash, &written);
            hex::encode(hash.finalize())
        };
        assert_eq!(of(json!({"a": 1, "b": [true, "x"]})), of(json!({"b": [true, "x"], "a": 1})));
        for (one, other) in [
            (json!({"a": 1}), json!({"a": 2})),
            (json!([1, 2]), json!([2, 1])),
            (json!(["a", "b"]), json!(["ab"])),
            (json!("1"), json!(1)),
            (json!([[1], 2]), json!([[1, 2]])),
        ] {
            assert_ne!(of(one.clone()), of(other.clone()), "{one} {other}");
        }
    }
}
