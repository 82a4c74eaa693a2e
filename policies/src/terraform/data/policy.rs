//! `aws_iam_policy_document`: the JSON that it makes.
//! See <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>.

use std::collections::BTreeMap;

use super::super::block::{self, Content};
use super::super::scope::Frame;
use super::super::syntax::Body;
use super::super::value::Value;

type Map = BTreeMap<String, Value>;

/// The document as text; where some of it is unknown, with what is known.
pub(super) fn text(body: &Body, frame: &Frame<'_>) -> Value {
    let (document, is_complete) = document(body, frame);
    if !is_complete || document.has_unknown() {
        return Value::json_text(document);
    }
    serde_json::to_string_pretty(&document.to_json()).map_or_else(|_| Value::unknown(), Value::Text)
}

/// The document, and whether all of its statements are known in number.
fn document(body: &Body, frame: &Frame<'_>) -> (Value, bool) {
    let evaluated = |name: &str| block::attribute(body, name, frame).unwrap_or(Value::Null);
    let listed = |name: &str| match evaluated(name) {
        Value::List(items) | Value::Tuple(items) | Value::Set(items) => items,
        Value::Null => Vec::new(),
        other => vec![other],
    };
    let mut statements = Statements::default();
    for source in listed("source_json").into_iter().chain(listed("source_policy_documents")) {
        statements.add_document(&source);
    }
    let Content { mut values, open } = block::part(body, "statement", frame);
    if let Some(Value::List(written)) = values.remove("statement") {
        written.iter().filter_map(Value::entries).for_each(|written| statements.add(statement(written)));
    }
    for over in listed("override_json").into_iter().chain(listed("override_policy_documents")) {
        statements.add_document(&over);
    }
    let version = Some(evaluated("version")).filter(|version| *version != Value::Null);
    let mut document = Map::from([
        ("Version".to_owned(), version.unwrap_or_else(|| Value::text("2012-10-17"))),
        ("Statement".to_owned(), Value::Tuple(statements.0)),
    ]);
    if let id @ (Value::Text(_) | Value::Unknown(_)) = evaluated("policy_id") {
        document.insert("Id".to_owned(), id);
    }
    (Value::Object(document), open.is_empty())
}

/// Statements in order; one with the `Sid` of an earlier one takes its place.
#[derive(Default)]
struct Statements(Vec<Value>);

impl Statements {
    fn add(&mut self, statement: Value) {
        let sid = sid(&statement).filter(|sid| !sid.is_empty()).map(str::to_owned);
        let same = self.0.iter_mut().find(|own| sid.is_some() && self::sid(own) == sid.as_deref());
        match same {
            Some(own) => *own = statement,
            None => self.0.push(statement),
        }
    }

    /// The statements of another document, given as text.
    fn add_document(&mut self, text: &Value) {
        let parsed = match text {
            Value::Text(text) => serde_json::from_str(text).ok().map(|json| Value::from_json(&json)),
            Value::Unknown(unknown) => unknown.json.as_deref().cloned(),
            _ => return,
        };
        match parsed.as_ref().and_then(|document| document.entries()?.get("Statement")) {
            Some(Value::Object(single)) => self.add(Value::Object(single.clone())),
            Some(Value::List(items) | Value::Tuple(items)) => {
                items.iter().cloned().for_each(|item| self.add(item));
            }
            _ if text.is_unknown() => self.0.push(text.clone()),
            _ => {}
        }
    }
}

fn sid(statement: &Value) -> Option<&str> {
    statement.entries()?.get("Sid")?.as_text()
}

/// A `statement` block, in the words of the document.
fn statement(written: &Map) -> Value {
    let mut statement = Map::new();
    if let Some(sid @ (Value::Text(_) | Value::Unknown(_))) = written.get("sid") {
        statement.insert("Sid".to_owned(), sid.clone());
    }
    let effect = written.get("effect").filter(|effect| **effect != Value::Null).cloned();
    statement.insert("Effect".to_owned(), effect.unwrap_or_else(|| Value::text("Allow")));
    for (from, to) in [
        ("actions", "Action"),
        ("not_actions", "NotAction"),
        ("resources", "Resource"),
        ("not_resources", "NotResource"),
    ] {
        if let Some(list) = written.get(from).and_then(listed) {
            statement.insert(to.to_owned(), list);
        }
    }
    for (from, to) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        if let Some(blocks) = written.get(from).and_then(Value::items).filter(|blocks| !blocks.is_empty()) {
            statement.insert(to.to_owned(), principals(blocks));
        }
    }
    if let Some(blocks) = written.get("condition").and_then(Value::items).filter(|blocks| !blocks.is_empty())
    {
        statement.insert("Condition".to_owned(), conditions(blocks));
    }
    Value::Object(statement)
}

/// A list as JSON has it: a single text stands alone; an empty list is not there.
fn listed(value: &Value) -> Option<Value> {
    match value.items() {
        Some([]) => None,
        Some([single @ Value::Text(_)]) => Some(single.clone()),
        Some(items) => Some(Value::Tuple(items.to_vec())),
        None => value.is_unknown().then(|| value.clone()),
    }
}

fn field(block: &Value, name: &str) -> Value {
    block.entries().and_then(|entries| entries.get(name)).cloned().unwrap_or(Value::Null)
}

fn principals(blocks: &[Value]) -> Value {
    let mut kinds = Map::new();
    for block in blocks {
        let identifiers = field(block, "identifiers");
        let Value::Text(kind) = field(block, "type") else {
            return Value::linked(identifiers.links());
        };
        let is_everybody = identifiers.items().is_some_and(|items| *items == [Value::text("*")]);
        if kind == "*" && is_everybody && blocks.len() == 1 {
            return Value::text("*");
        }
        extend(&mut kinds, kind, identifiers);
    }
    Value::Object(kinds)
}

fn conditions(blocks: &[Value]) -> Value {
    let mut operators: BTreeMap<String, Map> = BTreeMap::new();
    for block in blocks {
        let values = field(block, "values");
        let (Value::Text(test), Value::Text(variable)) = (field(block, "test"), field(block, "variable"))
        else {
            return Value::linked(values.links());
        };
        extend(operators.entry(test).or_default(), variable, values);
    }
    Value::Object(operators.into_iter().map(|(test, keys)| (test, Value::Object(keys))).collect())
}

/// Adds values to a key's; unknown ones make the whole of it unknown.
fn extend(map: &mut Map, key: String, values: Value) {
    let joined = match (map.remove(&key), values) {
        (None | Some(Value::Null), values) => listed(&values).unwrap_or(values),
        (Some(Value::Unknown(unknown)), _) | (_, Value::Unknown(unknown)) => Value::Unknown(unknown),
        (Some(own), values) => {
            let own = own.items().map_or_else(|| vec![own.clone()], <[Value]>::to_vec);
            let items = values.items().unwrap_or_default();
            Value::Tuple(own.into_iter().chain(items.iter().cloned()).collect())
        }
    };
    map.insert(key, joined);
}
