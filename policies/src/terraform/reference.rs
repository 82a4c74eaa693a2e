//! References to resources and data sources: what is written is a value, what is computed comes from the resource.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::eval::{EvalError, Step, walk_checked};
use super::expand::{Expansion, Iteration, Key, Shape};
use super::module::{Declared, Mode};
use super::scope::Frame;
use super::value::Value;
use super::world::Question;
use super::{block, data, schema};

/// What the rest of a path below a resource's name is worth. The frame is the top of its module.
///
/// # Errors
/// [`EvalError::Wrong`] for a key or attribute that is not there.
pub(super) fn resource(number: usize, path: &[Step], top: &Frame<'_>) -> Result<Value, EvalError> {
    let Some(declared) = top.instance.module.resources.get(number) else { return Ok(Value::unknown()) };
    let expansion = top.resource_expansion(number);
    let target = Target { number, declared, expansion: &expansion, top };
    match (&expansion.shape, path) {
        (Shape::Single, [Step::Splat | Step::AttributeSplat, ..]) => walk_checked(&target.all(path), path),
        (Shape::Single, _) => target.first(path),
        (Shape::Open(_), [Step::Index(_), rest @ ..]) => target.first(rest),
        (Shape::Open(_), _) => Ok(Value::linked(target.addresses())),
        (Shape::Count | Shape::Each, [Step::Index(key), rest @ ..]) => target.one(key, rest),
        (Shape::Each, [Step::Attribute(key), rest @ ..]) => target.one(&Value::text(key), rest),
        (Shape::Count, [Step::Attribute(_), ..]) => Ok(Value::linked(target.addresses())),
        (Shape::Count | Shape::Each, _) => walk_checked(&target.all(path), path),
    }
}

/// A resource that is referred to.
struct Target<'t, 'a> {
    number: usize,
    declared: &'t Declared,
    expansion: &'t Expansion,
    top: &'t Frame<'a>,
}

impl Target<'_, '_> {
    fn address(&self, iteration: &Iteration) -> String {
        address(self.top, self.declared, &iteration.key)
    }

    /// What an unknown value of this resource comes from. Data sources are no part of the change.
    fn links(&self, iteration: &Iteration) -> BTreeSet<String> {
        match self.declared.mode {
            Mode::Managed => BTreeSet::from([self.address(iteration)]),
            _ => BTreeSet::new(),
        }
    }

    fn addresses(&self) -> BTreeSet<String> {
        let links: BTreeSet<_> =
            self.expansion.iterations.iter().flat_map(|iteration| self.links(iteration)).collect();
        links.iter().for_each(|address| self.top.world.touch(address));
        links
    }

    fn first(&self, path: &[Step]) -> Result<Value, EvalError> {
        self.at(0, path)
    }

    /// The instance with a key.
    fn one(&self, key: &Value, path: &[Step]) -> Result<Value, EvalError> {
        let wanted = match key {
            Value::Number(index) => index.as_usize().map(Key::Index),
            Value::Text(name) if self.expansion.shape == Shape::Count => name.parse().ok().map(Key::Index),
            Value::Text(name) => Some(Key::Name(name.clone())),
            _ => None,
        };
        let Some(wanted) = wanted else { return Ok(Value::linked(self.addresses())) };
        match self.expansion.iterations.iter().position(|iteration| iteration.key == wanted) {
            Some(position) => self.at(position, path),
            // Let the evaluator say what a key that is not there is worth.
            None => walk_checked(&self.keyed(|_| Value::unknown()), &[Step::Index(key.clone())]),
        }
    }

    /// The rest of a path below one instance.
    fn at(&self, position: usize, path: &[Step]) -> Result<Value, EvalError> {
        let Some(iteration) = self.expansion.iterations.get(position) else { return Ok(Value::unknown()) };
        match path {
            [Step::Attribute(name), rest @ ..] => {
                let value = self.attribute(position, iteration, name);
                walk_checked(&value, rest)
            }
            _ => walk_checked(&self.object(position, iteration, None), path),
        }
    }

