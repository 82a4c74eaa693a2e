//! Goes through the expressions of rules. The parser bounds how deep they are.

use regorus::unstable::{Expr, Literal, Query, Rule, RuleAssign, RuleBody, RuleHead, Span};

/// What is met on the way.
#[derive(Clone, Copy)]
pub(super) enum Seen<'a> {
    /// An expression.
    Expression(&'a Expr),
    /// A name that `some` or `every` declares.
    Name(&'a Span),
    /// What `some … in` gives a value.
    Pattern(&'a Expr),
    /// What stands in place of another reference: `with f as g` makes a call of `f` one of `g`.
    Replacement(&'a Expr),
}

/// Calls `see` with every expression of a rule, and of the expressions within, but for its name.
pub(super) fn rule<'a>(rule: &'a Rule, see: &mut impl FnMut(Seen<'a>)) {
    match rule {
        Rule::Default { value, .. } => expression(value, see),
        Rule::Spec { head, bodies, .. } => {
            match head {
                RuleHead::Set { key, .. } => key.iter().for_each(|key| expression(key, see)),
                RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => {
                    assigned(assign.as_ref(), see);
                }
            }
            bodies.iter().for_each(|body| self::body(body, see));
        }
    }
}

fn body<'a>(body: &'a RuleBody, see: &mut impl FnMut(Seen<'a>)) {
    assigned(body.assign.as_ref(), see);
    query(&body.query, see);
}

fn assigned<'a>(assign: Option<&'a RuleAssign>, see: &mut impl FnMut(Seen<'a>)) {
    assign.into_iter().for_each(|assign| expression(&assign.value, see));
}

fn query<'a>(query: &'a Query, see: &mut impl FnMut(Seen<'a>)) {
    for statement in &query.stmts {
        for modifier in &statement.with_mods {
            see(Seen::Replacement(&modifier.r#as));
            expression(&modifier.r#as, see);
        }
        match &statement.literal {
            Literal::SomeVars { vars, .. } => vars.iter().for_each(|name| see(Seen::Name(name))),
            Literal::SomeIn { key, value, collection, .. } => {
                key.iter().chain([value]).for_each(|pattern| see(Seen::Pattern(pattern)));
                key.iter().chain([value, collection]).for_each(|part| expression(part, see));
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => expression(expr, see),
            Literal::Every { key, value, domain, query: body, .. } => {
                key.iter().chain([value]).for_each(|name| see(Seen::Name(name)));
                expression(domain, see);
                self::query(body, see);
            }
        }
    }
}

/// Calls `see` with an expression and the expressions within.
pub(super) fn expression<'a>(expr: &'a Expr, see: &mut impl FnMut(Seen<'a>)) {
    see(Seen::Expression(expr));
    match expr {
        Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
            expression(term, see);
            self::query(query, see);
        }
        Expr::ObjectCompr { key, value, query, .. } => {
            expression(key, see);
            expression(value, see);
            self::query(query, see);
        }
        _ => parts(expr, &mut |part| expression(part, see)),
    }
}

/// As [`expression`], without what stands in a comprehension.
pub(super) fn outside<'a>(expr: &'a Expr, see: &mut impl FnMut(&'a Expr)) {
    see(expr);
    parts(expr, &mut |part| outside(part, see));
}

/// The expressions that one is made of; none for a comprehension, which has names of its own.
fn parts<'a>(expr: &'a Expr, each: &mut dyn FnMut(&'a Expr)) {
    match expr {
        Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().for_each(|item| each(item)),
        Expr::Object { fields, .. } => fields.iter().for_each(|(_, key, value)| {
            each(key);
            each(value);
        }),
        Expr::Call { params, .. } => params.iter().for_each(|parameter| each(parameter)),
        Expr::UnaryExpr { expr, .. } => each(expr),
        Expr::RefDot { refr, .. } => each(refr),
        Expr::RefBrack { refr, index, .. } => {
            each(refr);
            each(index);
        }
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => {
            each(lhs);
            each(rhs);
        }
        Expr::Membership { key, value, collection, .. } => {
            key.iter().chain([value, collection]).for_each(|part| each(part));
        }
        _ => {}
    }
}
