//! What can happen in a run besides a line of output.

use std::net::IpAddr;
use std::time::Duration;

use jiff::Timestamp;
use pipeline_core::Digest;

use super::context::UnitContext;
use super::record::{Category, EventType, Level, Outcome, PipelineResult, Rule, User};

/// Something that happened, at a time, to a run or to one of its units.
#[derive(Debug, Clone)]
pub struct Fact {
    /// When it happened.
    pub at: Timestamp,
    /// The unit that it happened to; none for the run.
    pub unit: Option<UnitContext>,
    /// What happened.
    pub what: What,
}

/// The kinds of facts.
#[derive(Debug, Clone)]
pub enum What {
    /// The run, or the unit that the fact names, changed its state.
    State {
        /// The new state.
        state: State,
        /// Why.
        reason: Option<String>,
        /// How long the step took that ended here.
        duration: Option<Duration>,
        /// Who caused it, if not the author of the change.
        by: Option<User>,
    },
    /// A policy rule found something.
    Finding(Finding),
    /// A person approved or rejected a stage.
    Verdict(Verdict),
    /// A webhook, a command or a call of the API arrived.
    Webhook {
        /// The forge's or Slack's name.
        sender: String,
        /// The delivery's id.
        delivery: String,
        /// What it told of: `push`, `pull_request`, …
        event: String,
        /// Where it came from.
        source_ip: Option<IpAddr>,
    },
    /// People were not told how the run stands.
    NotTold {
        /// Who should have told them: `slack` or `forge`.
        sink: String,
        /// What was wrong and what to do.
        reason: String,
    },
}

/// What a policy rule found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// How grave.
    pub level: Level,
    /// What was found, where.
    pub message: String,
    /// Whether it refuses the change.
    pub refuses: bool,
    /// Why it does not count, in the words of the file that suppresses it; none where it counts.
    pub skipped: Option<String>,
}

/// A person's word on a stage.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Whether they approved.
    pub approved: bool,
    /// Who.
    pub person: User,
    /// The stage.
    pub stage: String,
    /// The stage's digest that they looked at.
    pub digest: Digest,
    /// What they said.
    pub reason: Option<String>,
    /// Where they said it from.
    pub source_ip: Option<IpAddr>,
}

/// The states of runs and units, by the names of section 3 of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the contract names them")]
pub enum State {
    Queued,
    Planning,
    Planned,
    Waiting,
    Applying,
    Applied,
    Unchanged,
    Refused,
    Failed,
    Cancelled,
    Superseded,
    Skipped,
}

/// How a state is told in ECS's and OpenTelemetry's values.
pub(super) struct Telling {
    pub name: &'static str,
    pub category: Category,
    pub event_type: EventType,
    pub outcome: Option<Outcome>,
    pub result: Option<PipelineResult>,
    pub level: Level,
}

impl State {
    /// The state of that name, if there is one.
    pub fn parse(name: &str) -> Option<Self> {
        use State::{
            Applied, Applying, Cancelled, Failed, Planned, Planning, Queued, Refused, Skipped, Superseded,
            Unchanged, Waiting,
        };
        [
            Queued, Planning, Planned, Waiting, Applying, Applied, Unchanged, Refused, Failed, Cancelled,
            Superseded, Skipped,
        ]
        .into_iter()
        .find(|state| state.as_str() == name)
    }

    /// The state's name.
    pub fn as_str(self) -> &'static str {
        self.telling().name
    }

    /// Whether a run in this state has ended.
    pub fn is_end(self) -> bool {
        self.telling().result.is_some()
    }

    pub(super) fn telling(self) -> Telling {
        use Category::{Configuration, Process};
        use EventType::{Change, End, Info, Start};
        match self {
            Self::Queued => going("queued", Process, Info),
            Self::Planning => going("planning", Process, Start),
            Self::Planned => Telling { outcome: Some(Outcome::Success), ..going("planned", Process, Info) },
            Self::Waiting => going("waiting", Process, Info),
            Self::Applying => {
                Telling { outcome: Some(Outcome::Unknown), ..going("applying", Configuration, Change) }
            }
            Self::Applied => ended("applied", Configuration, Change, PipelineResult::Success),
            Self::Unchanged => ended("unchanged", Process, End, PipelineResult::Success),
            Self::Refused => ended("refused", Process, End, PipelineResult::Failure),
            Self::Failed => ended("failed", Process, End, PipelineResult::Error),
            Self::Cancelled => ended("cancelled", Process, End, PipelineResult::Cancellation),
            Self::Superseded => ended("superseded", Process, End, PipelineResult::Cancellation),
            Self::Skipped => ended("skipped", Process, End, PipelineResult::Skip),
        }
    }
}

fn going(name: &'static str, category: Category, event_type: EventType) -> Telling {
    Telling { name, category, event_type, outcome: None, result: None, level: Level::Info }
}

fn ended(name: &'static str, category: Category, event_type: EventType, result: PipelineResult) -> Telling {
    let (outcome, level) = match result {
        PipelineResult::Success => (Outcome::Success, Level::Info),
        PipelineResult::Failure | PipelineResult::Error => (Outcome::Failure, Level::Error),
        PipelineResult::Cancellation | PipelineResult::Skip => (Outcome::Unknown, Level::Warn),
    };
    Telling { name, category, event_type, outcome: Some(outcome), result: Some(result), level }
}
