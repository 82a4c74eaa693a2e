//! A run as the outside sees it: section 3 of the contract.

use jiff::Timestamp;
use landing_zone::{
    AccountId, AccountName, Engine, PersonName, Region, RepositoryName, StackName, StageName,
};
use serde::{Deserialize, Serialize};

use super::{Ending, Phase, Run, Stage, StageState, Unit, UnitState};
use crate::change::ChangeCounts;
use crate::digest::Digest;
use crate::effect::Effect;
use crate::event::FindingCounts;
use crate::id::{RunId, UnitId};
use crate::trigger::{Commit, TriggerKind};

/// A run's state, derived from its phase and its stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunState {
    /// It has not begun to plan: its units are being made out, or another run holds a target.
    Queued,
    /// Units are being planned.
    Planning,
    /// It waits for people, for a time, or for the merge.
    Waiting,
    /// Units are being applied.
    Applying,
    /// Every unit with changes was applied.
    Applied,
    /// Nothing was to be done.
    Unchanged,
    /// Policies or people refused it.
    Refused,
    /// Something failed.
    Failed,
    /// Somebody ended it.
    Cancelled,
    /// A newer run took its place.
    Superseded,
}

impl RunState {
    /// The state's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Planning => "planning",
            Self::Waiting => "waiting",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Superseded => "superseded",
        }
    }
}

/// A unit's state, as spelt in section 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    missing_docs,
    reason = "the names are the states of UnitState, and Waiting is a planned unit whose stage waits"
)]
pub enum UnitStateView {
    Queued,
    Planning,
    Planned,
    Unchanged,
    Refused,
    Waiting,
    Applying,
    Applied,
    Failed,
    Cancelled,
    Skipped,
}

impl UnitStateView {
    /// The state's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Planning => "planning",
            Self::Planned => "planned",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Waiting => "waiting",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Skipped => "skipped",
        }
    }
}

/// What a run waits for people to approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingFor {
    /// The stage.
    pub stage: StageName,
    /// How many approvals it takes.
    pub approvals: u32,
    /// How many count so far.
    pub have: u32,
    /// What they must name.
    pub digest: Digest,
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitView {
    /// Its id.
    pub id: UnitId,
    /// The stack.
    pub stack: StackName,
    /// The engine.
    pub engine: Engine,
    /// The account's id.
    pub account: AccountId,
    /// The account's name.
    pub account_name: AccountName,
    /// The region.
    pub region: Region,
    /// The stage.
    pub stage: StageName,
    /// The wave in the stage.
    pub wave: u32,
    /// Where it stands.
    pub state: UnitStateView,
    /// Why it failed.
    pub reason: Option<String>,
    /// What its plan is bound to.
    pub digest: Option<Digest>,
    /// What would be or was done.
    pub changes: ChangeCounts,
    /// What the policies found.
    pub findings: FindingCounts,
}

/// One approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalView {
    /// The stage.
    pub stage: StageName,
    /// Who.
    pub person: PersonName,
    /// When.
    pub at: Timestamp,
    /// What they looked at.
    pub digest: Digest,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunView {
    /// Its id.
    pub id: RunId,
    /// The repository.
    pub repository: RepositoryName,
    /// The branch.
    pub branch: String,
    /// The commit.
    pub commit: Commit,
    /// Who made the change.
    pub author: String,
    /// What started it.
    pub trigger: TriggerKind,
    /// The pull request's number.
    pub change: Option<u64>,
    /// Where it stands.
    pub state: RunState,
    /// Why it stands there, where that is not plain.
    pub reason: Option<String>,
    /// What it waits for people to approve.
    pub waiting_for: Option<WaitingFor>,
    /// When it began.
    pub started: Timestamp,
    /// When anything last happened to it.
    pub changed: Timestamp,
    /// Its units, by stage, wave and id.
    pub units: Vec<UnitView>,
    /// The approvals so far.
    pub approvals: Vec<ApprovalView>,
}

impl Run {
    /// The run as the outside sees it.
    pub fn view(&self) -> RunView {
        let spec = self.spec();
        let approval = |approval: &crate::gate::Approval| ApprovalView {
            stage: approval.stage.clone(),
            person: approval.person.clone(),
            at: approval.at,
            digest: approval.digest.clone(),
        };
        RunView {
            id: spec.id,
            repository: spec.repository.clone(),
            branch: spec.branch.clone(),
            commit: spec.commit.clone(),
            author: spec.author.name().to_owned(),
            trigger: spec.trigger,
            change: spec.change,
            state: self.state(),
            reason: self.reason(),
            waiting_for: self.waiting_for(),
            started: spec.id.started(),
            changed: self.changed_at,
            units: self.units.iter().map(|unit| self.unit_view(unit)).collect(),
            approvals: self.approvals.iter().map(approval).collect(),
        }
    }

