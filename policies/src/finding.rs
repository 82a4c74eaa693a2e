//! What a scan says about a resource.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The stable name of a rule, for example `WL-AWS-S3-001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// Wraps a name as it stands in a rule's metadata.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How bad a finding is. `Low < Medium < High`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good practice that the change leaves out.
    Low,
    /// A weakness that needs something else to go wrong first.
    Medium,
    /// Data or power is open to others, or safety was turned off on purpose.
    High,
}

impl Severity {
    /// The lower-case word, as written in `zone.hcl` and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that is no severity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown severity `{0}`: use low, medium or high")]
pub struct UnknownSeverity(pub String);

impl FromStr for Severity {
    type Err = UnknownSeverity;

    /// Reads `low`, `medium` or `high`, in any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_lowercase().as_str() {
            "low" => Ok(Self::Low),
            "medium" => Ok(Self::Medium),
            "high" => Ok(Self::High),
            _ => Err(UnknownSeverity(text.to_owned())),
        }
    }
}

/// A place in a source file. Lines and columns count from 1; columns are characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The file, as it was named to the scan.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The lines of a block in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Extent {
    /// The file, as it was named to the scan.
    pub file: String,
    /// The first line, from 1: the block's header.
    pub first: usize,
    /// The last line, from 1, included.
    pub last: usize,
}

/// One rule that is violated at one place: by one resource, or by all that one block of the source makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that fired.
    pub rule: RuleId,
    /// The rule's title: what a good resource does.
    pub title: Arc<str>,
    /// How bad it is.
    pub severity: Severity,
    /// The rule's category, for example `Data Protection`.
    pub category: Arc<str>,
    /// The resource's type as its author wrote it, for example `AWS::S3::Bucket`.
    pub resource_type: String,
    /// The Terraform address or the CloudFormation logical id: the first of the instances.
    pub address: String,
    /// What is wrong with this resource.
    pub message: String,
    /// Why it matters.
    pub why: Arc<str>,
    /// What to do.
    pub remedy: Arc<str>,
    /// Where the resource is written, when the input says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Old ids of the rule, by which it may be suppressed as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<RuleId>,
    /// The addresses of all resources that the place makes and the rule names, sorted.
    #[serde(default)]
    pub instances: Vec<String>,
    /// For each instance a hash of its content: type, values and what is unknown of them.
    #[serde(default)]
    pub contents: Vec<String>,
    /// The module calls on the way to the resources, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub callers: Vec<Location>,
    /// The resource's name as the rules saw it, where the address does not end in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Finding {
    /// The resource's name without its module, type and index: the last part of the address, if it has no other.
    pub fn resource_name(&self) -> &str {
        if let Some(name) = &self.name {
            return name;
        }
        let name = address_parts(&self.address).pop().unwrap_or_default();
        name.split('[').next().unwrap_or(name)
    }

    /// The name of the innermost module call that the resource is in; none for the root.
    pub fn module_name(&self) -> Option<&str> {
        let parts = address_parts(&self.address);
        let mut pairs = parts.iter().zip(parts.iter().skip(1)).step_by(2);
        let called = pairs.by_ref().take_while(|(word, _)| **word == "module").last();
        called.map(|(_, name)| name.split('[').next().unwrap_or(name))
    }

    /// All files that decide where the resource comes from: its own, and those of the module calls.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.location.iter().chain(&self.callers).map(|place| place.file.as_str())
    }
}

/// The parts of a Terraform address between dots that stand in no index.
pub(crate) fn address_parts(address: &str) -> Vec<&str> {
    let mut inside = (false, 0_usize);
    let separates = |letter: char| {
        match letter {
            '"' => inside.0 = !inside.0,
            '[' if !inside.0 => inside.1 += 1,
            ']' if !inside.0 => inside.1 = inside.1.saturating_sub(1),
            _ => {}
        }
        letter == '.' && inside == (false, 0)
    };
    address.split(separates).collect()
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Findings of low severity.
    pub low: usize,
    /// Findings of medium severity.
    pub medium: usize,
    /// Findings of high severity.
    pub high: usize,
}

impl Counts {
    /// All findings together.
    pub fn total(self) -> usize {
        self.low + self.medium + self.high
    }

    pub(crate) fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Low => self.low += 1,
            Severity::Medium => self.medium += 1,
            Severity::High => self.high += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        for (address, name, module) in [
            ("aws_s3_bucket.b", "b", None),
            ("aws_s3_bucket.b[\"a.b\"]", "b", None),
            ("data.aws_ami.a", "a", None),
            ("module.a[\"x.y[0]\"].module.b.aws_s3_bucket.c[2]", "c", Some("b")),
            ("module.a[0].aws_s3_bucket.c", "c", Some("a")),
            ("module.a", "a", Some("a")),
            ("Bucket", "Bucket", None),
            ("", "", None),
        ] {
            let finding = Finding { address: address.into(), ..sample() };
            assert_eq!((finding.resource_name(), finding.module_name()), (name, module), "{address}");
        }
    }

    fn sample() -> Finding {
        let json = serde_json::json!({"rule": "R", "title": "", "severity": "low", "category": "", "resource_type": "",
            "address": "", "message": "", "why": "", "remedy": ""});
        serde_json::from_value(json).expect("what is stored by older versions is read")
    }

    #[test]
    fn severities_are_ordered_and_read_back() {
        assert!(Severity::Low < Severity::Medium && Severity::Medium < Severity::High);
        for severity in [Severity::Low, Severity::Medium, Severity::High] {
            assert_eq!(severity.to_string().parse(), Ok(severity));
        }
        assert_eq!("HIGH".parse(), Ok(Severity::High));
        assert_eq!("none".parse::<Severity>(), Err(UnknownSeverity("none".into())));
    }
}
