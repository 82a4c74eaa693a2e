//! CloudFormation templates, brought into the resource model.
//! See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>.

mod conditions;
mod intrinsics;
mod loops;
mod parameters;
mod sam;
mod stack;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::document;
use crate::finding::{Extent, Location};
use crate::marker;
use crate::resource::{Engine, Model, Resource, Source};
use crate::scan::ScanError;
use crate::source::Files;
use crate::yaml::{self, Data, Entry, Mark, Node};

use intrinsics::Evaluator;
use stack::Stack;
use types::Mapped;

/// Templates of more bytes than this are refused; CloudFormation's own bound is 1 MB.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Resources of one scan, nested stacks included; CloudFormation's own bound is 500 a stack.
const MAX_RESOURCES: usize = 50_000;

/// Attributes of a resource beside its properties that rules see among its values, under these names.
const ATTRIBUTES: &[(&str, &str)] =
    &[("DeletionPolicy", "deletion_policy"), ("UpdateReplacePolicy", "update_replace_policy")];

/// Reads a template, and with `files` the templates of the stacks nested in it. Resources whose condition is known to be
/// false are left out.
pub(crate) fn read(
    path: &str,
    text: &str,
    given: &BTreeMap<String, String>,
    files: Option<&dyn Files>,
) -> Result<Model, ScanError> {
    let mut reader = Reader {
        files,
        model: Model::new(Engine::CloudFormation, Source::Template),
        shared: BTreeSet::new(),
    };
    reader.template(&Stack::root(path, given), text)?;
    Ok(reader.model)
}

fn parse(path: &str, text: &str) -> Result<Node, ScanError> {
    let remedy = "mend the template; a template is YAML with CloudFormation's short tags, or JSON";
    if text.len() > MAX_BYTES {
        let message = format!("{path} has {} bytes; at most {MAX_BYTES} are read", text.len());
        return Err(ScanError::input(message, "split the template into nested stacks"));
    }
    yaml::parse(text).map_err(|error| {
        ScanError::input(format!("{path} does not parse: {}", error.message), remedy)
            .at(location(path, error.mark))
    })
}

fn section<'a>(path: &str, root: &'a Node) -> Result<&'a [Entry], ScanError> {
    match root.get("Resources").map(|node| (node, node.entries())) {
        Some((_, entries)) if !entries.is_empty() => Ok(entries),
        found => {
            let mark = found.map_or(root.mark, |(node, _)| node.mark);
            let message =
                format!("{path} has no `Resources` with at least one resource: this is not a template");
            Err(ScanError::input(message, "give a CloudFormation template").at(location(path, mark)))
        }
    }
}

fn location(path: &str, mark: Mark) -> Location {
    Location { file: path.to_owned(), line: mark.line, column: mark.column }
}

struct Reader<'f> {
    files: Option<&'f dyn Files>,
    model: Model,
    /// Addresses of resources that several serverless ones stand for together.
    shared: BTreeSet<String>,
}

