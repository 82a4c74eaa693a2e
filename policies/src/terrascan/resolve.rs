//! References in texts, replaced by text: Terrascan evaluates no expression.

use std::borrow::Cow;

use serde_json::Value;

use super::module::Module;
use super::reference::{self, Reference, replaced};
use super::term::{Fields, Term, fields_json, written};
use super::tree::Tree;

/// How far one text may be followed: Terrascan itself knows no bound, and ends in a stack overflow.
const MAX_STEPS: usize = 4_096;
const MAX_DEPTH: usize = 96;
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Resolves what one instance of a module says.
#[derive(Clone, Copy)]
pub(super) struct Resolver<'a> {
    pub(super) tree: &'a Tree,
    pub(super) instance: usize,
    /// Whether the arguments of the call count.
    pub(super) with_call: bool,
}

/// What is left of the bounds.
struct Fuel {
    steps: usize,
    depth: usize,
    bytes: usize,
}

impl Fuel {
    fn new() -> Self {
        Self { steps: MAX_STEPS, depth: MAX_DEPTH, bytes: MAX_BYTES }
    }

    fn burn(&mut self, bytes: usize) -> bool {
        let enough = self.steps > 0 && self.bytes >= bytes;
        self.steps = self.steps.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
        enough
    }
}

/// One replacement.
enum Step {
    /// Nothing is left to do.
    Done(Term),
    /// A text that may refer further.
    Again(String),
}

impl<'a> Resolver<'a> {
    /// Resolves a block's attributes and those of blocks in it; what is within objects stays.
    pub(super) fn fields(&self, fields: &Fields) -> Fields {
        fields.iter().map(|(name, term)| (name.clone(), self.term(term))).collect()
    }

    fn term(&self, term: &Term) -> Term {
        match term {
            Term::Text(text) => decoded(self.text(text)),
            Term::List(items) if matches!(items.first(), Some(Term::Text(_))) => {
                Term::List(items.iter().map(|item| self.item(item)).collect())
            }
            Term::Blocks(blocks) => Term::Blocks(blocks.iter().map(|block| self.fields(block)).collect()),
            other => other.clone(),
        }
    }

    /// Terrascan panics over a list that starts with a text and goes on with something else.
    fn item(&self, item: &Term) -> Term {
        match item {
            Term::Text(text) => self.text(text),
            other => other.clone(),
        }
    }

    fn text(&self, text: &str) -> Term {
        match reference::first(text) {
            None => Term::Text(text.to_owned()),
            Some(_) => self.follow(text.to_owned(), String::new(), &mut Fuel::new()),
        }
    }

    /// Replaces references until there is none, or one leads back to `caller`.
    fn follow(&self, mut text: String, mut caller: String, fuel: &mut Fuel) -> Term {
        while fuel.burn(text.len()) {
            let (current, step) = match reference::first(&text) {
                None => return Term::Text(text),
                Some(Reference::Lookup { table, key }) => {
                    return self.lookup(&text, table, key, &caller, fuel);
                }
                Some(Reference::Local { .. }) => (text.clone(), self.local(&text)),
                Some(Reference::Module { .. }) => (text.clone(), self.called(self.instance, &text)),
                Some(Reference::Variable { .. }) => {
                    let named = match self.argument(&text, &caller, fuel) {
                        Term::Text(named) => named,
                        other => return other,
                    };
                    // From here on the text that names the variable is the one that must not come back.
                    caller = text;
                    match self.variable(&named) {
                        Some(step) => (named, step),
                        None if reference::is_open(&named) => {
                            text = named;
                            continue;
                        }
                        None => return Term::Text(named),
                    }
                }
            };
            match step {
                Step::Done(term) => return term,
                Step::Again(next) if leads_back(&next, &caller) => return Term::Text(next),
                Step::Again(next) => (text, caller) = (next, current),
            }
        }
        Term::Text(text)
    }

    /// What the call of this module gives for the variable that the text names; the text itself without one.
    fn argument(&self, text: &str, caller: &str, fuel: &mut Fuel) -> Term {
        let unchanged = || Term::Text(text.to_owned());
        let Some(Reference::Variable { place, name }) = reference::variable(text) else { return unchanged() };
        let call = if self.with_call { self.tree.call(self.instance) } else { None };
        let Some((parent, argument)) =
            call.and_then(|(parent, call)| Some((parent, call.arguments.get(name)?)))
        else {
            return unchanged();
        };
        let Term::Text(value) = argument else { return argument.clone() };
        let value = self.callers_local(parent, value, text, fuel);
        let next = replaced(text, &place, &value);
        let names_itself = text.get(place).is_some_and(|named| value.contains(named));
        if names_itself || leads_back(&next, caller) || fuel.depth == 0 {
            return Term::Text(next);
        }
        fuel.depth -= 1;
        let term = self.follow(next, text.to_owned(), fuel);
        fuel.depth += 1;
        term
    }

