//! Expressions of every kind but operators, loops and templates.

use std::cell::Cell;
use std::collections::BTreeMap;

use hcl_edit::expr::{
    Array, Conditional, Expression, FuncCall, Object, ObjectKey, Traversal, TraversalOperator,
};

use super::limits::{Budget, Level};
use super::{EvalError, Scope, Step, known, traversal};
use crate::terraform::functions;
use crate::terraform::number::Number;
use crate::terraform::types::{Type, convert, unify};
use crate::terraform::value::{Unknown, Value};

/// An evaluation at a place of the configuration.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator<'a> {
    pub(crate) scope: &'a dyn Scope,
    pub(crate) budget: &'a Budget,
    names: Option<&'a Names<'a>>,
    /// Whether something was done with an unknown value that may turn out to be an error.
    doubt: Option<&'a Cell<bool>>,
}

/// Names of a `for` expression or of a template file.
pub(crate) struct Names<'a> {
    pub(crate) values: BTreeMap<String, Value>,
    pub(crate) outer: Option<&'a Names<'a>>,
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(scope: &'a dyn Scope, budget: &'a Budget) -> Self {
        Self { scope, budget, names: None, doubt: None }
    }

    /// The same with more names; what they hide is gone.
    pub(crate) fn with<'b>(self, names: &'b Names<'b>) -> Evaluator<'b>
    where
        'a: 'b,
    {
        Evaluator { names: Some(names), ..self }
    }

    /// The same budget at another place, where only these names are known.
    pub(crate) fn elsewhere<'b>(self, scope: &'b dyn Scope, names: &'b Names<'b>) -> Evaluator<'b>
    where
        'a: 'b,
    {
        Evaluator { scope, names: Some(names), ..self }
    }

    /// The names around.
    pub(crate) fn names(self) -> Option<&'a Names<'a>> {
        self.names
    }

    /// Evaluates and says whether what is unknown in the value may be an error in the end.
    pub(crate) fn attempt(self, expression: &Expression) -> (Result<Value, EvalError>, bool) {
        let doubt = Cell::new(false);
        let result = Evaluator { doubt: Some(&doubt), ..self }.expression(expression);
        if let (true, Some(outer)) = (doubt.get(), self.doubt) {
            outer.set(true);
        }
        (result, doubt.get())
    }

    pub(super) fn doubt(self) {
        if let Some(doubt) = self.doubt {
            doubt.set(true);
        }
    }

    /// What cannot be told is a value from here on.
    pub(super) fn settled(self, result: Result<Value, EvalError>) -> Result<Value, EvalError> {
        let value = known(result)?;
        if value.is_unknown() {
            self.doubt();
        }
        Ok(value)
    }

    pub(crate) fn expression(self, expression: &Expression) -> Result<Value, EvalError> {
        let _level = Level::enter()?;
        self.budget.elements(1)?;
        match expression {
            Expression::Null(_) => Ok(Value::Null),
            Expression::Bool(value) => Ok(Value::Bool(*value.value())),
            Expression::Number(number) => Ok(literal(number)),
            Expression::String(text) => self.text(text.as_str()),
            Expression::Array(array) => self.array(array),
            Expression::Object(object) => self.object(object),
            Expression::StringTemplate(template) => self.template(template),
            Expression::HeredocTemplate(heredoc) => self.template_text(&heredoc.template),
            Expression::Parenthesis(inner) => self.expression(inner.inner()),
            Expression::Variable(name) => self.lookup(name.as_str(), &[]),
            Expression::Conditional(conditional) => self.conditional(conditional),
            Expression::FuncCall(call) => self.call(call),
            Expression::Traversal(traversal) => self.traversal(traversal),
            Expression::UnaryOp(operation) => self.unary(operation),
            Expression::BinaryOp(operation) => self.binary(operation),
            Expression::ForExpr(iteration) => self.iteration(iteration),
        }
    }

    pub(super) fn text(self, text: &str) -> Result<Value, EvalError> {
        self.budget.bytes(text.len())?;
        Ok(Value::text(text))
    }

    fn array(self, array: &Array) -> Result<Value, EvalError> {
        array.iter().map(|item| self.expression(item)).collect::<Result<_, _>>().map(Value::Tuple)
    }

    fn object(self, object: &Object) -> Result<Value, EvalError> {
        let mut entries = BTreeMap::new();
        let mut open: Option<Unknown> = None;
        for (key, value) in object.iter() {
            let value = self.expression(value.expr())?;
            match self.key(key)? {
                Ok(key) => drop(entries.insert(key, value)),
                Err(unknown) => {
                    // It may be any key: what was written before it may be replaced.
                    entries.clear();
                    let links = value.links().into_iter().chain(unknown.links());
                    open.get_or_insert_default().links.extend(links);
                }
            }
        }
        Ok(match open {
            Some(Unknown { links, .. }) => Value::open_object(links, entries),
            None => Value::Object(entries),
        })
    }

    /// The key of an entry, or its unknown value.
    fn key(self, key: &ObjectKey) -> Result<Result<String, Value>, EvalError> {
        let expression = match key {
            ObjectKey::Ident(name) => return Ok(Ok(name.as_str().to_owned())),
            // A name alone is its own key; only in parentheses it is what the name stands for.
            ObjectKey::Expression(Expression::Variable(name)) => return Ok(Ok(name.as_str().to_owned())),
            ObjectKey::Expression(expression) => expression,
        };
        self.key_text(self.expression(expression)?)
    }

    /// The text that a value is as a key, or the value if it is unknown.
    pub(super) fn key_text(self, value: Value) -> Result<Result<String, Value>, EvalError> {
        match convert(value, &Type::Text)? {
            Value::Text(text) => {
                self.budget.bytes(text.len())?;
                Ok(Ok(text))
            }
            Value::Null => Err(EvalError::wrong("null cannot be a key")),
            other => {
                self.doubt();
                Ok(Err(other))
            }
        }
    }

    pub(super) fn lookup(self, root: &str, path: &[Step]) -> Result<Value, EvalError> {
        let mut names = self.names;
        while let Some(scope) = names {
            if let Some(value) = scope.values.get(root) {
                let found = traversal::walk_ref(value, path);
                if let Ok(found) = &found {
                    self.budget.value(found)?;
                }
                return self.settled(found);
            }
            names = scope.outer;
        }
        let found = self.scope.lookup_checked(root, path);
        if let Ok(found) = &found {
            self.budget.value(found)?;
        }
        self.settled(found)
    }

    fn traversal(self, traversal: &Traversal) -> Result<Value, EvalError> {
        let steps = traversal.operators.iter().map(|operator| self.step(operator));
        let path = steps.collect::<Result<Vec<Step>, _>>()?;
        if let Expression::Variable(root) = &traversal.expr {
            return self.lookup(root.as_str(), &path);
        }
        let value = self.expression(&traversal.expr)?;
        let found = traversal::walk(value, &path);
        self.settled(found)
    }

    fn step(self, operator: &TraversalOperator) -> Result<Step, EvalError> {
        Ok(match operator {
            TraversalOperator::GetAttr(name) => Step::Attribute(name.as_str().to_owned()),
            TraversalOperator::Index(key) => Step::Index(self.expression(key)?),
            TraversalOperator::LegacyIndex(index) => Step::Index(Value::Number((*index.value()).into())),
            TraversalOperator::AttrSplat(_) => Step::AttributeSplat,
            TraversalOperator::FullSplat(_) => Step::Splat,
        })
    }

    fn call(self, call: &FuncCall) -> Result<Value, EvalError> {
        let result = functions::call(self, call);
        if let Ok(value) = &result {
            self.budget.value(value)?;
        }
        self.settled(result)
    }

    /// An error in the arm that is not taken is none.
    fn conditional(self, conditional: &Conditional) -> Result<Value, EvalError> {
        let condition = convert(self.expression(&conditional.cond_expr)?, &Type::Bool)?;
        let yes = self.expression(&conditional.true_expr);
        let no = self.expression(&conditional.false_expr);
        match condition {
            Value::Bool(true) => fitted(yes?, no.as_ref().ok()),
            Value::Bool(false) => fitted(no?, yes.as_ref().ok()),
            Value::Null => Err(EvalError::wrong("a condition cannot be null")),
            _ => {
                self.doubt();
                let (yes, no) =
                    (yes.unwrap_or_else(|_| Value::unknown()), no.unwrap_or_else(|_| Value::unknown()));
                Ok(either(fitted(yes.clone(), Some(&no))?, fitted(no, Some(&yes))?))
            }
        }
    }
}

