//! Where a template stands: the root of a scan, or a stack nested in another template.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::intrinsics::text_of;
use super::parameters::Given;
use crate::finding::Extent;
use crate::marker;
use crate::source::{self, Files};

/// Stacks in stacks.
const MAX_DEPTH: usize = 16;

/// One template of a scan.
#[derive(Clone, Debug)]
pub(super) struct Stack {
    /// The file, as locations name it.
    pub(super) path: String,
    /// What stands before the addresses of its resources: nothing, or `Parent/`.
    pub(super) prefix: String,
    pub(super) given: Given,
    /// The resources of the stacks that lead to it, the outermost first.
    pub(super) callers: Vec<Extent>,
    /// The files on the way, this one included.
    open: Vec<String>,
}

impl Stack {
    pub(super) fn root(path: &str, given: &BTreeMap<String, String>) -> Self {
        let given = Given { values: given.clone(), unknown: BTreeSet::new() };
        Self {
            path: path.to_owned(),
            prefix: String::new(),
            given,
            callers: Vec::new(),
            open: vec![source::join("", path)],
        }
    }

    /// The address of one of its resources.
    pub(super) fn address(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Whether what it nests is not read.
    pub(super) fn is_deepest(&self) -> bool {
        self.open.len() >= MAX_DEPTH
    }

    /// The stack that a resource nests, with its text, where its template is a file that can be read: a path such as
    /// `aws cloudformation package` takes.
    pub(super) fn nested(
        &self,
        name: &str,
        properties: &Value,
        extent: &Extent,
        files: &dyn Files,
    ) -> Option<(Self, Arc<str>)> {
        let written = properties.get("TemplateURL").or_else(|| properties.get("Location"))?.as_str()?;
        let path = self.beside(written)?;
        let is_open = self.open.iter().any(|open| *open == source::join("", &path));
        if is_open || !files.is_file(&path) {
            return None;
        }
        let text = files.read(&path).ok()?;
        let stack = Self {
            prefix: format!("{}/", self.address(name)),
            given: self.passed(properties.get("Parameters")),
            callers: self.callers.iter().cloned().chain([extent.clone()]).collect(),
            open: self.open.iter().cloned().chain([source::join("", &path)]).collect(),
            path,
        };
        Some((stack, text))
    }

    /// A path beside this template; none for an address.
    fn beside(&self, written: &str) -> Option<String> {
        if written.contains("://") || written.is_empty() {
            return None;
        }
        let directory = self.path.rsplit_once('/').map_or("", |(directory, _)| directory);
        let directory = if directory.is_empty() && self.path.starts_with('/') { "/" } else { directory };
        Some(source::join(directory, written))
    }

    /// What the nested stack is given. Pseudo parameters are the same there.
    fn passed(&self, parameters: Option<&Value>) -> Given {
        let pseudo = self.given.values.iter().filter(|(name, _)| name.starts_with("AWS::"));
        let mut given = Given {
            values: pseudo.map(|(name, text)| (name.clone(), text.clone())).collect(),
            ..Given::default()
        };
        for (name, value) in parameters.and_then(Value::as_object).into_iter().flatten() {
            match text(value) {
                Some(text) => drop(given.values.insert(name.clone(), text)),
                None => drop(given.unknown.insert(name.clone())),
            }
        }
        given
    }
}

/// A parameter as text; a list is joined, as CloudFormation does.
fn text(value: &Value) -> Option<String> {
    match value {
        _ if marker::is_within(value) => None,
        Value::Array(items) => {
            items.iter().map(text_of).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        other => text_of(other),
    }
}
