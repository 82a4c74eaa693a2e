//! The canonical form of a record and the hash that chains it to the one before.
//!
//! The form is that of [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785): UTF-8 without spaces or line ends, an object's
//! keys sorted by their UTF-16 code units, strings with the shortest escapes (`\b \t \n \f \r \" \\`, else `\u00xx` in lower
//! case, nothing else escaped). Numbers are integers, written in decimal: a record holds no fractions.
//!
//! `event.hash` is the lower-case hexadecimal SHA-256 over the 64 hexadecimal digits of the hash before (of [`GENESIS`] for the
//! first record of a run), followed by the canonical form of the record without its `event.hash`.

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// What the first record of a run is chained to.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The canonical form of a value, as this module's head defines it.
pub fn canonical(value: &Value) -> String {
    let mut out = String::with_capacity(1024);
    write_value(value, &mut out);
    out
}

/// The hash that a record must carry, given the hash of the record before; a hash that it carries already is left out of it.
pub fn chain_hash(previous: &str, record: &Value) -> String {
    let mut out = String::with_capacity(1024);
    out.push_str(previous);
    match record {
        Value::Object(fields) => write_object(fields, &mut out, write_without_hash),
        other => write_value(other, &mut out),
    }
    hex::encode(Sha256::digest(out.as_bytes()))
}

fn write_without_hash(key: &str, value: &Value, out: &mut String) {
    match value {
        Value::Object(event) if key == "event" && event.contains_key("hash") => {
            let mut event = event.clone();
            event.shift_remove("hash");
            write_object(&event, out, |_, value, out| write_value(value, out));
        }
        other => write_value(other, out),
    }
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => write_object(fields, out, |_, value, out| write_value(value, out)),
        Value::Array(items) => write_array(items, out),
        // A scalar's compact form is canonical already.
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn write_array(items: &[Value], out: &mut String) {
    out.push('[');
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_value(item, out);
    }
    out.push(']');
}

fn write_object(fields: &Map<String, Value>, out: &mut String, write: fn(&str, &Value, &mut String)) {
    let mut sorted: Vec<(&String, &Value)> = fields.iter().collect();
    sorted.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
    out.push('{');
    for (place, (key, value)) in sorted.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push_str(&Value::from(key.as_str()).to_string());
        out.push(':');
        write(key, value, out);
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{GENESIS, canonical, chain_hash};

    #[test]
    fn keys_are_sorted_by_utf16_and_strings_escaped_shortly() {
        let value =
            json!({"b": [1, {"z": null, "a": true}], "a": "é\n\u{1f}\"/", "\u{fb33}": 1, "\u{1f600}": 2});
        // U+1F600 begins with the surrogate D83D, which sorts before U+FB33.
        assert_eq!(
            canonical(&value),
            "{\"a\":\"é\\n\\u001f\\\"/\",\"b\":[1,{\"a\":true,\"z\":null}],\"\u{1f600}\":2,\"\u{fb33}\":1}"
        );
    }

    #[test]
    fn the_hash_ignores_only_its_own_field() {
        let bare = json!({"event": {"sequence": 1}, "message": "x"});
        let sealed = json!({"message": "x", "event": {"hash": "beef", "sequence": 1}});
        assert_eq!(chain_hash(GENESIS, &bare), chain_hash(GENESIS, &sealed));
        let other = json!({"event": {"sequence": 1}, "message": "x", "hash": "beef"});
        assert_ne!(chain_hash(GENESIS, &bare), chain_hash(GENESIS, &other));
        assert_ne!(chain_hash(GENESIS, &bare), chain_hash(&"1".repeat(64), &bare));
    }
}
