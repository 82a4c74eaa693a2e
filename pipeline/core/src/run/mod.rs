//! A run: the fold of its events, and the one transition function.

mod advance;
mod check;
mod illegal;
mod stage;
mod step;
mod unit;
mod view;

use std::collections::BTreeMap;

use jiff::Timestamp;
use landing_zone::{FailOn, StageName};

pub use illegal::Illegal;
pub use stage::{Stage, StageState};
pub use unit::{Unit, UnitState};
pub use view::{ApprovalView, RunState, RunView, UnitStateView, UnitView, WaitingFor};

use crate::effect::Effect;
use crate::event::{Event, Recorded, RunSpec};
use crate::gate::Approval;
use crate::id::{EffectId, UnitId};

/// How many plans and applies of one run may be open at once, whatever the number of its units.
pub const WINDOW: usize = 64;

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Its units are being made out.
    Preparing,
    /// It waits for its targets.
    Queued,
    /// Its stages go on.
    Active,
    /// Nothing more is begun; what is open is let finish.
    Ending(Ending),
    /// It has ended.
    Ended(Ending),
}

/// How a run ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Every unit that had changes was applied.
    Applied,
    /// There was nothing to apply.
    Unchanged,
    /// A plan-only run has done its work; the merge decides.
    Planned,
    /// Policies or people refused it.
    Refused(String),
    /// Something failed.
    Failed(String),
    /// Somebody ended it.
    Cancelled(String),
    /// A newer run took its place.
    Superseded(String),
}

/// One run. Made by [`Run::start`], changed only by [`Run::step`].
#[derive(Debug, Clone)]
pub struct Run {
    spec: RunSpec,
    version: u64,
    phase: Phase,
    fail_on: FailOn,
    stages: Vec<Stage>,
    stage_index: BTreeMap<StageName, usize>,
    units: Vec<Unit>,
    unit_index: BTreeMap<UnitId, usize>,
    approvals: Vec<Approval>,
    open: BTreeMap<EffectId, Effect>,
    next_effect: u32,
    held: bool,
    changed_at: Timestamp,
}

impl Run {
    /// Begins a run with its first event.
    ///
    /// # Errors
    /// [`Illegal::NotStarted`] when the event is not `Started`.
    pub fn start(event: &Event, now: Timestamp) -> Result<(Self, Vec<(EffectId, Effect)>), Illegal> {
        let Event::Started { spec } = event else {
            return Err(Illegal::NotStarted);
        };
        let mut run = Self {
            spec: spec.clone(),
            version: 1,
            phase: Phase::Preparing,
            fail_on: FailOn::High,
            stages: Vec::new(),
            stage_index: BTreeMap::new(),
            units: Vec::new(),
            unit_index: BTreeMap::new(),
            approvals: Vec::new(),
            open: BTreeMap::new(),
            next_effect: 0,
            held: false,
            changed_at: now,
        };
        let effects = vec![run.emit(Effect::Prepare)];
        Ok((run, effects))
    }

    /// Folds a run from its events.
    ///
    /// # Errors
    /// [`Illegal`] when the events are not those of a run: empty, out of order, or one that the run refuses.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Result<Self, Illegal> {
        let mut events = events.into_iter();
        let first = events.next().ok_or(Illegal::NotStarted)?;
        let (mut run, _) = Self::start(&first.event, first.at)?;
        for recorded in events {
            run.replay(recorded)?;
        }
        Ok(run)
    }

    /// Takes one more recorded event.
    ///
    /// # Errors
    /// [`Illegal::OutOfOrder`] when its number is not the next; otherwise as [`Run::step`].
    pub fn replay(&mut self, recorded: &Recorded) -> Result<(), Illegal> {
        if recorded.number != self.version.saturating_add(1) {
            return Err(Illegal::OutOfOrder {
                expected: self.version.saturating_add(1),
                got: recorded.number,
            });
        }
        self.step(&recorded.event, recorded.at).map(|_| ())
    }

    /// The transition function: takes an event, and answers what is to be done. An event that is refused changes nothing.
    ///
    /// # Errors
    /// [`Illegal`] says why the event does not fit the run as it is.
    pub fn step(&mut self, event: &Event, now: Timestamp) -> Result<Vec<(EffectId, Effect)>, Illegal> {
        self.check(event, now)?;
        self.version = self.version.saturating_add(1);
        self.next_effect = 0;
        self.changed_at = now;
        self.take(event, now);
        Ok(self.advance(now))
    }

    /// What the run is of.
    pub const fn spec(&self) -> &RunSpec {
        &self.spec
    }

    /// The number of its last event.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// How far it is.
    pub const fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Its stages, each after those that it waits for.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Its units, by stage, wave and id.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// One of its units.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.unit_index.get(id).and_then(|&index| self.units.get(index))
    }

    /// The effects that have been asked for and not been answered. After a restart these are performed again.
    pub fn open_effects(&self) -> impl Iterator<Item = (&EffectId, &Effect)> {
        self.open.iter()
    }

    /// True once nothing more can happen to it, but for a retry.
    pub const fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Ended(_))
    }

    /// True while it holds its targets or queues for them.
    pub const fn holds_targets(&self) -> bool {
        self.held
    }

    /// True when a newer run may take its place: nothing of it is being applied.
    pub fn may_be_superseded(&self) -> bool {
        !matches!(self.phase, Phase::Ending(_) | Phase::Ended(_))
            && !self.open.values().any(|effect| matches!(effect, Effect::Apply { .. }))
    }

    pub(crate) fn emit(&mut self, effect: Effect) -> (EffectId, Effect) {
        let id = EffectId { event: self.version, index: self.next_effect };
        self.next_effect = self.next_effect.saturating_add(1);
        self.open.insert(id, effect.clone());
        (id, effect)
    }

    fn stage(&self, name: &StageName) -> Option<&Stage> {
        self.stage_index.get(name).and_then(|&index| self.stages.get(index))
    }
}
