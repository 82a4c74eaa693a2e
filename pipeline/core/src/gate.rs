//! The gate: the only place that makes an [`ApplyPermit`].

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use landing_zone::{FailOn, PersonName, StageName};

use crate::digest::Digest;
use crate::event::{Author, FindingCounts, FreezeSpan, StageSpec};
use crate::id::UnitId;

/// The permission to apply one plan to one unit. Its fields are private and only the gate makes it, so what takes one as a
/// parameter cannot run without the gate having agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyPermit {
    unit: UnitId,
    digest: Digest,
}

impl ApplyPermit {
    /// The unit that may be applied.
    pub const fn unit(&self) -> &UnitId {
        &self.unit
    }

    /// The digest of the very plan that may be applied.
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }
}

/// An approval that counts: by a person other than the author, of the digest that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The stage.
    pub stage: StageName,
    /// Who.
    pub person: PersonName,
    /// When.
    pub at: Timestamp,
    /// What they looked at.
    pub digest: Digest,
}

/// What the gate says of a stage whose units are planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// People must still approve.
    NeedsApproval {
        /// How many approvals count so far.
        have: u32,
    },
    /// Nothing is applied until then.
    Frozen {
        /// The freeze's name.
        name: String,
        /// Its end.
        until: Timestamp,
    },
    /// The stage's digest may be applied.
    Granted(Grant),
}

/// The gate's word for one stage's digest; permits for its units are made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant(());

impl Grant {
    /// The permit for one of the stage's units.
    pub(crate) fn permit(&self, unit: UnitId, digest: Digest) -> ApplyPermit {
        ApplyPermit { unit, digest }
    }
}

/// Why an approval does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCounted {
    /// The author approved.
    #[error("{person} made this change; somebody else must approve it")]
    OwnChange {
        /// Who.
        person: PersonName,
    },
    /// They approved this digest before.
    #[error("{person} has approved this already; it takes another person")]
    Twice {
        /// Who.
        person: PersonName,
    },
}

/// Whether a person's approval of a stage counts.
///
/// # Errors
/// [`NotCounted`] when they are the author or have approved this digest before.
pub fn may_approve(
    author: &Author,
    person: &PersonName,
    digest: &Digest,
    approvals: &[Approval],
) -> Result<(), NotCounted> {
    if author.person.as_ref() == Some(person) || author.login.eq_ignore_ascii_case(person.as_str()) {
        return Err(NotCounted::OwnChange { person: person.clone() });
    }
    if approvals.iter().any(|approval| approval.digest == *digest && approval.person == *person) {
        return Err(NotCounted::Twice { person: person.clone() });
    }
    Ok(())
}

/// Whether a unit's findings refuse it, whoever approves.
pub const fn refuses(findings: FindingCounts, fail_on: FailOn) -> bool {
    findings.at_or_over(fail_on) > 0
}

/// Judges a stage none of whose units is refused: approvals of exactly this digest first, then the freezes.
pub fn judge(stage: &StageSpec, digest: &Digest, approvals: &[Approval], now: Timestamp) -> Verdict {
    let have = count(stage, digest, approvals);
    if have < stage.approvals {
        return Verdict::NeedsApproval { have };
    }
    match frozen(&stage.freezes, now) {
        Some(freeze) => Verdict::Frozen { name: freeze.name.clone(), until: freeze.to },
        None => Verdict::Granted(Grant(())),
    }
}

/// How many distinct people have approved this digest of the stage.
pub fn count(stage: &StageSpec, digest: &Digest, approvals: &[Approval]) -> u32 {
    let people: BTreeSet<&PersonName> = approvals
        .iter()
        .filter(|approval| approval.stage == stage.name && approval.digest == *digest)
        .map(|approval| &approval.person)
        .collect();
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

fn frozen(freezes: &[FreezeSpan], now: Timestamp) -> Option<&FreezeSpan> {
    freezes.iter().filter(|freeze| freeze.from <= now && now < freeze.to).max_by_key(|freeze| freeze.to)
}

/// When a stage may start, given when the last of the stages before it was whole.
pub fn soaked(done: Timestamp, soak: SignedDuration) -> Timestamp {
    done.checked_add(soak).unwrap_or(Timestamp::MAX)
}
