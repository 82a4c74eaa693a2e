//! Reading HCL: a text becomes tables of values, and everything wrong with it is collected rather than thrown.

pub(crate) mod parse;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod value;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Source};
use std::cell::RefCell;
use std::ops::Range;

/// What is parsed and checked, and not yet acted on: block, attribute (empty for the block's label) and value.
/// Reading one of these leaves a note. Take a line out when the thing works.
pub const NOT_YET: &[(&str, &str, &str)] = &[
    ("forge", "", "bitbucket"),
    ("forge", "", "bitbucket-server"),
    ("forge", "", "gitea"),
    ("forge", "", "gitlab"),
    ("forge", "", "s3"),
    ("repository", "forge", "bitbucket"),
    ("repository", "forge", "bitbucket-server"),
    ("repository", "forge", "gitea"),
    ("repository", "forge", "gitlab"),
    ("repository", "forge", "s3"),
    ("server", "database", "postgres"),
];

/// The attributes that hold a secret.
pub(crate) const SECRETS: &[&str] = &["token", "webhook_secret", "bot_token", "signing_secret"];

/// A value and the bytes where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// One file while it is read, with all that was found in it so far.
#[derive(Debug)]
pub(crate) struct Reader<'s> {
    pub(crate) source: &'s Source,
    found: RefCell<Vec<Diagnostic>>,
    /// Where lines with syntax errors were left out; what is missing near them is no news.
    damaged: RefCell<Vec<usize>>,
}

impl<'s> Reader<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Self { source, found: RefCell::default(), damaged: RefCell::default() }
    }

    pub(crate) fn error(&self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.add(Severity::Error, span, message.into(), help.into());
    }

    pub(crate) fn warning(&self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.add(Severity::Warning, span, message.into(), help.into());
    }

    /// Leaves a note if the thing is in [`NOT_YET`].
    pub(crate) fn not_yet(&self, block: &str, attribute: &str, value: &str, span: &Range<usize>) {
        if NOT_YET.contains(&(block, attribute, value)) {
            let thing = if attribute.is_empty() { block } else { attribute };
            let message = format!("`{thing}` of kind {value:?} is understood, but not yet acted on");
            self.add(Severity::Note, span, message, String::new());
        }
    }

    /// Takes over findings that were made elsewhere.
    pub(crate) fn push_all(&self, found: Diagnostics) {
        self.found.borrow_mut().extend(found.into_vec());
    }

    /// Takes over a finding that was made elsewhere.
    pub(crate) fn push(&self, found: Diagnostic) {
        self.found.borrow_mut().push(found);
    }

    fn add(&self, severity: Severity, span: &Range<usize>, message: String, help: String) {
        let help = (!help.is_empty()).then_some(help);
        self.found.borrow_mut().push(Diagnostic::new(severity, self.source, span, message, help));
    }

    /// An error about bytes that may be a secret, which are not shown.
    pub(crate) fn secret_error(
        &self,
        span: &Range<usize>,
        hidden: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let help = Some(help.into()).filter(|help: &String| !help.is_empty());
        let found = Diagnostic::new(Severity::Error, self.source, span, message, help);
        self.push(Diagnostic { hidden: Some(hidden.clone()), ..found });
    }

    pub(crate) fn damage(&self, offset: usize) {
        self.damaged.borrow_mut().push(offset);
    }

    pub(crate) fn is_damaged(&self, span: &Range<usize>) -> bool {
        self.damaged.borrow().iter().any(|offset| span.contains(offset))
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, span: &Range<usize>) -> usize {
        Diagnostic::new(Severity::Note, self.source, span, "", None).line
    }

    /// The bytes of a span as text.
    pub(crate) fn text(&self, span: &Range<usize>) -> &'s str {
        self.source.text.get(span.clone()).unwrap_or_default()
    }

    /// The value with warnings and notes if nothing was wrong, everything that was found otherwise.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<(T, Vec<Diagnostic>), Diagnostics> {
        let source = self.source;
        let found = Diagnostics::new(self.found.into_inner());
        let wrong = found.iter().flatten().any(|d| d.severity == Severity::Error);
        match (value, found) {
            (Some(value), found) if !wrong => {
                Ok((value, found.map(Diagnostics::into_vec).unwrap_or_default()))
            }
            (_, Some(found)) if wrong => Err(found),
            _ => Err(Diagnostics::one(Diagnostic::new(
                Severity::Error,
                source,
                &(0..0),
                "the file cannot be read",
                Some("this is a fault of Wayleave; please report it with the file".to_owned()),
            ))),
        }
    }
}

/// "did you mean …?" for the nearest of the candidates, else a list of them, else nothing.
pub(crate) fn suggest<'c>(wrong: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let distance = |c: &&&str| strsim::damerau_levenshtein(&wrong.to_lowercase(), &c.to_lowercase());
    let near = candidates.iter().min_by_key(distance).filter(|c| distance(c) <= wrong.len().max(3) / 3);
    match (near, candidates.len()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, 0) => String::new(),
        (None, 1..=12) => format!("known: {}", candidates.join(", ")),
        (None, _) => String::new(),
    }
}
