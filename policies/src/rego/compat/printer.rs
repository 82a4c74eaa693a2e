//! Writes a parsed module anew where OPA reads it otherwise than the interpreter.
//!
//! Statements keep their lines, so that errors still say where; columns may move.

use std::collections::BTreeSet;

use regorus::unstable::{
    Expr, Literal, LiteralStmt, Module, Query, Ref, Rule, RuleAssign, RuleBody, RuleHead, Span, WithModifier,
};

use super::super::names::{Names, root};
use super::super::need::name_of;
use super::super::references;
use super::super::written::{Written, WrittenRule};
use super::syntax::{
    arithmetic_operator, assignment, comparison, is_collection, is_number, may_be_undefined, set_operator,
};
use super::{ELEMENTS, FUNCTIONS, Reader, closed, functions};

/// The module's text as the interpreter is to read it; none if that is what was written.
pub(super) fn for_interpreter(module: &Module) -> Option<String> {
    let mut printer = Printer::new(module, Reader::Interpreter);
    let written = printer.module(module);
    printer.changed.then(|| written.text())
}

/// The module as the machine is to read it; none if it would answer otherwise than OPA.
pub(super) fn for_machine(module: &Module) -> Option<Written> {
    let mut printer = Printer::new(module, Reader::Machine);
    let written = printer.module(module);
    printer.is_fit.then_some(written)
}

/// An expression in one way of writing, whatever its spaces and line breaks.
pub(in super::super) fn written(expr: &Expr) -> String {
    let mut printer = Printer {
        out: String::new(),
        line: u32::MAX,
        changed: false,
        is_fit: true,
        is_v1: true,
        reader: Reader::Machine,
        globals: BTreeSet::new(),
        made_up: 0,
        names: None,
        closed: Vec::new(),
    };
    printer.top(expr)
}

pub(super) struct Printer {
    out: String,
    line: u32,
    changed: bool,
    /// Whether the machine has all that is called.
    is_fit: bool,
    is_v1: bool,
    reader: Reader,
    /// Names that stand for something outside of a body: rules, functions and imports.
    globals: BTreeSet<String>,
    /// How many variables were made up so far.
    made_up: usize,
    /// The names of the rule that is written, if its comprehensions may become rules of their own, and those rules.
    names: Option<closed::Names>,
    closed: Vec<String>,
}

impl Printer {
    fn new(module: &Module, reader: Reader) -> Self {
        let rules = module.policy.iter().filter_map(|rule| {
            root(match rule.as_ref() {
                Rule::Spec { head, .. } => match head {
                    RuleHead::Compr { refr, .. }
                    | RuleHead::Set { refr, .. }
                    | RuleHead::Func { refr, .. } => refr,
                },
                Rule::Default { refr, .. } => refr,
            })
        });
        let imports = module.imports.iter().filter_map(|import| match (&import.r#as, import.refr.as_ref()) {
            (Some(name), _) => Some(name.text().to_owned()),
            (None, Expr::RefDot { field, .. }) => Some(field.0.text().to_owned()),
            _ => None,
        });
        let globals = rules.chain(imports).collect();
        let is_v1 = module.rego_v1;
        Self {
            out: String::new(),
            line: 1,
            changed: false,
            is_fit: true,
            is_v1,
            reader,
            globals,
            made_up: 0,
            names: None,
            closed: Vec::new(),
        }
    }

    pub(super) fn is_global(&self, name: &str) -> bool {
        self.globals.contains(name)
    }

