//! One value while it is read: what it has to be, and what is said when it is something else.

use crate::ids::InvalidId;
use crate::reader::table::bare;
use crate::reader::{Reader, Spanned, suggest, text};
use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey};
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

/// The value of an attribute, or an item of a list.
#[derive(Clone)]
pub(crate) struct Value<'a> {
    pub(crate) reader: &'a Reader<'a>,
    /// The attribute that it is the value of, or in.
    pub(crate) name: &'a str,
    pub(crate) expression: &'a Expression,
    pub(crate) span: Range<usize>,
}

impl<'a> Value<'a> {
    pub(crate) fn new(
        reader: &'a Reader<'a>,
        name: &'a str,
        expression: &'a Expression,
        around: &Range<usize>,
    ) -> Self {
        let span = expression.span().unwrap_or_else(|| around.clone());
        Self { reader, name, expression: bare(expression), span }
    }

    pub(crate) fn error(&self, message: impl Into<String>, help: impl Into<String>) {
        self.reader.error(&self.span, message, help);
    }

    fn item(&self, expression: &'a Expression) -> Value<'a> {
        Value::new(self.reader, self.name, expression, &self.span)
    }

    /// Reports that the value is of another type than wanted.
    fn mistyped<T>(&self, wanted: &str, help: impl Into<String>) -> Option<T> {
        if self.is_call("env") {
            let message = format!("`env()` is for secrets alone, and `{}` is not one", self.name);
            self.error(message, format!("write the value itself: {wanted}"));
        } else {
            let message = format!("`{}` has to be {wanted}, not {}", self.name, kind(self.expression));
            self.error(message, help);
        }
        None
    }

    fn is_call(&self, function: &str) -> bool {
        matches!(self.expression, Expression::FuncCall(call)
            if call.name.namespace.is_empty() && call.name.name.as_str() == function)
    }

    /// A plain string.
    pub(crate) fn string(&self) -> Option<&'a str> {
        self.string_as("a string")
    }

