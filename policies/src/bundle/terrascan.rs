//! Compiles packs of Terrascan's layout.

use std::time::Duration;

use super::{Ask, Kind, Rule};
use crate::pack::Pack;
use crate::pack::terrascan::{self, Found, PackWarning};
use crate::rego::{Compiled, Dialect, Modules, RegoError, in_package, package};

/// The package that Terrascan asks in.
const PACKAGE: &str = "accurics";

/// The rules of a pack, compiled together where they can be.
pub(super) struct Compilation {
    pub(super) rules: Vec<Rule>,
    pub(super) unit: Option<Compiled>,
    pub(super) warnings: Vec<PackWarning>,
}

/// Compiles a pack. A rule that cannot be used costs that rule: it says so whenever it is to be judged.
pub(super) fn compile(pack: &Pack, unit: usize, limit: Duration) -> Compilation {
    let (found, mut warnings) = terrascan::rules(pack);
    let rules: Vec<_> =
        found.into_iter().enumerate().map(|(index, found)| Prepared::new(index, found)).collect();
    let (modules, mut asks) = together(&rules, unit, limit);
    let compiled = modules.compile().or_else(|_| without_the_broken(&rules, &mut asks, unit, limit));
    if let Err(error) = &compiled {
        asks.iter_mut().for_each(|ask| *ask = Ask::Unusable(error.with_source()));
    }
    let rules = rules.into_iter().zip(asks).map(|(rule, ask)| {
        if matches!(ask, Ask::Never) {
            warnings.push(rule.never(pack));
        }
        rule.finish(ask)
    });
    Compilation { rules: rules.collect(), unit: compiled.ok(), warnings }
}

/// A rule with a package of its own, since the rules of a pack were never meant to meet.
struct Prepared {
    found: Found,
    /// The file by which errors call it.
    file: String,
    package: String,
    text: Result<String, String>,
}

impl Prepared {
    fn new(index: usize, found: Found) -> Self {
        let own = format!("{PACKAGE}.r{index}");
        let text = match &found.text {
            Ok(text) if package(text) == PACKAGE => Ok(in_package(text, &own)),
            Ok(text) => Ok(text.clone()),
            Err(error) => Err(error.to_string()),
        };
        let file = format!("{} ({})", found.path, found.metadata.id);
        Self { found, file, package: own, text }
    }

    fn add(&self, modules: &mut Modules, unit: usize) -> Ask {
        let text = match &self.text {
            Ok(text) => text,
            Err(error) => return Ask::Unusable(error.clone()),
        };
        if package(text) != self.package {
            return Ask::Never;
        }
        match modules.add(&self.file, text) {
            Err(error) => Ask::Unusable(error.with_source()),
            Ok(_) if modules.has_rule(&self.file, &self.found.description.name) => {
                let entry = format!("data.{}.{}", self.package, self.found.description.name);
                modules.ask_alone(&entry);
                Ask::Query { unit, entry }
            }
            Ok(_) => Ask::Never,
        }
    }

    fn never(&self, pack: &Pack) -> PackWarning {
        PackWarning::NoSuchRule {
            pack: pack.name().to_owned(),
            id: self.found.metadata.id.clone(),
            file: self.found.path.clone(),
            name: self.found.description.name.clone(),
        }
    }

    fn finish(self, ask: Ask) -> Rule {
        let Found { path, description, metadata, .. } = self.found;
        let kind = Kind::Terrascan {
            name: description.name,
            policy_type: description.policy_type,
            resource_type: description.resource_type,
        };
        Rule { path, metadata, severity: None, kind, ask }
    }
}

fn together(rules: &[Prepared], unit: usize, limit: Duration) -> (Modules, Vec<Ask>) {
    let mut modules = Modules::new(Dialect::V0, limit);
    let asks = rules.iter().map(|rule| rule.add(&mut modules, unit)).collect();
    (modules, asks)
}

/// Some rule does not compile: finds which, and compiles the others.
fn without_the_broken(
    rules: &[Prepared],
    asks: &mut [Ask],
    unit: usize,
    limit: Duration,
) -> Result<Compiled, RegoError> {
    let mut modules = Modules::new(Dialect::V0, limit);
    for (rule, ask) in rules.iter().zip(asks.iter_mut()).filter(|(_, ask)| matches!(ask, Ask::Query { .. })) {
        let mut alone = Modules::new(Dialect::V0, limit);
        rule.add(&mut alone, unit);
        match alone.compile() {
            Ok(_) => *ask = rule.add(&mut modules, unit),
            Err(error) => *ask = Ask::Unusable(error.in_file(&rule.file).with_source()),
        }
    }
    modules.compile()
}
