//! CloudFormation templates, brought into the resource model.
//! See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>.

mod conditions;
mod intrinsics;
mod parameters;
mod types;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::document;
use crate::finding::Location;
use crate::marker;
use crate::resource::{Engine, Model, Resource, Source};
use crate::scan::ScanError;
use crate::yaml::{self, Entry, Mark, Node};

use intrinsics::Evaluator;
use types::Mapped;

/// Templates of more bytes than this are refused; CloudFormation's own bound is 1 MB.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Reads a template. Resources whose condition is known to be false are left out.
pub(crate) fn read(path: &str, text: &str, given: &BTreeMap<String, String>) -> Result<Model, ScanError> {
    let root = parse(path, text)?;
    let resources = section(path, &root)?;
    let evaluator = Evaluator::new(&root, given);
    let mut model = Model::new(Engine::CloudFormation, Source::Template);
    for entry in resources {
        match resource(path, entry, &evaluator) {
            Ok(found) => model.resources.extend(found),
            Err(error) => model.errors.push(error),
        }
    }
    if evaluator.is_exhausted() {
        let message = "the template's functions expand to too much text; some properties were not checked";
        model
            .errors
            .push(ScanError::input(message, "make the template smaller").at(location(path, root.mark)));
    }
    Ok(model)
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

fn resource(path: &str, entry: &Entry, evaluator: &Evaluator<'_>) -> Result<Vec<Resource>, ScanError> {
    let place = location(path, entry.mark);
    let refuse = |what: &str, remedy: &str| {
        Err(ScanError::input(format!("resource {} in {path}: {what}", entry.key), remedy).at(place.clone()))
    };
    if entry.key.starts_with("Fn::ForEach") {
        return refuse("loops are not understood yet and were not checked", "scan the expanded template");
    }
    let Some(written_type) = entry.value.get("Type").and_then(Node::text) else {
        return refuse("it has no `Type`", "give the resource a type such as AWS::S3::Bucket");
    };
    if let Some(condition) = entry.value.get("Condition").and_then(Node::text)
        && evaluator.condition(condition) == Some(false)
    {
        return Ok(Vec::new());
    }
    let properties =
        entry.value.get("Properties").map_or_else(|| Map::new().into(), |node| evaluator.value(node));
    let is_open = marker::is_unknown(&properties) || properties.get("Fn::Transform").is_some();
    let mapped = types::map(written_type, &entry.key, properties);
    let mut resources: Vec<_> =
        mapped.into_iter().map(|mapped| settled(mapped, entry, written_type, &place)).collect();
    if is_open {
        // A macro writes properties that are not here: the path of the whole makes every attribute unknown.
        resources.iter_mut().for_each(|resource| resource.unknown.extend([String::new()]));
    }
    Ok(resources)
}

/// Takes the markers of the unknown out of the values.
fn settled(mapped: Mapped, entry: &Entry, written_type: &str, place: &Location) -> Resource {
    let Mapped { kind, mut values } = mapped;
    let documents = document::find(&values);
    let marks = marker::settle(&mut values);
    Resource {
        address: entry.key.clone(),
        kind,
        written_type: written_type.to_owned(),
        name: entry.key.clone(),
        module: String::new(),
        engine: Engine::CloudFormation,
        documents,
        values: if values.is_object() { values } else { Value::Object(Map::new()) },
        unknown: marks.unknown,
        links: marks.links,
        written: None,
        actions: Vec::new(),
        location: Some(place.clone()),
        line: Some(place.line),
        provisioners: Vec::new(),
        extent: None,
        callers: Vec::new(),
        metadata: entry.value.get("Metadata").map(Node::to_json).unwrap_or_default(),
    }
}
