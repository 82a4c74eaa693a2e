//! Modules that are compiled together, and asked rule by rule over one input.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use regorus::Value;
use regorus::rvm::program::Program;
use regorus::utils::limits::ExecutionTimerConfig;

use super::compat::{self, Dialect, Parsed};
use super::machine;
use super::need::{self, Need, Needs};
use super::recursion::Calls;
use super::sources::Sources;
use super::{Document, RegoError, Violation, answer};

/// Steps of the interpreter between two looks at the clock.
const CHECK_INTERVAL: u32 = 1_000;

/// So many rules are asked at once. What they have in common is then computed once.
const CHUNK: usize = 32;

/// What rules that are asked at once are asked as, with a number.
const TOGETHER: &str = "asked_together_";

/// What one of our own rules answers with is the set of this name in its package.
const ENTRY: &str = "deny";

/// Modules on their way to be compiled together.
#[derive(Clone, Debug)]
pub(crate) struct Modules {
    dialect: Dialect,
    calls: Calls,
    needs: Needs,
    /// What is known of rules that need not be read, by what they are asked as; none where all modules are read when they are added.
    known: Option<BTreeMap<String, Need>>,
    rules: BTreeSet<(String, String)>,
    chunks: Vec<Chunk>,
    sources: Sources,
    data: Vec<serde_json::Value>,
    time_limit: Duration,
}

/// Rules that are asked at once.
#[derive(Clone, Debug)]
struct Chunk {
    /// What they are asked as.
    name: String,
    /// What each is asked as.
    entries: Vec<String>,
    /// What an input must have for any of them to find anything.
    need: Need,
}

impl Chunk {
    fn concerns(&self, document: &Document) -> bool {
        self.need.as_ref().is_none_or(|parts| parts.iter().any(|part| document.has(part)))
    }
}

impl Modules {
    pub(crate) fn new(dialect: Dialect, time_limit: Duration) -> Self {
        Self {
            dialect,
            calls: Calls::default(),
            needs: Needs::default(),
            known: None,
            rules: BTreeSet::new(),
            chunks: Vec::new(),
            sources: Sources::new(dialect),
            data: Vec::new(),
            time_limit,
        }
    }

    /// The same, of what a test has compiled: it is read when it is asked.
    pub(crate) fn known_to_compile(self) -> Self {
        Self { known: Some(BTreeMap::new()), ..self }
    }

    /// What a rule needs, where that is written down. It is so of the module as it is alone, and counts only where nobody else may have added
    /// to it: where all modules are known to compile.
    pub(crate) fn know(&mut self, entry: &str, need: Option<&[&str]>) {
        let need = need.map(|parts| parts.iter().map(|part| (*part).to_owned()).collect());
        if let Some(known) = &mut self.known {
            known.insert(entry.to_owned(), need);
        }
    }

    /// Adds a module and returns its package, for example `data.wayleave.aws`.
    pub(crate) fn add(&mut self, file: &str, text: &str) -> Result<String, RegoError> {
        if self.known.is_some() {
            let package = format!("data.{}", compat::package(text));
            self.sources.add(file, text, &package, None);
            return Ok(package);
        }
        let parsed = compat::parse(file, text, self.dialect)?;
        let Parsed { package, module, .. } = &parsed;
        self.calls.add(file, module);
        self.needs.add(module);
        let names = module.policy.iter().filter_map(|rule| need::name_of(rule));
        self.rules.extend(names.map(|name| (file.to_owned(), name)));
        let package = package.clone();
        self.sources.add(file, text, &package, Some(parsed));
        Ok(package)
    }

    /// Adds one of our own rules and returns what to ask for.
    pub(crate) fn add_rule(&mut self, file: &str, text: &str) -> Result<String, RegoError> {
        let package = self.add(file, text)?;
        if self.known.is_some() || self.has_rule(file, ENTRY) {
            Ok(format!("{package}.{ENTRY}"))
        } else {
            let source = format!("it has no rule `{ENTRY}`: write `{ENTRY} contains {{…}} if {{…}}`").into();
            Err(RegoError::Compile { file: file.to_owned(), source })
        }
    }

    /// Whether a module that was added has a rule of this name.
    pub(crate) fn has_rule(&self, file: &str, name: &str) -> bool {
        self.rules.contains(&(file.to_owned(), name.to_owned()))
    }

