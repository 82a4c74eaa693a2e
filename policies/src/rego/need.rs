//! Which types of resources an input must have for a rule to find anything.
//!
//! Most inputs have resources of a few types, and most rules judge one type each: what needs a type that is not there is not
//! asked at all. The answer errs on one side only: where it cannot be told what a rule needs, the rule is always asked.

mod scope;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use regorus::unstable::{BinOp, Expr, Literal, LiteralStmt, Module, Query, Ref, Rule, RuleHead};

use super::names::{Names, path};
use scope::{Meaning, Scope, strings};

/// Of these parts of the input one must be there, for example `resources.aws_s3_bucket`; none: it cannot be told.
pub(super) type Need = Option<BTreeSet<String>>;

/// Rules that refer to each other are followed so far.
const DEPTH: usize = 12;

/// The rules of all modules, by full path.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs(BTreeMap<String, Vec<Definition>>);

/// A rule, and what names mean where it stands.
#[derive(Clone, Debug)]
struct Definition {
    names: Rc<Names>,
    rule: Ref<Rule>,
}

impl Needs {
    pub(super) fn add(&mut self, module: &Module) {
        let names = Rc::new(Names::new(module));
        for rule in &module.policy {
            let Some(name) = name_of(rule) else { continue };
            let known = self.0.entry(format!("{}.{name}", names.package)).or_default();
            known.push(Definition { names: Rc::clone(&names), rule: rule.clone() });
        }
    }

    /// What a rule needs in order to have an answer that is not empty.
    pub(super) fn of(&self, rule: &str) -> Need {
        self.rule(rule, &[], DEPTH)
    }

    /// What it takes for a rule, or a function with these arguments, to be there and to have anything in it.
    fn rule(&self, name: &str, arguments: &[Meaning], depth: usize) -> Need {
        let depth = depth.checked_sub(1)?;
        let rules = self.0.get(name)?;
        any(rules.iter().map(|Definition { names, rule }| {
            let mut scope = Scope::new(names);
            match rule.as_ref() {
                Rule::Default { .. } => None,
                Rule::Spec { head, bodies, .. } => {
                    if let RuleHead::Func { args, .. } = head {
                        args.iter()
                            .zip(arguments)
                            .for_each(|(arg, meaning)| scope.declare(arg, meaning.clone()));
                    }
                    let value = value_of(head);
                    if bodies.is_empty() {
                        return self.filled(value?, &scope, depth);
                    }
                    any(bodies.iter().map(|body| {
                        let mut scope = scope.clone();
                        let value = body.assign.as_ref().map(|assign| &assign.value).or(value);
                        self.query(&body.query, &mut scope, depth)
                            .or_else(|| self.filled(value?, &scope, depth))
                    }))
                }
            }
        }))
    }

    /// What it takes for all statements of a query to hold. What one of them needs is enough.
    fn query(&self, query: &Query, scope: &mut Scope, depth: usize) -> Need {
        // A name is the body's own wherever it is declared in it.
        query.stmts.iter().for_each(|statement| scope.hide(&statement.literal));
        query
            .stmts
            .iter()
            .filter(|statement| statement.with_mods.is_empty())
            .find_map(|statement| self.statement(statement, scope, depth))
    }

    fn statement(&self, statement: &LiteralStmt, scope: &mut Scope, depth: usize) -> Need {
        match &statement.literal {
            Literal::SomeIn { key, value, collection, .. } => {
                let need = self.filled(collection, scope, depth);
                let (keys, values) = self.meaning(collection, scope, depth).parts();
                key.iter().for_each(|key| scope.declare(key, keys.clone()));
                scope.declare(value, values);
                need
            }
            Literal::Expr { expr, .. } => match expr.as_ref() {
                Expr::AssignExpr { lhs, rhs, .. } => {
                    let need = self.defined(rhs, scope);
                    let meaning = self.meaning(rhs, scope, depth);
                    scope.declare(lhs, meaning);
                    need
                }
                other => self.defined(other, scope),
            },
            Literal::SomeVars { .. } | Literal::NotExpr { .. } | Literal::Every { .. } => None,
        }
    }

    /// What it takes for an expression to be there at all.
    fn defined(&self, expression: &Expr, scope: &Scope) -> Need {
        match expression {
            Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } => {
                scope.section(expression).or_else(|| self.defined(refr, scope))
            }
            _ => None,
        }
    }

    /// What it takes for an expression to be there and to have anything in it.
    fn filled(&self, expression: &Expr, scope: &Scope, depth: usize) -> Need {
        let defined = self.defined(expression, scope);
        defined.or_else(|| match expression {
            Expr::ArrayCompr { query, .. }
            | Expr::SetCompr { query, .. }
            | Expr::ObjectCompr { query, .. } => self.query(query, &mut scope.clone(), depth),
            Expr::BinExpr { op: BinOp::Union, lhs, rhs, .. } => {
                any([lhs, rhs].into_iter().map(|side| self.filled(side, scope, depth)))
            }
            Expr::Call { fcn, params, .. } => {
                let arguments: Vec<_> =
                    params.iter().map(|argument| self.meaning(argument, scope, depth)).collect();
                self.rule(&scope.rule(fcn)?, &arguments, depth)
            }
            Expr::Var { .. } | Expr::RefDot { .. } => self.rule(&scope.rule(expression)?, &[], depth),
            _ => None,
        })
    }

    /// The strings that an expression stands for, where it is written with strings alone.
    fn meaning(&self, expression: &Expr, scope: &Scope, depth: usize) -> Meaning {
        if let Some(known) = scope.local(expression) {
            return known.clone();
        }
        match strings(expression, scope) {
            Meaning::Unknown => self.constant(expression, scope, depth),
            known => known,
        }
    }

    /// A rule that only names its value.
    fn constant(&self, expression: &Expr, scope: &Scope, depth: usize) -> Meaning {
        let rules = scope.rule(expression).and_then(|name| self.0.get(&name));
        let (Some([Definition { names, rule }]), Some(depth)) =
            (rules.map(Vec::as_slice), depth.checked_sub(1))
        else {
            return Meaning::Unknown;
        };
        match rule.as_ref() {
            Rule::Spec { head, bodies, .. } if bodies.is_empty() => value_of(head)
                .map_or(Meaning::Unknown, |value| self.meaning(value, &Scope::new(names), depth)),
            _ => Meaning::Unknown,
        }
    }
}

/// One of several: each must need something, and what any of them needs is enough.
pub(super) fn any(needs: impl Iterator<Item = Need>) -> Need {
    needs.collect::<Option<Vec<_>>>().map(|needs| needs.into_iter().flatten().collect())
}

/// The rule's name in its package. What is written `a[x]` or `a.b` is of `a`, which is asked for as a whole.
pub(super) fn name_of(rule: &Rule) -> Option<String> {
    let (Rule::Spec {
        head: RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. } | RuleHead::Func { refr, .. },
        ..
    }
    | Rule::Default { refr, .. }) = rule;
    let mut at = refr;
    while let Expr::RefBrack { refr, .. } | Expr::RefDot { refr, .. } = at.as_ref() {
        at = refr;
    }
    path(at)
}

/// The value of a rule as a whole, not that of one of its keys.
fn value_of(head: &RuleHead) -> Option<&Ref<Expr>> {
    match head {
        RuleHead::Compr { refr, assign, .. } | RuleHead::Func { refr, assign, .. } => {
            let is_whole = matches!(refr.as_ref(), Expr::Var { .. });
            assign.as_ref().filter(|_| is_whole).map(|assign| &assign.value)
        }
        RuleHead::Set { .. } => None,
    }
}

#[cfg(test)]
mod tests;
