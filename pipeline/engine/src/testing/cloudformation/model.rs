//! Stacks, change sets and events.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use super::wire::Refusal;
use super::{Fields, Script};

/// All that the stand-in knows.
#[derive(Debug, Default)]
pub(super) struct World {
    /// Oldest first; deleted ones stay.
    pub(super) stacks: Vec<Stack>,
    pub(super) change_sets: Vec<ChangeSet>,
    pub(super) scripts: BTreeMap<String, Script>,
    pub(super) throttles: BTreeMap<String, u32>,
    pub(super) lost: BTreeMap<String, u32>,
    pub(super) calls: Vec<String>,
    /// Counts stacks and change sets, for their ids.
    made: usize,
}

/// A template with its parameters and tags.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Source {
    pub(super) text: String,
    pub(super) template: Value,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) tags: BTreeMap<String, String>,
}

#[derive(Debug)]
pub(super) struct Stack {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: String,
    pub(super) source: Source,
    pub(super) resources: BTreeMap<String, Resource>,
    /// Oldest first.
    pub(super) events: Vec<Event>,
    /// What is still to happen, one step a question.
    pub(super) steps: VecDeque<Step>,
    /// The change set that is being executed, and its token.
    pub(super) running: Option<(String, Option<String>)>,
}

#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) kind: String,
    pub(super) physical_id: Option<String>,
    pub(super) status: String,
}

#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) logical_id: String,
    pub(super) physical_id: Option<String>,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) reason: Option<String>,
    pub(super) token: Option<String>,
}