    /// An argument with the caller's local value in its place, if that is a text.
    fn callers_local<'v>(&self, parent: usize, value: &'v str, text: &str, fuel: &mut Fuel) -> Cow<'v, str> {
        if reference::local(value).is_none() || fuel.depth == 0 {
            return Cow::Borrowed(value);
        }
        let caller = Self { instance: parent, with_call: false, ..*self };
        fuel.depth -= 1;
        let term = match caller.local(value) {
            Step::Again(next) if !leads_back(&next, text) => caller.follow(next, value.to_owned(), fuel),
            Step::Again(next) => Term::Text(next),
            Step::Done(term) => term,
        };
        fuel.depth += 1;
        if let Term::Text(text) = term { Cow::Owned(text) } else { Cow::Borrowed(value) }
    }

    /// A variable's default; none when the text names no variable and no module.
    fn variable(&self, text: &str) -> Option<Step> {
        if let Some(Reference::Variable { place, name }) = reference::variable(text) {
            return Some(replace(text, &place, self.module().variables.get(name), true));
        }
        reference::module(text)?;
        let parent = self.tree.call(self.instance).map_or(self.instance, |(parent, _)| parent);
        Some(self.called(parent, text))
    }

    fn local(&self, text: &str) -> Step {
        match reference::local(text) {
            Some(Reference::Local { place, name }) => {
                replace(text, &place, self.module().locals.get(name), true)
            }
            _ => Step::Done(Term::Text(text.to_owned())),
        }
    }

    /// `module.m.x` is the default of the variable `x` of the called module, never its output.
    fn called(&self, instance: usize, text: &str) -> Step {
        let Some(Reference::Module { place, module, variable }) = reference::module(text) else {
            return Step::Done(Term::Text(text.to_owned()));
        };
        let called = self.tree.child(instance, module);
        replace(text, &place, called.and_then(|called| called.variables.get(variable)), false)
    }

    fn lookup(&self, text: &str, table: &str, key: &str, caller: &str, fuel: &mut Fuel) -> Term {
        let unchanged = || Term::Text(text.to_owned());
        if fuel.depth == 0 {
            return unchanged();
        }
        fuel.depth -= 1;
        let key = self.follow(key.to_owned(), caller.to_owned(), fuel);
        let table = self.follow(table.to_owned(), caller.to_owned(), fuel);
        fuel.depth += 1;
        match (key, table) {
            (Term::Text(key), Term::Default(Value::Object(table))) if !reference::is_open(&key) => {
                table.get(&key).map_or_else(unchanged, |value| super::default::term(value.clone()))
            }
            _ => unchanged(),
        }
    }

    fn module(&self) -> &'a Module {
        self.tree.module(self.instance)
    }
}

fn leads_back(text: &str, caller: &str) -> bool {
    !caller.is_empty() && text.contains(caller)
}

/// A value in the place of a reference: texts, and objects as JSON where Terrascan does so; others stand for all of the
/// text.
fn replace(text: &str, place: &std::ops::Range<usize>, value: Option<&Term>, objects: bool) -> Step {
    let value = match value {
        None => return Step::Done(Term::Text(text.to_owned())),
        Some(Term::Text(value)) => Cow::Borrowed(value),
        Some(Term::Default(value @ Value::Object(_))) if objects => Cow::Owned(written(value)),
        Some(Term::Object(fields)) if objects => {
            Cow::Owned(written(&Value::Object(fields_json(fields.clone()))))
        }
        Some(other) => return Step::Done(other.clone()),
    };
    match replaced(text, place, &value) {
        next if next == text => Step::Done(Term::Text(next)),
        next => Step::Again(next),
    }
}

/// A text that is a JSON object becomes that object.
fn decoded(term: Term) -> Term {
    match term {
        Term::Text(text) => match object(&text) {
            Some(value) => Term::Decoded(value),
            None => Term::Text(text),
        },
        other => other,
    }
}

fn object(text: &str) -> Option<Value> {
    match text.trim_start().chars().next()? {
        '{' => serde_json::from_str(text).ok(),
        'n' if text.trim() == "null" => Some(Value::Null),
        _ => None,
    }
}
