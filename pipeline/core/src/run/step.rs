//! What an event does to a run: first whether it fits, then what it changes.

use jiff::Timestamp;
use landing_zone::{PersonName, StageName};

use super::unit::PlanEvidence;
use super::{Ending, Illegal, Phase, Run, Stage, StageState, Unit, UnitState};
use crate::digest::Digest;
use crate::effect::Effect;
use crate::event::{Event, Mode, StageSpec, UnitSpec};
use crate::gate::{self, Approval};
use crate::id::UnitId;

impl Run {
    /// Whether [`Run::step`] would take the event, without taking it.
    ///
    /// # Errors
    /// [`Illegal`] says why it would not.
    pub fn check(&self, event: &Event) -> Result<(), Illegal> {
        match event {
            Event::Started { .. } => Err(Illegal::NotStarted),
            Event::Prepared { stages, units, .. } => {
                self.check_preparing().and_then(|()| check_units(stages, units))
            }
            Event::PrepareFailed { .. } => self.check_preparing(),
            Event::TargetsHeld if self.phase == Phase::Queued && self.held => Ok(()),
            Event::TargetsHeld => Err(Illegal::NotNow),
            Event::Planned { unit, .. } | Event::PlanFailed { unit, .. } => {
                self.check_unit(unit, |state| matches!(state, UnitState::Planning))
            }
            Event::ApplyStarted { unit } => {
                self.check_unit(unit, |state| matches!(state, UnitState::Applying { started: false, .. }))
            }
            Event::Applied { unit } | Event::ApplyFailed { unit, .. } | Event::PlanVoided { unit, .. } => {
                self.check_unit(unit, |state| matches!(state, UnitState::Applying { .. }))
            }
            Event::Approved { stage, person, digest } => self.check_approval(stage, person, digest),
            Event::Rejected { stage, digest, .. } => self.check_waiting(stage, digest),
            Event::Cancelled { .. } => self.check_may_end(),
            Event::Superseded { .. }
                if self.phase == Phase::Ended(Ending::Planned) || self.may_be_superseded() =>
            {
                Ok(())
            }
            Event::Superseded { .. } => {
                Err(if self.has_ended() { Illegal::Ended } else { Illegal::Applying })
            }
            Event::Retried { .. } => match self.phase {
                Phase::Ended(Ending::Failed(_) | Ending::Cancelled(_)) => Ok(()),
                _ => Err(Illegal::NotRetriable),
            },
            Event::Woke => Ok(()),
        }
    }

    fn check_preparing(&self) -> Result<(), Illegal> {
        let preparing = self.open.values().any(|effect| *effect == Effect::Prepare);
        if preparing { Ok(()) } else { Err(Illegal::NotNow) }
    }

    fn check_unit(&self, id: &UnitId, fits: impl Fn(&UnitState) -> bool) -> Result<(), Illegal> {
        let unit = self.unit(id).ok_or_else(|| Illegal::UnknownUnit(id.clone()))?;
        if fits(&unit.state) {
            Ok(())
        } else {
            Err(Illegal::UnitState { unit: id.clone(), state: unit.state.name() })
        }
    }

    fn check_may_end(&self) -> Result<(), Illegal> {
        match self.phase {
            Phase::Ended(Ending::Planned) => Ok(()),
            Phase::Ending(_) | Phase::Ended(_) => Err(Illegal::Ended),
            _ => Ok(()),
        }
    }

    fn check_waiting(&self, name: &StageName, digest: &Digest) -> Result<(), Illegal> {
        let stage = self.stage(name).ok_or_else(|| Illegal::UnknownStage(name.clone()))?;
        if self.phase != Phase::Active {
            return Err(Illegal::NotWaiting(name.clone()));
        }
        match &stage.state {
            StageState::Waiting { digest: current, .. } | StageState::Frozen { digest: current, .. }
                if current == digest =>
            {
                Ok(())
            }
            StageState::Waiting { digest: current, .. } | StageState::Frozen { digest: current, .. } => {
                Err(Illegal::WrongDigest { stage: name.clone(), current: current.clone() })
            }
            _ => Err(Illegal::NotWaiting(name.clone())),
        }
    }

