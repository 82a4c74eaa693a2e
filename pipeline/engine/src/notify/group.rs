//! Units whose plans are the same, put together: 412 accounts with the same 3 changes are one thing to look at, not 412.

use std::collections::BTreeMap;

use pipeline_core::run::UnitView;
use pipeline_core::{Action, Change, Changes, Digest};
use serde_json::Value;

use super::report::Reports;
use crate::store::UnitReport;

/// Units that would be changed in the same way. Values count as the same when they differ only by the unit's own account id,
/// account name or region.
#[derive(Debug)]
pub struct Group<'a> {
    /// The units, in their order in the run; never empty.
    pub units: Vec<&'a UnitView>,
    /// The report on the first of them.
    pub report: &'a UnitReport,
}

/// Puts units with the same changes and findings together, the largest group first. Units without a report, or with nothing
/// to do and nothing found, are left out.
pub fn group<'a>(units: impl IntoIterator<Item = &'a UnitView>, reports: &'a Reports) -> Vec<Group<'a>> {
    let mut found: BTreeMap<Digest, usize> = BTreeMap::new();
    let mut groups: Vec<Group<'a>> = Vec::new();
    for unit in units {
        let Some(report) = reports.of(unit).filter(|report| has_content(report)) else { continue };
        let place = *found.entry(fingerprint(unit, report)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.units.push(unit),
            None => groups.push(Group { units: vec![unit], report }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.units.len()));
    groups
}

fn has_content(report: &UnitReport) -> bool {
    !report.changes.is_empty() || !report.findings.is_empty() || !report.skipped.is_empty()
}

fn fingerprint(unit: &UnitView, report: &UnitReport) -> Digest {
    let Changes { resources, other } = &report.changes;
    let findings: Vec<_> =
        report.findings.iter().map(|found| (found.rule.as_str(), &found.address)).collect();
    let skipped: Vec<_> =
        report.skipped.iter().map(|it| (&it.finding.rule, &it.finding.address, &it.comment)).collect();
    let parts = (unit.stack.as_str(), resources, other, findings, skipped);
    let text = serde_json::to_string(&parts).unwrap_or_default();
    Digest::of(without_own_names(unit, &text).as_bytes())
}

/// Replaces the unit's own account id, account name and region, so that equal plans of many accounts read the same.
pub fn without_own_names(unit: &UnitView, text: &str) -> String {
    let text = text.replace(unit.account.as_str(), "{account}").replace(unit.region.as_str(), "{region}");
    replace_word(&text, unit.account_name.as_str(), "{account name}")
}

/// Replaces a word where it is not a part of a longer one: `dev` in `topic-dev`, not in `device`.
fn replace_word(text: &str, word: &str, with: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(word) {
        let end = at + word.len();
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
            result.push_str(&text[done..at]);
            result.push_str(with);
            done = end;
        }
    }
    result.push_str(&text[done..]);
    result
}

/// The sign of an action: `+` create, `~` update, `±` replace, `-` delete.
pub const fn sign(action: Action) -> char {
    match action {
        Action::Create => '+',
        Action::Update => '~',
        Action::Replace => '±',
        Action::Delete => '-',
        Action::None => ' ',
    }
}

/// The attributes at the top of a resource that an update or a replacement changes, each with its value before and after.
pub fn changed_attributes(change: &Change) -> Vec<(&str, &Value, &Value)> {
    if !matches!(change.action, Action::Update | Action::Replace) {
        return Vec::new();
    }
    let (Value::Object(before), Value::Object(after)) = (&change.before, &change.after) else {
        return Vec::new();
    };
    let mut names: Vec<&str> = before.keys().chain(after.keys()).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let value = |values: &'_ serde_json::Map<String, Value>, name: &str| values.get(name).cloned();
    names.retain(|name| value(before, name) != value(after, name));
    names
        .into_iter()
        .map(|name| (name, before.get(name).unwrap_or(&Value::Null), after.get(name).unwrap_or(&Value::Null)))
        .collect()
}
