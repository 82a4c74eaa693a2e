//! Places in a resource's values: where a value is put, and what stands between.

use serde_json::{Map, Value};

use super::table::Target;
use crate::marker;

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Name(String),
    Item(usize),
}

/// A path in the values of one resource; the type says which, where there are several.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) kind: &'static str,
    pub(super) steps: Vec<Step>,
}

impl Place {
    pub(super) fn root(kind: &'static str) -> Self {
        Self { kind, steps: Vec::new() }
    }

    pub(super) fn field(&self, name: impl Into<String>) -> Self {
        self.step(Step::Name(name.into()))
    }

    pub(super) fn item(&self, index: usize) -> Self {
        self.step(Step::Item(index))
    }

    fn step(&self, step: Step) -> Self {
        let mut place = self.clone();
        place.steps.push(step);
        place
    }

    /// Where fields of an object at this place go: into its one block, unless it is an item already.
    pub(super) fn block(&self) -> Self {
        match self.steps.last() {
            Some(Step::Name(_)) => self.item(0),
            _ => self.clone(),
        }
    }

    /// The last name on the way.
    pub(super) fn name(&self) -> &str {
        let names = self.steps.iter().rev().find_map(|step| match step {
            Step::Name(name) => Some(name.as_str()),
            Step::Item(_) => None,
        });
        names.unwrap_or_default()
    }

    /// The place that a row means, seen from here: the same items as far as the way is the same.
    pub(super) fn toward(&self, own: &'static str, target: &Target) -> Self {
        let kind = target.kind.unwrap_or(own);
        let mut names = target.names.iter().peekable();
        let mut steps = Vec::new();
        if kind == self.kind {
            for step in &self.steps {
                match step {
                    Step::Name(name) if names.peek().is_some_and(|next| *next == name) => drop(names.next()),
                    Step::Item(_) => {}
                    Step::Name(_) => break,
                }
                steps.push(step.clone());
            }
        }
        while let Some(name) = names.next() {
            steps.push(Step::Name((*name).to_owned()));
            if names.peek().is_some() {
                steps.push(Step::Item(0));
            }
        }
        Self { kind, steps }
    }

    /// Whether the other place is this one or below it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        self.kind == other.kind && other.steps.starts_with(&self.steps)
    }
}

/// The value at a place.
pub(super) fn at<'v>(root: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Name(name) => value.get(name),
        Step::Item(index) => value.get(index),
    })
}

/// Puts a value at a place. What is there already stays, but for a list or an object that has room for more.
pub(super) fn put(root: &mut Value, steps: &[Step], value: Value) {
    if marker::is_unknown(root) {
        return;
    }
    let Some((step, rest)) = steps.split_first() else {
        if root.is_null() {
            *root = value;
        }
        return;
    };
    match step {
        Step::Name(name) => {
            if root.is_null() {
                *root = Map::new().into();
            }
            if let Some(map) = root.as_object_mut() {
                put(map.entry(name.clone()).or_insert(Value::Null), rest, value);
            }
        }
        Step::Item(index) => {
            if root.is_null() {
                *root = Vec::<Value>::new().into();
            }
            if let Some(list) = root.as_array_mut() {
                if list.len() <= *index {
                    list.resize(index + 1, Value::Null);
                }
                if let Some(item) = list.get_mut(*index) {
                    put(item, rest, value);
                }
            }
        }
    }
}
