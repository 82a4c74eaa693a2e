//! Files of the tree that is scanned.
//! See <https://developer.hashicorp.com/terraform/language/functions/file> and its neighbours.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use globset::{GlobBuilder, GlobMatcher};

use super::{Arguments, Function, function, map};
use crate::source::{Files, ReadError, join};
use crate::terraform::eval::{EvalError, Names, Scope, Step, known, parse_template};
use crate::terraform::value::Value;

/// Directories in directories that `fileset` goes through.
const MAX_DEPTH: usize = 32;

pub(super) fn find(name: &str) -> Option<Function> {
    match name {
        "file" => function(1, 1, |arguments| {
            let text = read(arguments)?;
            arguments.evaluator.budget.bytes(text.len())?;
            Ok(Value::text(&*text))
        }),
        "filebase64" => function(1, 1, |arguments| Ok(Value::Text(STANDARD.encode(&*read(arguments)?)))),
        "fileexists" => function(1, 1, exists),
        "fileset" => function(2, 2, set),
        "templatefile" => function(2, 2, template_file),
        "templatestring" => function(2, 2, template_string),
        "basename" => map(base_name),
        "dirname" => map(directory_name),
        "abspath" => function(1, 1, |arguments| absolute(arguments, |text| text.starts_with('/'))),
        "pathexpand" => function(1, 1, expanded),
        _ => None,
    }
}

fn files<'a>(arguments: &Arguments<'a>) -> Result<&'a dyn Files, EvalError> {
    arguments.evaluator.scope.files().ok_or_else(|| EvalError::Limit("there are no files here".into()))
}

/// A path of the tree; one below a home directory is none.
fn path(arguments: &Arguments<'_>, text: &str) -> Result<String, EvalError> {
    if text.starts_with('~') {
        return Err(EvalError::Limit("the home directory is not part of the tree".into()));
    }
    Ok(join(arguments.evaluator.scope.directory(), text))
}

/// The text of the file that the first argument names.
pub(super) fn read(arguments: &Arguments<'_>) -> Result<Arc<str>, EvalError> {
    let path = path(arguments, &arguments.text(0)?)?;
    files(arguments)?.read(&path).map_err(|error| match error {
        ReadError::Missing(_) => EvalError::Wrong(error.to_string()),
        other => EvalError::Limit(other.to_string()),
    })
}

fn exists(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let path = path(arguments, &arguments.text(0)?)?;
    let files = files(arguments)?;
    if files.is_directory(&path) {
        return Err(EvalError::wrong("this is a directory"));
    }
    match files.read(&path) {
        Err(ReadError::Outside(_) | ReadError::Refused { .. }) => {
            Err(EvalError::Limit("it cannot be read".into()))
        }
        _ => Ok(Value::Bool(files.is_file(&path))),
    }
}

fn set(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let (directory, pattern) = (path(arguments, &arguments.text(0)?)?, arguments.text(1)?);
    let pattern = pattern.strip_prefix("./").unwrap_or(&pattern);
    if pattern.starts_with("..") || pattern.starts_with('/') {
        return Err(EvalError::Limit("the pattern leads out of its directory".into()));
    }
    let glob = GlobBuilder::new(pattern)
        .literal_separator(true)
        .backslash_escape(true)
        .empty_alternates(true)
        .build();
    let glob = glob.map_err(|_| EvalError::Limit("the pattern is not understood".into()))?.compile_matcher();
    let depth = if pattern.contains("**") { MAX_DEPTH } else { pattern.matches('/').count() + 1 };
    let mut found = Vec::new();
    Walk { arguments, glob: &glob, files: files(arguments)?, root: &directory }
        .list("", depth, &mut found)?;
    Ok(Value::set(found.into_iter().map(Value::Text)))
}

struct Walk<'a, 'b> {
    arguments: &'a Arguments<'b>,
    glob: &'a GlobMatcher,
    files: &'a dyn Files,
    root: &'a str,
}

impl Walk<'_, '_> {
    fn list(&self, below: &str, depth: usize, found: &mut Vec<String>) -> Result<(), EvalError> {
        let entries = match self.files.list(&join(self.root, below)) {
            Ok(entries) => entries,
            Err(ReadError::Missing(_)) => return Ok(()),
            Err(error) => return Err(EvalError::Limit(error.to_string())),
        };
        self.arguments.evaluator.budget.elements(entries.len().saturating_add(1))?;
        for entry in entries {
            let path = if below.is_empty() { entry.name } else { format!("{below}/{}", entry.name) };
            match (entry.is_directory, depth.checked_sub(1)) {
                (true, None | Some(0)) if self.glob.glob().glob().contains("**") => {
                    return Err(EvalError::Limit("the directories are nested too deep".into()));
                }
                (true, Some(rest)) if rest > 0 => self.list(&path, rest, found)?,
                (false, _) if self.glob.is_match(&path) => found.push(path),
                _ => {}
            }
        }
        Ok(())
    }
}

fn template_file(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    render(arguments, &read(arguments)?)
}

fn template_string(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    render(arguments, &arguments.text(0)?)
}

/// A template sees the given names and nothing else.
fn render(arguments: &Arguments<'_>, text: &str) -> Result<Value, EvalError> {
    let values = match arguments.known(1)?.entries() {
        Some(entries) => entries.clone(),
        None => return Err(EvalError::wrong("the variables of a template must be a map")),
    };
    arguments.evaluator.budget.bytes(text.len())?;
    let template = parse_template(text)?;
    let outer = arguments.evaluator.scope;
    let scope = TemplateScope { files: outer.files(), directory: outer.directory() };
    let names = Names { values, outer: None };
    known(arguments.evaluator.elsewhere(&scope, &names).template(&template))
}

/// What a template sees besides its variables: files.
struct TemplateScope<'a> {
    files: Option<&'a dyn Files>,
    directory: &'a str,
}

impl Scope for TemplateScope<'_> {
    fn lookup(&self, _: &str, _: &[Step]) -> Value {
        Value::open_object(Default::default(), BTreeMap::new())
    }

    fn files(&self) -> Option<&dyn Files> {
        self.files
    }

    fn directory(&self) -> &str {
        self.directory
    }
}

/// The last part of a path.
fn base_name(path: &str) -> String {
    let trimmed = path.trim_end_matches('/');
    match (path, trimmed) {
        ("", _) => ".".to_owned(),
        (_, "") => "/".to_owned(),
        (_, trimmed) => trimmed.rsplit('/').next().unwrap_or(trimmed).to_owned(),
    }
}

/// All but the last part of a path, made plain.
fn directory_name(path: &str) -> String {
    match path.rsplit_once('/') {
        Some(("", _)) => "/".to_owned(),
        Some((directory, _)) => join("", directory),
        None => ".".to_owned(),
    }
}

/// The path made plain, if it does not depend on where the program runs.
fn absolute(arguments: &Arguments<'_>, is_absolute: fn(&str) -> bool) -> Result<Value, EvalError> {
    let path = arguments.text(0)?;
    if is_absolute(&path) { Ok(Value::Text(join("", &path))) } else { Ok(arguments.unknown()) }
}

fn expanded(arguments: &Arguments<'_>) -> Result<Value, EvalError> {
    let path = arguments.text(0)?;
    if path.starts_with('~') { Ok(arguments.unknown()) } else { Ok(Value::Text(path)) }
}
