//! What rules refer to, so that of a library only what is referred to is compiled.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use regorus::unstable::{Expr, Rule};

use super::names::Names;
use super::visit::{self, Seen};

/// The full paths that a rule refers to, each as far as it is written in names and strings: what goes on with a value stands for all
/// that is below. Only names that are global to its module lead out of it; where a rule has one of its own that is called so, it errs
/// on the side of too much.
pub(super) fn of(rule: &Rule, names: &Names, is_global: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let (mut times, mut is_replaced) = (BTreeMap::<String, isize>::new(), false);
    visit::rule(rule, &mut |seen| match seen {
        Seen::Expression(expr) => count(expr, &mut times, &is_global),
        Seen::Replacement(_) => is_replaced = true,
        Seen::Name(_) | Seen::Pattern(_) => {}
    });
    let written = times.into_iter().filter(|(_, times)| *times > 0).map(|(path, _)| names.full(&path));
    written.chain(is_replaced.then(|| "data".to_owned())).collect()
}

/// A path that goes on as a longer one does not count by itself.
fn count(expr: &Expr, times: &mut BTreeMap<String, isize>, is_global: &impl Fn(&str) -> bool) {
    let mut add = |path: &Expr, by| {
        if let Some(path) = fixed(path, is_global) {
            *times.entry(path).or_default() += by;
        }
    };
    match expr {
        Expr::Call { fcn, .. } => add(fcn, 1),
        Expr::RefDot { refr, .. } => {
            add(expr, 1);
            add(refr, -1);
        }
        Expr::RefBrack { refr, index, .. } if matches!(index.as_ref(), Expr::String { .. }) => {
            add(expr, 1);
            add(refr, -1);
        }
        Expr::Var { .. } => add(expr, 1),
        _ => {}
    }
}

/// A path of names, and of strings in brackets, that begins with a global name.
fn fixed(expr: &Expr, is_global: &impl Fn(&str) -> bool) -> Option<String> {
    match expr {
        Expr::Var { span, .. } => {
            let name = span.text();
            (name == "data" || is_global(name)).then(|| name.to_owned())
        }
        Expr::RefDot { refr, field, .. } => below(fixed(refr, is_global)?, &field.1),
        Expr::RefBrack { refr, index, .. } => match index.as_ref() {
            Expr::String { value, .. } => below(fixed(refr, is_global)?, value),
            _ => None,
        },
        _ => None,
    }
}

fn below(mut path: String, name: &Value) -> Option<String> {
    path.push('.');
    path.push_str(name.as_string().ok()?);
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::super::compat::{self, Dialect};
    use super::super::names::Names;

    fn check(body: &str, expected: &[&str]) {
        let text = format!(
            "package p\n\nimport data.lib.net\nimport data.lib.all as every_one\n\nhelper(x) := x\n\nr if {{ {body} }}\n"
        );
        let parsed = compat::parse("p.rego", &text, Dialect::V1).expect(body);
        let names = Names::new(&parsed.module);
        let is_global = |name: &str| ["helper", "r", "net", "every_one"].contains(&name);
        let found = parsed.module.policy.iter().flat_map(|rule| super::of(rule, &names, is_global));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{body}");
    }

    #[test]
    fn references_are_as_long_as_they_are_fixed() {
        check("net.is_open(input.x)", &["data.lib.net.is_open"]);
        check("net.ports[\"ssh\"].low == 1", &["data.lib.net.ports.ssh.low"]);
        check("data.parameters[\"WL-1\"].ports", &["data.parameters.WL-1.ports"]);
        check("every_one.kinds[0]", &["data.lib.all.kinds"]);
        check("helper(net.ports) == net.ports", &["data.lib.net.ports", "data.p.helper"]);
    }

    #[test]
    fn what_goes_on_with_a_value_is_all_that_is_below() {
        check("some x in [\"a\"]; net[x]", &["data.lib.net"]);
        check("lib := net; lib.is_open", &["data.lib.net"]);
        check("net.is_open; net[input.y]", &["data.lib.net", "data.lib.net.is_open"]);
        check("x := data; x.p", &["data"]);
        check("helper(1) with input as 1", &["data", "data.p.helper"]);
    }
}
