//! Comprehensions that depend on nothing of the rule that they stand in: they are computed once, as rules of their own.
//!
//! Rules often go through all resources for each resource. OPA and the interpreter compute what is gone through anew each time.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{AssignOp, Expr, Rule, RuleHead};

use super::super::visit::{self, Seen};

/// The names of a rule.
#[derive(Default)]
pub(super) struct Names {
    /// How often each stands there.
    counts: BTreeMap<String, usize>,
    /// Those that may be the rule's own although the module has a rule of that name.
    own: BTreeSet<String>,
}

impl Names {
    /// None where comprehensions are to stay: a rule without a body and arguments is computed once by itself, and `with` makes of what
    /// is the same something else.
    pub(super) fn of(rule: &Rule) -> Option<Self> {
        let Rule::Spec { head, bodies, .. } = rule else { return None };
        let (refr, args) = match head {
            RuleHead::Func { refr, args, .. } => (refr, args.as_slice()),
            RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. } => (refr, [].as_slice()),
        };
        if args.is_empty() && bodies.is_empty() {
            return None;
        }
        let mut names = Self::default();
        let mut is_plain = true;
        let mut see = |seen: Seen<'_>| {
            is_plain &= !matches!(seen, Seen::Replacement(_));
            names.note(seen);
        };
        visit::rule(rule, &mut see);
        args.iter().chain([refr]).for_each(|part| visit::expression(part, &mut see));
        for arg in args {
            visit::expression(arg, &mut |seen| names.own.extend(name(seen)));
        }
        is_plain.then_some(names)
    }

    /// Whether a comprehension of the rule depends on nothing of it: its names stand nowhere else.
    pub(super) fn are_apart(&self, comprehension: &Expr, is_global: impl Fn(&str) -> bool) -> bool {
        let mut inside = Self::default();
        visit::expression(comprehension, &mut |seen| inside.note(seen));
        inside.counts.iter().all(|(name, times)| {
            matches!(name.as_str(), "_" | "input" | "data")
                || is_global(name) && !self.own.contains(name)
                || self.counts.get(name) == Some(times)
        })
    }

    fn note(&mut self, seen: Seen<'_>) {
        let declared = match seen {
            Seen::Expression(Expr::AssignExpr { op: AssignOp::ColEq, lhs, .. }) => Some(lhs.as_ref()),
            Seen::Pattern(pattern) => Some(pattern),
            _ => None,
        };
        if let Some(pattern) = declared {
            visit::expression(pattern, &mut |seen| self.own.extend(name(seen)));
        }
        self.own.extend(name(seen).filter(|_| matches!(seen, Seen::Name(_))));
        if let Some(name) = name(seen) {
            *self.counts.entry(name).or_default() += 1;
        }
    }
}

fn name(seen: Seen<'_>) -> Option<String> {
    match seen {
        Seen::Expression(Expr::Var { span, .. }) | Seen::Name(span) => Some(span.text().to_owned()),
        Seen::Expression(_) | Seen::Pattern(_) | Seen::Replacement(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, parse};

    fn check(rule: &str, expected: &str) {
        let text = format!("package m\n\nkinds := [1]\n\n{rule}\n");
        let written = parse("m.rego", &text, Dialect::V1).expect(rule).for_interpreter();
        assert_eq!(written.lines().skip(4).collect::<Vec<_>>().join("\n"), expected, "{rule}");
    }

    #[test]
    fn what_depends_on_nothing_is_computed_once() {
        check(
            "f(x) if { ids := {i | i := input.l[_]}; ids[x] }",
            "f(x) if {ids := opa_1; ids[x]}\nopa_1 = {i | i := input.l[_]}",
        );
        check(
            "f(x) if count([y | some y in [1]; y == kinds]) > 0",
            "f(x) if {count(opa_1) > 0}\nopa_1 = [y | some y in [1]; y == kinds]",
        );
        check("f(x) := [{y | y := 1} | y := 2]", "f(x) := opa_1\nopa_1 = [{y | y := 1} | y := 2]");
    }

    #[test]
    fn what_depends_on_the_rule_stays() {
        for rule in [
            "f(x) if {ids := {i | i := x.l[_]}; ids[1]}",
            "f(x) if {i := 1; ids := {y | y := input.l[i]}; ids[x]}",
            "f(kinds) if {ids := {y | y := kinds[_]}; ids[1]}",
            "f(x) if {some kinds in [x]; ids := {y | y := kinds[_]}; ids[1]}",
            "f(x) if {every y in [x] {count([1 | input.l[_] == y]) > 0}}",
            "x := {y | y := input.l[_]}",
            "f(x) if {ids := {y | y := input.l[_]} with input as x; ids[1]}",
        ] {
            check(rule, rule);
        }
    }
}
