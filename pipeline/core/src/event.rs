//! The facts of a run's life. A run is the fold of these; nothing else stores its state.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use landing_zone::{
    AccountId, AccountName, Engine, FailOn, PersonName, Region, RepositoryName, StackName, StageName,
};
use serde::{Deserialize, Serialize};

use crate::change::ChangeCounts;
use crate::digest::Digest;
use crate::id::{RunId, UnitId};
use crate::trigger::{Commit, TriggerKind};

/// Who made the change: nobody else may approve what they wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Their login on the forge, or the person's name.
    pub login: String,
    /// The person of the zone, where the zone knows the login.
    pub person: Option<PersonName>,
}

impl Author {
    /// What people call them.
    pub fn name(&self) -> &str {
        self.person.as_ref().map_or(&self.login, |person| person.as_str())
    }
}

/// Whether a run may apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Plans and scans all stages, and applies nothing.
    PlanOnly,
    /// Plans, asks and applies, stage after stage.
    Apply,
}

/// What a run is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSpec {
    /// The run's id, which tells when it began.
    pub id: RunId,
    /// The repository.
    pub repository: RepositoryName,
    /// The branch that the change is on or asks to be merged into.
    pub branch: String,
    /// The commit that is planned and applied.
    pub commit: Commit,
    /// What the commit is compared with; none: everything is touched.
    pub base: Option<Commit>,
    /// Who made the change.
    pub author: Author,
    /// What started the run.
    pub trigger: TriggerKind,
    /// The pull request's number.
    pub change: Option<u64>,
    /// Whether it may apply.
    pub mode: Mode,
}

/// A time in which nothing is applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreezeSpan {
    /// What it is called.
    pub name: String,
    /// From this time on.
    pub from: Timestamp,
    /// Up to this time, itself not frozen.
    pub to: Timestamp,
}

/// One stage of a run, as the zone had it when the run was prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageSpec {
    /// Its name.
    pub name: StageName,
    /// The stages that must be whole before it starts.
    pub after: BTreeSet<StageName>,
    /// How many distinct people, none of them the author, must approve.
    pub approvals: u32,
    /// How long after the stages before it that it starts.
    pub soak: SignedDuration,
    /// More failed units than this stop the stage.
    pub max_failures: u32,
    /// When nothing is applied.
    pub freezes: Vec<FreezeSpan>,
}

/// One unit of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitSpec {
    /// Its id, `stack.account.region`.
    pub id: UnitId,
    /// The stack.
    pub stack: StackName,
    /// What plans and applies it.
    pub engine: Engine,
    /// The account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: AccountName,
    /// The region.
    pub region: Region,
    /// The stage.
    pub stage: StageName,
    /// The wave within the stage, from 1.
    pub wave: u32,
    /// The units of this stage that it comes after.
    pub depends_on: Vec<UnitId>,
}

/// How many findings of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCounts {
    /// Low.
    pub low: u32,
    /// Medium.
    pub medium: u32,
    /// High.
    pub high: u32,
    /// What was found beside these and is suppressed in the files, so that it refuses nothing.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skipped: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl FindingCounts {
    /// How many are at or over the severity that refuses.
    pub const fn at_or_over(&self, bound: FailOn) -> u32 {
        match bound {
            FailOn::High => self.high,
            FailOn::Medium => self.high.saturating_add(self.medium),
            FailOn::Low => self.high.saturating_add(self.medium).saturating_add(self.low),
        }
    }
}

/// One fact. What is large (plans, logs, findings) is kept elsewhere under the unit's digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The run began. Always the first, and only the first.
    Started {
        /// What it is of.
        spec: RunSpec,
    },
    /// The commit was checked out, and its stages and units are known.
    Prepared {
        /// The stages, each after those that it waits for.
        stages: Vec<StageSpec>,
        /// The units, ordered by stage as above, then wave, then id.
        units: Vec<UnitSpec>,
        /// The severity that refuses.
        fail_on: FailOn,
    },
    /// The units could not be made out.
    PrepareFailed {
        /// What was wrong and what to do.
        reason: String,
    },
    /// The run holds all of its targets: no other run plans or applies there.
    TargetsHeld,
    /// A unit was planned and scanned.
    Planned {
        /// The unit.
        unit: UnitId,
        /// What binds the plan, the policies and the variables together.
        digest: Digest,
        /// What would be done.
        changes: ChangeCounts,
        /// True when nothing at all would be done.
        unchanged: bool,
        /// What the policies found.
        findings: FindingCounts,
    },
    /// A unit could not be planned, or could not be scanned.
    PlanFailed {
        /// The unit.
        unit: UnitId,
        /// What was wrong and what to do.
        reason: String,
    },
    /// A unit's apply is about to begin; written before anything is touched.
    ApplyStarted {
        /// The unit.
        unit: UnitId,
    },
    /// A unit was applied.
    Applied {
        /// The unit.
        unit: UnitId,
    },
    /// A unit's apply failed.
    ApplyFailed {
        /// The unit.
        unit: UnitId,
        /// What was wrong and what to do.
        reason: String,
    },
    /// A unit's plan no longer holds, or its apply was cut off: it is planned again and, if need be, asked again.
    PlanVoided {
        /// The unit.
        unit: UnitId,
        /// Why.
        reason: String,
    },
    /// Somebody approved a stage.
    Approved {
        /// The stage.
        stage: StageName,
        /// Who.
        person: PersonName,
        /// What they looked at.
        digest: Digest,
    },
    /// Somebody rejected a stage.
    Rejected {
        /// The stage.
        stage: StageName,
        /// Who.
        person: PersonName,
        /// What they looked at.
        digest: Digest,
        /// Why.
        reason: String,
    },
    /// Somebody ended the run.
    Cancelled {
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
    /// A newer run takes its place.
    Superseded {
        /// The newer run, or what else ended it, such as the merge.
        by: String,
    },
    /// Somebody asked for what failed to be done again.
    Retried {
        /// Who.
        by: String,
    },
    /// A time that the run waited for has come.
    Woke,
}

/// An event as it is kept: numbered from 1 within its run, with the time at which it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its number.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}
