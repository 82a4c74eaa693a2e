//! One finding for a rule and a place in the source, however many resources the place makes; but for resources of other
//! names, which Terrascan has at one place.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Location, RuleId};

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Written(Location, Option<String>),
    /// Nobody knows where it is written.
    Address(String),
}

/// Puts findings of one rule at one place together. The order of the result is by rule and place.
pub(super) fn gather(findings: Vec<Finding>) -> Vec<Finding> {
    let mut gathered: BTreeMap<(RuleId, Place), Finding> = BTreeMap::new();
    for finding in findings {
        let place = match &finding.location {
            Some(location) => Place::Written(location.clone(), finding.name.clone()),
            None => Place::Address(finding.address.clone()),
        };
        match gathered.entry((finding.rule.clone(), place)) {
            Entry::Vacant(entry) => drop(entry.insert(finding)),
            Entry::Occupied(entry) => absorb(entry.into_mut(), finding),
        }
    }
    gathered.into_values().collect()
}

fn absorb(whole: &mut Finding, part: Finding) {
    whole.severity = whole.severity.max(part.severity);
    if whole.message != part.message && !whole.message.split("; ").any(|message| message == part.message) {
        whole.message = format!("{}; {}", whole.message, part.message);
    }
    union(&mut whole.aliases, part.aliases);
    union(&mut whole.callers, part.callers);
    let mut instances: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let theirs = part.instances.into_iter().zip(part.contents);
    let ours = std::mem::take(&mut whole.instances).into_iter().zip(std::mem::take(&mut whole.contents));
    for (instance, content) in ours.chain(theirs) {
        // Two inputs may know different things of one resource.
        instances.entry(instance).or_default().extend(content.split('+').map(str::to_owned));
    }
    for (instance, contents) in instances {
        whole.instances.push(instance);
        whole.contents.push(contents.into_iter().collect::<Vec<_>>().join("+"));
    }
    if let Some(first) = whole.instances.first() {
        whole.address.clone_from(first);
    }
}

fn union<T: Ord>(whole: &mut Vec<T>, part: Vec<T>) {
    whole.extend(part);
    whole.sort();
    whole.dedup();
}
