//! Runs the `*_test.rego` files of a pack.

use std::collections::BTreeSet;

use crate::bundle::own::{self, RuleFile};
use crate::bundle::{Bundle, PackError};
use crate::metadata::Metadata;
use crate::pack::is_test_file;
use crate::rego::{Dialect, Modules, RegoError, TIME_LIMIT, package};
use crate::settings::Settings;

/// How one `test_…` rule ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestOutcome {
    /// The rule's whole name, for example `data.wayleave.aws.s3.acl_test.test_private`.
    pub name: String,
    /// Why it failed; none for a test that passed.
    pub failure: Option<String>,
}

/// The tests of a pack.
#[derive(Clone, Debug)]
pub struct PackTests {
    files: Vec<(String, String)>,
}

impl PackTests {
    /// The tests of the pack that comes with the program.
    pub fn builtin() -> Self {
        Self { files: Bundle::builtin_files().collect() }
    }

    /// The tests of a pack given as `(path, text)`: rules, libraries and tests together.
    pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { files: files.into_iter().filter(|(path, _)| path.ends_with(".rego")).collect() }
    }

    /// Runs all tests, in the order of files and names. A test passes when it is true.
    ///
    /// # Errors
    /// [`PackError::Rego`] when a file does not compile.
    pub fn run(&self) -> Result<Vec<TestOutcome>, PackError> {
        let (tests, files): (Vec<_>, Vec<_>) =
            self.files.iter().cloned().partition(|(path, _)| is_test_file(path));
        let library = library(&files)?;
        let mut outcomes = Vec::new();
        for group in groups(tests) {
            outcomes.extend(run(&library, &group)?);
        }
        outcomes.sort_by(|a, b| (&a.0, &a.1.name).cmp(&(&b.0, &b.1.name)));
        Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
    }
}

type File = (String, String);

/// Rules and libraries, with the rules' parameters as in their metadata.
fn library(files: &[File]) -> Result<Modules, PackError> {
    let rules = files.iter().filter(|(_, text)| Metadata::is_in(text)).cloned();
    let rules = rules.map(|file| RuleFile::read(0, file, None)).collect::<Result<Vec<_>, _>>()?;
    own::library(Modules::new(Dialect::V1, TIME_LIMIT), files, &rules, &Settings::default())
}

/// Files of one package would add to each other's tests, so that each further one of a package is run apart.
fn groups(tests: Vec<File>) -> Vec<Vec<File>> {
    let mut packages = BTreeSet::new();
    let (together, apart): (Vec<_>, Vec<_>) =
        tests.into_iter().partition(|(_, text)| packages.insert(package(text)));
    std::iter::once(together).chain(apart.into_iter().map(|file| vec![file])).collect()
}

fn run(library: &Modules, files: &[File]) -> Result<Vec<(String, TestOutcome)>, PackError> {
    let mut modules = library.clone();
    let mut names = Vec::new();
    for (path, text) in files {
        let package = modules.add(path, text).map_err(PackError::Rego)?;
        names.extend(test_names(text).into_iter().map(|name| (path, format!("{package}.{name}"))));
    }
    let compiled = modules.compile().map_err(|error| blame(library, files, error))?;
    let mut session = compiled.session();
    let outcome = |(path, name): (&String, String)| {
        let failure = match session.holds(&name) {
            Ok(true) => None,
            Ok(false) => Some("is not true".to_owned()),
            Err(error) => Some(error.with_source()),
        };
        (path.clone(), TestOutcome { name, failure })
    };
    Ok(names.into_iter().map(outcome).collect())
}

/// Which of many files is it that does not compile? Asked only when one of them does not.
fn blame(library: &Modules, files: &[File], error: RegoError) -> PackError {
    for (path, text) in files {
        let mut alone = library.clone();
        if let Err(error) = alone.add(path, text).and_then(|_| alone.compile()) {
            return PackError::Rego(error.in_file(path));
        }
    }
    PackError::Rego(error.in_file("the pack as a whole"))
}

/// The rules that start a line with `test_`. Read from the text, since a rule that is undefined is in no answer.
fn test_names(text: &str) -> BTreeSet<String> {
    let names = text.lines().filter(|line| line.starts_with("test_"));
    names
        .map(|line| line.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect())
        .collect()
}