    /// Where the run stands.
    pub fn state(&self) -> RunState {
        match &self.phase {
            Phase::Preparing | Phase::Queued => RunState::Queued,
            Phase::Active | Phase::Ending(_) => self.active_state(),
            Phase::Ended(Ending::Applied) => RunState::Applied,
            Phase::Ended(Ending::Unchanged) => RunState::Unchanged,
            Phase::Ended(Ending::Planned) => RunState::Waiting,
            Phase::Ended(Ending::Refused(_)) => RunState::Refused,
            Phase::Ended(Ending::Failed(_)) => RunState::Failed,
            Phase::Ended(Ending::Cancelled(_)) => RunState::Cancelled,
            Phase::Ended(Ending::Superseded(_)) => RunState::Superseded,
        }
    }

    fn active_state(&self) -> RunState {
        let open = |fits: fn(&Effect) -> bool| self.open.values().any(fits);
        if open(|effect| matches!(effect, Effect::Apply { .. })) {
            RunState::Applying
        } else if open(|effect| matches!(effect, Effect::Plan { .. } | Effect::Prepare)) {
            RunState::Planning
        } else {
            RunState::Waiting
        }
    }

    /// The stage that waits for people, the first where several do.
    pub fn waiting_for(&self) -> Option<WaitingFor> {
        let waits = |stage: &Stage| match &stage.state {
            StageState::Waiting { digest, have } => Some(WaitingFor {
                stage: stage.spec.name.clone(),
                approvals: stage.spec.approvals,
                have: *have,
                digest: digest.clone(),
            }),
            _ => None,
        };
        self.stages.iter().filter(|_| self.phase == Phase::Active).find_map(waits)
    }

    fn reason(&self) -> Option<String> {
        match &self.phase {
            Phase::Ending(ending) | Phase::Ended(ending) => match ending {
                Ending::Refused(reason)
                | Ending::Failed(reason)
                | Ending::Cancelled(reason)
                | Ending::Superseded(reason) => Some(reason.clone()),
                Ending::Planned => Some("planned; it waits for the merge".to_owned()),
                Ending::Applied | Ending::Unchanged => None,
            },
            Phase::Queued => Some("another run holds a target; this one is next in its queue".to_owned()),
            Phase::Active => self.stages.iter().find_map(waits_for_time),
            Phase::Preparing => None,
        }
    }

    fn unit_view(&self, unit: &Unit) -> UnitView {
        let (spec, plan) = (&unit.spec, unit.state.plan());
        UnitView {
            id: spec.id.clone(),
            stack: spec.stack.clone(),
            engine: spec.engine,
            account: spec.account.clone(),
            account_name: spec.account_name.clone(),
            region: spec.region.clone(),
            stage: spec.stage.clone(),
            wave: spec.wave,
            state: self.unit_state(unit),
            reason: match &unit.state {
                UnitState::Failed { reason, .. } => Some(reason.clone()),
                _ => None,
            },
            digest: plan.map(|plan| plan.digest.clone()),
            changes: plan.map(|plan| plan.changes).unwrap_or_default(),
            findings: plan.map(|plan| plan.findings).unwrap_or_default(),
        }
    }

    fn unit_state(&self, unit: &Unit) -> UnitStateView {
        let stage = self.stages.get(unit.stage).map(Stage::state);
        match (&unit.state, stage) {
            (UnitState::Planned(_), Some(StageState::Waiting { .. } | StageState::Frozen { .. })) => {
                UnitStateView::Waiting
            }
            (UnitState::Queued, _) => UnitStateView::Queued,
            (UnitState::Planning, _) => UnitStateView::Planning,
            (UnitState::Planned(_), _) => UnitStateView::Planned,
            (UnitState::Unchanged(_), _) => UnitStateView::Unchanged,
            (UnitState::Refused(_), _) => UnitStateView::Refused,
            (UnitState::Applying { .. }, _) => UnitStateView::Applying,
            (UnitState::Applied(_), _) => UnitStateView::Applied,
            (UnitState::Failed { .. }, _) => UnitStateView::Failed,
            (UnitState::Cancelled, _) => UnitStateView::Cancelled,
            (UnitState::Skipped, _) => UnitStateView::Skipped,
        }
    }
}

fn waits_for_time(stage: &Stage) -> Option<String> {
    let name = &stage.spec.name;
    match &stage.state {
        StageState::Soaking { until } => Some(format!("stage {name} starts at {until}, after its soak")),
        StageState::Frozen { name: freeze, until, .. } => {
            Some(format!("stage {name} is frozen by {freeze:?} until {until}"))
        }
        _ => None,
    }
}