    /// A variable that the module does not have, for what is evaluated apart.
    pub(super) fn new_name(&mut self) -> String {
        self.changed = true;
        self.made_up += 1;
        format!("opa_{}", self.made_up)
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Goes on to the line on which something was written, if it is still to come.
    fn go_to(&mut self, span: &Span) {
        while self.line < span.line {
            self.out.push('\n');
            self.line += 1;
        }
    }

    /// As [`Printer::go_to`], but a new line in any case.
    fn new_line(&mut self, span: &Span) {
        if self.line >= span.line {
            self.out.push('\n');
            self.line += 1;
        }
        self.go_to(span);
    }

    fn module(&mut self, module: &Module) -> Written {
        self.go_to(&module.package.span);
        let package = self.expr(&module.package.refr);
        self.put(&format!("package {package}"));
        for import in &module.imports {
            self.new_line(&import.span);
            let path = self.expr(&import.refr);
            let name = import.r#as.as_ref().map(|name| format!(" as {}", name.text())).unwrap_or_default();
            self.put(&format!("import {path}{name}"));
        }
        let (head, names) = (std::mem::take(&mut self.out), Names::new(module));
        let rules = module.policy.iter().map(|rule| {
            self.new_line(rule.span());
            self.rule(rule);
            WrittenRule {
                name: name_of(rule).unwrap_or_default(),
                text: std::mem::take(&mut self.out),
                refers: references::of(rule, &names, |name| self.is_global(name)),
            }
        });
        Written { rules: rules.collect(), package: names.package, head }
    }

    fn rule(&mut self, rule: &Rule) {
        match rule {
            Rule::Default { refr, args, op, value, .. } => {
                let (name, value) = (self.expr(refr), self.expr(value));
                let args = if args.is_empty() { String::new() } else { format!("({})", self.list(args)) };
                self.put(&format!("default {name}{args} {} {value}", assignment(op)));
            }
            Rule::Spec { head, bodies, .. } => {
                self.names = closed::Names::of(rule);
                self.head(head);
                bodies.iter().for_each(|body| self.body(body));
                self.names = None;
                for rule in std::mem::take(&mut self.closed) {
                    self.put(&format!("\n{rule}"));
                    self.line += 1;
                }
            }
        }
    }

    /// The name of a rule that stands for a comprehension, if it depends on nothing of the rule that it stands in.
    fn closed(&mut self, comprehension: &Expr) -> Option<String> {
        let is_apart = self.names.as_ref()?.are_apart(comprehension, |name| self.globals.contains(name));
        if !is_apart {
            return None;
        }
        let name = self.new_name();
        let names = self.names.take();
        let text = self.comprehension(comprehension);
        self.names = names;
        self.closed.push(format!("{name} = {text}"));
        Some(name)
    }

    fn comprehension(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::ArrayCompr { term, query, .. } => format!("[{} | {}]", self.expr(term), self.nested(query)),
            Expr::SetCompr { term, query, .. } => format!("{{{} | {}}}", self.expr(term), self.nested(query)),
            Expr::ObjectCompr { key, value, query, .. } => {
                format!("{{{}: {} | {}}}", self.expr(key), self.expr(value), self.nested(query))
            }
            _ => self.expr(expr),
        }
    }

    fn head(&mut self, head: &RuleHead) {
        let text = match head {
            RuleHead::Compr { refr, assign, .. } => {
                format!("{}{}", self.expr(refr), self.assigned(assign.as_ref()))
            }
            RuleHead::Set { refr, key: None, .. } => self.expr(refr),
            RuleHead::Set { refr, key: Some(key), .. } => {
                let (name, key) = (self.expr(refr), self.expr(key));
                let is_old = !self.is_v1 && matches!(refr.as_ref(), Expr::Var { .. });
                if is_old { format!("{name}[{key}]") } else { format!("{name} contains {key}") }
            }
            RuleHead::Func { refr, args, assign, .. } => {
                format!("{}({}){}", self.expr(refr), self.list(args), self.assigned(assign.as_ref()))
            }
        };
        self.put(&text);
    }

    fn assigned(&mut self, assign: Option<&RuleAssign>) -> String {
        let Some(assign) = assign else { return String::new() };
        format!(" {} {}", assignment(&assign.op), self.expr(&assign.value))
    }

    fn body(&mut self, body: &RuleBody) {
        if body.is_else {
            self.put(" else");
        }
        let value = self.assigned(body.assign.as_ref());
        self.put(&value);
        self.put(if self.is_v1 { " if {" } else { " {" });
        self.query(&body.query);
        self.put("}");
    }

    /// The statements of a body. `some x` goes to the front: it counts for the whole body wherever it stands.
    ///
    /// Upstream: a loop leaves its variables in their scope, without a value, so that the second time round
    /// `some x` is taken for a second definition (`eval_stmt_impl`, `clear_scope`).
    fn query(&mut self, query: &Query) {
        let is_some = |stmt: &LiteralStmt| matches!(stmt.literal, Literal::SomeVars { .. });
        let in_front = query.stmts.iter().take_while(|stmt| is_some(stmt)).count();
        let (declared, others): (Vec<_>, Vec<_>) =
            query.stmts.iter().enumerate().partition(|(_, stmt)| is_some(stmt));
        if declared.iter().any(|(index, _)| *index >= in_front) {
            self.changed = true;
        }
        for (index, (_, stmt)) in declared.into_iter().chain(others).enumerate() {
            let line = self.line;
            self.put(if index > 0 { ";" } else { "" });
            if !is_some(stmt) {
                self.go_to(&stmt.span);
            }
            self.put(if index > 0 && self.line == line { " " } else { "" });
            self.statement(stmt);
        }
    }

