//! What can be said against an expression before there is a unit to evaluate it for.

use crate::expression::function;
use crate::reader::value::Value;
use crate::reader::{Reader, suggest};
use hcl_edit::expr::{
    BinaryOp, BinaryOperator, Expression, ForExpr, FuncCall, ObjectKey, Traversal, TraversalOperator,
};
use hcl_edit::template::ForTemplateExpr;
use hcl_edit::visit::{self, Visit};
use hcl_edit::{Decorated, Ident, Number, Span};
use std::ops::Range;

/// Numbers beyond this are not exact in a double, and their sums could overflow it.
const MAX_NUMBER: f64 = 9_007_199_254_740_991.0;

/// The most bytes of an expression. With this and no `for` in a `for`, evaluation stays small.
const MAX_BYTES: usize = 16 * 1024;

/// Checks the references, functions and operators of an expression; reports everything that is wrong.
pub(crate) fn is_sound(value: &Value<'_>, names: &[&str]) -> bool {
    let mut check = Check {
        reader: value.reader,
        names,
        whole: value.span.clone(),
        locals: Vec::new(),
        loops: 0,
        sound: true,
    };
    if value.span.len() > MAX_BYTES {
        check.error(&value.span.clone(), "the expression is too long", format!("at most {MAX_BYTES} bytes"));
        return false;
    }
    check.visit_expr(value.expression);
    check.sound
}

struct Check<'a> {
    reader: &'a Reader<'a>,
    names: &'a [&'a str],
    whole: Range<usize>,
    /// Variables of the `for` expressions around.
    locals: Vec<String>,
    loops: usize,
    sound: bool,
}

/// The attributes of what an expression may start from; none for plain text.
fn attributes(name: &str) -> &'static [&'static str] {
    match name {
        "account" => &["id", "name", "ou", "tags"],
        "stage" => &["name"],
        _ => &[],
    }
}

impl Check<'_> {
    fn error(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.sound = false;
        let inside = span.start >= self.whole.start && span.end <= self.whole.end && !span.is_empty();
        self.reader.error(if inside { span } else { &self.whole }, message, help);
    }

    fn span(&self, node: &impl Span) -> Range<usize> {
        node.span().unwrap_or_else(|| self.whole.clone())
    }

    fn is_local(&self, name: &str) -> bool {
        self.locals.iter().any(|local| local == name)
    }

    fn variable(&mut self, variable: &Decorated<Ident>) {
        let name = variable.as_str();
        if !self.is_local(name) && !self.names.contains(&name) {
            let span = self.span(variable);
            let known: Vec<&str> =
                self.names.iter().copied().chain(self.locals.iter().map(String::as_str)).collect();
            let help = suggest(name, known);
            self.error(&span, format!("`{name}` is not known here"), help);
        }
    }

    fn attribute(&mut self, variable: &str, attribute: &Decorated<Ident>) {
        let known = attributes(variable);
        if self.is_local(variable) || !self.names.contains(&variable) || known.contains(&attribute.as_str()) {
            return;
        }
        let (span, attribute) = (self.span(attribute), attribute.as_str());
        if known.is_empty() {
            let message = format!("`{variable}` is text and has no `{attribute}`");
            self.error(&span, message, format!("write `{variable}` alone"));
        } else {
            let help = suggest(attribute, known.iter().copied());
            self.error(&span, format!("`{variable}` has no `{attribute}`"), help);
        }
    }

    /// Runs `inner` with the variables of a loop.
    fn within_loop(
        &mut self,
        span: &Range<usize>,
        variables: [Option<&Decorated<Ident>>; 2],
        inner: impl FnOnce(&mut Self),
    ) {
        if self.loops > 0 {
            self.error(span, "a `for` within a `for`", "flatten it, or work it out in the stack itself");
        }
        let before = self.locals.len();
        self.locals.extend(variables.into_iter().flatten().map(|v| v.as_str().to_owned()));
        self.loops += 1;
        inner(self);
        self.loops -= 1;
        self.locals.truncate(before);
    }
}

impl Visit for Check<'_> {
    fn visit_expr(&mut self, node: &Expression) {
        match node {
            Expression::Variable(variable) => self.variable(variable),
            Expression::Number(number) => {
                let span = node.span().unwrap_or_default();
                self.number(number.value(), &span);
            }
            _ => visit::visit_expr(self, node),
        }
    }

    fn visit_traversal(&mut self, node: &Traversal) {
        if let (Expression::Variable(variable), Some(first)) = (&node.expr, node.operators.first())
            && let TraversalOperator::GetAttr(attribute) = first.value()
        {
            self.attribute(variable.as_str(), attribute);
        }
        visit::visit_traversal(self, node);
    }

    fn visit_object_key(&mut self, node: &ObjectKey) {
        match node {
            // A bare word is a name, not a reference.
            ObjectKey::Ident(_) | ObjectKey::Expression(Expression::Variable(_)) => {}
            ObjectKey::Expression(other) => self.visit_expr(other),
        }
    }

    fn visit_func_call(&mut self, node: &FuncCall) {
        let span = self.span(&node.name.name);
        let name = node.name.name.as_str();
        match function::arity(name).filter(|_| !node.name.is_namespaced()) {
            Some(arity) if arity.contains(&node.args.len()) || node.args.expand_final() => {}
            Some(arity) => {
                let least = if arity.start() == arity.end() { "" } else { "at least " };
                let help = format!("`{name}` takes {least}{} of them", arity.start());
                self.error(&span, format!("`{name}` is called with {} arguments", node.args.len()), help);
            }
            None if name == "env" => {
                self.error(
                    &span,
                    "`env()` is for secrets alone",
                    "let the stack read the secret itself, from where it is kept",
                );
            }
            None => {
                let help = suggest(name, function::names());
                self.error(&span, format!("there is no function `{name}`"), help);
            }
        }
        visit::visit_func_args(self, &node.args);
    }

    fn visit_binary_op(&mut self, node: &BinaryOp) {
        use BinaryOperator::{Div, Mod, Mul};
        if matches!(node.operator.value(), Mul | Div | Mod) {
            let span = self.span(&node.operator);
            let message = format!("`{}` cannot be used here", node.operator.value().as_str());
            self.error(&span, message, "write the result, or work it out in the stack itself");
        }
        visit::visit_binary_op(self, node);
    }

    fn visit_for_expr(&mut self, node: &ForExpr) {
        self.visit_expr(&node.intro.collection_expr);
        let span = self.span(node);
        let variables = [node.intro.key_var.as_ref(), Some(&node.intro.value_var)];
        self.within_loop(&span, variables, |check| {
            node.key_expr.iter().for_each(|key| check.visit_expr(key));
            check.visit_expr(&node.value_expr);
            node.cond.iter().for_each(|cond| check.visit_expr(&cond.expr));
        });
    }

    fn visit_for_template_expr(&mut self, node: &ForTemplateExpr) {
        self.visit_expr(&node.collection_expr);
        let span = self.span(&node.value_var);
        let variables = [node.key_var.as_ref(), Some(&node.value_var)];
        self.within_loop(&span, variables, |check| check.visit_template(&node.template));
    }
}

impl Check<'_> {
    fn number(&mut self, number: &Number, span: &Range<usize>) {
        if number.as_f64().is_none_or(|n| n.abs() > MAX_NUMBER) {
            self.error(span, "the number is too large to be exact", "write it as a string, in quotes");
        }
    }
}