fn literal(number: &hcl_edit::Formatted<hcl_edit::Number>) -> Value {
    let value = number.value();
    let written = number.as_repr().and_then(|text| Number::parse(text));
    let exact = written.or_else(|| value.as_u64().map(Number::from));
    let any = exact.or_else(|| Number::from_f64(value.as_f64()?));
    any.map_or_else(Value::unknown, Value::Number)
}

/// An arm of a conditional, converted to the type that both arms have.
fn fitted(arm: Value, other: Option<&Value>) -> Result<Value, EvalError> {
    let Some(other) = other.filter(|other| !matches!(other, Value::Null | Value::Unknown(_))) else {
        return Ok(arm);
    };
    if matches!(arm, Value::Null | Value::Unknown(_)) {
        return Ok(arm);
    }
    let common = unify(&[Type::of(&arm), Type::of(other)])
        .ok_or_else(|| EvalError::wrong("both results of a conditional must have the same type"))?;
    convert(arm, &common)
}

/// One of two values, it is not known which: what they have in common is.
fn either(left: Value, right: Value) -> Value {
    if left == right {
        return left;
    }
    match (left, right) {
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => {
            let pairs = left.into_iter().zip(right.into_values());
            Value::Object(pairs.map(|((key, left), right)| (key, either(left, right))).collect())
        }
        (Value::Tuple(left), Value::Tuple(right)) if left.len() == right.len() => {
            Value::Tuple(left.into_iter().zip(right).map(|(left, right)| either(left, right)).collect())
        }
        (left, right) => Value::linked(left.links().into_iter().chain(right.links()).collect()),
    }
}
