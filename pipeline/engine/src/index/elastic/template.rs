//! The index template: how the audit record's fields are mapped.

use serde_json::{Map, Value, json};

use crate::index::INDICES;
use crate::index::query::{FIELDS, Kind};

/// The field that a message's words are sent in, which are searched and not kept.
pub(super) const WORDS: &str = "wayleave_words";

/// The composable template `wayleave-audit`. Its priority is above that of the templates that Elasticsearch brings (100).
pub(super) fn template() -> Value {
    json!({
        "index_patterns": [INDICES],
        "priority": 250,
        "template": {
            "settings": {"index": {
                "number_of_shards": 1,
                "auto_expand_replicas": "0-1",
            }},
            // A field that is not known is kept and not indexed, so that no record is rejected for it.
            "mappings": {
                "dynamic": false,
                // The record as it comes back is the record as it was written, to the byte that is hashed.
                "_source": {"excludes": [WORDS]},
                "properties": properties(),
            },
        },
        "_meta": {"description": "Audit records of Wayleave"},
    })
}

fn properties() -> Map<String, Value> {
    let mut properties = Map::new();
    properties.insert(WORDS.to_owned(), json!({"type": "text", "analyzer": "whitespace", "norms": false}));
    for field in FIELDS {
        let mapping = match field.kind {
            Kind::Address => json!({"type": "ip", "ignore_malformed": true}),
            Kind::Keyword | Kind::Keywords => json!({"type": "keyword", "ignore_above": 8191}),
            Kind::Number => json!({"type": "long"}),
            Kind::Time => json!({"type": "date"}),
            // For people in Kibana; Wayleave searches the words.
            Kind::Text => json!({"type": "text"}),
        };
        place(&mut properties, field.name, mapping);
    }
    properties
}

/// Puts a mapping where its dotted name says.
fn place(properties: &mut Map<String, Value>, name: &str, mapping: Value) {
    let Some((object, rest)) = name.split_once('.') else {
        properties.insert(name.to_owned(), mapping);
        return;
    };
    let object = properties.entry(object).or_insert_with(|| json!({"properties": {}}));
    if let Some(Value::Object(inner)) = object.get_mut("properties") {
        place(inner, rest, mapping);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_template() {
        insta::assert_json_snapshot!(super::template());
    }
}
