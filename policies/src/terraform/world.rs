//! All module instances of one root, and what has been found out about them.
//!
//! Everything is evaluated when something asks for it, once. What asks for itself is unknown.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::Options;
use super::expand::{Expansion, Iteration};
use super::manifest::Manifest;
use super::module::Module;
use super::value::Value;
use crate::scan::ScanError;
use crate::source::Files;

/// Answers that wait for each other; a longer chain ends in the unknown.
const MAX_DEPTH: usize = 200;
/// A block with more repetitions than this counts as one whose repetitions are unknown.
const MAX_REPETITIONS: usize = 1_000;
/// Repetitions of resources and modules below one root; what comes after is not expanded.
const MAX_INSTANCES: usize = 50_000;
/// Module instances below one root; what comes after is not read.
const MAX_MODULES: usize = 10_000;
/// Blocks that `dynamic` makes below one root; what comes after is not expanded.
const MAX_BLOCKS: usize = 50_000;
/// Elements, and 32 bytes of text each, of all values below one root; what comes after is unknown. Every value has a bound of
/// its own, but names can make as many of them as there are lines.
const MAX_KEPT: usize = 4_000_000;

/// What is shared by all instances.
pub(super) struct World<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) options: &'a Options,
    /// The root's directory, as the user named it.
    pub(super) directory: String,
    pub(super) manifest: Manifest,
    /// What files and arguments say about the root's variables.
    pub(super) given: BTreeMap<String, super::variables::Given>,
    pub(super) errors: RefCell<Vec<ScanError>>,
    modules: RefCell<HashMap<String, Rc<Module>>>,
    children: RefCell<HashMap<(usize, usize), Children>>,
    depth: Cell<usize>,
    made: Cell<usize>,
    numbers: Cell<usize>,
    blocks: Cell<usize>,
    kept: Cell<usize>,
    is_full: Cell<bool>,
    /// What was passed, so that each is told once.
    passed: RefCell<BTreeSet<String>>,
    touched: RefCell<BTreeSet<String>>,
}

/// The instances behind a module call; none where the module is not at hand.
pub(super) type Children = Option<Rc<(Rc<Expansion>, Vec<Rc<Instance>>)>>;

/// A module with its place in the tree of modules.
pub(super) struct Instance {
    number: usize,
    pub(super) module: Rc<Module>,
    /// `module.a[0].module.b`; empty for the root.
    pub(super) address: String,
    /// The names of the calls, without keys.
    pub(super) names: Vec<String>,
    /// The directory relative to the root's.
    pub(super) path: String,
    pub(super) origin: Option<Origin>,
    memory: RefCell<HashMap<Question, Answer>>,
}

/// The call that made an instance.
pub(super) struct Origin {
    pub(super) parent: Rc<Instance>,
    /// Its number among the parent's calls.
    pub(super) call: usize,
    pub(super) iteration: Iteration,
}

/// What may be asked of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Question {
    Variable(String),
    Local(String),
    Output(String),
    /// An attribute of a resource's instance: the numbers of both, and the name.
    Attribute(usize, usize, String),
    /// How often a resource is there.
    Resource(usize),
    /// How often a module is called.
    Call(usize),
}

enum Answer {
    Waiting,
    Value(Rc<Value>, Rc<BTreeSet<String>>),
    Expansion(Rc<Expansion>),
}

impl<'a> World<'a> {
    pub(super) fn new(files: &'a dyn Files, directory: &str, options: &'a Options) -> Self {
        Self {
            files,
            options,
            directory: directory.to_owned(),
            manifest: Manifest::read(files, directory),
            given: BTreeMap::new(),
            errors: RefCell::default(),
            modules: RefCell::default(),
            children: RefCell::default(),
            depth: Cell::new(0),
            made: Cell::new(0),
            numbers: Cell::new(0),
            blocks: Cell::new(0),
            kept: Cell::new(0),
            is_full: Cell::new(false),
            passed: RefCell::default(),
            touched: RefCell::default(),
        }
    }

    /// The module in a directory, read once.
    pub(super) fn module(&self, directory: &str) -> Rc<Module> {
        if let Some(module) = self.modules.borrow().get(directory) {
            return Rc::clone(module);
        }
        let mut module = Module::read(self.files, directory);
        self.errors.borrow_mut().append(&mut module.errors);
        let module = Rc::new(module);
        self.modules.borrow_mut().insert(directory.to_owned(), Rc::clone(&module));
        module
    }

    /// Notes that a bound was passed: the model says what was not checked, once.
    pub(super) fn pass(&self, what: String) {
        if self.passed.borrow().contains(&what) {
            return;
        }
        let message = format!("{} has {what}; some were not checked", self.directory);
        self.errors.borrow_mut().push(ScanError::input(message, "scan the modules one by one"));
        self.passed.borrow_mut().insert(what);
    }

    /// Whether so many module instances may be made; if not, the model says that some are missing.
    pub(super) fn allow_modules(&self, count: usize) -> bool {
        let is_allowed = self.numbers.get().saturating_add(count) <= MAX_MODULES;
        if !is_allowed {
            self.pass(format!("more than {MAX_MODULES} module instances"));
        }
        is_allowed
    }

