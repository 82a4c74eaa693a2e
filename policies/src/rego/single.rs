//! Whether a rule or function can be told to have one value at most.
//!
//! In OPA two values of one rule are an error. The interpreter says so; the virtual machine takes such a rule for undefined, and
//! one key of a partial object for the last of its values. (Upstream: `rule_failed_due_to_inconsistency` would have to become an
//! error.) So the machine is given only rules for which two values can be ruled out by looking at them.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use regorus::unstable::{
    AssignOp, BoolOp, Expr, Literal, LiteralStmt, Module, Query, Ref, Rule, RuleBody, RuleHead,
};

use super::compat;
use super::names::{path, root};
use super::visit::{self, Seen};

/// Functions of one argument of which at most one is true of it.
const TYPES: [&str; 7] =
    ["is_array", "is_boolean", "is_null", "is_number", "is_object", "is_set", "is_string"];

/// The rules and functions of a module that may have several values.
pub(super) fn doubtful(module: &Module) -> BTreeSet<String> {
    let globals = globals(module);
    let mut definitions: BTreeMap<String, Vec<Definition<'_>>> = BTreeMap::new();
    let mut doubtful = BTreeSet::new();
    for rule in &module.policy {
        visit::rule(rule, &mut |seen| {
            if let Seen::Expression(expr @ Expr::ObjectCompr { key, value, query, .. }) = seen
                && !has_one_value_a_key(key, value, query)
            {
                doubtful.insert(compat::written(expr));
            }
        });
        let Rule::Spec { head, bodies, .. } = rule.as_ref() else { continue };
        match head {
            RuleHead::Set { .. } => {}
            RuleHead::Compr { refr, assign, .. } | RuleHead::Func { refr, assign, .. } => {
                let value = assign.as_ref().map(|assign| &assign.value);
                let args = if let RuleHead::Func { args, .. } = head { args.as_slice() } else { &[] };
                match refr.as_ref() {
                    Expr::Var { span, .. } => {
                        let known = definitions.entry(span.text().to_owned()).or_default();
                        known.push(Definition { args, value, bodies, globals: &globals });
                    }
                    other => doubtful.extend([compat::written(other)]),
                }
            }
        }
    }
    doubtful.extend(definitions.into_iter().filter(|(_, rules)| !is_single(rules)).map(|(name, _)| name));
    doubtful
}

/// Whether the values of an object comprehension are told by their keys: nothing else of what is gone through is in them, or one
/// collection is gone through by its own keys.
fn has_one_value_a_key(key: &Expr, value: &Expr, query: &Query) -> bool {
    let own = names_of(query);
    let mut told: BTreeSet<String> = path(key).into_iter().collect();
    let is_told = |expr: &Expr, told: &BTreeSet<String>| {
        words(&compat::written(expr)).all(|word| !own.contains(word) || told.contains(word))
    };
    for statement in &query.stmts {
        if let Literal::Expr { expr, .. } = &statement.literal
            && let Expr::AssignExpr { lhs, rhs, .. } = expr.as_ref()
            && is_told(rhs, &told)
            && is_decided(rhs, &told.union(&own).cloned().collect())
        {
            told.extend(path(lhs));
        }
    }
    is_told(value, &told) || is_one_collection(key, query, &own)
}

fn is_one_collection(key: &Expr, query: &Query, own: &BTreeSet<String>) -> bool {
    let mut loops = query.stmts.iter().filter_map(|statement| match &statement.literal {
        Literal::SomeIn { key, .. } => Some(key.as_ref().and_then(|key| path(key))),
        _ => None,
    });
    let is_decided = |statement: &LiteralStmt| match &statement.literal {
        Literal::Expr { expr, .. } => is_decided(expr, own),
        Literal::SomeVars { .. } => false,
        _ => true,
    };
    matches!((loops.next(), loops.next()), (Some(Some(ref name)), None) if path(key).as_ref() == Some(name))
        && query.stmts.iter().all(is_decided)
}

/// One definition of a rule or function.
struct Definition<'a> {
    args: &'a [Ref<Expr>],
    value: Option<&'a Ref<Expr>>,
    bodies: &'a [RuleBody],
    globals: &'a BTreeSet<String>,
}

