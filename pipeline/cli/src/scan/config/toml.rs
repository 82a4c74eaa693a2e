//! TOML, as the tree that YAML is read into.

use std::ops::Range;

use policies::yaml::{Data, Entry, Mark, Node};
use serde_json::Number;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a document.
///
/// # Errors
/// The first place that is no TOML, and what is wrong there.
pub(super) fn parse(text: &str) -> Result<Node, (Mark, String)> {
    let places = Places { text };
    match DeTable::parse(text) {
        Ok(table) => Ok(places.table(table.get_ref(), Mark { line: 1, column: 1 })),
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            Err((places.mark(&at), error.message().to_owned()))
        }
    }
}

struct Places<'t> {
    text: &'t str,
}

impl Places<'_> {
    fn mark(&self, at: &Range<usize>) -> Mark {
        let before = self.text.get(..at.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Mark { line, column }
    }

    /// The entries are in the order of the file.
    fn table(&self, table: &DeTable<'_>, mark: Mark) -> Node {
        let mut entries: Vec<(&Spanned<_>, &Spanned<DeValue<'_>>)> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let entry = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| Entry {
            key: key.get_ref().as_ref().to_owned(),
            mark: self.mark(&key.span()),
            value: self.node(value),
        };
        node(Data::Map(entries.into_iter().map(entry).collect()), mark)
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let mark = self.mark(&value.span());
        let number = |number: Option<Number>| number.map_or(Data::Null, Data::Number);
        let data = match value.get_ref() {
            DeValue::String(text) => Data::Text(text.as_ref().to_owned()),
            DeValue::Boolean(truth) => Data::Bool(*truth),
            DeValue::Integer(written) => {
                number(i64::from_str_radix(written.as_str(), written.radix()).ok().map(Number::from))
            }
            DeValue::Float(written) => number(written.as_str().parse().ok().and_then(Number::from_f64)),
            DeValue::Datetime(time) => Data::Text(time.to_string()),
            DeValue::Array(items) => Data::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => return self.table(table, mark),
        };
        node(data, mark)
    }
}

fn node(data: Data, mark: Mark) -> Node {
    Node { data, is_plain: false, tag: None, mark, end: mark.line }
}