    fn check_approval(&self, stage: &StageName, person: &PersonName, digest: &Digest) -> Result<(), Illegal> {
        self.check_waiting(stage, digest)?;
        let of_stage: Vec<Approval> =
            self.approvals.iter().filter(|approval| approval.stage == *stage).cloned().collect();
        Ok(gate::may_approve(&self.spec.author, person, digest, &of_stage)?)
    }

    /// Changes the run by an event that was checked.
    pub(super) fn take(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::Started { .. } => {}
            Event::Prepared { stages, units, fail_on } => {
                self.fail_on = *fail_on;
                self.take_prepared(stages, units);
            }
            Event::PrepareFailed { reason } => {
                self.close(|effect| *effect == Effect::Prepare);
                self.end(Ending::Failed(reason.clone()));
            }
            Event::TargetsHeld => {
                self.close(|effect| *effect == Effect::HoldTargets);
                self.phase = Phase::Active;
            }
            Event::Planned { unit, digest, changes, unchanged, findings } => {
                let plan = PlanEvidence { digest: digest.clone(), changes: *changes, findings: *findings };
                self.planned(unit, plan, *unchanged);
            }
            Event::PlanFailed { unit, reason } => self.plan_failed(unit, reason),
            Event::ApplyStarted { unit } => self.apply_started(unit),
            Event::Applied { unit } => self.applied(unit),
            Event::ApplyFailed { unit, reason } => self.apply_failed(unit, reason),
            Event::PlanVoided { unit, .. } => self.plan_voided(unit),
            Event::Approved { stage, person, digest } => {
                let approval = Approval {
                    stage: stage.clone(),
                    person: person.clone(),
                    at: now,
                    digest: digest.clone(),
                };
                self.approvals.push(approval);
            }
            Event::Rejected { stage, person, reason, .. } => {
                self.end(Ending::Refused(format!("{person} rejected stage {stage}: {reason}")));
            }
            Event::Cancelled { by, reason } => self.end(Ending::Cancelled(said(by, reason))),
            Event::Superseded { by } => self.end(Ending::Superseded(format!("superseded by {by}"))),
            Event::Retried { .. } => self.retry(),
            Event::Woke => self.close(|effect| matches!(effect, Effect::Wake { at } if *at <= now)),
        }
    }

    fn take_prepared(&mut self, stages: &[StageSpec], units: &[UnitSpec]) {
        self.close(|effect| *effect == Effect::Prepare);
        if self.phase != Phase::Preparing {
            return;
        }
        for spec in stages {
            let first = units.iter().position(|unit| unit.stage == spec.name).unwrap_or(0);
            let count = units.iter().filter(|unit| unit.stage == spec.name).count();
            self.stage_index.insert(spec.name.clone(), self.stages.len());
            self.stages.push(Stage::new(spec.clone(), first..first.saturating_add(count)));
        }
        for spec in units {
            self.unit_index.insert(spec.id.clone(), self.units.len());
            let stage = self.stage_index.get(&spec.stage).copied().unwrap_or(0);
            self.units.push(Unit::new(spec.clone(), stage));
        }
        self.link_units();
        self.phase = match (units.is_empty(), self.spec.mode) {
            (true, _) => Phase::Ending(Ending::Unchanged),
            (false, Mode::PlanOnly) => Phase::Active,
            (false, Mode::Apply) => Phase::Queued,
        };
    }

    /// Counts what each unit waits for. Dependencies that are whole, or of another stage, are nothing to wait for.
    fn link_units(&mut self) {
        let links: Vec<(usize, usize)> = self
            .units
            .iter()
            .enumerate()
            .flat_map(|(place, unit)| unit.spec.depends_on.iter().map(move |id| (place, id)))
            .filter_map(|(place, id)| self.unit_index.get(id).map(|&before| (before, place)))
            .collect();
        for (before, place) in links {
            let whole = self.units.get(before).is_none_or(|unit| unit.state.is_whole());
            if let Some(unit) = self.units.get_mut(before) {
                unit.dependents.push(place);
            }
            if let Some(unit) = self.units.get_mut(place).filter(|_| !whole) {
                unit.blockers = unit.blockers.saturating_add(1);
            }
        }
    }

    fn planned(&mut self, id: &UnitId, plan: PlanEvidence, unchanged: bool) {
        let over = gate::refuses(plan.findings, self.fail_on);
        let Some(place) = self.close_unit(id, |stage| &mut stage.planning) else { return };
        let Some(unit) = self.units.get_mut(place) else { return };
        let (stage, wave) = (unit.stage, unit.spec.wave);
        let next = match (unchanged, over) {
            (true, _) if unit.interrupted => UnitState::Applied(plan),
            (true, _) => UnitState::Unchanged(plan),
            (false, true) => UnitState::Refused(plan),
            (false, false) => UnitState::Planned(plan),
        };
        let (whole, refused) = (next.is_whole(), matches!(next, UnitState::Refused(_)));
        unit.state = next;
        let Some(stage) = self.stages.get_mut(stage) else { return };
        if whole {
            self.whole(place);
        } else if refused {
            stage.refused.get_or_insert(place);
            stage.settled = stage.settled.saturating_add(1);
        } else {
            stage.waves.entry(wave).or_default().push_back(place);
        }
    }

    fn plan_failed(&mut self, id: &UnitId, reason: &str) {
        if let Some(place) = self.close_unit(id, |stage| &mut stage.planning) {
            self.failed(place, reason);
        }
    }

    fn apply_started(&mut self, id: &UnitId) {
        let unit = self.unit_index.get(id).and_then(|&place| self.units.get_mut(place));
        if let Some(UnitState::Applying { started, .. }) = unit.map(|unit| &mut unit.state) {
            *started = true;
        }
    }

    fn applied(&mut self, id: &UnitId) {
        let Some(place) = self.close_unit(id, |stage| &mut stage.applying) else { return };
        let Some(unit) = self.units.get_mut(place) else { return };
        if let UnitState::Applying { plan, .. } = &unit.state {
            unit.state = UnitState::Applied(plan.clone());
        }
        self.whole(place);
    }

    fn apply_failed(&mut self, id: &UnitId, reason: &str) {
        if let Some(place) = self.close_unit(id, |stage| &mut stage.applying) {
            self.failed(place, reason);
        }
    }

    fn plan_voided(&mut self, id: &UnitId) {
        let Some(place) = self.close_unit(id, |stage| &mut stage.applying) else { return };
        let Some(unit) = self.units.get_mut(place) else { return };
        unit.interrupted |= matches!(unit.state, UnitState::Applying { started: true, .. });
        unit.state = UnitState::Queued;
        if let Some(stage) = self.stages.get_mut(unit.stage) {
            stage.next_round.push(place);
        }
    }

    /// A unit is whole: what waits only for it may be planned, in this round if planning is still going on.
    fn whole(&mut self, place: usize) {
        let Some(unit) = self.units.get(place) else { return };
        let (dependents, stage) = (unit.dependents.clone(), unit.stage);
        let mut ready = Vec::new();
        for dependent in dependents {
            let Some(unit) = self.units.get_mut(dependent) else { continue };
            unit.blockers = unit.blockers.saturating_sub(1);
            if unit.blockers == 0 && unit.state == UnitState::Queued {
                ready.push(dependent);
            }
        }
        let plan_only = self.spec.mode == Mode::PlanOnly;
        let Some(stage) = self.stages.get_mut(stage) else { return };
        stage.settled = stage.settled.saturating_add(1);
        match stage.state {
            _ if plan_only => {}
            StageState::Planning => stage.to_plan.extend(ready),
            _ => stage.next_round.extend(ready),
        }
    }

    /// A unit failed: what depends on it, directly or not, is skipped.
    fn failed(&mut self, place: usize, reason: &str) {
        let Some(unit) = self.units.get_mut(place) else { return };
        let plan = unit.state.plan().cloned();
        unit.state = UnitState::Failed { reason: reason.to_owned(), plan };
        let (index, mut pending) = (unit.stage, unit.dependents.clone());
        let mut settled = 1;
        while let Some(dependent) = pending.pop().filter(|_| self.spec.mode == Mode::Apply) {
            let Some(unit) = self.units.get_mut(dependent).filter(|unit| unit.state == UnitState::Queued)
            else {
                continue;
            };
            unit.state = UnitState::Skipped;
            pending.extend(unit.dependents.iter().copied());
            settled += 1;
        }
        if let Some(stage) = self.stages.get_mut(index) {
            stage.settled = stage.settled.saturating_add(settled);
            stage.failed = stage.failed.saturating_add(1);
        }
    }

    fn retry(&mut self) {
        for unit in &mut self.units {
            if matches!(unit.state, UnitState::Failed { .. } | UnitState::Skipped | UnitState::Cancelled) {
                unit.interrupted |= matches!(&unit.state, UnitState::Failed { plan: Some(_), .. });
                unit.state = UnitState::Queued;
            }
            (unit.blockers, unit.dependents) = (0, Vec::new());
        }
        self.link_units();
        for stage in self.stages.iter_mut().filter(|stage| !matches!(stage.state, StageState::Whole { .. })) {
            let whole = self
                .units
                .get(stage.units.clone())
                .unwrap_or_default()
                .iter()
                .filter(|unit| unit.state.is_whole());
            let settled = whole.count();
            *stage = Stage { settled, ..Stage::new(stage.spec.clone(), stage.units.clone()) };
        }
        self.phase = match (self.stages.is_empty(), self.spec.mode) {
            (true, _) => Phase::Preparing,
            (false, Mode::PlanOnly) => Phase::Active,
            (false, Mode::Apply) => Phase::Queued,
        };
    }

    /// Begins to end the run; the first reason stands. A run that only waits for its merge has nothing to let finish.
    pub(super) fn end(&mut self, ending: Ending) {
        match self.phase {
            Phase::Ended(Ending::Planned) => self.phase = Phase::Ended(ending),
            Phase::Ending(_) | Phase::Ended(_) => {}
            _ => self.phase = Phase::Ending(ending),
        }
    }

    fn close(&mut self, answered: impl Fn(&Effect) -> bool) {
        self.open.retain(|_, effect| !answered(effect));
    }

    /// Closes a unit's open effect and takes it off its stage's count; answers the unit's place.
    fn close_unit(&mut self, id: &UnitId, count: impl Fn(&mut Stage) -> &mut usize) -> Option<usize> {
        self.close(|effect| match effect {
            Effect::Plan { unit } => unit == id,
            Effect::Apply { permit } => permit.unit() == id,
            _ => false,
        });
        let place = *self.unit_index.get(id)?;
        let stage = self.units.get(place)?.stage;
        let counter = count(self.stages.get_mut(stage)?);
        *counter = counter.saturating_sub(1);
        Some(place)
    }
}

fn said(by: &str, reason: &str) -> String {
    if reason.is_empty() { format!("cancelled by {by}") } else { format!("cancelled by {by}: {reason}") }
}

/// The units must be grouped by stage in the stages' order, with no id twice and no stage unknown.
fn check_units(stages: &[StageSpec], units: &[UnitSpec]) -> Result<(), Illegal> {
    let place = |unit: &UnitSpec| {
        let found = stages.iter().position(|stage| stage.name == unit.stage);
        found.ok_or_else(|| {
            Illegal::Inconsistent(format!(
                "unit {} names stage {}, which is not in the run",
                unit.id, unit.stage
            ))
        })
    };
    let mut seen = std::collections::BTreeSet::new();
    let mut last = 0;
    for unit in units {
        let stage = place(unit)?;
        if stage < last {
            return Err(Illegal::Inconsistent(format!("unit {} stands out of the stages' order", unit.id)));
        }
        if !seen.insert(&unit.id) {
            return Err(Illegal::Inconsistent(format!("unit {} is there twice", unit.id)));
        }
        last = stage;
    }
    Ok(())
}