impl Reader<'_> {
    fn template(&mut self, stack: &Stack, text: &str) -> Result<(), ScanError> {
        let mut root = parse(&stack.path, text)?;
        section(&stack.path, &root)?;
        if text.contains("Fn::ForEach::") {
            root = self.unrolled(stack, &root);
        }
        let evaluator = Evaluator::new(&root, &stack.given);
        let globals = root.get("Globals").map(|globals| evaluator.value(globals)).unwrap_or_default();
        for entry in root.get("Resources").map_or(&[][..], Node::entries) {
            self.entry(stack, entry, &evaluator, &globals);
        }
        if evaluator.is_exhausted() {
            let message =
                "the template's functions expand to too much text; some properties were not checked";
            let place = location(&stack.path, root.mark);
            self.model.errors.push(ScanError::input(message, "make the template smaller").at(place));
        }
        Ok(())
    }

    fn unrolled(&mut self, stack: &Stack, root: &Node) -> Node {
        let unrolled = loops::unroll(root, &Evaluator::new(root, &stack.given));
        if unrolled.is_cut {
            let message = "the template's loops write too much; some resources were not checked";
            let place = location(&stack.path, root.mark);
            self.model.errors.push(ScanError::input(message, "make the loops smaller").at(place));
        }
        unrolled.root
    }

    fn entry(&mut self, stack: &Stack, entry: &Entry, evaluator: &Evaluator<'_>, globals: &Value) {
        if self.model.resources.len() >= MAX_RESOURCES {
            let message = format!(
                "the template and those it nests have more than {MAX_RESOURCES} resources; some were not checked"
            );
            // The same for all of them: told once.
            let error = ScanError::input(message, "make the template smaller")
                .at(location(&stack.path, Mark { line: 1, column: 1 }));
            if self.model.errors.last() != Some(&error) {
                self.model.errors.push(error);
            }
            return;
        }
        match declared(stack, entry, evaluator) {
            Ok(Some(declared)) => {
                let resources = declared.resources(globals);
                let resources = resources.into_iter().filter(|resource| self.is_first(resource));
                let resources: Vec<_> = resources.collect();
                self.model.resources.extend(resources);
                self.nested(&declared);
            }
            Ok(None) => {}
            Err(error) => self.model.errors.push(error),
        }
    }

    /// Whether this is not an interface that an earlier function stands for already.
    fn is_first(&mut self, resource: &Resource) -> bool {
        !resource.name.starts_with("Serverless")
            || self.shared.insert(format!("{} {}", resource.address, resource.kind))
    }

    /// The resources of the stack that a resource nests.
    fn nested(&mut self, declared: &Declared<'_>) {
        let is_stack =
            matches!(declared.written_type, "AWS::CloudFormation::Stack" | "AWS::Serverless::Application");
        let Some(files) = self.files.filter(|_| is_stack) else { return };
        let extent = declared.extent();
        if declared.stack.is_deepest() {
            let message = "templates nest too deep; what this one nests was not checked";
            let place = location(&declared.stack.path, declared.entry.mark);
            self.model.errors.push(ScanError::input(message, "scan the nested template by itself").at(place));
            return;
        }
        let nested = declared.stack.nested(&declared.entry.key, &declared.properties, &extent, files);
        if let Some((stack, text)) = nested
            && let Err(error) = self.template(&stack, &text)
        {
            self.model.errors.push(error);
        }
    }
}

/// A resource of a template, with its properties worked out.
struct Declared<'a> {
    stack: &'a Stack,
    entry: &'a Entry,
    written_type: &'a str,
    properties: Value,
    /// Whether a macro or a loop writes properties that cannot be told.
    is_open: bool,
    /// Attributes beside the properties, by the name that rules see.
    attributes: Vec<(&'static str, Value)>,
}

/// What an entry of `Resources` declares; nothing if its condition does not hold.
fn declared<'a>(
    stack: &'a Stack,
    entry: &'a Entry,
    evaluator: &Evaluator<'_>,
) -> Result<Option<Declared<'a>>, ScanError> {
    let refuse = |what: &str, remedy: &str| {
        let message = format!("resource {} in {}: {what}", entry.key, stack.path);
        Err(ScanError::input(message, remedy).at(location(&stack.path, entry.mark)))
    };
    if entry.key.starts_with("Fn::ForEach::") {
        return refuse(
            "what the loop runs over cannot be told, so its resources were not checked",
            "give the values of the parameters that it runs over",
        );
    }
    if entry.key == "Fn::Transform" {
        return Ok(None);
    }
    let Some(written_type) = entry.value.get("Type").and_then(type_name) else {
        return refuse("it has no `Type`", "give the resource a type such as AWS::S3::Bucket");
    };
    let condition = entry.value.get("Condition").and_then(Node::text);
    if condition.is_some_and(|condition| evaluator.condition(condition) == Some(false)) {
        return Ok(None);
    }
    let (properties, is_open) = properties(entry, evaluator);
    let attributes = ATTRIBUTES
        .iter()
        .filter_map(|(written, name)| Some((*name, evaluator.value(entry.value.get(written)?))));
    Ok(Some(Declared { stack, entry, written_type, properties, is_open, attributes: attributes.collect() }))
}

