//! Cycles in what waits for what.

use std::collections::{BTreeMap, BTreeSet};

/// Every cycle among things that wait for others, one for each set of things that hold each other up, each cycle in
/// the order of waiting. What is waited for and not a key is ignored.
pub(crate) fn cycles<T: Ord + Clone>(waits: &BTreeMap<T, Vec<T>>) -> Vec<Vec<T>> {
    let mut left: BTreeSet<&T> = waits.keys().collect();
    let mut found = Vec::new();
    loop {
        free(waits, &mut left);
        let Some(cycle) = walk(waits, &left) else {
            return found;
        };
        left.retain(|thing| !cycle.contains(thing));
        found.push(cycle);
    }
}

/// Takes away what waits for nothing that is left, until no more can go.
fn free<'a, T: Ord>(waits: &'a BTreeMap<T, Vec<T>>, left: &mut BTreeSet<&'a T>) {
    loop {
        let go: Vec<&T> = left.iter().copied().filter(|thing| next(waits, left, thing).is_none()).collect();
        if go.is_empty() {
            return;
        }
        left.retain(|thing| !go.contains(thing));
    }
}

fn next<'a, T: Ord>(waits: &'a BTreeMap<T, Vec<T>>, left: &BTreeSet<&'a T>, thing: &T) -> Option<&'a T> {
    waits.get(thing)?.iter().find(|other| left.contains(other))
}

/// Follows what is waited for from the first thing left, until a thing comes again.
fn walk<T: Ord + Clone>(waits: &BTreeMap<T, Vec<T>>, left: &BTreeSet<&T>) -> Option<Vec<T>> {
    let mut way: Vec<&T> = vec![left.first()?];
    loop {
        let onward = next(waits, left, way.last()?)?;
        if let Some(start) = way.iter().position(|thing| *thing == onward) {
            return Some(way.into_iter().skip(start).cloned().collect());
        }
        way.push(onward);
    }
}

/// A cycle as people write it: `a -> b -> a`.
pub(crate) fn describe<T: ToString>(cycle: &[T]) -> String {
    let names: Vec<String> = cycle.iter().chain(cycle.first()).map(ToString::to_string).collect();
    names.join(" -> ")
}
