//! What the printer asks of a part of the syntax.

use regorus::unstable::{ArithOp, AssignOp, BinOp, BoolOp, Expr};

use super::UNION;

pub(super) fn is_collection(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Array { .. }
            | Expr::Set { .. }
            | Expr::Object { .. }
            | Expr::ArrayCompr { .. }
            | Expr::SetCompr { .. }
            | Expr::ObjectCompr { .. }
    )
}

/// Whether an expression is a number if it is anything.
pub(super) fn is_number(expr: &Expr) -> bool {
    match expr {
        Expr::Number { .. } => true,
        Expr::Call { fcn, .. } => matches!(fcn.as_ref(), Expr::Var { span, .. } if span.text() == "count"),
        Expr::ArithExpr { lhs, rhs, .. } => is_number(lhs) && is_number(rhs),
        _ => false,
    }
}

pub(super) fn may_be_undefined(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::String { .. }
            | Expr::RawString { .. }
            | Expr::Number { .. }
            | Expr::Bool { .. }
            | Expr::Null { .. }
            | Expr::ArrayCompr { .. }
            | Expr::SetCompr { .. }
            | Expr::ObjectCompr { .. }
    )
}

pub(super) fn assignment(op: &AssignOp) -> &'static str {
    match op {
        AssignOp::Eq => "=",
        AssignOp::ColEq => ":=",
    }
}

pub(super) fn comparison(op: &BoolOp) -> &'static str {
    match op {
        BoolOp::Lt => "<",
        BoolOp::Le => "<=",
        BoolOp::Eq => "==",
        BoolOp::Ge => ">=",
        BoolOp::Gt => ">",
        BoolOp::Ne => "!=",
    }
}

/// The sign of an operator, and the function that stands for it.
pub(super) fn set_operator(op: &BinOp) -> (&'static str, &'static str) {
    match op {
        BinOp::Union => ("|", UNION),
        BinOp::Intersection => ("&", "opa_and"),
    }
}

pub(super) fn arithmetic_operator(op: &ArithOp) -> (&'static str, &'static str) {
    match op {
        ArithOp::Add => ("+", "opa_plus"),
        ArithOp::Sub => ("-", "opa_minus"),
        ArithOp::Mul => ("*", "opa_mul"),
        ArithOp::Div => ("/", "opa_div"),
        ArithOp::Mod => ("%", "opa_rem"),
    }
}