    /// Makes rules answer together: those of one service, since they need the same resources. What cannot be asked so is asked
    /// alone.
    pub(crate) fn ask_together(&mut self, entries: &[&str]) {
        let mut services: BTreeMap<(&str, bool), Vec<(&str, Need)>> = BTreeMap::new();
        for entry in entries {
            let need = self.need_of(entry);
            let service = entry.rsplitn(3, '.').nth(2).unwrap_or_default();
            services.entry((service, need.is_some())).or_default().push((entry, need));
        }
        for rules in services.values().flat_map(|rules| rules.chunks(CHUNK)) {
            self.add_chunk(rules);
        }
    }

    /// What a rule needs: as it is known, or else as it is read.
    pub(crate) fn need_of(&self, entry: &str) -> Need {
        let known = self.known.as_ref().and_then(|known| known.get(entry));
        known.cloned().unwrap_or_else(|| self.needs.of(entry))
    }

    fn add_chunk(&mut self, rules: &[(&str, Need)]) {
        let name = format!("{TOGETHER}{}", self.chunks.len());
        let entries: Vec<_> = rules.iter().map(|(entry, _)| (*entry).to_owned()).collect();
        let need = need::any(rules.iter().map(|(_, need)| need.clone()));
        self.sources.offer(&name, entries.clone());
        self.chunks.push(Chunk { name, entries, need });
    }

    /// The rule will be asked for by itself.
    pub(crate) fn ask_alone(&mut self, entry: &str) {
        self.sources.offer(entry, vec![entry.to_owned()]);
    }

    /// Adds the parameters of a rule, which it reads from `data.parameters[<id>]`. As rules they are looked up at once; a name
    /// that is none of a rule's stays a document.
    pub(crate) fn add_parameters(
        &mut self,
        id: &str,
        parameters: &serde_json::Map<String, serde_json::Value>,
    ) {
        let rules = parameters.iter().map(|(name, value)| format!("{name} := {value}\n"));
        let package = format!("parameters[{}]", serde_json::Value::from(id));
        let text = format!("package {package}\n\n{}", rules.collect::<String>());
        let file = format!("parameters of {id}");
        match compat::parse(&file, &text, Dialect::V1) {
            Ok(parsed) => self.sources.add(&file, &text, &format!("data.{package}"), Some(parsed)),
            Err(_) => {
                self.sources.withhold();
                self.data.push(serde_json::json!({ "parameters": { id: parameters } }));
            }
        }
    }

    /// Compiles all modules; those that are known to compile, as far as they are needed and when they are.
    ///
    /// The file in the error is that of a circle of calls, else empty: the interpreter's error says where.
    pub(crate) fn compile(self) -> Result<Compiled, RegoError> {
        if let Some((file, function)) = self.calls.cycle() {
            return Err(RegoError::Recursion { file: file.to_owned(), function: function.to_owned() });
        }
        let Self { known, dialect, chunks, sources, data, time_limit, .. } = self;
        let interpreter = OnceLock::new();
        let compiled = Compiled(Arc::new(Inner { dialect, chunks, sources, data, interpreter, time_limit }));
        if known.is_none() {
            compiled.interpreter()?;
        }
        Ok(compiled)
    }
}

/// Compiled modules. A clone shares them.
#[derive(Clone, Debug)]
pub(crate) struct Compiled(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    dialect: Dialect,
    chunks: Vec<Chunk>,
    sources: Sources,
    data: Vec<serde_json::Value>,
    /// Compiled when it is first needed.
    interpreter: OnceLock<regorus::Engine>,
    time_limit: Duration,
}

impl Compiled {
    fn interpreter(&self) -> Result<&regorus::Engine, RegoError> {
        if let Some(engine) = self.0.interpreter.get() {
            return Ok(engine);
        }
        let engine = self.0.interpret()?;
        Ok(self.0.interpreter.get_or_init(|| engine))
    }

    /// Makes the programs of rules that are asked together, which are else made when an input first concerns them.
    pub(crate) fn warm(&self) {
        for chunk in &self.0.chunks {
            self.0.sources.program(&chunk.name);
        }
    }