/// One thing that happens.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// The stack comes into a status.
    Stack(&'static str, Option<String>),
    /// A resource comes into a status.
    Resource { logical_id: String, kind: String, status: &'static str, reason: Option<String> },
    /// The stack is now what the change set says.
    Adopt(Box<Source>),
    /// The execution has come to its end.
    End(&'static str),
}

#[derive(Debug, Clone)]
pub(super) struct ChangeSet {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) stack_id: String,
    pub(super) token: Option<String>,
    pub(super) update: bool,
    pub(super) status: String,
    pub(super) execution_status: String,
    pub(super) reason: Option<String>,
    pub(super) changes: Vec<Change>,
    pub(super) source: Source,
}

#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) action: &'static str,
    pub(super) logical_id: String,
    pub(super) kind: String,
    pub(super) replacement: Option<&'static str>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

impl World {
    pub(super) fn next_id(&mut self) -> usize {
        self.made += 1;
        self.made
    }

    pub(super) fn script(&self, stack: &str) -> Script {
        self.scripts.get(stack).cloned().unwrap_or_default()
    }

    /// The stack of an ARN, or the one of a name that is not deleted.
    pub(super) fn stack_mut(&mut self, name_or_id: &str) -> Result<&mut Stack, Refusal> {
        let is_it = |stack: &&mut Stack| {
            stack.id == name_or_id || (stack.name == name_or_id && stack.status != "DELETE_COMPLETE")
        };
        let missing = || Refusal::validation(format!("Stack with id {name_or_id} does not exist"));
        self.stacks.iter_mut().rev().find(is_it).ok_or_else(missing)
    }

    /// The change set of an ARN, or of a name in a stack.
    pub(super) fn change_set_mut(&mut self, fields: &Fields) -> Result<&mut ChangeSet, Refusal> {
        let name = fields.get("ChangeSetName").cloned().unwrap_or_default();
        let stack = fields.get("StackName").cloned();
        let stack_id = match &stack {
            Some(stack) => Some(self.stack_mut(stack)?.id.clone()),
            None if name.starts_with("arn:") => None,
            None => {
                return Err(Refusal::validation(
                    "StackName must be specified if ChangeSetName is not specified as an ARN.",
                ));
            }
        };
        let is_it = |set: &&mut ChangeSet| {
            set.id == name || (set.name == name && Some(&set.stack_id) == stack_id.as_ref())
        };
        let missing = || Refusal::new("ChangeSetNotFound", format!("ChangeSet [{name}] does not exist"));
        self.change_sets.iter_mut().find(is_it).ok_or_else(missing)
    }
}

impl Stack {
    pub(super) fn is_busy(&self) -> bool {
        self.status != "REVIEW_IN_PROGRESS" && self.status.ends_with("_IN_PROGRESS")
    }

    pub(super) fn tell(&mut self, logical_id: &str, kind: &str, status: &str, reason: Option<String>) {
        let of_stack = logical_id == self.name;
        let resource = self.resources.get(logical_id).and_then(|resource| resource.physical_id.clone());
        self.events.push(Event {
            id: format!("{logical_id}-{status}-{}", self.events.len()),
            logical_id: logical_id.to_owned(),
            physical_id: if of_stack { Some(self.id.clone()) } else { resource },
            kind: kind.to_owned(),
            status: status.to_owned(),
            reason,
            token: self.running.as_ref().and_then(|(_, token)| token.clone()),
        });
    }

    pub(super) fn come_to(&mut self, status: &str, reason: Option<String>) {
        status.clone_into(&mut self.status);
        let name = self.name.clone();
        self.tell(&name, "AWS::CloudFormation::Stack", status, reason);
    }
}

impl Source {
    /// The resources, their references to parameters replaced by the values; those of `NoEcho` parameters by `hide`'s.
    pub(super) fn resources(&self, hide: bool) -> BTreeMap<String, Value> {
        let resources = self.template.get("Resources").and_then(Value::as_object);
        let resources = resources.into_iter().flatten();
        resources.map(|(name, resource)| (name.clone(), self.resolved(resource, hide))).collect()
    }

    fn resolved(&self, value: &Value, hide: bool) -> Value {
        match value {
            Value::Object(fields) => match (fields.len(), fields.get("Ref").and_then(Value::as_str)) {
                (1, Some(name)) if self.parameters.contains_key(name) => self.value(name, hide),
                _ => {
                    let fields = fields.iter();
                    fields.map(|(name, value)| (name.clone(), self.resolved(value, hide))).collect()
                }
            },
            Value::Array(items) => items.iter().map(|item| self.resolved(item, hide)).collect(),
            other => other.clone(),
        }
    }

    fn value(&self, name: &str, hide: bool) -> Value {
        let value = self.parameters.get(name).cloned().unwrap_or_default();
        Value::from(if hide && self.is_hidden(name) { "****".to_owned() } else { value })
    }

    pub(super) fn is_hidden(&self, name: &str) -> bool {
        let declared = self.template.pointer(&format!("/Parameters/{name}/NoEcho"));
        declared.is_some_and(|hidden| hidden == true || hidden == "true")
    }

    /// Everything that an update may change and no resource shows.
    pub(super) fn rest(&self) -> (Option<&Value>, &BTreeMap<String, String>) {
        (self.template.get("Outputs"), &self.tags)
    }
}

/// What it takes to come from one source to another.
pub(super) fn difference(from: &Source, to: &Source, script: &Script) -> Vec<Change> {
    let (old, new) = (from.resources(false), to.resources(false));
    let (old_shown, new_shown) = (from.resources(true), to.resources(true));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let context = |shown: &BTreeMap<String, Value>, name: &str| {
        let properties =
            shown.get(name).map(|resource| resource.get("Properties").cloned().unwrap_or_default());
        properties.map(|properties| serde_json::json!({ "Properties": properties }).to_string())
    };
    let one = |name: &String| {
        let action = match (old.get(name), new.get(name)) {
            (None, Some(_)) => "Add",
            (Some(_), None) => "Remove",
            (Some(before), Some(after)) if before != after => "Modify",
            _ => return None,
        };
        let replaced = if script.replaced.contains(name) { "True" } else { "False" };
        Some(Change {
            action,
            logical_id: name.clone(),
            kind: kind(new.get(name).or(old.get(name))),
            replacement: (action == "Modify").then_some(replaced),
            before: context(&old_shown, name),
            after: context(&new_shown, name),
        })
    };
    names.into_iter().filter_map(one).collect()
}

fn kind(resource: Option<&Value>) -> String {
    let kind = resource.and_then(|resource| resource.get("Type")).and_then(Value::as_str);
    kind.unwrap_or_default().to_owned()
}
