//! Reports on a scan; one module a format.

pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod rule;
pub mod sarif;
pub mod terrascan;
pub mod xml;
pub mod yaml;

use std::collections::{BTreeMap, HashMap};

use crate::bundle::{Bundle, Rule};
use crate::finding::{Finding, RuleId};
use crate::metadata::Metadata;
use crate::scan::Scan;
use crate::suppression::expiry_rule;

/// The texts that were scanned, by the names that locations carry. Only those with findings or errors are needed.
pub type Sources = BTreeMap<String, String>;

/// What was scanned, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The paths, as they were given.
    pub paths: Vec<String>,
    /// The kinds of input found there, for example `tfplan`.
    pub kinds: Vec<String>,
    /// The time of the scan in RFC 3339. The crate has no clock.
    pub scanned_at: String,
    /// The branch or other reference that is scanned, if the user names one.
    pub branch: Option<String>,
    /// The working directory below the root of its repository, with a `/` at its end; empty at the root.
    pub prefix: String,
    /// What else the user should know: what was left out of the findings, and why.
    pub notes: Vec<String>,
}

/// Everything that a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The outcome.
    pub scan: &'a Scan,
    /// The rules that were used.
    pub bundle: &'a Bundle,
    /// What was scanned.
    pub subject: &'a Subject,
    /// The texts that were scanned.
    pub sources: &'a Sources,
    /// Whether rules that found nothing are told as well.
    pub show_passed: bool,
    /// Whether every instance and every skipped finding is told in full.
    pub details: bool,
}

/// A report that cannot be written in its format.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The result does not fit into YAML.
    #[error("the report cannot be written as YAML")]
    Yaml(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The result does not fit into XML.
    #[error("the report cannot be written as XML")]
    Xml(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl<'a> Report<'a> {
    /// The rules that were judged and found nothing, in the order of their ids.
    fn passed(&self) -> impl Iterator<Item = &'a Rule> {
        let (scan, wanted) = (self.scan, self.show_passed);
        let found: std::collections::BTreeSet<&RuleId> =
            all_findings(scan).map(|found| &found.rule).collect();
        let rules = self.bundle.rules().iter().filter(move |_| wanted);
        rules.filter(move |rule| {
            let id = &rule.metadata().id;
            scan.judged.contains(id) && !found.contains(id)
        })
    }

    /// The rules of the bundle by their ids.
    fn rules(&self) -> HashMap<&'a str, &'a Rule> {
        self.bundle.rules().iter().map(|rule| (rule.metadata().id.as_str(), rule)).collect()
    }
}

fn all_findings(scan: &Scan) -> impl Iterator<Item = &Finding> {
    scan.findings.iter().chain(scan.skipped.iter().map(|skipped| &skipped.finding))
}

/// The rules of a bundle, and the one that is in no pack.
pub fn known_rules(bundle: &Bundle) -> Vec<Metadata> {
    bundle.rules().iter().map(|rule| rule.metadata().clone()).chain([expiry_rule()]).collect()
}

/// Text of an input or a pack cannot steer the terminal, and is legal in XML.
fn printable(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\n' | '\t' => letter,
        // Marks that turn the direction of writing can make a text read as another one.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(shown).collect()
}

/// `1 finding`, `2 findings`.
fn counted(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}
