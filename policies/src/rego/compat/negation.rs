//! `not f(x)` where x is undefined.
//!
//! OPA evaluates what a negated expression is about before it: `not f(input.x)` is read as `y := input.x; not f(y)`, which is
//! undefined when `input.x` is. Only the two sides of `=` and `==` may be undefined references, and the negated
//! reference itself. (`rewriteExprTerms` and `rewriteDynamicTerms` in OPA's compiler. Upstream would need the same;
//! `regorus` takes an undefined argument for an expression that is not true.)

use regorus::unstable::{AssignOp, BoolOp, Expr, Ref};

use super::printer::Printer;
use super::syntax::comparison;

impl Printer {
    /// The statements that must hold before, and the expression to be negated.
    pub(super) fn negated(&mut self, expr: &Expr) -> (Vec<String>, String) {
        let mut needed = Vec::new();
        let text = match expr {
            Expr::AssignExpr { op: AssignOp::Eq, lhs, rhs, .. } => {
                format!("{} = {}", self.side(lhs, &mut needed), self.side(rhs, &mut needed))
            }
            Expr::BoolExpr { op: BoolOp::Eq, lhs, rhs, .. } => {
                format!("{} == {}", self.side(lhs, &mut needed), self.side(rhs, &mut needed))
            }
            Expr::Call { fcn, params, .. } => {
                let params: Vec<_> = params.iter().map(|param| self.lifted(param, &mut needed)).collect();
                let name = self.function_name(fcn);
                self.is_fit_for(&name);
                format!("{name}({})", params.join(", "))
            }
            Expr::BoolExpr { op, lhs, rhs, .. } => {
                format!(
                    "{} {} {}",
                    self.lifted(lhs, &mut needed),
                    comparison(op),
                    self.lifted(rhs, &mut needed)
                )
            }
            Expr::Membership { key, value, collection, .. } => {
                let key = key.as_ref().map(|key| format!("{}, ", self.lifted(key, &mut needed)));
                let (value, collection) =
                    (self.lifted(value, &mut needed), self.lifted(collection, &mut needed));
                format!("{}{value} in {collection}", key.unwrap_or_default())
            }
            Expr::ArithExpr { .. } | Expr::BinExpr { .. } => self.lifted(expr, &mut needed),
            _ => self.side(expr, &mut needed),
        };
        (needed, text)
    }

    /// A side of `==`: a reference stays, what it depends on does not.
    fn side(&mut self, expr: &Expr, needed: &mut Vec<String>) -> String {
        match expr {
            Expr::Var { .. } => self.expr(expr),
            Expr::RefDot { refr, field, .. } => format!("{}.{}", self.base(refr, needed), field.0.text()),
            Expr::RefBrack { refr, index, .. } => {
                format!("{}[{}]", self.base(refr, needed), self.lifted(index, needed))
            }
            _ => self.lifted(expr, needed),
        }
    }

    /// What a reference starts from: calls and composites are evaluated before.
    fn base(&mut self, expr: &Expr, needed: &mut Vec<String>) -> String {
        match expr {
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => self.side(expr, needed),
            Expr::Array { .. } | Expr::Set { .. } | Expr::Object { .. } => self.lifted(expr, needed),
            _ => self.made_up(expr, needed),
        }
    }

    fn lifted(&mut self, expr: &Expr, needed: &mut Vec<String>) -> String {
        match expr {
            Expr::Var { span, .. } if !self.is_global(span.text()) => self.expr(expr),
            Expr::Array { items, .. } => format!("[{}]", self.each(items, needed)),
            Expr::Set { items, .. } if !items.is_empty() => format!("{{{}}}", self.each(items, needed)),
            Expr::Object { fields, .. } => {
                let fields = fields.iter().map(|(_, key, value)| {
                    format!("{}: {}", self.lifted(key, needed), self.lifted(value, needed))
                });
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } | Expr::Call { .. } => {
                self.made_up(expr, needed)
            }
            Expr::ArithExpr { .. }
            | Expr::BinExpr { .. }
            | Expr::BoolExpr { .. }
            | Expr::Membership { .. } => self.made_up(expr, needed),
            _ => self.expr(expr),
        }
    }

    fn each(&mut self, items: &[Ref<Expr>], needed: &mut Vec<String>) -> String {
        items.iter().map(|item| self.lifted(item, needed)).collect::<Vec<_>>().join(", ")
    }

    /// A variable that stands for the expression, evaluated before.
    fn made_up(&mut self, expr: &Expr, needed: &mut Vec<String>) -> String {
        let name = self.new_name();
        let text = self.expr(expr);
        needed.push(format!("{name} := {text}"));
        needed.extend(self.asserts(expr).then(|| format!("[{name}]")));
        name
    }
}