fn is_single(definitions: &[Definition<'_>]) -> bool {
    let alone = definitions.iter().all(Definition::is_single);
    let mut rest = definitions;
    while let Some((first, others)) = rest.split_first() {
        if !others.iter().all(|other| first.says_as(other) || first.excludes(other)) {
            return false;
        }
        rest = others;
    }
    alone
}

impl Definition<'_> {
    /// The constant that it stands for wherever it holds, as it is written; none if its value depends on anything.
    fn constant(&self) -> Option<String> {
        let others = self.bodies.iter().filter(|body| body.is_else).map(|body| body.assign.as_ref());
        let others = others.map(|assign| written(assign.map(|assign| &assign.value)));
        let value = written(self.value)?;
        others.into_iter().all(|other| other.as_ref() == Some(&value)).then_some(value)
    }

    fn is_single(&self) -> bool {
        let is_value_told = || self.value.is_none_or(|value| self.told(&[]).tells(value));
        self.constant().is_some()
            || self.bodies.iter().all(|body| self.is_decided(body))
                && (!self.bodies.is_empty() || is_value_told())
    }

    /// Whether both have the same value where they hold.
    fn says_as(&self, other: &Self) -> bool {
        self.constant().is_some_and(|value| other.constant() == Some(value))
    }

    /// Whether both cannot hold of the same arguments.
    fn excludes(&self, other: &Self) -> bool {
        let literal = |expr: &Expr| is_literal(expr).then(|| compat::written(expr));
        let by_arguments =
            self.args.iter().zip(other.args).any(
                |(one, two)| matches!((literal(one), literal(two)), (Some(one), Some(two)) if one != two),
            );
        by_arguments || self.same_arguments(other) && self.contradicts(other)
    }

    /// Statements of two definitions mean the same only where their arguments have the same names.
    fn same_arguments(&self, other: &Self) -> bool {
        let name = |expr: &Expr| path(expr).filter(|_| matches!(expr, Expr::Var { .. }));
        self.args.iter().zip(other.args).all(|(one, two)| match (name(one), name(two)) {
            (Some(one), Some(two)) => one == two || one == "_" || two == "_",
            _ => true,
        })
    }

    fn contradicts(&self, other: &Self) -> bool {
        let (Some(ours), Some(theirs)) = (self.first_body(), other.first_body()) else { return false };
        let told = self.told(&[ours, theirs]);
        ours.stmts.iter().any(|one| theirs.stmts.iter().any(|two| contradict(one, two, &told)))
    }

    /// What is told before any statement of these bodies: the arguments, but those whose names the bodies use for something else.
    fn told(&self, bodies: &[&Query]) -> Told {
        let mut known: BTreeSet<String> = self.args.iter().flat_map(|arg| variables(arg)).collect();
        let declared: BTreeSet<String> = bodies.iter().flat_map(|body| names_of(body)).collect();
        known.retain(|name| !declared.contains(name));
        Told { known, own: bodies.iter().flat_map(|body| own(body, self.globals)).collect() }
    }

    /// The statements under which it holds, if there is no `else`.
    fn first_body(&self) -> Option<&Query> {
        match self.bodies {
            [body] => Some(&body.query),
            _ => None,
        }
    }

    /// Whether a body has one value at most for given arguments: it is a constant, or rests on nothing that is gone through.
    fn is_decided(&self, body: &RuleBody) -> bool {
        let value = if body.is_else { body.assign.as_ref().map(|assign| &assign.value) } else { self.value };
        if written(value).is_some() {
            return true;
        }
        let mut told = self.told(&[&body.query]);
        for statement in &body.query.stmts {
            told.note(statement);
        }
        value.is_none_or(|value| told.tells(value))
    }
}

/// The names of a body that have one value for given arguments.
struct Told {
    known: BTreeSet<String>,
    /// All names that are the body's own.
    own: BTreeSet<String>,
}

impl Told {
    fn note(&mut self, statement: &LiteralStmt) {
        if let Literal::Expr { expr, .. } = &statement.literal
            && let Expr::AssignExpr { lhs, rhs, .. } = expr.as_ref()
            && is_pattern(lhs)
            && self.tells(rhs)
        {
            self.known.extend(variables(lhs));
        }
    }

    fn tells(&self, expr: &Expr) -> bool {
        let is_told = |name: &String| !self.own.contains(name) || self.known.contains(name);
        is_decided(expr, &self.known) && variables(expr).iter().all(is_told)
    }
}

