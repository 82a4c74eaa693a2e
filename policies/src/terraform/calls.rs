//! Module calls: the instances behind them, and their outputs.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::eval::{EvalError, Step, evaluate, walk_checked};
use super::expand::{Expansion, Iteration, Key, Shape};
use super::module::Declared;
use super::scope::Frame;
use super::value::Value;
use super::world::{Children, Instance, Origin, Question};
use crate::source::join;

/// Calls within calls.
const MAX_DEPTH: usize = 32;

/// What `module.name...` is worth. The frame is the top of the calling module.
///
/// # Errors
/// [`EvalError::Wrong`] for a key that is not there, and below an output.
pub(super) fn lookup(path: &[Step], top: &Frame<'_>) -> Result<Value, EvalError> {
    let [Step::Attribute(name), rest @ ..] = path else { return Ok(Value::unknown()) };
    let calls = &top.instance.module.calls;
    let found = calls.iter().position(|call| call.name == *name).and_then(|call| children(call, top));
    let Some(found) = found else { return Ok(Value::unknown()) };
    let (expansion, instances) = &*found;
    let one = |position: Option<usize>, rest: &[Step]| {
        position
            .and_then(|at| instances.get(at))
            .map_or_else(|| Ok(Value::unknown()), |child| output(child, rest, top))
    };
    match (&expansion.shape, rest) {
        (Shape::Single, [Step::Splat | Step::AttributeSplat, ..]) => {
            walk_checked(&Value::Tuple(instances.iter().map(|child| outputs(child, top)).collect()), rest)
        }
        (Shape::Single, _) => one(Some(0), rest),
        (Shape::Open(_), [Step::Index(_), rest @ ..]) => one(Some(0), rest),
        (Shape::Open(links), _) => Ok(Value::linked(links.clone())),
        (Shape::Count | Shape::Each, [Step::Index(key), rest @ ..]) if position(expansion, key).is_some() => {
            one(position(expansion, key), rest)
        }
        (Shape::Count | Shape::Each, _) => walk_checked(&all(expansion, instances, top), rest),
    }
}

fn position(expansion: &Expansion, key: &Value) -> Option<usize> {
    let wanted = match key {
        Value::Number(index) => Key::Index(index.as_usize()?),
        Value::Text(name) => Key::Name(name.clone()),
        _ => return None,
    };
    expansion.iterations.iter().position(|iteration| iteration.key == wanted)
}

fn all(expansion: &Expansion, instances: &[Rc<Instance>], top: &Frame<'_>) -> Value {
    let pairs = expansion.iterations.iter().zip(instances);
    if expansion.shape != Shape::Each {
        return Value::Tuple(pairs.map(|(_, child)| outputs(child, top)).collect());
    }
    let entry = |(iteration, child): (&Iteration, &Rc<Instance>)| match &iteration.key {
        Key::Name(name) => Some((name.clone(), outputs(child, top))),
        _ => None,
    };
    Value::Object(pairs.filter_map(entry).collect::<BTreeMap<_, _>>())
}

fn output(child: &Rc<Instance>, path: &[Step], top: &Frame<'_>) -> Result<Value, EvalError> {
    match path {
        [Step::Attribute(name), rest @ ..] => walk_checked(&output_value(child, name, top), rest),
        _ => walk_checked(&outputs(child, top), path),
    }
}

fn output_value(child: &Rc<Instance>, name: &str, top: &Frame<'_>) -> Rc<Value> {
    let expression = child.module.outputs.get(name).and_then(|output| output.body.attribute("value"));
    let Some(expression) = expression else { return Rc::new(Value::unknown()) };
    let frame = Frame::new(top.world, child);
    top.world.value(child, Question::Output(name.to_owned()), || evaluate(expression, &frame))
}

fn outputs(child: &Rc<Instance>, top: &Frame<'_>) -> Value {
    let names = child.module.outputs.keys();
    Value::Object(
        names.map(|name| (name.clone(), Rc::unwrap_or_clone(output_value(child, name, top)))).collect(),
    )
}

/// How often a call of this module is there.
pub(super) fn expansion(call: usize, top: &Frame<'_>) -> Rc<Expansion> {
    top.world.expansion(top.instance, Question::Call(call), || {
        let declared = top.instance.module.calls.get(call);
        declared.map_or_else(Expansion::single, |declared| Expansion::of(&declared.body, top))
    })
}

/// The instances behind a call; none where its module is not at hand.
pub(super) fn children(call: usize, top: &Frame<'_>) -> Children {
    let declared = top.instance.module.calls.get(call)?;
    top.world.children(top.instance, call, || {
        let (directory, path) = located(declared, top)?;
        let module = top.world.module(&directory);
        let expansion = expansion(call, top);
        if !top.world.allow_modules(expansion.iterations.len()) {
            return None;
        }
        let child = |iteration: &Iteration| {
            let parent = Rc::clone(top.instance);
            let prefix = if parent.address.is_empty() { "" } else { "." };
            let address =
                format!("{}{prefix}module.{}{}", parent.address, declared.name, iteration.key.suffix());
            let names = parent.names.iter().chain([&declared.name]).cloned().collect();
            let origin = Origin { parent, call, iteration: iteration.clone() };
            top.world.instance(Rc::clone(&module), address, names, path.clone(), Some(origin))
        };
        let instances = expansion.iterations.iter().map(child).collect();
        Some(Rc::new((expansion, instances)))
    })
}

/// The `source` of a call. OpenTofu lets it depend on variables.
pub(super) fn source(declared: &Declared, top: &Frame<'_>) -> Option<String> {
    evaluate(declared.body.attribute("source")?, top).as_text().map(str::to_owned)
}

/// The directory of the called module, and the same relative to the root's; none if it is elsewhere, or calls itself.
fn located(declared: &Declared, top: &Frame<'_>) -> Option<(String, String)> {
    let instance = top.instance;
    let names: Vec<&str> =
        instance.names.iter().map(String::as_str).chain([declared.name.as_str()]).collect();
    let local = source(declared, top).filter(|source| is_local(source));
    let (directory, path) = match local {
        Some(source) => (join(&instance.module.directory, &source), join(&instance.path, &source)),
        None => {
            let path = top.world.manifest.directory(&names)?;
            (join(&top.world.directory, path), path.to_owned())
        }
    };
    let is_there = names.len() <= MAX_DEPTH && top.world.files.is_directory(&directory);
    (is_there && !is_inside(instance, &directory)).then_some((directory, path))
}

/// Whether a module is reached from itself.
fn is_inside(instance: &Rc<Instance>, directory: &str) -> bool {
    let mut current = Some(instance);
    while let Some(instance) = current {
        if instance.module.directory == directory {
            return true;
        }
        current = instance.origin.as_ref().map(|origin| &origin.parent);
    }
    false
}

/// Whether a source names a directory beside the caller's.
pub(super) fn is_local(source: &str) -> bool {
    source.starts_with("./") || source.starts_with("../") || source == "." || source == ".."
}