    /// All instances, in the shape that the reference has without a key.
    fn all(&self, path: &[Step]) -> Value {
        let after = path.iter().find_map(|step| match step {
            Step::Attribute(name) => Some(name.as_str()),
            _ => None,
        });
        let is_splat = matches!(path.first(), Some(Step::Splat | Step::AttributeSplat));
        let only = after.filter(|_| is_splat);
        let mut position = 0;
        self.keyed(|iteration| {
            let object = self.object(position, iteration, only);
            position += 1;
            object
        })
    }

    fn keyed(&self, mut value: impl FnMut(&Iteration) -> Value) -> Value {
        let iterations = self.expansion.iterations.iter();
        if self.expansion.shape != Shape::Each {
            return Value::Tuple(iterations.map(value).collect());
        }
        let entry = |iteration: &Iteration| match &iteration.key {
            Key::Name(name) => Some((name.clone(), value(iteration))),
            _ => None,
        };
        Value::Object(iterations.filter_map(entry).collect::<BTreeMap<_, _>>())
    }

    /// An instance as an object of which some attributes are known.
    fn object(&self, position: usize, iteration: &Iteration, only: Option<&str>) -> Value {
        let written = block::written(&self.declared.body);
        let names = written.iter().filter(|name| only.is_none_or(|only| only == name.as_str()));
        let attributes = names.map(|name| {
            let value = self.attribute(position, iteration, name);
            (name.clone(), Rc::unwrap_or_clone(value))
        });
        let attributes = attributes.collect();
        let links = self.links(iteration);
        links.iter().for_each(|address| self.top.world.touch(address));
        Value::open_object(links, attributes)
    }

    /// What a computed attribute comes from. What configures a bucket has the bucket's own id.
    fn computed(&self, name: &str, links: &BTreeSet<String>, frame: &Frame<'_>) -> BTreeSet<String> {
        let mut links = links.clone();
        if name == "id" && self.declared.kind.starts_with("aws_s3_bucket_") {
            links
                .extend(block::attribute(&self.declared.body, "bucket", frame).iter().flat_map(Value::links));
        }
        links
    }

    fn attribute(&self, position: usize, iteration: &Iteration, name: &str) -> Rc<Value> {
        let links = self.links(iteration);
        let question = Question::Attribute(self.number, position, name.to_owned());
        let value = self.top.world.value(self.top.instance, question, || {
            let frame = self.top.within(iteration);
            let value = attribute(self.declared, name, &frame);
            let value = match self.declared.body.attribute(name) {
                Some(_) => value,
                None => value.map(|value| opened(value, &links)),
            };
            match value {
                None | Some(Value::Null) => Value::linked(self.computed(name, &links, &frame)),
                // Who refers to this resource depends on it, whatever its value comes from.
                Some(Value::Unknown(mut unknown)) => {
                    unknown.links.extend(links.iter().cloned());
                    Value::Unknown(unknown)
                }
                Some(value) => value,
            }
        });
        links.iter().for_each(|address| self.top.world.touch(address));
        value
    }
}

/// Nested blocks, where what is not written may be computed.
fn opened(value: Value, links: &BTreeSet<String>) -> Value {
    match value {
        Value::List(blocks) => Value::List(blocks.into_iter().map(|block| opened(block, links)).collect()),
        Value::Object(entries) => {
            let entries = entries.into_iter().map(|(name, value)| (name, opened(value, links)));
            Value::open_object(links.clone(), entries.collect())
        }
        other => other,
    }
}

/// The full address of a resource's instance.
pub(super) fn address(top: &Frame<'_>, declared: &Declared, key: &Key) -> String {
    let module = &top.instance.address;
    let separator = if module.is_empty() { "" } else { "." };
    format!("{module}{separator}{}{}", declared.address(), key.suffix())
}

/// An attribute of a resource or data source, as written or as far as a data source can be told from what is written;
/// none if it is computed.
fn attribute(declared: &Declared, name: &str, frame: &Frame<'_>) -> Option<Value> {
    if declared.mode == Mode::Data
        && let Some(value) = data::attribute(&declared.kind, name, &declared.body, frame)
    {
        return Some(value);
    }
    let mut value = block::attribute(&declared.body, name, frame)?;
    schema::fit(&declared.kind, name, &mut value);
    Some(value)
}
