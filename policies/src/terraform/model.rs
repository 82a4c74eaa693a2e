//! What the module instances of a root hold, as rules see it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hcl_edit::expr::Expression;
use serde_json::{Map, Value as Json};

use super::eval::limits;
use super::expand::Iteration;
use super::module::{Declared, Mode};
use super::scope::Frame;
use super::value::Value;
use super::world::{Instance, World};
use super::{block, calls, data, providers, reference, schema};
use crate::finding::Extent;
use crate::resource::{Engine, Model, ModuleCall, Resource, Source};
use crate::{document, marker};

/// Brings a root with all modules below it into the model.
pub(super) fn build(world: &World<'_>) -> Model {
    let mut model = Model::new(Engine::Terraform, Source::Configuration);
    let root = world.root();
    let mut builder = Builder { world, model: &mut model, modules: BTreeSet::new() };
    builder.module(&root, &[]);
    model.modules.sort();
    model.modules.dedup();
    model.providers.sort();
    model.providers.dedup();
    limits::take_passed().into_iter().for_each(|what| world.pass(what));
    model.errors.append(&mut world.errors.borrow_mut());
    model
}

struct Builder<'b, 'a> {
    world: &'b World<'a>,
    model: &'b mut Model,
    /// The addresses, without keys, of module calls that have been noted.
    modules: BTreeSet<String>,
}

impl Builder<'_, '_> {
    fn module(&mut self, instance: &Rc<Instance>, callers: &[Extent]) {
        let frame = Frame::new(self.world, instance);
        for (number, declared) in instance.module.resources.iter().enumerate() {
            self.resource(number, declared, &frame, callers);
        }
        for (number, call) in instance.module.calls.iter().enumerate() {
            self.call(number, call, &frame, callers);
        }
        providers::collect(&frame, &mut self.model.providers);
    }

    fn resource(&mut self, number: usize, declared: &Declared, frame: &Frame<'_>, callers: &[Extent]) {
        let into = match declared.mode {
            Mode::Managed => &mut self.model.resources,
            Mode::Data => &mut self.model.data,
            Mode::Ephemeral | Mode::Other => return,
        };
        for iteration in &frame.resource_expansion(number).iterations {
            into.push(resource(declared, iteration, frame, callers));
        }
    }

    fn call(&mut self, number: usize, call: &Declared, frame: &Frame<'_>, callers: &[Extent]) {
        self.note(call, frame);
        let Some(children) = calls::children(number, frame) else { return };
        let callers: Vec<Extent> = callers.iter().cloned().chain([call.place.extent()]).collect();
        for child in &children.1 {
            self.module(child, &callers);
        }
    }

    /// Adds a call to the model, once for all instances of its caller.
    fn note(&mut self, call: &Declared, frame: &Frame<'_>) {
        let names = frame.instance.names.iter().chain([&call.name]);
        let address = names.map(|name| format!("module.{name}")).collect::<Vec<_>>().join(".");
        if !self.modules.insert(address.clone()) {
            return;
        }
        self.model.modules.push(ModuleCall {
            address,
            source: calls::source(call, frame).unwrap_or_default(),
            version: block::attribute(&call.body, "version", frame)
                .and_then(|version| version.as_text().map(str::to_owned)),
            line: Some(call.place.lines.first),
            location: Some(call.place.location()),
            extent: Some(call.place.extent()),
        });
    }
}

fn resource(declared: &Declared, iteration: &Iteration, top: &Frame<'_>, callers: &[Extent]) -> Resource {
    let written = block::written(&declared.body);
    let Values { values, unknown, links, documents } = values(declared, &written, iteration, top);
    Resource {
        address: reference::address(top, declared, &iteration.key),
        kind: declared.kind.clone(),
        written_type: declared.kind.clone(),
        name: declared.name.clone(),
        module: top.instance.address.clone(),
        engine: Engine::Terraform,
        documents,
        values,
        unknown,
        links,
        written: Some(written),
        actions: Vec::new(),
        location: Some(declared.place.location()),
        line: Some(declared.place.lines.first),
        provisioners: provisioners(declared),
        extent: Some(declared.place.extent()),
        callers: callers.to_vec(),
        metadata: Json::Null,
    }
}

struct Values {
    values: Json,
    unknown: BTreeSet<String>,
    links: BTreeMap<String, BTreeSet<String>>,
    documents: Map<String, Json>,
}

fn values(declared: &Declared, written: &BTreeSet<String>, iteration: &Iteration, top: &Frame<'_>) -> Values {
    let frame = top.within(iteration);
    let mut json = Map::new();
    let mut open = BTreeMap::new();
    let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in written {
        let (mut content, touched) = top.world.trace(|| block::part(&declared.body, name, &frame));
        content.values.iter_mut().for_each(|(name, value)| schema::fit(&declared.kind, name, value));
        // An unknown value says itself what it comes from; one that is known has forgotten.
        let is_known = content.open.is_empty() && !content.values.values().any(Value::has_unknown);
        json.extend(content.values.into_iter().map(|(name, value)| (name, value.to_json())));
        open.extend(content.open);
        if is_known && !touched.is_empty() {
            links.insert(name.clone(), touched);
        }
    }
    if declared.mode == Mode::Data {
        let computed = data::attributes(&declared.kind, &declared.body, &frame);
        json.extend(computed.into_iter().map(|(name, value)| (name, value.to_json())));
    }
    json.get_mut("container_definitions").into_iter().for_each(decode);
    let mut values = Json::Object(json);
    let documents = document::find(&values);
    let marks = marker::settle(&mut values);
    let mut unknown = marks.unknown;
    for (path, from) in
        marks.links.into_iter().chain(open.iter().map(|(path, from)| (path.clone(), from.clone())))
    {
        if !from.is_empty() {
            links.entry(path).or_default().extend(from);
        }
    }
    unknown.extend(open.into_keys());
    Values { values, unknown, links, documents }
}

/// A text of which something is not known becomes what it encodes, so that the rest can be judged, as in a template.
fn decode(value: &mut Json) {
    if let Some(structure) = marker::encoded(value).filter(|structure| structure.is_array()) {
        *value = structure.clone();
    }
}

fn provisioners(declared: &Declared) -> Vec<String> {
    let blocks = declared.body.blocks_of("provisioner");
    blocks.filter_map(|block| block.labels.first().cloned()).collect()
}

/// The text of an expression that is plain text.
pub(super) fn plain(expression: Option<&Expression>) -> Option<String> {
    expression.and_then(Expression::as_str).map(str::to_owned)
}
