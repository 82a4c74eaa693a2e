//! A query in Elasticsearch's and OpenSearch's [query DSL](https://www.elastic.co/guide/en/elasticsearch/reference/current/query-dsl.html).

use serde_json::{Map, Value, json};

use super::template::WORDS;
use crate::index::query::{Field, Query};

pub(super) fn query(query: &Query) -> Value {
    match query {
        Query::All => json!({"match_all": {}}),
        Query::Is(field, value) => single("term", field, json!({ "value": value })),
        Query::Begins(field, beginning) if beginning.is_empty() => json!({"exists": {"field": field.name}}),
        Query::Begins(field, beginning) => single("prefix", field, json!({ "value": beginning })),
        Query::Between(field, from, to) => {
            single("range", field, bounds(from.map(Value::from), to.map(Value::from)))
        }
        Query::During(from, to) => {
            let mut range = bounds(from.map(Value::from), to.map(Value::from));
            range.insert("format".to_owned(), json!("epoch_millis"));
            json!({"range": {"@timestamp": range}})
        }
        Query::Words { words, open } => self::words(words, *open),
        Query::And(parts) => json!({"bool": {"filter": all(parts)}}),
        Query::Or(parts) => json!({"bool": {"should": all(parts), "minimum_should_match": 1}}),
        Query::Not(part) => json!({"bool": {"must_not": [self::query(part)]}}),
    }
}

fn all(parts: &[Query]) -> Vec<Value> {
    parts.iter().map(query).collect()
}

fn single(kind: &str, field: &Field, body: impl Into<Value>) -> Value {
    json!({ kind: { field.name: body.into() } })
}

fn bounds(from: Option<Value>, to: Option<Value>) -> Map<String, Value> {
    let bounds = [("gte", from), ("lte", to)];
    bounds.into_iter().filter_map(|(name, bound)| Some((name.to_owned(), bound?))).collect()
}

fn words(words: &[String], open: bool) -> Value {
    match words {
        [word] if open => json!({"prefix": {WORDS: {"value": word}}}),
        _ if open => {
            json!({"match_phrase_prefix": {WORDS: {"query": words.join(" "), "max_expansions": 10_000}}})
        }
        _ => json!({"match_phrase": {WORDS: words.join(" ")}}),
    }
}
