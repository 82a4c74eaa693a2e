//! Terraform's JSON syntax. See <https://developer.hashicorp.com/terraform/language/syntax/json>.
//!
//! The text of a string is a template, and whether an object is a block or a value is not written: what always is a
//! block becomes one here.

use hcl_edit::Ident;
use hcl_edit::expr::{Array, Expression, Object, ObjectKey};
use hcl_edit::template::StringTemplate;

use super::parse::refused;
use super::schema;
use super::syntax::{Attribute, Block, Body, Lines};
use crate::scan::ScanError;
use crate::yaml::{self, Data, Entry, Node};

/// A key whose value is for people.
const COMMENT: &str = "//";

/// Parses a configuration.
///
/// # Errors
/// [`ScanError`] with the place where the text is no JSON.
pub(super) fn parse(path: &str, text: &str) -> Result<Body, ScanError> {
    let root = node(path, text)?;
    let mut body = Body::default();
    for object in alternatives(&root) {
        for entry in properties(object) {
            top(entry, &mut body);
        }
    }
    Ok(body)
}

/// Parses a file of values: an object, without templates.
///
/// # Errors
/// [`ScanError`] with the place where the text is no JSON.
pub(super) fn values(path: &str, text: &str) -> Result<Body, ScanError> {
    let root = node(path, text)?;
    let attributes = properties(&root).map(|entry| Attribute {
        name: entry.key.clone(),
        value: literal(&entry.value, &|text| Expression::from(text)),
    });
    Ok(Body { attributes: attributes.collect(), blocks: Vec::new() })
}

fn node(path: &str, text: &str) -> Result<Node, ScanError> {
    let node = yaml::parse(text)
        .map_err(|error| refused(path, &error.message, error.mark.line, error.mark.column))?;
    match node.data {
        Data::Map(_) | Data::List(_) => Ok(node),
        _ => Err(refused(path, "it holds no JSON object", node.mark.line, node.mark.column)),
    }
}

/// What an object or a list of objects holds: the latter allows the same key twice.
fn alternatives(node: &Node) -> &[Node] {
    match &node.data {
        Data::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

fn properties(node: &Node) -> impl Iterator<Item = &Entry> {
    node.entries().iter().filter(|entry| entry.key != COMMENT)
}

/// A property of the file.
fn top(entry: &Entry, into: &mut Body) {
    let labels = match entry.key.as_str() {
        "resource" | "data" | "ephemeral" => 2,
        "module" | "variable" | "output" | "provider" | "check" => 1,
        _ => 0,
    };
    labelled(&entry.key, &mut Vec::new(), labels, entry, false, into);
}

/// The blocks of a kind, below so many labels; `typed` if the schema says which of their properties are values.
fn labelled(
    kind: &str,
    labels: &mut Vec<String>,
    missing: usize,
    entry: &Entry,
    typed: bool,
    into: &mut Body,
) {
    for object in alternatives(&entry.value) {
        let Some(still) = missing.checked_sub(1) else {
            into.blocks.push(block(kind, labels, entry, object, typed));
            continue;
        };
        for below in properties(object) {
            labels.push(below.key.clone());
            let typed = typed || (missing == 2 && schema::knows(&below.key));
            labelled(kind, labels, still, below, typed, into);
            labels.pop();
        }
    }
}

fn block(kind: &str, labels: &[String], entry: &Entry, object: &Node, typed: bool) -> Block {
    let (first, column) = (entry.mark.line, entry.mark.column);
    let lines = Lines { first, column, last: last_line(object).max(first) };
    Block { kind: kind.to_owned(), labels: labels.to_vec(), body: body(kind, object, typed), lines }
}

/// The content of a block of this kind.
fn body(kind: &str, object: &Node, typed: bool) -> Body {
    let mut body = Body::default();
    let mut none = Vec::new();
    for entry in properties(object) {
        match (kind, entry.key.as_str()) {
            ("resource" | "data" | "content", "dynamic" | "provisioner") => {
                labelled(&entry.key, &mut none, 1, entry, typed, &mut body);
            }
            ("resource" | "data", "lifecycle" | "connection")
            | ("terraform", "required_providers")
            | ("dynamic", "content") => labelled(&entry.key, &mut none, 0, entry, typed, &mut body),
            ("check", "data") => labelled("data", &mut none, 2, entry, false, &mut body),
            // These are written as text where the native syntax has bare words.
            ("variable", "type") => body.attributes.extend(bare(entry)),
            (_, name) if typed && is_block(name, &entry.value) => {
                labelled(name, &mut none, 0, entry, typed, &mut body);
            }
            _ => body.attributes.push(attribute(entry)),
        }
    }
    body
}

/// Whether a property of a resource that the schema knows is a block, or a list of blocks.
fn is_block(name: &str, value: &Node) -> bool {
    let is_object = |node: &Node| matches!(node.data, Data::Map(_));
    let nodes = alternatives(value);
    !schema::is_attribute(name) && !nodes.is_empty() && nodes.iter().all(is_object)
}

fn attribute(entry: &Entry) -> Attribute {
    Attribute { name: entry.key.clone(), value: literal(&entry.value, &template) }
}

fn bare(entry: &Entry) -> Option<Attribute> {
    let value = super::eval::parse_expression(entry.value.text()?).ok()?;
    Some(Attribute { name: entry.key.clone(), value })
}

/// The value of a node; what a text means is said by `text`.
fn literal(node: &Node, text: &dyn Fn(&str) -> Expression) -> Expression {
    match &node.data {
        Data::Null => Expression::null(),
        Data::Bool(value) => Expression::from(*value),
        Data::Number(number) => number_expression(number),
        Data::Text(value) => text(value),
        Data::List(items) => {
            let mut array = Array::with_capacity(items.len());
            items.iter().for_each(|item| array.push(literal(item, text)));
            Expression::from(array)
        }
        Data::Map(_) => {
            let mut object = Object::new();
            for entry in properties(node) {
                object.insert(key(&entry.key, text), literal(&entry.value, text));
            }
            Expression::from(object)
        }
    }
}

fn key(written: &str, text: &dyn Fn(&str) -> Expression) -> ObjectKey {
    match Ident::try_new(written) {
        Ok(_) => ObjectKey::Expression(Expression::from(written)),
        Err(_) => ObjectKey::Expression(text(written)),
    }
}

fn number_expression(number: &serde_json::Number) -> Expression {
    hcl_edit::parser::parse_expr(&number.to_string()).unwrap_or_else(|_| Expression::null())
}

/// A text as a template: `"${var.a}"` is the variable itself, `"a-${var.a}"` a text.
fn template(text: &str) -> Expression {
    if !text.contains("${") && !text.contains("%{") {
        return Expression::from(text);
    }
    match super::eval::parse_template(text) {
        Ok(template) => Expression::from(StringTemplate::from(template.into_iter().collect::<Vec<_>>())),
        Err(_) => Expression::from(text),
    }
}

/// The last line on which something below a node starts.
fn last_line(node: &Node) -> usize {
    let below = match &node.data {
        Data::List(items) => items.iter().map(last_line).max(),
        Data::Map(entries) => entries.iter().map(|entry| last_line(&entry.value)).max(),
        _ => None,
    };
    below.unwrap_or(node.mark.line).max(node.mark.line)
}
