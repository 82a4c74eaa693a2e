//! What names mean at a place of a configuration.

use std::rc::Rc;

use super::eval::{EvalError, Scope, Step, evaluate, walk_checked};
use super::expand::{Expansion, Iteration};
use super::module::Mode;
use super::value::Value;
use super::variables;
use super::world::{Instance, Question, World};
use super::{calls, reference};
use crate::source::Files;

/// A place: a module instance, and the iterations around it.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) world: &'a World<'a>,
    pub(super) instance: &'a Rc<Instance>,
    names: &'a [(String, Value)],
    outer: Option<&'a Frame<'a>>,
}

impl<'a> Frame<'a> {
    /// The top of a module.
    pub(super) fn new(world: &'a World<'a>, instance: &'a Rc<Instance>) -> Self {
        Self { world, instance, names: &[], outer: None }
    }

    /// A place within one iteration of the block around it.
    pub(super) fn within<'b>(&'b self, iteration: &'b Iteration) -> Frame<'b>
    where
        'a: 'b,
    {
        Frame { world: self.world, instance: self.instance, names: &iteration.names, outer: Some(self) }
    }

    fn bound(&self, name: &str) -> Option<&Value> {
        let own = self.names.iter().find(|(own, _)| own == name).map(|(_, value)| value);
        own.or_else(|| self.outer.and_then(|outer| outer.bound(name)))
    }

    fn local(&self, path: &[Step]) -> Result<Value, EvalError> {
        self.named(path, |name| {
            let expression = self.instance.module.locals.get(name)?;
            let question = Question::Local(name.to_owned());
            Some(self.world.value(self.instance, question, || evaluate(expression, &self.top())))
        })
    }

    fn variable(&self, path: &[Step]) -> Result<Value, EvalError> {
        self.named(path, |name| {
            let declared = self.instance.module.variables.get(name)?;
            let question = Question::Variable(name.to_owned());
            Some(self.world.value(self.instance, question, || variables::value(name, declared, &self.top())))
        })
    }

    /// The module's level, where locals and variables live.
    fn top(&self) -> Frame<'a> {
        Frame { names: &[], outer: None, ..*self }
    }

    /// The value behind the first step of a path, and then the rest of the way.
    fn named(&self, path: &[Step], find: impl FnOnce(&str) -> Option<Rc<Value>>) -> Result<Value, EvalError> {
        match path {
            [Step::Attribute(name), rest @ ..] => {
                find(name).map_or_else(|| Ok(Value::unknown()), |value| walk_checked(&value, rest))
            }
            _ => Ok(Value::unknown()),
        }
    }

    fn path(&self, path: &[Step]) -> Value {
        match path {
            [Step::Attribute(name)] if name == "module" => Value::text(&self.instance.path),
            [Step::Attribute(name)] if name == "root" => Value::text("."),
            _ => Value::unknown(),
        }
    }

    fn terraform(&self, path: &[Step]) -> Value {
        match path {
            [Step::Attribute(name)] if name == "workspace" => Value::text(&self.world.options.workspace),
            _ => Value::unknown(),
        }
    }

    fn resource(&self, mode: Mode, kind: &str, path: &[Step]) -> Result<Value, EvalError> {
        let [Step::Attribute(name), rest @ ..] = path else { return Ok(Value::unknown()) };
        let top = self.top();
        let Some(number) = self.instance.module.find(mode, kind, name) else { return Ok(Value::unknown()) };
        reference::resource(number, rest, &top)
    }

    /// How often a resource of this module is there.
    pub(super) fn resource_expansion(&self, number: usize) -> Rc<Expansion> {
        self.world.expansion(self.instance, Question::Resource(number), || {
            let resource = self.instance.module.resources.get(number);
            resource.map_or_else(Expansion::single, |resource| Expansion::of(&resource.body, &self.top()))
        })
    }
}

impl Scope for Frame<'_> {
    fn lookup(&self, root: &str, path: &[Step]) -> Value {
        self.lookup_checked(root, path).unwrap_or_else(|_| Value::unknown())
    }

    fn lookup_checked(&self, root: &str, path: &[Step]) -> Result<Value, EvalError> {
        if let Some(value) = self.bound(root) {
            return walk_checked(value, path);
        }
        match (root, path) {
            ("var", _) => self.variable(path),
            ("local", _) => self.local(path),
            ("module", _) => calls::lookup(path, &self.top()),
            ("path", _) => Ok(self.path(path)),
            ("terraform" | "tofu", _) => Ok(self.terraform(path)),
            ("data", [Step::Attribute(kind), rest @ ..]) => self.resource(Mode::Data, kind, rest),
            ("resource", [Step::Attribute(kind), rest @ ..]) => self.resource(Mode::Managed, kind, rest),
            ("each" | "count" | "self" | "data" | "ephemeral", _) => Ok(Value::unknown()),
            (kind, _) => self.resource(Mode::Managed, kind, path),
        }
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(self.world.files)
    }

    fn directory(&self) -> &str {
        &self.world.directory
    }
}
