//! Functions that call themselves, directly or through others.
//!
//! OPA refuses them when it compiles. `regorus` finds a cycle of rules while it evaluates, but a cycle of functions ends
//! the process with an overflown stack. (Upstream would need the check of OPA's compiler, `checkRecursion`.)

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Module, Rule, RuleHead};

use super::names::{Names, path};
use super::visit::{self, Seen};

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
            let Rule::Spec { head: RuleHead::Func { refr, .. }, .. } = rule.as_ref() else { continue };
            let Some(function) = path(refr) else { continue };
            let entry = self.0.entry(format!("{}.{function}", names.package)).or_default();
            file.clone_into(&mut entry.file);
            visit::rule(rule, &mut |seen| {
                let called = match seen {
                    Seen::Expression(Expr::Call { fcn, .. }) => path(fcn),
                    Seen::Expression(_) | Seen::Name(_) | Seen::Pattern(_) => None,
                    Seen::Replacement(expr) => path(expr),
                };
                entry.calls.extend(called.map(|written| names.full(&written)));
            });
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