    pub(super) fn root(&self) -> Rc<Instance> {
        self.instance(self.module(&self.directory), String::new(), Vec::new(), ".".to_owned(), None)
    }

    pub(super) fn instance(
        &self,
        module: Rc<Module>,
        address: String,
        names: Vec<String>,
        path: String,
        origin: Option<Origin>,
    ) -> Rc<Instance> {
        let number = self.numbers.get();
        self.numbers.set(number + 1);
        Rc::new(Instance { number, module, address, names, path, origin, memory: RefCell::default() })
    }

    /// Whether a block may be repeated so often; if so the repetitions count as made, if not the model says that some are missing.
    pub(super) fn allow(&self, count: usize) -> bool {
        let made = self.made.get().saturating_add(count);
        if count > MAX_REPETITIONS {
            self.pass(format!("blocks with more than {MAX_REPETITIONS} repetitions"));
            return false;
        }
        if made > MAX_INSTANCES {
            self.pass(format!("more than {MAX_INSTANCES} repetitions of blocks"));
            return false;
        }
        self.made.set(made);
        true
    }

    /// The same for `dynamic` blocks.
    pub(super) fn allow_blocks(&self, count: usize) -> bool {
        let made = self.blocks.get().saturating_add(count);
        if count > MAX_REPETITIONS {
            self.pass(format!("`dynamic` blocks with more than {MAX_REPETITIONS} repetitions"));
            return false;
        }
        if made > MAX_BLOCKS {
            self.pass(format!("more than {MAX_BLOCKS} blocks that `dynamic` makes"));
            return false;
        }
        self.blocks.set(made);
        true
    }

    /// As [`World::kept`]; once there is no room, nothing is worked out any more.
    pub(super) fn kept_of(&self, find: impl FnOnce() -> Value) -> Value {
        if self.is_full.get() { Value::unknown() } else { self.kept(find()) }
    }

    /// The value, as long as there is room for it; else the unknown, and the model says that something is.
    pub(super) fn kept(&self, value: Value) -> Value {
        let kept = self.kept.get().saturating_add(value.weight());
        if kept <= MAX_KEPT {
            self.kept.set(kept);
            return value;
        }
        self.is_full.set(true);
        self.pass("values that are too large altogether".to_owned());
        Value::linked(value.links())
    }

    /// The value behind a question, found out now or before.
    pub(super) fn value(
        &self,
        instance: &Instance,
        question: Question,
        find: impl FnOnce() -> Value,
    ) -> Rc<Value> {
        match instance.memory.borrow().get(&question) {
            Some(Answer::Value(value, touched)) => {
                self.touched.borrow_mut().extend(touched.iter().cloned());
                return Rc::clone(value);
            }
            Some(_) => return Rc::new(Value::unknown()),
            None => {}
        }
        instance.memory.borrow_mut().insert(question.clone(), Answer::Waiting);
        let (value, touched) =
            self.trace(|| self.deeper(find).map_or_else(Value::unknown, |value| self.kept(value)));
        self.touched.borrow_mut().extend(touched.iter().cloned());
        let value = Rc::new(value);
        let answer = Answer::Value(Rc::clone(&value), Rc::new(touched));
        instance.memory.borrow_mut().insert(question, answer);
        value
    }

    /// The expansion behind a question, found out now or before. One that asks for itself is unknown.
    pub(super) fn expansion(
        &self,
        instance: &Instance,
        question: Question,
        find: impl FnOnce() -> Expansion,
    ) -> Rc<Expansion> {
        match instance.memory.borrow().get(&question) {
            Some(Answer::Expansion(expansion)) => return Rc::clone(expansion),
            Some(_) => return Rc::new(Expansion::open(&Value::unknown())),
            None => {}
        }
        instance.memory.borrow_mut().insert(question.clone(), Answer::Waiting);
        // What decides how often a resource is there is no part of its attributes.
        let (found, _) = self.trace(|| self.deeper(find));
        let expansion = Rc::new(found.unwrap_or_else(|| Expansion::open(&Value::unknown())));
        instance.memory.borrow_mut().insert(question, Answer::Expansion(Rc::clone(&expansion)));
        expansion
    }

    /// The instances behind a call, made once.
    pub(super) fn children(
        &self,
        instance: &Instance,
        call: usize,
        make: impl FnOnce() -> Children,
    ) -> Children {
        if let Some(children) = self.children.borrow().get(&(instance.number, call)) {
            return children.clone();
        }
        let children = make();
        self.children.borrow_mut().insert((instance.number, call), children.clone());
        children
    }

    /// Notes that a resource is referred to.
    pub(super) fn touch(&self, address: &str) {
        self.touched.borrow_mut().insert(address.to_owned());
    }

    /// Runs something and says which resources it referred to, on whatever way.
    pub(super) fn trace<T>(&self, run: impl FnOnce() -> T) -> (T, BTreeSet<String>) {
        let before = self.touched.take();
        let result = run();
        (result, self.touched.replace(before))
    }

    fn deeper<T>(&self, run: impl FnOnce() -> T) -> Option<T> {
        let depth = self.depth.get();
        if depth >= MAX_DEPTH {
            self.pass(format!("names that lead through more than {MAX_DEPTH} others"));
            return None;
        }
        self.depth.set(depth + 1);
        let result = run();
        self.depth.set(depth);
        Some(result)
    }
}
