//! The digests that findings, approvals and permits name (section 4 of the contract).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::id::{InvalidId, UnitId};

/// `sha256:` and 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(String);

/// What a unit's digest binds together.
#[derive(Debug, Clone, Copy)]
pub struct UnitEvidence<'a> {
    /// The commit that was planned.
    pub commit: &'a str,
    /// The unit.
    pub unit: &'a UnitId,
    /// The role that will apply.
    pub role: &'a str,
    /// The digest of the saved plan's bytes, or of the change set's canonical JSON.
    pub plan: &'a Digest,
    /// The digest of the policy bundle that scanned it.
    pub policies: &'a str,
    /// The variables or parameters that were given.
    pub variables: &'a BTreeMap<String, Value>,
}

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("sha256:{}", hex::encode(Sha256::digest(bytes))))
    }

    /// A unit's digest. Each part is preceded by its length, so that no two sets of parts give the same bytes.
    pub fn of_unit(evidence: &UnitEvidence<'_>) -> Self {
        let variables = serde_json::to_string(evidence.variables).unwrap_or_default();
        Self::of_parts(&[
            evidence.commit,
            evidence.unit.as_str(),
            evidence.role,
            evidence.plan.as_str(),
            evidence.policies,
            &variables,
        ])
    }

    /// A stage's digest: over its units' digests, in the order of the units.
    pub fn of_stage<'a>(units: impl IntoIterator<Item = &'a Digest>) -> Self {
        let parts: Vec<&str> = units.into_iter().map(Digest::as_str).collect();
        Self::of_parts(&parts)
    }

    fn of_parts(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        Self(format!("sha256:{}", hex::encode(hasher.finalize())))
    }

    /// Reads a digest.
    ///
    /// # Errors
    /// [`InvalidId`] when the text is not `sha256:` and 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let hex_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match text.strip_prefix("sha256:") {
            Some(digits) if digits.len() == 64 && digits.bytes().all(hex_digit) => Ok(Self(text.to_owned())),
            _ => Err(InvalidId::new(text, "a digest: sha256: and 64 hexadecimal digits")),
        }
    }

    /// The digest as text, with its `sha256:`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first twelve hexadecimal digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(7..19).unwrap_or(&self.0)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Digest {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}
