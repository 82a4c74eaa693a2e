//! What the names of a body stand for, as far as it is written in strings.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Literal, Ref};

use super::super::names::{Names, path};

/// The parts of the input that hold resources by type.
const SECTIONS: [&str; 3] = ["resources", "data", "changes"];

/// What an expression stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It cannot be told.
    #[default]
    Unknown,
    /// One of these strings.
    OneOf(BTreeSet<String>),
    /// A list or a set of these strings.
    All(BTreeSet<String>),
    /// An object with these keys.
    Keys(BTreeSet<String>),
}

impl Meaning {
    /// What a key and a value of it stand for.
    pub(super) fn parts(self) -> (Self, Self) {
        match self {
            Self::All(strings) => (Self::Unknown, Self::OneOf(strings)),
            Self::Keys(strings) => (Self::OneOf(strings), Self::Unknown),
            Self::Unknown | Self::OneOf(_) => (Self::Unknown, Self::Unknown),
        }
    }
}

/// The names of a body.
#[derive(Clone, Debug)]
pub(super) struct Scope<'a> {
    names: &'a Names,
    locals: BTreeMap<String, Meaning>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(names: &'a Names) -> Self {
        Self { names, locals: BTreeMap::new() }
    }

    /// The name that is written has this meaning from here on. Of a pattern nothing is known.
    pub(super) fn declare(&mut self, pattern: &Expr, meaning: Meaning) {
        match pattern {
            Expr::Var { .. } => self.locals.extend(path(pattern).map(|name| (name, meaning))),
            Expr::Array { items, .. } | Expr::Set { items, .. } => {
                items.iter().for_each(|item| self.declare(item, Meaning::Unknown));
            }
            Expr::Object { fields, .. } => {
                fields.iter().for_each(|(_, _, value)| self.declare(value, Meaning::Unknown));
            }
            _ => {}
        }
    }

    /// The names that a statement declares are no rules, whatever they will stand for.
    pub(super) fn hide(&mut self, statement: &Literal) {
        match statement {
            Literal::SomeVars { vars, .. } => {
                self.locals.extend(vars.iter().map(|name| (name.text().to_owned(), Meaning::Unknown)));
            }
            Literal::SomeIn { key, value, .. } => {
                key.iter().chain([value]).for_each(|name| self.declare(name, Meaning::Unknown));
            }
            Literal::Expr { expr, .. } => {
                if let Expr::AssignExpr { lhs, .. } = expr.as_ref() {
                    self.declare(lhs, Meaning::Unknown);
                }
            }
            Literal::NotExpr { .. } | Literal::Every { .. } => {}
        }
    }

    /// What a name of this body stands for.
    pub(super) fn local(&self, expression: &Expr) -> Option<&Meaning> {
        match expression {
            Expr::Var { .. } => self.locals.get(&path(expression)?),
            _ => None,
        }
    }

    /// The full path of a rule or function that is written so, unless a name of this body hides it.
    pub(super) fn rule(&self, expression: &Expr) -> Option<String> {
        let written = path(expression)?;
        let head = written.split('.').next().unwrap_or_default();
        let is_rule = head != "input" && !self.locals.contains_key(head);
        is_rule.then(|| self.names.full(&written))
    }

    /// For `input.resources.<type>`, and for `input.resources[kind]` where the kinds are known: which parts of the input these are.
    pub(super) fn section(&self, expression: &Expr) -> Option<BTreeSet<String>> {
        let (holder, kinds) = match expression {
            Expr::RefDot { refr, field, .. } => {
                (refr, BTreeSet::from([field.1.as_string().ok()?.to_string()]))
            }
            Expr::RefBrack { refr, index, .. } => {
                match self.local(index).cloned().unwrap_or_else(|| strings(index, self)) {
                    Meaning::OneOf(kinds) => (refr, kinds),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let Expr::RefDot { refr, field, .. } = holder.as_ref() else { return None };
        let section = field.1.as_string().ok()?;
        let is_input = path(refr).is_some_and(|root| root == "input") && SECTIONS.contains(&section.as_ref());
        is_input.then(|| kinds.iter().map(|kind| format!("{section}.{kind}")).collect())
    }
}

/// What an expression that is written in strings stands for.
pub(super) fn strings(expression: &Expr, scope: &Scope) -> Meaning {
    let all = |items: &[Ref<Expr>]| items.iter().map(|item| one(item, scope)).collect::<Option<Vec<_>>>();
    let flat = |found: Vec<BTreeSet<String>>| found.into_iter().flatten().collect();
    match expression {
        Expr::String { .. } | Expr::RawString { .. } => {
            one(expression, scope).map_or(Meaning::Unknown, Meaning::OneOf)
        }
        Expr::Array { items, .. } | Expr::Set { items, .. } => {
            all(items).map_or(Meaning::Unknown, |found| Meaning::All(flat(found)))
        }
        Expr::Object { fields, .. } => {
            let keys = fields.iter().map(|(_, key, _)| one(key, scope)).collect::<Option<Vec<_>>>();
            keys.map_or(Meaning::Unknown, |found| Meaning::Keys(flat(found)))
        }
        _ => Meaning::Unknown,
    }
}

/// A string, or a name that stands for one of some.
fn one(expression: &Expr, scope: &Scope) -> Option<BTreeSet<String>> {
    match expression {
        Expr::String { value, .. } | Expr::RawString { value, .. } => {
            Some(BTreeSet::from([value.as_string().ok()?.to_string()]))
        }
        Expr::Var { .. } => match scope.local(expression)? {
            Meaning::OneOf(strings) => Some(strings.clone()),
            _ => None,
        },
        _ => None,
    }
}
