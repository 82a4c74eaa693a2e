//! What was found before, and is known: only what is new speaks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, RuleId};
use crate::scan::Scan;
use crate::suppression::EXPIRED;

/// The only version of the file's format.
const VERSION: u32 = 1;

/// Findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeSet<Known>,
}

/// A known finding of one resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The rule.
    pub rule: RuleId,
    /// The directory of the file in which the resource is written; empty where nobody knows it.
    pub directory: String,
    /// The resource's address.
    pub address: String,
    /// A hash of its content: another content is another finding.
    pub content: String,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    known: BTreeSet<Known>,
}

/// A file that is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is not the JSON that `--write-baseline` writes.
    #[error("this is not a baseline; write one with --write-baseline")]
    Json(#[source] serde_json::Error),
    /// It was written by a newer program.
    #[error("the baseline has version {0}; version 1 is understood")]
    Version(u32),
}

/// What a baseline had to say of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many findings are known, and left out.
    pub left_out: usize,
    /// Entries whose rule was judged and which fit nothing any more.
    pub stale: Vec<Known>,
}

impl Baseline {
    /// Everything that a scan found. `directory_of` names the directory of a file so that the name holds wherever the scan
    /// is started.
    pub fn of(scan: &Scan, directory_of: &dyn Fn(&str) -> String) -> Self {
        let findings = scan.findings.iter().filter(|finding| finding.rule.as_str() != EXPIRED);
        Self { known: findings.flat_map(|finding| entries(finding, directory_of)).collect() }
    }

    /// Reads what [`Baseline::to_json`] wrote.
    ///
    /// # Errors
    /// [`BaselineError`]
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let file: File = serde_json::from_str(text).map_err(BaselineError::Json)?;
        if file.version != VERSION {
            return Err(BaselineError::Version(file.version));
        }
        Ok(Self { known: file.known })
    }

    /// The file's text, the same for the same findings.
    ///
    /// # Errors
    /// [`BaselineError::Json`]; none is known to happen.
    pub fn to_json(&self) -> Result<String, BaselineError> {
        let file = File { version: VERSION, known: self.known.clone() };
        Ok(serde_json::to_string_pretty(&file).map_err(BaselineError::Json)? + "\n")
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Leaves out of a scan what is known. Of a finding with several instances, those that are not known stay.
    pub fn apply(&self, scan: &mut Scan, directory_of: &dyn Fn(&str) -> String) -> Applied {
        let mut met: BTreeSet<Known> = BTreeSet::new();
        let before = scan.findings.len();
        for finding in &mut scan.findings {
            let known: Vec<Known> = entries(finding, directory_of).collect();
            let is_new: Vec<bool> = known.iter().map(|entry| !self.known.contains(entry)).collect();
            met.extend(known.into_iter().filter(|entry| self.known.contains(entry)));
            keep(&mut finding.instances, &is_new);
            keep(&mut finding.contents, &is_new);
            if let Some(first) = finding.instances.first() {
                finding.address.clone_from(first);
            }
        }
        scan.findings.retain(|finding| !finding.instances.is_empty());
        let stale = self.known.difference(&met).filter(|entry| scan.judged.contains(&entry.rule));
        Applied { left_out: before - scan.findings.len(), stale: stale.cloned().collect() }
    }
}

fn keep(list: &mut Vec<String>, kept: &[bool]) {
    let mut kept = kept.iter().copied();
    list.retain(|_| kept.next().unwrap_or(true));
}

fn entries<'a>(
    finding: &'a Finding,
    directory_of: &dyn Fn(&str) -> String,
) -> impl Iterator<Item = Known> + use<'a> {
    let directory = finding.location.as_ref().map(|place| directory_of(&place.file)).unwrap_or_default();
    finding.instances.iter().zip(&finding.contents).map(move |(address, content)| Known {
        rule: finding.rule.clone(),
        directory: directory.clone(),
        address: address.clone(),
        content: content.clone(),
    })
}
