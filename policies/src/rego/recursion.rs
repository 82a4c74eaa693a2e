//! Functions that call themselves, directly or through others.
//!
//! OPA refuses them when it compiles. `regorus` finds a cycle of rules while it evaluates, but a cycle of functions ends
//! the process with an overflown stack. (Upstream would need the check of OPA's compiler, `checkRecursion`.)

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Literal, Module, Query, Rule, RuleAssign, RuleHead};

use super::names::{Names, path};

/// Which functions each function calls, by full path.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls(BTreeMap<String, Function>);

#[derive(Clone, Debug, Default)]
struct Function {
    file: String,
    calls: BTreeSet<String>,
}

impl Calls {
    /// Adds the functions of a module in a file.
    pub(super) fn add(&mut self, file: &str, module: &Module) {
        let names = Names::new(module);
        for rule in &module.policy {
            let Rule::Spec { head: RuleHead::Func { refr, assign, .. }, bodies, .. } = rule.as_ref() else {
                continue;
            };
            let Some(function) = path(refr) else { continue };
            let entry = self.0.entry(format!("{}.{function}", names.package)).or_default();
            file.clone_into(&mut entry.file);
            let mut found = Vec::new();
            assigned(assign.as_ref(), &mut found);
            for body in bodies {
                assigned(body.assign.as_ref(), &mut found);
                query(&body.query, &mut found);
            }
            entry.calls.extend(found.iter().map(|written| names.full(written)));
        }
    }

    /// A function that can reach itself, with its file.
    pub(super) fn cycle(&self) -> Option<(&str, &str)> {
        let (name, function) = self.0.iter().find(|(name, _)| self.reaches_itself(name))?;
        Some((&function.file, name))
    }

    fn reaches_itself(&self, function: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![function];
        while let Some(caller) = open.pop() {
            for called in self.0.get(caller).into_iter().flat_map(|function| &function.calls) {
                if called == function {
                    return true;
                }
                if seen.insert(called.as_str()) {
                    open.push(called);
                }
            }
        }
        false
    }
}

fn assigned(assign: Option<&RuleAssign>, found: &mut Vec<String>) {
    assign.into_iter().for_each(|assign| walk(&assign.value, found));
}

fn query(query: &Query, found: &mut Vec<String>) {
    for statement in &query.stmts {
        for modifier in &statement.with_mods {
            walk(&modifier.r#as, found);
            // `with f as g` makes a call of f one of g.
            found.extend(path(&modifier.r#as));
        }
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection, .. } => {
                key.iter().chain([value, collection]).for_each(|part| walk(part, found));
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => walk(expr, found),
            Literal::Every { domain, query: body, .. } => {
                walk(domain, found);
                self::query(body, found);
            }
        }
    }
}

/// Collects the functions that an expression calls. The parser bounds how deep expressions are.
fn walk(expression: &Expr, found: &mut Vec<String>) {
    match expression {
        Expr::Array { items, .. } | Expr::Set { items, .. } => {
            items.iter().for_each(|item| walk(item, found));
        }
        Expr::Object { fields, .. } => fields.iter().for_each(|(_, key, value)| {
            walk(key, found);
            walk(value, found);
        }),
        Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
            walk(term, found);
            self::query(query, found);
        }
        Expr::ObjectCompr { key, value, query, .. } => {
            walk(key, found);
            walk(value, found);
            self::query(query, found);
        }
        Expr::Call { fcn, params, .. } => {
            found.extend(path(fcn));
            params.iter().for_each(|parameter| walk(parameter, found));
        }
        Expr::UnaryExpr { expr, .. } => walk(expr, found),
        Expr::RefDot { refr, .. } => walk(refr, found),
        Expr::RefBrack { refr, index, .. } => {
            walk(refr, found);
            walk(index, found);
        }
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => {
            walk(lhs, found);
            walk(rhs, found);
        }
        Expr::Membership { key, value, collection, .. } => {
            key.iter().chain([value, collection]).for_each(|part| walk(part, found));
        }
        _ => {}
    }
}
