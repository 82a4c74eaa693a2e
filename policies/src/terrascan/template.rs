//! Strings with `${…}` and `%{…}` in them, as Terrascan writes them down again.

use std::borrow::Cow;

use hcl_edit::expr::Expression;
use hcl_edit::template::{Directive, Element, Strip, Template};

use super::convert::Converter;
use super::term::number;

/// The text of a heredoc: what is literal as it reads, what is not as it is written.
pub(super) fn heredoc(converter: &Converter<'_>, template: &Template) -> String {
    Reader { converter, in_quotes: false }.text(template.iter(), false)
}

/// The text of a string in quotes.
pub(super) fn quoted<'a>(
    converter: &Converter<'_>,
    elements: impl IntoIterator<Item = &'a Element>,
) -> String {
    Reader { converter, in_quotes: true }.text(elements, false)
}

/// One `${…}` of a template.
pub(super) fn part(converter: &Converter<'_>, expression: &Expression) -> String {
    match expression {
        Expression::String(text) => text.value().clone(),
        Expression::Bool(value) => value.value().to_string(),
        Expression::Number(value) if !converter.text(expression).starts_with('-') => {
            number(value.value()).to_string()
        }
        Expression::StringTemplate(inner) => quoted(converter, inner),
        Expression::HeredocTemplate(inner) => heredoc(converter, &inner.template),
        Expression::Conditional(inner) => {
            let (yes, no) = (part(converter, &inner.true_expr), part(converter, &inner.false_expr));
            conditional(&converter.text(&inner.cond_expr), &yes, &no)
        }
        other => converter.wrapped(other),
    }
}

struct Reader<'a> {
    converter: &'a Converter<'a>,
    in_quotes: bool,
}

impl Reader<'_> {
    /// The parser leaves escapes within directives as they are, `escaped` says.
    fn text<'e>(&self, elements: impl IntoIterator<Item = &'e Element>, escaped: bool) -> String {
        let mut text = String::new();
        let mut trim_next = false;
        for element in elements {
            match element {
                Element::Literal(literal) => {
                    let literal = if escaped { unescaped(literal) } else { Cow::Borrowed(literal.as_str()) };
                    text.push_str(if trim_next { literal.trim_start() } else { &literal });
                }
                Element::Interpolation(inner) => {
                    trim_before(&mut text, inner.strip);
                    text.push_str(&part(self.converter, &inner.expr));
                }
                Element::Directive(directive) => {
                    trim_before(&mut text, opening(directive));
                    text.push_str(&self.directive(directive));
                }
            }
            trim_next = matches!(closing(element), Strip::End | Strip::Both);
        }
        text
    }

    fn directive(&self, directive: &Directive) -> String {
        let source = |expression: &Expression| self.converter.text(expression);
        match directive {
            Directive::If(inner) => {
                let yes = self.text(inner.if_expr.template.iter(), self.in_quotes);
                let no =
                    inner.else_expr.as_ref().map(|other| self.text(other.template.iter(), self.in_quotes));
                conditional(&source(&inner.if_expr.cond_expr), &yes, &no.unwrap_or_default())
            }
            Directive::For(inner) => {
                let (head, list) = (&inner.for_expr, source(&inner.for_expr.collection_expr));
                let key = head.key_var.as_ref().map(|key| format!("{}, ", key.as_str())).unwrap_or_default();
                let content = self.text(head.template.iter(), self.in_quotes);
                format!("%{{for {key}{} in {list}}}{content}%{{endfor}}", head.value_var.as_str())
            }
        }
    }
}

fn conditional(condition: &str, yes: &str, no: &str) -> String {
    let otherwise = if no.is_empty() { String::new() } else { format!("%{{else}}{no}") };
    format!("%{{if {condition}}}{yes}{otherwise}%{{endif}}")
}

fn trim_before(text: &mut String, strip: Strip) {
    if matches!(strip, Strip::Start | Strip::Both) {
        text.truncate(text.trim_end().len());
    }
}

fn opening(directive: &Directive) -> Strip {
    match directive {
        Directive::If(inner) => inner.if_expr.strip,
        Directive::For(inner) => inner.for_expr.strip,
    }
}

fn closing(element: &Element) -> Strip {
    match element {
        Element::Literal(_) => Strip::None,
        Element::Interpolation(inner) => inner.strip,
        Element::Directive(directive) => match directive.as_ref() {
            Directive::If(inner) => inner.endif_expr.strip,
            Directive::For(inner) => inner.endfor_expr.strip,
        },
    }
}

/// The escapes of a string in quotes, replaced; those for single characters by number are left.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let (mut plain, mut characters) = (String::with_capacity(text.len()), text.chars());
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, true) => match characters.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some('t') => plain.push('\t'),
                Some(other @ ('"' | '\\')) => plain.push(other),
                other => plain.extend(['\\'].into_iter().chain(other)),
            },
            (other, false) => plain.push(other),
        }
    }
    Cow::Owned(plain)
}

/// The template of a heredoc or string whose elements are all literal, as one text; none when something has to be
/// evaluated.
pub(super) fn literal(template: &Template) -> Option<String> {
    let literal = |element: &Element| match element {
        Element::Literal(text) => Some(text.to_string()),
        Element::Interpolation(_) | Element::Directive(_) => None,
    };
    template.iter().map(literal).collect()
}