/// The names that a query may give a value: those that it says it does, and those that mean nothing outside of it. What stands in
/// comprehensions alone is theirs.
fn own(query: &Query, globals: &BTreeSet<String>) -> BTreeSet<String> {
    let mut own = names_of(query);
    let mut see = |expr: &Expr| {
        if let Expr::Var { span, .. } = expr
            && !globals.contains(span.text())
        {
            own.insert(span.text().to_owned());
        }
    };
    for statement in &query.stmts {
        match &statement.literal {
            Literal::Expr { expr, .. } => visit::outside(expr, &mut see),
            Literal::SomeIn { collection, .. } => visit::outside(collection, &mut see),
            Literal::NotExpr { .. } | Literal::Every { .. } | Literal::SomeVars { .. } => {}
        }
    }
    own
}

/// The variables in an expression that have names: each `_` is one of its own.
pub(super) fn variables(expr: &Expr) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    visit::expression(expr, &mut |seen| {
        if let Seen::Expression(Expr::Var { span, .. }) = seen {
            found.insert(span.text().to_owned());
        }
    });
    found.remove("_");
    found
}

/// The names that mean something in all of a module.
fn globals(module: &Module) -> BTreeSet<String> {
    let rules = module.policy.iter().filter_map(|rule| match rule.as_ref() {
        Rule::Spec {
            head: RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. } | RuleHead::Func { refr, .. },
            ..
        }
        | Rule::Default { refr, .. } => root(refr),
    });
    let imports = module.imports.iter().filter_map(|import| match &import.r#as {
        Some(name) => Some(name.text().to_owned()),
        None => path(&import.refr)?.rsplit('.').next().map(str::to_owned),
    });
    rules.chain(imports).chain(["input", "data"].map(str::to_owned)).collect()
}

/// A constant as it is written; what is not written is true.
fn written(value: Option<&Ref<Expr>>) -> Option<String> {
    match value {
        None => Some("true".to_owned()),
        Some(value) => is_literal(value).then(|| compat::written(value)),
    }
}

fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. } => true,
        Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().all(|item| is_literal(item)),
        _ => false,
    }
}

fn is_pattern(expr: &Expr) -> bool {
    matches!(expr, Expr::Var { .. } | Expr::Array { .. } | Expr::Object { .. })
}

/// The names that a body gives a value of its own.
pub(super) fn names_of(query: &Query) -> BTreeSet<String> {
    let names = query.stmts.iter().flat_map(|statement| match &statement.literal {
        Literal::Expr { expr, .. } => match expr.as_ref() {
            Expr::AssignExpr { op: AssignOp::Eq, lhs, rhs, .. } => [lhs, rhs]
                .into_iter()
                .filter(|side| is_pattern(side))
                .flat_map(|side| variables(side))
                .collect(),
            Expr::AssignExpr { lhs, .. } => variables(lhs).into_iter().collect(),
            _ => Vec::new(),
        },
        Literal::SomeIn { key, value, .. } => {
            key.iter().chain([value]).flat_map(|part| variables(part)).collect()
        }
        Literal::SomeVars { vars, .. } => vars.iter().map(|name| name.text().to_owned()).collect(),
        Literal::NotExpr { .. } | Literal::Every { .. } => Vec::new(),
    });
    names.collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// Whether two statements cannot both hold: one negates the other, or they say different things of the same. A name that a body
/// gives a value of its own may mean two things, and so may an index that is left open.
fn contradict(one: &LiteralStmt, two: &LiteralStmt, told: &Told) -> bool {
    let (Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. }) = &one.literal else { return false };
    if !told.tells(expr) || !one.with_mods.is_empty() || !two.with_mods.is_empty() {
        return false;
    }
    match (&one.literal, &two.literal) {
        (Literal::NotExpr { expr: not, .. }, Literal::Expr { expr, .. })
        | (Literal::Expr { expr, .. }, Literal::NotExpr { expr: not, .. }) => {
            compat::written(not) == compat::written(said(expr))
        }
        (Literal::Expr { expr: one, .. }, Literal::Expr { expr: two, .. }) => {
            let kinds = (kind(one), kind(two));
            matches!(kinds, (Some((one, of)), Some((two, same))) if one != two && of == same)
                || are_opposite(one, two)
                || end_otherwise(one, two)
        }
        _ => false,
    }
}