/// A type's name; a tool's own form, such as `{"Rain::Module": path}`, goes by its key.
fn type_name(node: &Node) -> Option<&str> {
    match node.entries() {
        [only] => Some(&only.key),
        _ => node.text(),
    }
}

/// The properties of a resource, and whether there are more.
fn properties(entry: &Entry, evaluator: &Evaluator<'_>) -> (Value, bool) {
    let Some(written) = entry.value.get("Properties") else { return (Map::new().into(), false) };
    let (writers, plain): (Vec<_>, Vec<_>) =
        written.entries().iter().cloned().partition(|entry| intrinsics::is_writer(&entry.key));
    let value = if writers.is_empty() || plain.is_empty() {
        evaluator.value(written)
    } else {
        evaluator.value(&Node { data: Data::Map(plain), tag: None, ..*written })
    };
    let is_open = !writers.is_empty() || marker::is_unknown(&value);
    (value, is_open)
}

impl Declared<'_> {
    fn extent(&self) -> Extent {
        let (first, last) = (self.entry.mark.line, self.entry.value.end);
        Extent { file: self.stack.path.clone(), first, last: last.max(first) }
    }

    /// What it stands for in the model.
    fn resources(&self, globals: &Value) -> Vec<Resource> {
        let name = &self.entry.key;
        let mut resources: Vec<_> = match sam::expand(self.written_type, name, &self.properties, globals) {
            Some(made) => {
                made.iter().flat_map(|made| self.mapped(&made.name, made.kind, &made.properties)).collect()
            }
            None => self.mapped(name, self.written_type, &self.properties),
        };
        if let Some(first) = resources.first_mut() {
            for (name, value) in &self.attributes {
                attribute(first, name, value);
            }
        }
        if self.is_open {
            // A macro writes properties that are not here: the path of the whole makes every attribute unknown.
            resources.iter_mut().for_each(|resource| resource.unknown.extend([String::new()]));
        }
        resources
    }

    fn mapped(&self, name: &str, kind: &str, properties: &Value) -> Vec<Resource> {
        let mapped = types::map(kind, name, properties, self.is_open);
        mapped.into_iter().map(|mapped| self.settled(name, mapped)).collect()
    }

    /// Takes the markers of the unknown out of the values.
    fn settled(&self, name: &str, mapped: Mapped) -> Resource {
        let Mapped { kind, mut values } = mapped;
        let documents = document::find(&values);
        let marks = marker::settle(&mut values);
        let links = marks
            .links
            .into_iter()
            .map(|(path, names)| (path, names.iter().map(|name| self.stack.address(name)).collect()));
        let place = location(&self.stack.path, self.entry.mark);
        Resource {
            address: self.stack.address(name),
            kind,
            written_type: self.written_type.to_owned(),
            name: name.to_owned(),
            module: String::new(),
            engine: Engine::CloudFormation,
            documents,
            values: if values.is_object() { values } else { Value::Object(Map::new()) },
            unknown: marks.unknown,
            links: links.collect(),
            written: None,
            actions: Vec::new(),
            line: Some(place.line),
            location: Some(place),
            provisioners: Vec::new(),
            extent: Some(self.extent()),
            callers: self.stack.callers.clone(),
            metadata: self.entry.value.get("Metadata").map(Node::to_json).unwrap_or_default(),
        }
    }
}

fn attribute(resource: &mut Resource, name: &str, value: &Value) {
    if marker::is_unknown(value) {
        resource.unknown.insert(name.to_owned());
    } else if let Some(values) = resource.values.as_object_mut() {
        values.entry(name).or_insert_with(|| value.clone());
    }
}
