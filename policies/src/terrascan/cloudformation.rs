//! CloudFormation templates as Terrascan sees them: the types that it knows, in the shape of Terraform's.

mod compute;
mod data;
mod derive;
mod functions;
mod platform;
mod shape;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::directive::{Directives, SkipRule};
use super::document::{Document, Occurrence};
use crate::finding::{Extent, Location};
use crate::scan::ScanError;
use crate::yaml::{self, Entry, Node};
use functions::Functions;
use shape::{Each, Mapping, Name, Part, Scope, Shape};

/// Resources of more templates than CloudFormation takes are not read.
const MAX_RESOURCES: usize = 50_000;

static MAPPINGS: LazyLock<HashMap<&'static str, &'static Mapping>> = LazyLock::new(|| {
    let all = compute::TYPES.iter().chain(data::TYPES).chain(platform::TYPES);
    all.map(|mapping| (mapping.from, mapping)).collect()
});

/// Reads a template. `path` is what the user knows it by, `source` the same from the directory that is scanned.
pub fn template(path: &str, source: &str, text: &str) -> Document {
    let mut document = Document::default();
    match yaml::parse(text) {
        Ok(root) => Reader::new(path, source, &root, &mut document).resources(&root),
        Err(error) => {
            let place = Location { file: path.to_owned(), line: error.mark.line, column: error.mark.column };
            let message = format!("{path} does not parse: {}", error.message);
            document
                .errors
                .push(ScanError::input(message, "mend the template; everything else was scanned").at(place));
        }
    }
    document
}

struct Reader<'a> {
    path: &'a str,
    source: &'a str,
    template: Value,
    document: &'a mut Document,
}

/// A resource of the template with its properties resolved.
struct Declared<'a> {
    entry: &'a Entry,
    directives: Directives,
}

impl<'a> Reader<'a> {
    fn new(path: &'a str, source: &'a str, root: &Node, document: &'a mut Document) -> Self {
        Self { path, source, template: functions::long_form(root), document }
    }

    fn resources(&mut self, root: &Node) {
        let template = std::mem::take(&mut self.template);
        let mut functions = Functions::new(&template);
        let entries = root.get("Resources").map(Node::entries).unwrap_or_default();
        if entries.len() > MAX_RESOURCES {
            self.cut(&format!("more than {MAX_RESOURCES} resources"));
        }
        for entry in entries.iter().take(MAX_RESOURCES) {
            let kind = entry.value.get("Type").and_then(Node::text);
            let Some((kind, mapping)) = kind.and_then(|kind| Some((kind, *MAPPINGS.get(kind)?))) else {
                continue;
            };
            let written = template.get("Resources").and_then(|all| all.get(&entry.key));
            let written = |key: &str| written.and_then(|resource| resource.get(key)).unwrap_or(&Value::Null);
            let properties = functions.resolve(written("Properties"));
            let declared =
                Declared { entry, directives: directives(&functions.resolve(written("Metadata"))) };
            for whole in derive::derive(kind, &entry.key, properties) {
                self.resource(&declared, mapping, &whole);
            }
        }
        if functions.is_cut {
            self.cut("functions that write too much, or nest too deep");
        }
    }

    fn cut(&mut self, what: &str) {
        let message = format!("{} has {what}; some of it was not checked", self.path);
        self.document.errors.push(ScanError::input(message, "make the template smaller"));
    }

    fn resource(&mut self, declared: &Declared<'_>, mapping: &Mapping, whole: &Value) {
        let scope = Scope { logical: &declared.entry.key, whole, here: whole };
        self.push(declared, &mapping.main, None, scope);
        for part in mapping.parts {
            self.part(declared, part, scope);
        }
    }

    fn part(&mut self, declared: &Declared<'_>, part: &Part, scope: Scope<'_>) {
        let here: Vec<&Value> = match part.each {
            Each::Always => vec![scope.whole],
            Each::When(path) => {
                Some(scope.whole).filter(|_| !scope.find(path).is_null()).into_iter().collect()
            }
            Each::Item(path) => scope.find(path).as_array().into_iter().flatten().collect(),
        };
        for (number, here) in here.into_iter().enumerate() {
            let scope = Scope { here, ..scope };
            let name = match part.name {
                Name::Property(path) => scope.text(&format!("^{path}")),
                Name::Numbered(path) => format!("{}{number}", scope.text(&format!("^{path}"))),
                Name::ItemNumbered(path) => format!("{}{number}", scope.text(path)),
                Name::LogicalNumbered => format!("{}{number}", scope.logical),
                Name::Fixed(name) => name.to_owned(),
            };
            self.push(declared, &part.shape, Some(name).filter(|name| !name.is_empty()), scope);
        }
    }

    fn push(&mut self, declared: &Declared<'_>, shape: &Shape, name: Option<String>, scope: Scope<'_>) {
        let entry = declared.entry;
        // Terrascan looks for the line by the name, and knows none for a name of its own.
        let line =
            if name.as_ref().is_none_or(|name| *name == entry.key) { self.line(&entry.value) } else { 1 };
        let name = name.unwrap_or_else(|| entry.key.clone());
        let (file, mark) = (self.path.to_owned(), entry.mark);
        let column = if line == mark.line { mark.column } else { 1 };
        let occurrence = Occurrence {
            id: format!("{}.{name}", shape.to),
            kind: shape.to.to_owned(),
            address: entry.key.clone(),
            name,
            source: self.source.to_owned(),
            line,
            module_name: String::new(),
            plan_root: String::new(),
            directives: declared.directives.clone(),
            location: Some(Location { file: file.clone(), line, column }),
            extent: Some(Extent { file, first: mark.line, last: entry.value.end }),
            callers: Vec::new(),
        };
        let skip = serde_json::to_value(&occurrence.directives.skip).unwrap_or_default();
        let more = Map::from_iter([("skip_rules".to_owned(), skip)]);
        self.document.push(occurrence, scope.resource(shape.fields), more);
    }

    /// The line above the first one within the resource; in JSON the first one itself.
    fn line(&self, resource: &Node) -> usize {
        let is_yaml = self.path.ends_with(".yaml") || self.path.ends_with(".yml");
        match resource.mark.line {
            0 | 1 => 1,
            line => line - usize::from(is_yaml),
        }
    }
}

/// See <https://runterrascan.io/docs/usage/in-file_instrumentation/>.
fn directives(metadata: &Value) -> Directives {
    let skip = metadata.get("runterrascan.io/skip").and_then(Value::as_str);
    let skip: Option<Vec<SkipRule>> = skip.and_then(|text| serde_json::from_str(text).ok());
    Directives { skip: skip.unwrap_or_default(), ..Directives::default() }
}