/// What a statement says holds: of `x == true`, x.
fn said(expr: &Expr) -> &Expr {
    match expr {
        Expr::BoolExpr { op: BoolOp::Eq, lhs, rhs, .. } => match rhs.as_ref() {
            Expr::Bool { value: Value::Bool(true), .. } => lhs,
            _ => expr,
        },
        _ => expr,
    }
}

/// Whether two comparisons of the same thing exclude each other.
fn are_opposite(one: &Expr, two: &Expr) -> bool {
    let (
        Expr::BoolExpr { op, lhs, rhs, .. },
        Expr::BoolExpr { op: other_op, lhs: other_lhs, rhs: other_rhs, .. },
    ) = (one, two)
    else {
        return false;
    };
    let same = compat::written(rhs) == compat::written(other_rhs);
    let differ = is_literal(rhs) && is_literal(other_rhs) && !same;
    compat::written(lhs) == compat::written(other_lhs)
        && match (op, other_op) {
            (BoolOp::Eq, BoolOp::Eq) => differ,
            (BoolOp::Eq, BoolOp::Ne | BoolOp::Gt | BoolOp::Lt)
            | (BoolOp::Ne | BoolOp::Gt | BoolOp::Lt, BoolOp::Eq)
            | (BoolOp::Gt, BoolOp::Le | BoolOp::Lt)
            | (BoolOp::Le | BoolOp::Lt, BoolOp::Gt)
            | (BoolOp::Lt, BoolOp::Ge)
            | (BoolOp::Ge, BoolOp::Lt) => same,
            _ => false,
        }
}

/// Whether two statements say of the same text that it ends, or begins, in two ways that exclude each other.
fn end_otherwise(one: &Expr, two: &Expr) -> bool {
    let (Some((function, text, one)), Some((other, same, two))) = (affix(one), affix(two)) else {
        return false;
    };
    let fit = |long: &str, short: &str| match function.as_str() {
        "endswith" => long.ends_with(short),
        _ => long.starts_with(short),
    };
    function == other && text == same && !fit(&one, &two) && !fit(&two, &one)
}

/// The function, the text and the end of a call such as `endswith(x, ".id")`.
fn affix(expr: &Expr) -> Option<(String, String, String)> {
    let Expr::Call { fcn, params, .. } = expr else { return None };
    let (name, [text, end]) = (path(fcn)?, params.as_slice()) else { return None };
    let (Expr::String { value, .. } | Expr::RawString { value, .. }) = end.as_ref() else { return None };
    let is_known = matches!(name.as_str(), "endswith" | "startswith");
    is_known.then_some((name, compat::written(text), value.as_string().ok()?.to_string()))
}

/// Which type a statement says that what is written has.
fn kind(expr: &Expr) -> Option<(String, String)> {
    match expr {
        Expr::Call { fcn, params, .. } => {
            let (name, [argument]) = (path(fcn)?, params.as_slice()) else { return None };
            TYPES.contains(&name.as_str()).then(|| (name, compat::written(argument)))
        }
        _ => None,
    }
}

/// Whether an expression has one value at most: no index is left open. What a comprehension goes through is its own affair.
fn is_decided(expr: &Expr, known: &BTreeSet<String>) -> bool {
    let all = |items: &[Ref<Expr>]| items.iter().all(|item| is_decided(item, known));
    match expr {
        Expr::RefBrack { refr, index, .. } => {
            let is_open = match index.as_ref() {
                Expr::Var { span, .. } => !known.contains(span.text()),
                _ => false,
            };
            !is_open && is_decided(refr, known) && is_decided(index, known)
        }
        Expr::RefDot { refr, .. } => is_decided(refr, known),
        Expr::Call { fcn, params, .. } => path(fcn).is_none_or(|name| name != "walk") && all(params),
        Expr::Array { items, .. } | Expr::Set { items, .. } => all(items),
        Expr::Object { fields, .. } => {
            fields.iter().all(|(_, key, value)| is_decided(key, known) && is_decided(value, known))
        }
        Expr::UnaryExpr { expr, .. } => is_decided(expr, known),
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => is_decided(lhs, known) && is_decided(rhs, known),
        Expr::Membership { key, value, collection, .. } => {
            key.iter().chain([value, collection]).all(|part| is_decided(part, known))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests;
