//! What an event that fits changes in a run.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use landing_zone::StageName;

use super::unit::PlanEvidence;
use super::{Ending, Phase, Run, Stage, StageState, Unit, UnitState};
use crate::effect::Effect;
use crate::event::{Event, Mode, StageSpec, UnitSpec};
use crate::gate::{self, Approval};
use crate::id::UnitId;

/// How often a unit's plan may be voided in one run before the unit counts as failed: something keeps changing its target.
const MAX_VOIDED: u32 = 5;

impl Run {
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
            Event::PlanVoided { unit, reason } => self.plan_voided(unit, reason),
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
        let ranges = ranges(units);
        for spec in stages {
            self.stage_index.insert(spec.name.clone(), self.stages.len());
            let range = ranges.get(&spec.name).cloned().unwrap_or_default();
            self.stages.push(Stage::new(spec.clone(), range));
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
        } else {
            stage.waves.entry(wave).or_default().push_back(place);
        }
    }

    /// What is being planned when a run ends is cut off, so that its failure is nothing but its turn that did not come.
    fn plan_failed(&mut self, id: &UnitId, reason: &str) {
        let Some(place) = self.close_unit(id, |stage| &mut stage.planning) else { return };
        if !matches!(self.phase, Phase::Ending(_)) {
            self.failed(place, reason);
        } else if let Some(unit) = self.units.get_mut(place) {
            unit.state = UnitState::Queued;
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
        let Some(place) = self.close_unit(id, |stage| &mut stage.applying) else { return };
        if let Some(unit) = self.units.get_mut(place) {
            unit.interrupted |= unit.state.apply_began();
        }
        self.failed(place, reason);
    }

    fn plan_voided(&mut self, id: &UnitId, reason: &str) {
        let Some(place) = self.close_unit(id, |stage| &mut stage.applying) else { return };
        let ending = self.phase != Phase::Active;
        let Some(unit) = self.units.get_mut(place) else { return };
        let began = unit.state.apply_began();
        unit.interrupted |= began;
        unit.voided = unit.voided.saturating_add(1);
        // A run that ends plans nothing again, and "cancelled" would hide that something may have been applied.
        if began && ending {
            self.failed(place, &format!("its apply was cut off: {reason}; look at what it has left behind"));
        } else if unit.voided >= MAX_VOIDED {
            let hint = "retry the run once nothing else changes its target";
            self.failed(place, &format!("its plan did not hold {MAX_VOIDED} times over: {reason}; {hint}"));
        } else {
            unit.state = UnitState::Queued;
            if let Some(stage) = self.stages.get_mut(unit.stage) {
                stage.next_round.push(place);
            }
        }
    }

    /// A unit is whole: what waits only for it may be planned, in this round if planning is still going on.
    fn whole(&mut self, place: usize) {
        let Some(unit) = self.units.get(place) else { return };
        let applied = matches!(unit.state, UnitState::Applied(_));
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
        stage.applied |= applied;
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
        while let Some(dependent) = pending.pop().filter(|_| self.spec.mode == Mode::Apply) {
            let Some(unit) = self.units.get_mut(dependent).filter(|unit| unit.state == UnitState::Queued)
            else {
                continue;
            };
            unit.state = UnitState::Skipped;
            pending.extend(unit.dependents.iter().copied());
        }
        if let Some(stage) = self.stages.get_mut(index) {
            stage.failed = stage.failed.saturating_add(1);
        }
    }

    /// Everything that is not whole is planned again, with nothing known of it but whether an apply was begun.
    fn retry(&mut self) {
        let plan_only = self.spec.mode == Mode::PlanOnly;
        for unit in &mut self.units {
            let kept = plan_only && matches!(unit.state, UnitState::Planned(_));
            if !kept && !unit.state.is_whole() {
                unit.state = UnitState::Queued;
            }
            (unit.blockers, unit.dependents, unit.voided) = (0, Vec::new(), 0);
        }
        self.link_units();
        let open = |stage: &&mut Stage| plan_only || !matches!(stage.state, StageState::Whole { .. });
        for stage in self.stages.iter_mut().filter(open) {
            let units = self.units.get(stage.units.clone()).unwrap_or_default();
            let applied = units.iter().any(|unit| matches!(unit.state, UnitState::Applied(_)));
            *stage = Stage { applied, ..Stage::new(stage.spec.clone(), stage.units.clone()) };
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

/// Where the units of each stage lie; they are grouped by stage.
fn ranges(units: &[UnitSpec]) -> BTreeMap<StageName, Range<usize>> {
    let mut ranges: BTreeMap<StageName, Range<usize>> = BTreeMap::new();
    for (place, unit) in units.iter().enumerate() {
        let range = ranges.entry(unit.stage.clone()).or_insert(place..place);
        range.end = place.saturating_add(1);
    }
    ranges
}
