//! Takes out of a value what a plan marks as sensitive or unknown.
//!
//! Terraform's marks (`sensitive_values`, `after_unknown`) have the shape of the value, with `true` at each place that is meant.

use std::collections::BTreeSet;

use serde_json::Value;

/// Removes the marked places and adds their dotted paths to `removed`. A place in a list becomes null, so
/// that the others keep their numbers.
pub(super) fn remove(value: &mut Value, marks: &Value, removed: &mut BTreeSet<String>) {
    if *marks == Value::Bool(true) {
        if let Value::Object(map) = value {
            removed.extend(map.keys().cloned());
        }
        *value = Value::Object(serde_json::Map::new());
        return;
    }
    descend(value, marks, "", removed);
}

fn descend(value: &mut Value, marks: &Value, path: &str, removed: &mut BTreeSet<String>) {
    match marks {
        Value::Object(marks) => {
            for (key, mark) in marks {
                let path = join(path, key);
                if *mark == Value::Bool(true) {
                    value.as_object_mut().map(|map| map.shift_remove(key));
                    removed.insert(path);
                } else if let Some(value) = value.get_mut(key) {
                    descend(value, mark, &path, removed);
                }
            }
        }
        Value::Array(marks) => {
            for (index, mark) in marks.iter().enumerate() {
                let path = join(path, &index.to_string());
                if *mark == Value::Bool(true) {
                    value.get_mut(index).map(Value::take);
                    removed.insert(path);
                } else if let Some(value) = value.get_mut(index) {
                    descend(value, mark, &path, removed);
                }
            }
        }
        _ => {}
    }
}

/// Drops attributes that are null: to Terraform, null is the same as not written, and rules should see it so.
pub(super) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn marked_places_go_and_leave_their_paths() {
        let mut value = json!({"a": "s", "b": {"c": "s", "d": 1}, "e": ["s", 2], "f": 3});
        let mut removed = BTreeSet::new();
        remove(
            &mut value,
            &json!({"a": true, "b": {"c": true}, "e": [true, false], "g": true, "h": {"i": true}}),
            &mut removed,
        );
        assert_eq!(value, json!({"b": {"d": 1}, "e": [null, 2], "f": 3}));
        assert_eq!(removed.into_iter().collect::<Vec<_>>(), ["a", "b.c", "e.0", "g"]);
    }

    #[test]
    fn a_mark_on_everything_takes_everything() {
        let (mut value, mut removed) = (json!({"a": 1}), BTreeSet::new());
        remove(&mut value, &json!(true), &mut removed);
        assert_eq!((value, removed.len()), (json!({}), 1));
    }
}
