//! The content of a block as a value: attributes, and each kind of nested block as a list of objects.

use std::collections::{BTreeMap, BTreeSet};

use hcl_edit::expr::Expression;

use super::eval::evaluate;
use super::expand::{Expansion, Shape};
use super::scope::Frame;
use super::syntax::{Block, Body};
use super::value::Value;

/// Blocks in blocks, `dynamic` ones not counted.
const MAX_DEPTH: usize = 32;

/// Arguments and blocks that mean the same in every resource and are no attributes.
const META: [&str; 7] =
    ["count", "for_each", "depends_on", "provider", "lifecycle", "provisioner", "connection"];

/// What stands in a block.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) values: BTreeMap<String, Value>,
    /// Paths of blocks of which it cannot be told how many there are, with what that depends on.
    pub(super) open: BTreeMap<String, BTreeSet<String>>,
}

/// The names of all attributes and blocks that a resource writes.
pub(super) fn written(body: &Body) -> BTreeSet<String> {
    let attributes = body.attributes.iter().map(|attribute| attribute.name.as_str());
    let blocks = body.blocks.iter().map(Block::content_kind);
    attributes.chain(blocks).filter(|name| !META.contains(name)).map(str::to_owned).collect()
}

/// One attribute, or all nested blocks of one kind; none if nothing of this name is written.
pub(super) fn attribute(body: &Body, name: &str, frame: &Frame<'_>) -> Option<Value> {
    if let Some(expression) = body.attribute(name) {
        return Some(frame.world.kept(evaluate(expression, frame)));
    }
    let mut content = Content::default();
    nested(body, Some(name), frame, MAX_DEPTH, &mut content);
    match content.open.remove(name) {
        Some(links) => Some(Value::linked(links)),
        None => content.values.remove(name),
    }
}

/// One attribute or kind of block of a resource, with its open paths.
pub(super) fn part(body: &Body, name: &str, frame: &Frame<'_>) -> Content {
    let mut content = Content::default();
    if let Some(expression) = body.attribute(name) {
        content.values.insert(name.to_owned(), frame.world.kept(evaluate(expression, frame)));
    }
    nested(body, Some(name), frame, MAX_DEPTH, &mut content);
    content
}

/// Everything in a nested block.
fn content(body: &Body, frame: &Frame<'_>, depth: usize) -> Content {
    let mut content = Content::default();
    for attribute in &body.attributes {
        content.values.insert(attribute.name.clone(), frame.world.kept(evaluate(&attribute.value, frame)));
    }
    nested(body, None, frame, depth, &mut content);
    content
}

fn nested(body: &Body, only: Option<&str>, frame: &Frame<'_>, depth: usize, into: &mut Content) {
    let Some(depth) = depth.checked_sub(1) else {
        return frame.world.pass(format!("blocks that nest deeper than {MAX_DEPTH} levels"));
    };
    for block in &body.blocks {
        let kind = block.content_kind();
        if only.is_some_and(|only| only != kind) {
            continue;
        }
        if block.kind == "dynamic" {
            dynamic(kind, block, frame, depth, into);
        } else {
            add(kind, content(&block.body, frame, depth), into);
        }
    }
}

/// The content of one more block of a kind. `timeouts` alone is an object, there is one in a resource.
fn add(kind: &str, content: Content, into: &mut Content) {
    let object = Value::Object(content.values);
    if kind == "timeouts" {
        into.values.insert(kind.to_owned(), object);
        return;
    }
    let list = into.values.entry(kind.to_owned()).or_insert_with(|| Value::List(Vec::new()));
    if let Value::List(items) = list {
        let index = items.len();
        let below = content.open.into_iter().map(|(path, links)| (format!("{kind}.{index}.{path}"), links));
        into.open.extend(below);
        items.push(object);
    }
}

fn dynamic(kind: &str, block: &Block, frame: &Frame<'_>, depth: usize, into: &mut Content) {
    let (Some(each), Some(body)) =
        (block.body.attribute("for_each"), block.body.blocks_of("content").next().map(|block| &block.body))
    else {
        return;
    };
    let iterator = match block.body.attribute("iterator") {
        Some(Expression::Variable(name)) => name.as_str(),
        Some(Expression::String(name)) => name.as_str(),
        _ => kind,
    };
    let expansion = Expansion::dynamic(each, iterator, frame);
    if let Shape::Open(links) = &expansion.shape {
        into.open.entry(kind.to_owned()).or_default().extend(links.iter().cloned());
    }
    for iteration in &expansion.iterations {
        add(kind, content(body, &frame.within(iteration), depth), into);
    }
}
