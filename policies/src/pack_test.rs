//! Runs the `*_test.rego` files of a pack.

use std::collections::BTreeSet;

use crate::bundle::{Bundle, PackError, is_test_file, library};
use crate::rego::TIME_LIMIT;

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
        let rules = self.files.iter().filter(|(path, _)| !is_test_file(path)).cloned().collect();
        let library = library(rules, TIME_LIMIT)?;
        let mut outcomes = Vec::new();
        for (path, text) in self.files.iter().filter(|(path, _)| is_test_file(path)) {
            let mut library = library.clone();
            let package = library.add(path, text).map_err(PackError::Rego)?;
            for name in test_names(text).iter().map(|name| format!("{package}.{name}")) {
                let failure = match library.holds(&name) {
                    Ok(true) => None,
                    Ok(false) => Some("is not true".to_owned()),
                    Err(error) => Some(error.with_source()),
                };
                outcomes.push(TestOutcome { name, failure });
            }
        }
        Ok(outcomes)
    }
}

/// The rules that start a line with `test_`. Read from the text, since a rule that is undefined is in no answer.
fn test_names(text: &str) -> BTreeSet<String> {
    let names = text.lines().filter(|line| line.starts_with("test_"));
    names
        .map(|line| line.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect())
        .collect()
}
