//! One block while it is read: it hands out attributes and blocks by name, and knows what nobody asked for.

use crate::ids::InvalidId;
use crate::reader::value::Value;
use crate::reader::{Reader, Spanned, suggest};
use hcl_edit::Span;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, BlockLabel, Body};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

/// A block, or the file itself.
pub(crate) struct Table<'a> {
    pub(crate) reader: &'a Reader<'a>,
    /// How messages call it, such as `stage "dev"`.
    pub(crate) title: String,
    /// Its first line, for markers.
    pub(crate) span: Range<usize>,
    /// All of it.
    whole: Range<usize>,
    body: &'a Body,
    /// Names asked for so far; true for blocks.
    known: RefCell<BTreeMap<&'static str, bool>>,
}

impl<'a> Table<'a> {
    pub(crate) fn root(reader: &'a Reader<'a>, body: &'a Body) -> Self {
        let whole = 0..reader.source.text.len();
        Self { reader, title: "the file".to_owned(), span: 0..0, whole, body, known: RefCell::default() }
    }

    fn block_table(&self, block: &'a Block) -> Table<'a> {
        let whole = block.span().unwrap_or_default();
        let end = block
            .labels
            .last()
            .map_or_else(|| block.ident.span(), label_span)
            .unwrap_or_else(|| whole.clone());
        let labels: String = block.labels.iter().map(|label| format!(" {:?}", label.as_str())).collect();
        Table {
            reader: self.reader,
            title: format!("{}{labels}", block.ident.as_str()),
            span: whole.start..end.end,
            whole,
            body: &block.body,
            known: RefCell::default(),
        }
    }

    /// The value of an attribute, if it is there.
    pub(crate) fn attribute(&self, name: &'static str) -> Option<Value<'a>> {
        self.known.borrow_mut().insert(name, false);
        let attribute = self.body.get_attribute(name)?;
        Some(Value::new(self.reader, name, &attribute.value, &attribute.key.span().unwrap_or_default()))
    }

    /// The value of an attribute that has to be there; `example` shows how it could look.
    pub(crate) fn required(&self, name: &'static str, example: &str) -> Option<Value<'a>> {
        let value = self.attribute(name);
        if value.is_none() {
            self.missing(&format!("`{name}`"), &format!("add `{name} = {example}`"));
        }
        value
    }

    /// What an attribute says, or the default where it is left out; `None` if it says something wrong.
    pub(crate) fn or<T>(
        &self,
        name: &'static str,
        default: T,
        read: impl FnOnce(&Value<'a>) -> Option<T>,
    ) -> Option<T> {
        match self.attribute(name) {
            Some(value) => read(&value),
            None => Some(default),
        }
    }

    /// Reports that something is missing, unless a line with a syntax error may have been it.
    pub(crate) fn missing(&self, what: &str, help: &str) {
        if !self.reader.is_damaged(&self.whole) {
            self.reader.error(&self.span, format!("{} has no {what}", self.title), help);
        }
    }

    /// The block of a name that has no label and may be there once.
    pub(crate) fn block(&self, name: &'static str) -> Option<Table<'a>> {
        self.known.borrow_mut().insert(name, true);
        let mut tables = self.body.get_blocks(name).map(|block| (block, self.block_table(block)));
        let (block, first) = tables.next()?;
        self.refuse_labels(name, block, &first);
        for (_, again) in tables {
            let line = self.reader.line(&first.span);
            self.reader.error(
                &again.span,
                format!("a second `{name}` block; the first is in line {line}"),
                "keep one of them",
            );
        }
        Some(first)
    }

    fn refuse_labels(&self, name: &str, block: &Block, table: &Table<'_>) {
        if let Some(label) = block.labels.first() {
            let span = label_span(label).unwrap_or_else(|| table.span.clone());
            self.reader.error(&span, format!("`{name}` takes no label"), format!("write `{name} {{`"));
        }
    }

    /// The blocks of a name that have one label each, which is checked and unique. A block whose label is wrong has
    /// `None`, so that the rest of it can be read all the same.
    pub(crate) fn labelled<T>(
        &self,
        name: &'static str,
        example: &str,
    ) -> Vec<(Option<Spanned<T>>, Table<'a>)>
    where
        T: FromStr<Err = InvalidId> + PartialEq,
    {
        self.known.borrow_mut().insert(name, true);
        let mut read: Vec<(Option<Spanned<T>>, Table<'a>)> = Vec::new();
        for block in self.body.get_blocks(name) {
            let table = self.block_table(block);
            let label = self.label(block, &table, example).filter(|label| self.is_new(label, &table, &read));
            read.push((label, table));
        }
        read
    }

    fn is_new<T: PartialEq>(
        &self,
        label: &Spanned<T>,
        table: &Table<'_>,
        read: &[(Option<Spanned<T>>, Table<'_>)],
    ) -> bool {
        let twin = read.iter().filter_map(|(earlier, _)| earlier.as_ref()).find(|e| e.value == label.value);
        if let Some(twin) = twin {
            let message =
                format!("a second {}; the first is in line {}", table.title, self.reader.line(&twin.span));
            self.reader.error(&label.span, message, "give it another name, or keep one of them");
        }
        twin.is_none()
    }

    fn label<T>(&self, block: &Block, table: &Table<'_>, example: &str) -> Option<Spanned<T>>
    where
        T: FromStr<Err = InvalidId>,
    {
        let name = block.ident.as_str();
        let [label] = block.labels.as_slice() else {
            let message = format!("`{name}` takes one label, and this has {}", block.labels.len());
            self.reader.error(&table.span, message, format!("write `{name} {example:?} {{`"));
            return None;
        };
        let span = label_span(label).unwrap_or_else(|| table.span.clone());
        match label.as_str().parse() {
            Ok(value) => Some(Spanned { value, span }),
            Err(invalid) => {
                let InvalidId { kind, value, expected } = invalid;
                self.reader.error(&span, format!("{value:?} is not {kind}"), format!("expected {expected}"));
                None
            }
        }
    }

    /// Reports every attribute and block that nobody asked for.
    pub(crate) fn close(&self) {
        for attribute in self.body.attributes() {
            let span = attribute.key.span().unwrap_or_else(|| self.span.clone());
            self.unknown(attribute.key.as_str(), &span, false);
        }
        for block in self.body.blocks() {
            let span = block.ident.span().unwrap_or_else(|| self.span.clone());
            self.unknown(block.ident.as_str(), &span, true);
        }
    }

    fn unknown(&self, name: &str, span: &Range<usize>, is_block: bool) {
        let known = self.known.borrow();
        let (kind, other) = if is_block { ("block", "an attribute") } else { ("attribute", "a block") };
        match known.get(name) {
            Some(block) if *block == is_block => {}
            Some(_) if is_block => {
                self.reader.error(span, format!("`{name}` is {other}"), format!("write `{name} = …`"));
            }
            Some(_) => {
                self.reader.error(span, format!("`{name}` is {other}"), format!("write `{name} {{ … }}`"));
            }
            None => {
                let message = format!("{} knows no {kind} `{name}`", self.title);
                self.reader.error(span, message, suggest(name, known.keys().copied()));
            }
        }
    }
}

fn label_span(label: &BlockLabel) -> Option<Range<usize>> {
    match label {
        BlockLabel::Ident(ident) => ident.span(),
        BlockLabel::String(string) => string.span(),
    }
}

/// An expression without the parentheses around it.
pub(crate) fn bare(mut expression: &Expression) -> &Expression {
    while let Expression::Parenthesis(inner) = expression {
        expression = inner.inner();
    }
    expression
}