    fn statement(&mut self, stmt: &LiteralStmt) {
        let with = self.modifiers(&stmt.with_mods);
        let text = match &stmt.literal {
            Literal::SomeVars { vars, .. } => {
                format!("some {}", vars.iter().map(Span::text).collect::<Vec<_>>().join(", "))
            }
            Literal::SomeIn { key, value, collection, .. } => {
                let key = key.as_ref().map(|key| format!("{}, ", self.expr(key))).unwrap_or_default();
                format!("some {key}{} in {}", self.expr(value), self.collection(collection))
            }
            Literal::Expr { expr, .. } => {
                let text = self.top(expr);
                text + &self.assertion(expr, &with)
            }
            Literal::NotExpr { expr, .. } => {
                let (needed, text) = self.negated(expr);
                let needed = needed.iter().map(|needed| format!("{needed}{with}; ")).collect::<String>();
                format!("{needed}not {text}")
            }
            Literal::Every { key, value, domain, query, .. } => {
                self.is_fit &= self.reader == Reader::Interpreter || stmt.with_mods.is_empty();
                let (before, domain) = self.domain(key.as_ref(), domain);
                let key = key.as_ref().map(|key| format!("{}, ", key.text())).unwrap_or_default();
                format!("{before}every {key}{} in {domain} {{{}}}", value.text(), self.nested(query))
            }
        };
        self.put(&text);
        self.put(&with);
    }

    /// What makes the machine see that an assignment of what is undefined does not hold: a list with the variable in it.
    ///
    /// Upstream: the compiler of the virtual machine asserts nothing of an assignment (`compile_single_statement`).
    fn assertion(&mut self, expr: &Expr, with: &str) -> String {
        let Expr::AssignExpr { lhs, rhs, .. } = expr else { return String::new() };
        let assigned = match (lhs.as_ref(), rhs.as_ref()) {
            (Expr::Var { span, .. }, value) | (value, Expr::Var { span, .. }) if self.asserts(value) => span,
            _ => return String::new(),
        };
        self.changed = true;
        format!("{with}; [{}]", assigned.text())
    }

    /// Whether the machine has to be told that a value may be undefined.
    pub(super) fn asserts(&self, value: &Expr) -> bool {
        self.reader == Reader::Machine && may_be_undefined(value)
    }

