//! `Fn::ForEach`, unrolled before anything else is read.
//! See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html>.
//!
//! A loop over a collection that cannot be told stays in its place; who reads the map that it stands in knows then that
//! something is missing.

use std::borrow::Cow;

use serde_json::Value;

use super::intrinsics::{Evaluator, text_of};
use crate::marker;
use crate::yaml::{Data, Entry, Node};

/// Nodes that loops may make in one template.
const MAX_NODES: usize = 200_000;
/// Loops in loops.
const MAX_DEPTH: usize = 16;

/// The template with its loops unrolled.
pub(super) struct Unrolled {
    pub(super) root: Node,
    /// Whether the bound was reached, so that some loops still stand.
    pub(super) is_cut: bool,
}

/// Unrolls every loop; the evaluator knows the template's parameters and mappings.
pub(super) fn unroll(root: &Node, evaluator: &Evaluator<'_>) -> Unrolled {
    let mut loops = Loops { evaluator, left: MAX_NODES };
    let root = loops.node(root, 0);
    Unrolled { root, is_cut: loops.left == 0 }
}

struct Loops<'e, 'n> {
    evaluator: &'e Evaluator<'n>,
    left: usize,
}

impl Loops<'_, '_> {
    fn node(&mut self, node: &Node, depth: usize) -> Node {
        let data = match &node.data {
            Data::List(items) => Data::List(items.iter().map(|item| self.node(item, depth)).collect()),
            Data::Map(entries) => Data::Map(self.entries(entries, depth)),
            other => other.clone(),
        };
        Node { data, tag: node.tag.clone(), ..*node }
    }

    fn entries(&mut self, entries: &[Entry], depth: usize) -> Vec<Entry> {
        let mut written = Vec::with_capacity(entries.len());
        for entry in entries {
            match self.rounds(entry, depth) {
                Some(rounds) => written.extend(rounds),
                None => written.push(Entry { value: self.node(&entry.value, depth), ..entry.clone() }),
            }
        }
        written
    }

    /// What a loop writes; none for an entry that is no loop, or one over what cannot be told.
    fn rounds(&mut self, entry: &Entry, depth: usize) -> Option<Vec<Entry>> {
        let (name, items, body) = self.parts(entry)?;
        if depth >= MAX_DEPTH {
            self.left = 0;
        }
        let mut written = Vec::new();
        for item in items {
            let cost = body.iter().map(|entry| size(&entry.value)).sum::<usize>() + 1;
            self.left = self.left.saturating_sub(cost);
            if self.left == 0 {
                return None;
            }
            let round: Vec<_> = body.iter().map(|entry| substituted_entry(entry, name, &item)).collect();
            written.extend(self.entries(&round, depth + 1));
        }
        Some(written)
    }

    /// The variable, the items and the body of a loop.
    fn parts<'n>(&self, entry: &'n Entry) -> Option<(&'n str, Vec<String>, &'n [Entry])> {
        entry.key.strip_prefix("Fn::ForEach::")?;
        let Data::List(arguments) = &entry.value.data else { return None };
        let [name, collection, body] = arguments.as_slice() else { return None };
        let items = match self.evaluator.value(collection) {
            Value::Array(items) => items.iter().map(text_of).collect::<Option<Vec<_>>>()?,
            value if marker::is_unknown(&value) => return None,
            value => vec![text_of(&value)?],
        };
        Some((name.text()?, items, body.entries()))
    }
}

fn size(node: &Node) -> usize {
    match &node.data {
        Data::List(items) => items.iter().map(size).sum::<usize>() + 1,
        Data::Map(entries) => entries.iter().map(|entry| size(&entry.value)).sum::<usize>() + 1,
        _ => 1,
    }
}

fn substituted_entry(entry: &Entry, name: &str, item: &str) -> Entry {
    Entry {
        key: substituted_text(&entry.key, name, item).into_owned(),
        mark: entry.mark,
        value: substituted(&entry.value, name, item),
    }
}

/// A node in one round: the variable's references are the item.
fn substituted(node: &Node, name: &str, item: &str) -> Node {
    if refers_to(node, name) {
        return Node { data: Data::Text(item.to_owned()), tag: None, ..*node };
    }
    let data = match &node.data {
        Data::List(items) => Data::List(items.iter().map(|node| substituted(node, name, item)).collect()),
        Data::Map(entries) => {
            Data::Map(entries.iter().map(|entry| substituted_entry(entry, name, item)).collect())
        }
        Data::Text(text) => Data::Text(substituted_text(text, name, item).into_owned()),
        other => other.clone(),
    };
    Node { data, tag: node.tag.clone(), ..*node }
}

fn refers_to(node: &Node, name: &str) -> bool {
    match (&node.tag, node.entries()) {
        (Some(tag), _) => tag == "Ref" && node.text() == Some(name),
        (None, [only]) => only.key == "Ref" && only.value.text() == Some(name),
        _ => false,
    }
}

/// `${Name}` is the item; `&{Name}` is what of it may stand in a logical id.
fn substituted_text<'t>(text: &'t str, name: &str, item: &str) -> Cow<'t, str> {
    let (plain, alphanumeric) = (format!("${{{name}}}"), format!("&{{{name}}}"));
    if !text.contains(&plain) && !text.contains(&alphanumeric) {
        return Cow::Borrowed(text);
    }
    let letters: String = item.chars().filter(char::is_ascii_alphanumeric).collect();
    Cow::Owned(text.replace(&plain, item).replace(&alphanumeric, &letters))
}
