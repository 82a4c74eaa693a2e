//! Rules and functions that may rest on themselves.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Module, Rule, RuleHead};

use super::compat;
use super::names::{path, root};
use super::single::{names_of, variables};
use super::visit::{self, Seen};

/// Whether a rule or function of a module may rest on itself. The interpreter finds a circle of rules while it goes round; the
/// machine goes round until its stack is full.
pub(super) fn circular(module: &Module) -> bool {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let package = compat::written(&module.package.refr);
    let mut is_named_whole = false;
    for rule in &module.policy {
        let Rule::Spec { head, bodies, .. } = rule.as_ref() else { continue };
        let (RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. } | RuleHead::Func { refr, .. }) = head;
        let args = if let RuleHead::Func { args, .. } = head { args.as_slice() } else { &[] };
        let mut own: BTreeSet<String> = args.iter().flat_map(|arg| variables(arg)).collect();
        if let [body] = bodies.as_slice() {
            own.extend(names_of(&body.query));
        }
        let mut mentioned = BTreeSet::new();
        visit::rule(rule, &mut |seen| match seen {
            Seen::Expression(Expr::Var { span, .. }) => {
                mentioned.extend((!own.contains(span.text())).then(|| span.text().to_owned()));
            }
            Seen::Expression(Expr::Call { fcn, .. }) => mentioned.extend(root(fcn)),
            Seen::Expression(expr @ Expr::RefDot { .. }) => {
                is_named_whole |= path(expr).is_some_and(|path| path.starts_with(&format!("data.{package}")));
            }
            _ => {}
        });
        edges.entry(root(refr).unwrap_or_default()).or_default().extend(mentioned);
    }
    is_named_whole || edges.keys().any(|name| reaches_itself(name, &edges))
}

fn reaches_itself(name: &str, edges: &BTreeMap<String, BTreeSet<String>>) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![name]);
    while let Some(rule) = open.pop() {
        for next in edges.get(rule).into_iter().flatten() {
            if next == name {
                return true;
            }
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::compat::{Dialect, parse};
    use super::circular;

    #[test]
    fn rules_that_rest_on_themselves_are_found() {
        for (rules, expected) in [
            ("a if b\n\nb if a", true),
            ("a contains x if { some x in b }\n\nb contains x if { some x in input.l; not a[x] }", true),
            ("a if { x := 1; x == 1 }\n\nx if a", false),
            ("a if data.m.b\n\nb := 1", true),
            ("f(a) := a.b\n\na if f(input)", false),
            ("a if { not b }\n\nb := input.x", false),
        ] {
            let text = format!("package m\n\n{rules}\n");
            let module = parse("m.rego", &text, Dialect::V1).expect(rules).module;
            assert_eq!(circular(&module), expected, "{rules}");
        }
    }
}