    /// A place to ask rules without any input of their own.
    pub(crate) fn session(&self) -> Session<'_> {
        Session { compiled: self, input: None, interpreter: None, known: BTreeMap::new() }
    }

    /// A place to ask rules about one document.
    pub(crate) fn session_on(&self, document: &Document) -> Session<'_> {
        Session { input: Some(document.0.clone()), ..self.session() }
    }

    /// As [`Compiled::session_on`], with the rules that the machine can run asked together, so that what they have in common is computed
    /// once. All others are asked alone when they are asked.
    pub(crate) fn session_together(&self, document: &Document) -> Session<'_> {
        let mut session = self.session_on(document);
        for chunk in &self.0.chunks {
            if !chunk.concerns(document) {
                session.known.extend(chunk.entries.iter().map(|entry| (entry.as_str(), Value::new_set())));
            } else {
                session.ask_chunk(chunk);
            }
        }
        session
    }
}

#[cfg(test)]
impl Compiled {
    /// The rules that are asked together and that the machine cannot run.
    pub(crate) fn interpreted(&self) -> impl Iterator<Item = &str> {
        self.0.chunks.iter().flat_map(move |chunk| {
            let runs = self.0.sources.program(&chunk.name).is_some();
            let rules = chunk.entries.iter().map(String::as_str);
            rules.filter(move |rule| !runs || !self.0.sources.is_for_machine(rule))
        })
    }
}

impl Inner {
    /// All modules in an interpreter.
    fn interpret(&self) -> Result<regorus::Engine, RegoError> {
        let mut engine = compat::engine(self.dialect);
        engine.set_execution_timer_config(ExecutionTimerConfig {
            limit: self.time_limit,
            check_interval: NonZeroU32::new(CHECK_INTERVAL).unwrap_or(NonZeroU32::MIN),
        });
        for module in self.sources.for_interpreter() {
            let (file, text) = module?;
            engine
                .add_policy(file.to_owned(), text)
                .map_err(|source| RegoError::Parse { file: file.to_owned(), source: source.into() })?;
        }
        for data in &self.data {
            engine
                .add_data(Value::from(data.clone()))
                .map_err(|source| RegoError::Data { source: source.into() })?;
        }
        // Any question makes the engine prepare itself.
        engine
            .eval_query("true".to_owned(), false)
            .map_err(|source| RegoError::Compile { file: String::new(), source: source.into() })?;
        Ok(engine)
    }
}

/// Where one thread asks rules. Each question has its own limits, and what one rule does is of no concern to the next.
pub(crate) struct Session<'a> {
    compiled: &'a Compiled,
    input: Option<Value>,
    /// Made when it is first needed: it judges what the machine cannot run.
    interpreter: Option<regorus::Engine>,
    /// Answers that are there already.
    known: BTreeMap<&'a str, Value>,
}

impl<'a> Session<'a> {
    /// The violations that a rule finds, in the rule's own (sorted) order.
    pub(crate) fn deny(&mut self, query: &str) -> Result<Vec<Violation>, RegoError> {
        let answer = match self.known.remove(query) {
            Some(answer) => answer,
            None => self.ask(query)?,
        };
        answer::violations(query, &answer)
    }

    /// The ids that a rule of Terrascan's finds, in the rule's own (sorted) order.
    pub(crate) fn ids(&mut self, query: &str) -> Result<Vec<String>, RegoError> {
        answer::ids(query, &self.ask(query)?)
    }

    /// Whether a rule is true.
    pub(crate) fn holds(&mut self, query: &str) -> Result<bool, RegoError> {
        Ok(self.ask(query)? == Value::from(true))
    }

    fn ask_chunk(&mut self, chunk: &'a Chunk) {
        let Some(program) = self.compiled.0.sources.program(&chunk.name) else { return };
        // What stopped them, the rule that did it says when it is asked alone.
        let Ok(answers) = self.run(program, &chunk.name) else { return };
        let entry = |rule: &str| chunk.entries.iter().find(|entry| *entry == rule);
        let known = machine::pairs(&answers);
        self.known.extend(known.filter_map(|(rule, answer)| Some((entry(rule)?.as_str(), answer.clone()))));
    }

    fn ask(&mut self, query: &str) -> Result<Value, RegoError> {
        let Some(program) = self.compiled.0.sources.program(query) else { return self.interpret(query) };
        let answers = match self.run(program, query) {
            // The interpreter says what it was.
            Err(RegoError::Evaluate { .. }) => return self.interpret(query),
            answers => answers?,
        };
        Ok(machine::pairs(&answers).next().map_or(Value::Undefined, |(_, answer)| answer.clone()))
    }

