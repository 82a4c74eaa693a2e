//! Text with interpolations and directives.
//! See <https://developer.hashicorp.com/terraform/language/expressions/strings>.

use std::collections::BTreeMap;

use hcl_edit::template::{Directive, Element, ForDirective, IfDirective, Template};

use super::expression::Names;
use super::iteration::Collection;
use super::json_text;
use super::{EvalError, Evaluator};
use crate::terraform::types::{Type, convert};
use crate::terraform::value::Value;

/// The parts of a text: what is known of it, and what is not.
#[derive(Default)]
pub(super) struct Parts(pub(super) Vec<Part>);

pub(super) enum Part {
    Known(String),
    Unknown(Value),
}

impl Parts {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Known(known)) => known.push_str(text),
            _ => self.0.push(Part::Known(text.to_owned())),
        }
    }

    /// The text, or as much as is known of it.
    fn finish(self) -> Value {
        match self.0.as_slice() {
            [] => Value::text(""),
            [Part::Known(text)] => Value::text(text.as_str()),
            parts => json_text::of(parts).unwrap_or_else(|| {
                let unknown = parts.iter().filter_map(|part| match part {
                    Part::Unknown(value) => Some(value.links()),
                    Part::Known(_) => None,
                });
                Value::linked(unknown.flatten().collect())
            }),
        }
    }
}

impl Evaluator<'_> {
    /// A template; one that is an interpolation and nothing else has the interpolation's value, of whatever type.
    pub(crate) fn template(self, template: &Template) -> Result<Value, EvalError> {
        match (template.get(0), template.len()) {
            (Some(Element::Interpolation(interpolation)), 1) => self.expression(&interpolation.expr),
            _ => self.template_text(template),
        }
    }

    pub(super) fn template_text(self, template: &Template) -> Result<Value, EvalError> {
        let mut parts = Parts::default();
        self.parts(template, &mut parts)?;
        self.settled(Ok(parts.finish()))
    }

    fn parts(self, template: &Template, parts: &mut Parts) -> Result<(), EvalError> {
        let _level = super::limits::Level::enter()?;
        for element in template {
            match element {
                Element::Literal(literal) => {
                    self.budget.bytes(literal.len())?;
                    parts.text(literal);
                }
                Element::Interpolation(interpolation) => {
                    let value = self.expression(&interpolation.expr)?;
                    self.interpolated(value, parts)?;
                }
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(directive) => self.branch(directive, parts)?,
                    Directive::For(directive) => self.repeated(directive, parts)?,
                },
            }
        }
        Ok(())
    }

    fn interpolated(self, value: Value, parts: &mut Parts) -> Result<(), EvalError> {
        match convert(value, &Type::Text)? {
            Value::Text(text) => {
                self.budget.bytes(text.len())?;
                parts.text(&text);
                Ok(())
            }
            Value::Null => Err(EvalError::wrong("null cannot be part of a text")),
            unknown => {
                self.doubt();
                parts.0.push(Part::Unknown(unknown));
                Ok(())
            }
        }
    }

    fn branch(self, directive: &IfDirective, parts: &mut Parts) -> Result<(), EvalError> {
        let otherwise = directive.else_expr.as_ref().map(|branch| &branch.template);
        match convert(self.expression(&directive.if_expr.cond_expr)?, &Type::Bool)? {
            Value::Bool(true) => self.parts(&directive.if_expr.template, parts),
            Value::Bool(false) => otherwise.map_or(Ok(()), |template| self.parts(template, parts)),
            Value::Null => Err(EvalError::wrong("a condition cannot be null")),
            _ => {
                self.doubt();
                let mut links = self.template_text(&directive.if_expr.template)?.links();
                if let Some(template) = otherwise {
                    links.extend(self.template_text(template)?.links());
                }
                parts.0.push(Part::Unknown(Value::linked(links)));
                Ok(())
            }
        }
    }

    fn repeated(self, directive: &ForDirective, parts: &mut Parts) -> Result<(), EvalError> {
        let intro = &directive.for_expr;
        let entries = match self.collection(&intro.collection_expr)? {
            Collection::Known { entries, certain: true } => entries,
            Collection::Known { entries, .. } => {
                let links = entries.iter().flat_map(|(_, value)| value.links()).collect();
                parts.0.push(Part::Unknown(Value::linked(links)));
                return Ok(());
            }
            Collection::Unknown(value) => {
                parts.0.push(Part::Unknown(Value::linked(value.links())));
                return Ok(());
            }
        };
        for (key, value) in entries {
            let mut values = BTreeMap::new();
            if let Some(name) = &intro.key_var {
                values.insert(name.as_str().to_owned(), key);
            }
            values.insert(intro.value_var.as_str().to_owned(), value);
            let names = Names { values, outer: self.names() };
            self.with(&names).parts(&intro.template, parts)?;
        }
        Ok(())
    }
}
