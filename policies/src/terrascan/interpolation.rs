//! Strings with `${…}` and `%{…}` in them, as Terrascan writes them down again.

use hcl_edit::expr::Expression;
use hcl_edit::template::{Directive, Element, Template};

use super::convert::Converter;
use super::term::number;

/// The text of a template: what is literal as it reads, what is not as it is written.
pub(super) fn text<'a>(converter: &Converter<'_>, elements: impl IntoIterator<Item = &'a Element>) -> String {
    let mut text = String::new();
    for element in elements {
        match element {
            Element::Literal(literal) => text.push_str(literal),
            Element::Interpolation(inner) => text.push_str(&part(converter, &inner.expr)),
            Element::Directive(inner) => text.push_str(&directive(converter, inner)),
        }
    }
    text
}

/// One `${…}` of a template.
pub(super) fn part(converter: &Converter<'_>, expression: &Expression) -> String {
    match expression {
        Expression::String(text) => text.value().clone(),
        Expression::Bool(value) => value.value().to_string(),
        Expression::Number(value) if !converter.text(expression).starts_with('-') => {
            number(value.value()).to_string()
        }
        Expression::StringTemplate(inner) => text(converter, inner),
        Expression::HeredocTemplate(inner) => text(converter, &inner.template),
        Expression::Conditional(inner) => {
            let (yes, no) = (part(converter, &inner.true_expr), part(converter, &inner.false_expr));
            conditional(&converter.text(&inner.cond_expr), &yes, &no)
        }
        other => converter.wrapped(other),
    }
}

fn directive(converter: &Converter<'_>, directive: &Directive) -> String {
    match directive {
        Directive::If(inner) => {
            let yes = text(converter, &inner.if_expr.template);
            let no = inner.else_expr.as_ref().map(|other| text(converter, &other.template));
            conditional(&converter.text(&inner.if_expr.cond_expr), &yes, &no.unwrap_or_default())
        }
        Directive::For(inner) => {
            let (head, list) = (&inner.for_expr, converter.text(&inner.for_expr.collection_expr));
            let key = head.key_var.as_ref().map(|key| format!("{}, ", key.as_str())).unwrap_or_default();
            let content = text(converter, &head.template);
            format!("%{{for {key}{} in {list}}}{content}%{{endfor}}", head.value_var.as_str())
        }
    }
}

fn conditional(condition: &str, yes: &str, no: &str) -> String {
    let otherwise = if no.is_empty() { String::new() } else { format!("%{{else}}{no}") };
    format!("%{{if {condition}}}{yes}{otherwise}%{{endif}}")
}

/// The text of a template whose elements are all literal; none when something has to be evaluated.
pub(super) fn literal(template: &Template) -> Option<String> {
    let literal = |element: &Element| match element {
        Element::Literal(text) => Some(text.to_string()),
        Element::Interpolation(_) | Element::Directive(_) => None,
    };
    template.iter().map(literal).collect()
}