    fn modifiers(&mut self, modifiers: &[WithModifier]) -> String {
        let one =
            |with: &WithModifier| format!(" with {} as {}", self.expr(&with.refr), self.expr(&with.r#as));
        modifiers.iter().map(one).collect()
    }

    /// A query inside of an expression, on one line.
    fn nested(&mut self, query: &Query) -> String {
        let (out, line) = (std::mem::take(&mut self.out), std::mem::replace(&mut self.line, u32::MAX));
        self.query(query);
        self.line = line;
        std::mem::replace(&mut self.out, out)
    }

    /// A statement's expression, without brackets around it.
    pub(super) fn top(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::AssignExpr { op, lhs, rhs, .. } => {
                format!("{} {} {}", self.expr(lhs), assignment(op), self.expr(rhs))
            }
            Expr::BoolExpr { op, lhs, rhs, .. } => {
                format!("{} {} {}", self.expr(lhs), comparison(op), self.expr(rhs))
            }
            Expr::Membership { key, value, collection, .. } => {
                let key = key.as_ref().map(|key| format!("{}, ", self.expr(key))).unwrap_or_default();
                format!("{key}{} in {}", self.expr(value), self.expr(collection))
            }
            _ => self.expr(expr),
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::String { value, .. } | Expr::RawString { value, .. } => value.to_string(),
            Expr::Number { span, .. }
            | Expr::Bool { span, .. }
            | Expr::Null { span, .. }
            | Expr::Var { span, .. } => span.text().to_owned(),
            Expr::Array { items, .. } => format!("[{}]", self.list(items)),
            Expr::Set { items, .. } if items.is_empty() => "set()".to_owned(),
            Expr::Set { items, .. } => format!("{{{}}}", self.list(items)),
            Expr::Object { fields, .. } => {
                let fields =
                    fields.iter().map(|(_, key, value)| format!("{}: {}", self.expr(key), self.expr(value)));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. } => {
                self.closed(expr).unwrap_or_else(|| self.comprehension(expr))
            }
            Expr::Call { fcn, params, .. } => self.call(fcn, params),
            Expr::RefDot { refr, field, .. } => format!("{}.{}", self.expr(refr), field.0.text()),
            Expr::RefBrack { refr, index, .. } => format!("{}[{}]", self.expr(refr), self.top(index)),
            Expr::UnaryExpr { expr, .. } => format!("(- {})", self.expr(expr)),
            Expr::BinExpr { op, lhs, rhs, .. } => self.operator(set_operator(op), lhs, rhs),
            Expr::ArithExpr { op, lhs, rhs, .. } => self.operator(arithmetic_operator(op), lhs, rhs),
            Expr::BoolExpr { .. } | Expr::AssignExpr { .. } => format!("({})", self.top(expr)),
            Expr::Membership { key, value, collection, .. } => {
                self.membership(key.as_deref(), value, collection)
            }
        }
    }

    fn list(&mut self, items: &[Ref<Expr>]) -> String {
        items.iter().map(|item| self.expr(item)).collect::<Vec<_>>().join(", ")
    }

    /// Arithmetic and set operations as calls of our functions, which are undefined for operands that are none.
    ///
    /// Upstream: `arithmetic_operation`, `union` and `intersection` end the rule with an error, whatever
    /// `set_strict_builtin_errors` says, and the body without one on the machine; OPA's are undefined.
    fn operator(&mut self, (sign, function): (&str, &str), lhs: &Expr, rhs: &Expr) -> String {
        if self.reader == Reader::Machine {
            self.is_fit &= sign == "|" || is_number(lhs) && is_number(rhs);
            return format!("({} {sign} {})", self.expr(lhs), self.expr(rhs));
        }
        let (lhs, rhs) = (self.expr(lhs), self.expr(rhs));
        self.changed = true;
        format!("{function}({lhs}, {rhs})")
    }

    fn call(&mut self, function: &Expr, params: &[Ref<Expr>]) -> String {
        let name = self.function_name(function);
        self.is_fit_for(&name);
        format!("{name}({})", self.list(params))
    }

    /// Notes whether the machine has a function: it knows none but the interpreter's own, of which some are replaced by ours.
    pub(super) fn is_fit_for(&mut self, name: &str) {
        let is_ours = FUNCTIONS.contains_key(name) && !self.is_global(name);
        self.is_fit &= !is_ours || functions::on_machine(name).is_some();
    }

    /// What `some … in` and `every` go through: what is no collection has no elements.
    ///
    /// Upstream: `eval_some_in` ends the rule with an error, and `eval_every` is false; in OPA `some` finds nothing,
    /// and `every` is true.
    fn collection(&mut self, expr: &Expr) -> String {
        let text = self.expr(expr);
        if is_collection(expr) || self.reader == Reader::Machine {
            return text;
        }
        self.changed = true;
        format!("{ELEMENTS}({text})")
    }

    /// What `every` goes through, and the statements that must hold before.
    ///
    /// Upstream: in the virtual machine `every` is undefined over what is no collection, and not true.
    fn domain(&mut self, key: Option<&Span>, expr: &Expr) -> (String, String) {
        let text = self.collection(expr);
        if self.reader == Reader::Interpreter || is_collection(expr) {
            return (String::new(), text);
        }
        self.is_fit &= key.is_none();
        let (whole, one) = (self.new_name(), self.new_name());
        (format!("{whole} := {text}; [{whole}]; "), format!("[{one} | some {one} in {whole}]"))
    }

    /// `x in xs` as a value: undefined when an operand is.
    ///
    /// Upstream: `eval_membership` is false for undefined operands.
    fn membership(&mut self, key: Option<&Expr>, value: &Expr, collection: &Expr) -> String {
        self.is_fit = false;
        self.changed = true;
        match key {
            Some(key) => {
                let key = self.expr(key);
                format!("opa_member_3({key}, {}, {})", self.expr(value), self.expr(collection))
            }
            None => format!("opa_member_2({}, {})", self.expr(value), self.expr(collection)),
        }
    }

    /// A function by the name that the interpreter knows it by, unless the module has its own of that name.
    ///
    /// Upstream: OPA's deprecated builtin functions are missing.
    pub(super) fn function_name(&mut self, function: &Expr) -> String {
        let name = self.expr(function);
        match functions::known_as(&name) {
            Some(known) if !self.is_global(&name) => {
                self.changed = true;
                known.to_owned()
            }
            _ => name,
        }
    }
}
