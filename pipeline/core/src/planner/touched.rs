//! Which stacks a change touches, and why.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use landing_zone::{Stack, StackFile, StackName};

/// What a commit changes, compared with its base.
#[derive(Debug, Clone, Copy)]
pub struct ChangedFiles<'a> {
    /// The files that differ, by their paths from the root of the repository, deleted ones and both names of a renamed
    /// one included. `None` when there is nothing to compare with: every stack is touched.
    pub files: Option<&'a [String]>,
    /// The stacks file at the base; `None` when it was not there or was not readable: every stack is new.
    pub previous: Option<&'a StackFile>,
}

/// Why a stack is touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There was nothing to compare with.
    Everything,
    /// A file that the stack looks at changed; the first of them by name.
    File(String),
    /// The base does not have the stack.
    New,
    /// Its block in the stacks file is another than the base's.
    Redefined,
    /// It depends on a touched stack.
    DependsOn(StackName),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("every stack is planned"),
            Self::File(path) => write!(f, "{path} changed"),
            Self::New => f.write_str("the stack is new"),
            Self::Redefined => f.write_str("its definition changed"),
            Self::DependsOn(stack) => write!(f, "depends on {stack}"),
        }
    }
}

/// A `when_modified` that is no glob.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("when_modified of stack {stack} has {glob:?}, which is no glob: {reason}")]
pub struct GlobError {
    /// The stack.
    pub stack: StackName,
    /// The text.
    pub glob: String,
    /// What is wrong with it.
    pub reason: String,
}

/// The stacks that a change touches, each with the first reason that was found: a changed file, then the definition,
/// then what it depends on.
///
/// A changed file touches a stack when one of its `when_modified` globs matches (`*` stays within a directory, `**`
/// crosses them), or without these when it lies in the stack's path or in one of the stack's local `modules`. What
/// depends on a touched stack, directly or not, is touched too.
///
/// # Errors
/// [`GlobError`] for a `when_modified` that is no glob.
pub fn touched(
    stacks: &StackFile,
    change: ChangedFiles<'_>,
    modules: &BTreeMap<StackName, BTreeSet<String>>,
) -> Result<BTreeMap<StackName, Reason>, GlobError> {
    let Some(files) = change.files else {
        return Ok(stacks.stacks.iter().map(|stack| (stack.name.clone(), Reason::Everything)).collect());
    };
    let mut files: Vec<&str> = files.iter().map(String::as_str).collect();
    files.sort_unstable();
    let mut reasons = by_globs(stacks, &files)?;
    for stack in &stacks.stacks {
        if stack.when_modified.is_none()
            && let Some(file) = first_in_directories(stack, modules.get(&stack.name), &files)
        {
            reasons.insert(stack.name.clone(), Reason::File(file.to_owned()));
        }
    }
    add_redefined(stacks, change.previous, &mut reasons);
    add_dependents(stacks, &mut reasons);
    Ok(reasons)
}

/// All globs are matched at once, so that a file costs the same whatever the number of stacks.
fn by_globs(stacks: &StackFile, files: &[&str]) -> Result<BTreeMap<StackName, Reason>, GlobError> {
    let (globs, owners) = compile(stacks)?;
    let mut reasons = BTreeMap::new();
    for file in files {
        for owner in globs.matches(file).into_iter().filter_map(|index| owners.get(index)) {
            reasons.entry((*owner).clone()).or_insert_with(|| Reason::File((*file).to_owned()));
        }
    }
    Ok(reasons)
}

fn compile(stacks: &StackFile) -> Result<(GlobSet, Vec<&StackName>), GlobError> {
    let mut builder = GlobSetBuilder::new();
    let mut owners = Vec::new();
    for stack in &stacks.stacks {
        for text in stack.when_modified.iter().flatten() {
            let glob = GlobBuilder::new(text).literal_separator(true).build();
            builder.add(glob.map_err(|error| bad_glob(stack, text, &error))?);
            owners.push(&stack.name);
        }
    }
    match (builder.build(), stacks.stacks.first()) {
        (Err(error), Some(stack)) => Err(bad_glob(stack, "", &error)),
        (built, _) => Ok((built.unwrap_or_default(), owners)),
    }
}

fn bad_glob(stack: &Stack, glob: &str, error: &globset::Error) -> GlobError {
    GlobError { stack: stack.name.clone(), glob: glob.to_owned(), reason: error.kind().to_string() }
}

fn first_in_directories<'a>(
    stack: &Stack,
    modules: Option<&BTreeSet<String>>,
    files: &[&'a str],
) -> Option<&'a str> {
    let directories = std::iter::once(&stack.path).chain(modules.into_iter().flatten());
    directories.filter_map(|directory| first_below(directory, files)).min()
}

fn first_below<'a>(directory: &str, files: &[&'a str]) -> Option<&'a str> {
    if directory == "." {
        return files.first().copied();
    }
    let prefix = format!("{directory}/");
    let at = files.partition_point(|file| *file < prefix.as_str());
    files.get(at).copied().filter(|file| file.starts_with(&prefix))
}

fn add_redefined(
    stacks: &StackFile,
    previous: Option<&StackFile>,
    reasons: &mut BTreeMap<StackName, Reason>,
) {
    let before: BTreeMap<&StackName, &Stack> =
        previous.iter().flat_map(|file| &file.stacks).map(|stack| (&stack.name, stack)).collect();
    for stack in &stacks.stacks {
        let reason = match before.get(&stack.name) {
            _ if reasons.contains_key(&stack.name) => continue,
            None => Reason::New,
            Some(before) if !same_definition(before, stack) => Reason::Redefined,
            Some(_) => continue,
        };
        reasons.insert(stack.name.clone(), reason);
    }
}

/// Compared as they are written: an expression also knows its place in the file, which moves with every line above it.
fn same_definition(before: &Stack, now: &Stack) -> bool {
    match (serde_json::to_value(before), serde_json::to_value(now)) {
        (Ok(before), Ok(now)) => before == now,
        _ => false,
    }
}

fn add_dependents(stacks: &StackFile, reasons: &mut BTreeMap<StackName, Reason>) {
    let mut dependents: BTreeMap<&StackName, Vec<&StackName>> = BTreeMap::new();
    for stack in &stacks.stacks {
        for before in &stack.depends_on {
            dependents.entry(before).or_default().push(&stack.name);
        }
    }
    let mut pending: VecDeque<StackName> = reasons.keys().cloned().collect();
    while let Some(before) = pending.pop_front() {
        for &after in dependents.get(&before).into_iter().flatten() {
            if !reasons.contains_key(after) {
                reasons.insert(after.clone(), Reason::DependsOn(before.clone()));
                pending.push_back(after.clone());
            }
        }
    }
}