    fn run(&self, program: &Arc<Program>, query: &str) -> Result<Value, RegoError> {
        let input = self.input.as_ref().unwrap_or(&Value::Undefined);
        let limit = self.compiled.0.time_limit;
        self.limited(query, || machine::ask(program, input, limit).map_err(Into::into))
    }

    fn interpret(&mut self, query: &str) -> Result<Value, RegoError> {
        let mut interpreter = match self.interpreter.take() {
            Some(interpreter) => interpreter,
            None => {
                let mut engine = self.compiled.interpreter()?.clone();
                engine.set_input(self.input.clone().unwrap_or(Value::Undefined));
                engine
            }
        };
        let answer = self.limited(query, || interpreter.eval_rule(query.to_owned()).map_err(Into::into));
        // Of one that broke off nobody knows what it was at.
        if !matches!(answer, Err(RegoError::Panicked { .. })) {
            self.interpreter = Some(interpreter);
        }
        answer
    }

    /// The only place that tells a limit from an error of the rule's own: by the clock, since the interpreter's error loses its
    /// type on its way through functions.
    fn limited(
        &self,
        query: &str,
        ask: impl FnOnce() -> Result<Value, Box<dyn std::error::Error + Send + Sync>>,
    ) -> Result<Value, RegoError> {
        let (start, limit) = (Instant::now(), self.compiled.0.time_limit);
        compat::begin();
        let Ok(answer) = catch_unwind(AssertUnwindSafe(ask)) else {
            return Err(RegoError::Panicked { query: query.to_owned() });
        };
        answer.map_err(|source| {
            let query = query.to_owned();
            if start.elapsed() >= limit {
                RegoError::TimedOut { query, limit }
            } else {
                RegoError::Evaluate { query, source }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{CHUNK, Dialect, Document, Duration, Modules};

    fn compiled(bodies: &[&str]) -> (super::Compiled, Vec<String>) {
        let mut modules = Modules::new(Dialect::V1, Duration::from_secs(5));
        let mut entries = Vec::new();
        for (index, body) in bodies.iter().enumerate() {
            let text = format!(
                "package r{index}\n\ndeny contains {{\"address\": \"a\", \"message\": \"m\"}} if {body}\n"
            );
            entries.push(modules.add_rule(&format!("{index}.rego"), &text).expect("parses"));
        }
        modules.ask_together(&entries.iter().map(String::as_str).collect::<Vec<_>>());
        (modules.compile().expect("compiles"), entries)
    }

    fn document() -> Document {
        Document::new(json!({"n": 1}))
    }

    #[test]
    fn rules_are_asked_together() {
        let (compiled, entries) = compiled(&vec!["input.n == 1"; CHUNK + 1]);
        let session = compiled.session_together(&document());
        assert_eq!(session.known.keys().collect::<Vec<_>>(), {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort();
            entries
        });
    }

    #[test]
    fn one_that_breaks_off_is_an_error_and_the_others_are_judged() {
        let defect = "opa_defect(input.n)";
        let (compiled, entries) =
            compiled(&["input.n == 1", defect, "upper(\"a\") == concat(\"\", [\"A\"])"]);
        let mut session = compiled.session_together(&document());
        let found = entries
            .iter()
            .map(|entry| session.deny(entry).map(|found| found.len()).map_err(|error| error.to_string()));
        let broken = "data.r1.deny made the interpreter break off; report this as a bug".to_owned();
        assert_eq!(found.collect::<Vec<_>>(), [Ok(1), Err(broken), Ok(1)]);
    }

    #[test]
    fn one_that_fails_is_of_no_concern_to_the_others() {
        let conflict = "{ x := y }\n\ny := 1 if true\n\ny := 2 if true";
        let (compiled, entries) = compiled(&["input.n == 1", conflict, "input.n == 2"]);
        let mut session = compiled.session_together(&document());
        assert_eq!(session.known.len(), 2, "the machine is not given what may have two values");
        let found: Vec<_> =
            entries.iter().map(|entry| session.deny(entry).map(|found| found.len()).ok()).collect();
        assert_eq!(found, [Some(1), None, Some(0)]);
    }
}
