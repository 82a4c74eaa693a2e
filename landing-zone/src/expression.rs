//! Expressions: what they may refer to, and their values for one unit.

use crate::account::Scope;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Source};
use serde::Serialize;

/// An expression of one of the two files, kept until there is a unit to evaluate it for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(into = "String")]
pub struct Formula {
    pub(crate) text: String,
}

impl From<Formula> for String {
    fn from(formula: Formula) -> String {
        formula.text
    }
}

impl Formula {
    /// The value as the name of a bucket.
    pub(crate) fn bucket_name(&self, _scope: &Scope<'_>) -> Result<String, Diagnostics> {
        let source = Source::new("zone.hcl", self.text.clone());
        Err(Diagnostics::one(Diagnostic::new(Severity::Error, &source, &(0..0), "not readable yet", None)))
    }
}
