//! Data sources whose results follow from what is written.

mod policy;

use std::collections::BTreeMap;

use super::scope::Frame;
use super::syntax::Body;
use super::value::Value;

/// A computed attribute of a data source, if it can be told.
pub(super) fn attribute(kind: &str, name: &str, body: &Body, frame: &Frame<'_>) -> Option<Value> {
    match (kind, name) {
        ("aws_iam_policy_document", "json" | "minified_json") => Some(policy::text(body, frame)),
        ("aws_partition", "partition" | "id") => Some(Value::text("aws")),
        ("aws_partition", "dns_suffix") => Some(Value::text("amazonaws.com")),
        _ => None,
    }
}

/// All computed attributes of a data source that can be told.
pub(super) fn attributes(kind: &str, body: &Body, frame: &Frame<'_>) -> BTreeMap<String, Value> {
    let names = ["json", "partition"].into_iter();
    names.filter_map(|name| Some((name.to_owned(), attribute(kind, name, body, frame)?))).collect()
}