    fn string_as(&self, wanted: &str) -> Option<&'a str> {
        match self.expression {
            Expression::String(text) => Some(text.as_str()),
            Expression::Number(_) | Expression::Bool(_) | Expression::Variable(_) => {
                self.mistyped(wanted, format!("write it in quotes: \"{}\"", self.reader.text(&self.span)))
            }
            _ => self.mistyped(wanted, "write it as plain text in quotes"),
        }
    }

    /// A plain string that is not empty and has no control characters.
    pub(crate) fn line(&self) -> Option<&'a str> {
        let text = self.string()?;
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            self.error(format!("`{}` is empty or has control characters", self.name), "write it on one line");
            return None;
        }
        Some(text)
    }

    /// A string that a check accepts; the check says what would be right.
    pub(crate) fn checked<T>(&self, check: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        if let Expression::Number(_) | Expression::Bool(_) | Expression::Variable(_) = self.expression
            && let Err(expected) = check(self.reader.text(&self.span))
        {
            return self.mistyped("a string", expected);
        }
        let text = self.string()?;
        match check(text) {
            Ok(value) => return Some(value),
            Err(expected) if text::may_hold_secret(text) => {
                return self.hidden(format!("this is not a valid `{}`", self.name), expected);
            }
            Err(expected) => self.error(format!("{text:?} is not a valid `{}`", self.name), expected),
        }
        None
    }

    /// A string that names something.
    pub(crate) fn id<T: FromStr<Err = InvalidId>>(&self, wanted: &str) -> Option<Spanned<T>> {
        match self.string_as(wanted)?.parse() {
            Ok(value) => Some(Spanned { value, span: self.span.clone() }),
            Err(invalid) => {
                self.error(
                    format!("{:?} is not {}", invalid.value, invalid.kind),
                    format!("expected {}", invalid.expected),
                );
                None
            }
        }
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Option<T> {
        let text = self.string()?;
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let message = format!("{text:?} is not a valid `{}`", self.name);
            self.error(message, suggest(text, choices.iter().map(|(word, _)| *word)));
        }
        found
    }

    /// True or false.
    pub(crate) fn bool(&self) -> Option<bool> {
        match self.expression {
            Expression::Bool(value) => Some(*value.value()),
            Expression::String(text) if ["true", "false"].contains(&text.as_str()) => {
                self.mistyped("true or false", format!("write it without quotes: {}", text.as_str()))
            }
            _ => self.mistyped("true or false", "write `true` or `false`"),
        }
    }

    /// A whole number in a range.
    pub(crate) fn integer(&self, range: RangeInclusive<u32>) -> Option<u32> {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        let Expression::Number(number) = self.expression else {
            return self.mistyped(&wanted, "write it as digits, without quotes");
        };
        let value = number.value().as_u64().and_then(|n| u32::try_from(n).ok()).filter(|n| range.contains(n));
        if value.is_none() {
            let message = format!("`{}` is out of range: {}", self.name, self.reader.text(&self.span));
            self.error(message, format!("expected {wanted}"));
        }
        value
    }

    /// The items of a list.
    pub(crate) fn list(&self) -> Option<Vec<Value<'a>>> {
        match self.expression {
            Expression::Array(array) => Some(array.iter().map(|item| self.item(item)).collect()),
            Expression::String(text) => {
                self.mistyped("a list", format!("write it in brackets: [{:?}]", text.as_str()))
            }
            _ => self.mistyped("a list", "write its items in brackets: [\"…\"]"),
        }
    }

    /// The valid items of a list of names, without those that were there before.
    pub(crate) fn ids<T>(&self, wanted: &str) -> Option<Vec<Spanned<T>>>
    where
        T: FromStr<Err = InvalidId> + PartialEq + AsRef<str>,
    {
        let mut read: Vec<Spanned<T>> = Vec::new();
        for id in self.list()?.iter().filter_map(|item| item.id::<T>(wanted)) {
            if read.iter().any(|earlier| earlier.value == id.value) {
                let message = format!("{:?} is in the list twice", id.value.as_ref());
                self.reader.warning(&id.span, message, "take one of them out");
            } else {
                read.push(id);
            }
        }
        Some(read)
    }

    /// The names and values of an object that is written out.
    pub(crate) fn object(&self) -> Option<Vec<(Spanned<String>, Value<'a>)>> {
        let Expression::Object(object) = self.expression else {
            return self.mistyped("an object", "write names and values in braces: { name = \"…\" }");
        };
        Some(
            object
                .iter()
                .filter_map(|(key, value)| Some((self.key(key)?, self.item(value.expr()))))
                .collect(),
        )
    }

    /// The value as JSON: what is written out, without references, functions and templates.
    pub(crate) fn json(&self) -> Option<serde_json::Value> {
        match self.expression {
            Expression::Null(_) => Some(serde_json::Value::Null),
            Expression::Bool(value) => Some((*value.value()).into()),
            Expression::String(text) => Some(text.as_str().into()),
            Expression::Number(number) => self.number(number.value()),
            Expression::UnaryOp(operation) => self.negative(&operation.expr),
            Expression::Array(_) => {
                let items: Vec<Option<_>> = self.list()?.iter().map(Self::json).collect();
                items.into_iter().collect::<Option<Vec<_>>>().map(Into::into)
            }
            Expression::Object(_) => {
                let entries: Vec<_> = self.object()?;
                let entries: Vec<Option<_>> =
                    entries.iter().map(|(key, value)| Some((key.value.clone(), value.json()?))).collect();
                entries.into_iter().collect::<Option<serde_json::Map<_, _>>>().map(Into::into)
            }
            _ => self.mistyped("a plain value", "write the text, number, list or object itself"),
        }
    }

    fn number(&self, number: &hcl_edit::Number) -> Option<serde_json::Value> {
        let json = serde_json::to_value(number).ok();
        json.or_else(|| self.mistyped("a number", "write it as digits, without quotes"))
    }

    fn negative(&self, operand: &Expression) -> Option<serde_json::Value> {
        let negative = match bare(operand) {
            Expression::Number(number) => number.value().as_f64().map(|number| -number),
            _ => None,
        };
        let whole = |number: f64| serde_json::from_str(&number.to_string()).ok();
        let json = negative.and_then(whole);
        json.or_else(|| self.mistyped("a plain value", "write the number itself"))
    }

    fn key(&self, key: &ObjectKey) -> Option<Spanned<String>> {
        let (text, span) = match key {
            ObjectKey::Ident(ident) => (ident.as_str(), ident.span()),
            ObjectKey::Expression(Expression::Variable(ident)) => (ident.as_str(), ident.span()),
            ObjectKey::Expression(Expression::String(text)) => (text.as_str(), text.span()),
            ObjectKey::Expression(other) => {
                let span = other.span().unwrap_or_else(|| self.span.clone());
                let message = format!("a name in `{}` has to be plain text", self.name);
                self.reader.error(&span, message, "write the name itself, with or without quotes");
                return None;
            }
        };
        Some(Spanned { value: text.to_owned(), span: span.unwrap_or_else(|| self.span.clone()) })
    }

    /// Reports an error without showing the value.
    fn hidden<T>(&self, message: String, help: String) -> Option<T> {
        self.reader.secret_error(&self.span, &self.span, message, help);
        None
    }

    /// The name in `env("NAME")`.
    pub(crate) fn env(&self) -> Option<String> {
        let help = format!("write `{} = env(\"NAME\")`, and put the secret into that variable", self.name);
        let Expression::FuncCall(call) = self.expression else {
            let message = format!("`{}` is a secret, and secrets are never written in this file", self.name);
            return self.hidden(message, help);
        };
        let argument = call.args.iter().next().and_then(Expression::as_str);
        match argument.filter(|_| self.is_call("env") && call.args.len() == 1) {
            Some(name) if is_variable(name) => Some(name.to_owned()),
            Some(_) => self.hidden("this is not the name of an environment variable".to_owned(), help),
            None => self
                .hidden(format!("`{}` has to be one call of `env` with a name in quotes", self.name), help),
        }
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// How messages call a type of expression.
pub(crate) fn kind(expression: &Expression) -> &'static str {
    match expression {
        Expression::Null(_) => "null",
        Expression::Bool(_) => "a boolean",
        Expression::Number(_) => "a number",
        Expression::String(_) => "a string",
        Expression::Array(_) => "a list",
        Expression::Object(_) => "an object",
        Expression::StringTemplate(_) | Expression::HeredocTemplate(_) => "a template",
        Expression::Variable(_) | Expression::Traversal(_) => "a reference",
        Expression::FuncCall(_) => "a function call",
        _ => "an expression",
    }
}
