//! The parser's tree as Terrascan writes it down: literals as they are, everything else as `${text}`. After
//! <https://github.com/tmccombs/hcl2json>, which Terrascan took its converter from.

use hcl_edit::{Decorated, Ident, Span};

use hcl_edit::expr::{Expression, ObjectKey, TraversalOperator};
use hcl_edit::structure::{Block, Body, Structure};
use hcl_edit::template::Element;
use serde_json::Value;

use super::interpolation;
use super::syntax::{Piece, Source};
use super::term::{Fields, Term, number};

/// What an attribute or block says, and the lines in the same shape.
pub(super) struct Written<T> {
    pub(super) value: T,
    pub(super) line: T,
}

/// Converts parts of one piece of a file.
#[derive(Clone, Copy)]
pub(super) struct Converter<'a> {
    pub(super) source: &'a Source,
    pub(super) piece: &'a Piece,
}

impl Converter<'_> {
    /// A block's content. The first of several attributes of one name counts; blocks become lists.
    pub(super) fn body(&self, body: &Body) -> Written<Fields> {
        let (mut value, mut line) = (Fields::new(), Fields::new());
        for item in body {
            match item {
                Structure::Attribute(attribute) => {
                    let written = self.expression(&attribute.value);
                    value.entry(self.name(&attribute.key)).or_insert(written.value);
                    line.entry(self.name(&attribute.key)).or_insert(written.line);
                }
                Structure::Block(block) => {
                    let written = self.block(block);
                    append(&mut value, block.ident.as_str(), written.value);
                    append(&mut line, block.ident.as_str(), written.line);
                }
            }
        }
        Written { value, line }
    }

    /// A block's attributes alone.
    pub(super) fn attributes(&self, body: &Body) -> Fields {
        let mut fields = Fields::new();
        for attribute in body.attributes() {
            let written = self.expression(&attribute.value);
            fields.entry(self.name(&attribute.key)).or_insert(written.value);
        }
        fields
    }

    /// The text of a block, comments in it included.
    pub(super) fn block_text(&self, block: &Block) -> &str {
        block.span().map(|span| self.source.slice(self.piece.offset, span)).unwrap_or_default()
    }

    /// A block under its labels: `a "b" "c" {}` is `{"b": {"c": {}}}`.
    fn block(&self, block: &Block) -> Written<Fields> {
        let mut written = self.body(&block.body);
        for label in block.labels.iter().rev() {
            let within = |fields: Fields| Fields::from([(label.as_str().to_owned(), Term::Object(fields))]);
            written = Written { value: within(written.value), line: within(written.line) };
        }
        written
    }

    pub(super) fn expression(&self, expression: &Expression) -> Written<Term> {
        let line = Term::Scalar(Value::from(self.start_line(expression)));
        let value = match expression {
            Expression::Null(_) => Term::Scalar(Value::Null),
            Expression::Bool(value) => Term::Scalar(Value::Bool(*value.value())),
            // A sign in front is an operation to Terraform's parser.
            Expression::Number(_) if self.text(expression).starts_with('-') => {
                Term::Text(self.wrapped(expression))
            }
            Expression::Number(value) => Term::Scalar(number(value.value())),
            Expression::String(text) => Term::Text(text.value().clone()),
            Expression::StringTemplate(parts) => match parts.as_single_element() {
                Some(Element::Interpolation(inner)) => return self.expression(&inner.expr),
                _ => Term::Text(interpolation::text(self, parts)),
            },
            Expression::HeredocTemplate(heredoc) => Term::Text(interpolation::text(self, &heredoc.template)),
            Expression::Array(items) => {
                Term::List(items.iter().map(|item| self.expression(item).value).collect())
            }
            Expression::Object(_) => return self.object(expression),
            other => Term::Text(self.wrapped(other)),
        };
        Written { value, line }
    }

    fn object(&self, expression: &Expression) -> Written<Term> {
        let (mut value, mut line) = (Fields::new(), Fields::new());
        for (key, item) in expression.as_object().into_iter().flatten() {
            let (key, written) = (self.key(key), self.expression(item.expr()));
            value.insert(key.clone(), written.value);
            line.insert(key, written.line);
        }
        Written { value: Term::Object(value), line: Term::Object(line) }
    }

    /// The name of an attribute, or of an object's.
    pub(super) fn name(&self, name: &Decorated<Ident>) -> String {
        if self.is_renamed(name) { self.slice(name.span()) } else { name.to_string() }
    }

    fn is_renamed(&self, key: &impl Span) -> bool {
        key.span().is_some_and(|span| self.piece.renamed.contains(&span.start))
    }

    /// The text of an object's key.
    pub(super) fn key(&self, key: &ObjectKey) -> String {
        match key {
            ObjectKey::Ident(name) => self.name(name),
            ObjectKey::Expression(Expression::String(text)) if self.is_renamed(text) => {
                self.slice(text.span()).trim_matches('"').to_owned()
            }
            ObjectKey::Expression(Expression::Traversal(path)) if path.operators.iter().all(is_static) => {
                self.slice(key.span())
            }
            ObjectKey::Expression(other) => interpolation::part(self, other),
        }
    }

    /// `${text}` of an expression.
    pub(super) fn wrapped(&self, expression: &Expression) -> String {
        format!("${{{}}}", self.text(expression))
    }

    pub(super) fn text(&self, expression: &Expression) -> String {
        self.slice(expression.span())
    }

    fn slice(&self, span: Option<std::ops::Range<usize>>) -> String {
        span.map(|span| self.source.slice(self.piece.offset, span)).unwrap_or_default().to_owned()
    }

    /// The text of a heredoc starts on the line below its marker.
    fn start_line(&self, expression: &Expression) -> usize {
        let line =
            |item: &Expression| self.source.line(self.piece.offset + item.span().unwrap_or_default().start);
        match expression {
            Expression::HeredocTemplate(_) => line(expression) + 1,
            Expression::Parenthesis(inner) => self.start_line(inner.inner()),
            _ => line(expression),
        }
    }
}

fn is_static(operator: &Decorated<TraversalOperator>) -> bool {
    match operator.value() {
        TraversalOperator::GetAttr(_) | TraversalOperator::LegacyIndex(_) => true,
        TraversalOperator::Index(key) => key.is_str() || key.is_number(),
        TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => false,
    }
}

fn append(fields: &mut Fields, name: &str, block: Fields) {
    match fields.get_mut(name) {
        Some(Term::Blocks(blocks)) => blocks.push(block),
        _ => drop(fields.insert(name.to_owned(), Term::Blocks(vec![block]))),
    }
}
