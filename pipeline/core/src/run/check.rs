//! Whether an event fits a run as it is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use landing_zone::{PersonName, StageName};

use super::{Ending, Illegal, Phase, Run, StageState, UnitState};
use crate::digest::Digest;
use crate::effect::Effect;
use crate::event::{Event, StageSpec, UnitSpec};
use crate::gate::{self, Approval};
use crate::id::UnitId;

impl Run {
    /// Whether [`Run::step`] would take the event at this time, without taking it.
    ///
    /// # Errors
    /// [`Illegal`] says why it would not.
    pub fn check(&self, event: &Event, now: Timestamp) -> Result<(), Illegal> {
        match event {
            Event::Started { .. } => Err(Illegal::NotStarted),
            Event::Prepared { stages, units, .. } => {
                self.check_preparing().and_then(|()| check_layout(stages, units))
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
            Event::Applied { unit } => self.check_unit(unit, UnitState::apply_began),
            Event::ApplyFailed { unit, .. } | Event::PlanVoided { unit, .. } => {
                self.check_unit(unit, |state| matches!(state, UnitState::Applying { .. }))
            }
            Event::Approved { stage, person, digest } => self.check_approval(stage, person, digest),
            Event::Rejected { stage, digest, .. } => self.check_waiting(stage, digest),
            Event::Cancelled { .. } => self.check_may_end(),
            Event::Superseded { .. } => self.check_superseded(),
            Event::Retried { .. } => match self.phase {
                Phase::Ended(Ending::Failed(_) | Ending::Cancelled(_)) => Ok(()),
                _ => Err(Illegal::NotRetriable),
            },
            Event::Woke => self.check_woke(now),
        }
    }

    fn check_woke(&self, now: Timestamp) -> Result<(), Illegal> {
        let due = self.open.values().any(|effect| matches!(effect, Effect::Wake { at } if *at <= now));
        if due { Ok(()) } else { Err(Illegal::NotNow) }
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

    fn check_superseded(&self) -> Result<(), Illegal> {
        self.check_may_end()?;
        let applying = self.phase != Phase::Ended(Ending::Planned) && !self.may_be_superseded();
        if applying { Err(Illegal::Applying) } else { Ok(()) }
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
}

/// Stages must come after those that they wait for, and units be grouped by stage in that order, each once, and depend on
/// units of their own stage without going round in a circle: otherwise a unit could be passed over in silence.
fn check_layout(stages: &[StageSpec], units: &[UnitSpec]) -> Result<(), Illegal> {
    let stages = check_stages(stages)?;
    let places = check_places(&stages, units)?;
    check_dependencies(&places, units)
}

fn check_stages(stages: &[StageSpec]) -> Result<BTreeMap<&StageName, usize>, Illegal> {
    let mut places = BTreeMap::new();
    for (place, stage) in stages.iter().enumerate() {
        let name = &stage.name;
        if let Some(before) = stage.after.iter().find(|before| !places.contains_key(before)) {
            return Err(Illegal::Inconsistent(format!("stage {name} does not stand after {before}")));
        }
        if places.insert(name, place).is_some() {
            return Err(Illegal::Inconsistent(format!("stage {name} is there twice")));
        }
    }
    Ok(places)
}

fn check_places<'a>(
    stages: &BTreeMap<&StageName, usize>,
    units: &'a [UnitSpec],
) -> Result<BTreeMap<&'a UnitId, usize>, Illegal> {
    let wrong = |unit: &UnitSpec, what: &str| Err(Illegal::Inconsistent(format!("unit {} {what}", unit.id)));
    let mut places = BTreeMap::new();
    let mut last = 0;
    for (place, unit) in units.iter().enumerate() {
        let Some(&stage) = stages.get(&unit.stage) else {
            return wrong(unit, &format!("names stage {}, which is not in the run", unit.stage));
        };
        if stage < last {
            return wrong(unit, "stands out of the stages' order");
        }
        if places.insert(&unit.id, place).is_some() {
            return wrong(unit, "is there twice");
        }
        last = stage;
    }
    Ok(places)
}

fn check_dependencies(places: &BTreeMap<&UnitId, usize>, units: &[UnitSpec]) -> Result<(), Illegal> {
    let mut waits: Vec<usize> = vec![0; units.len()];
    let mut dependents: Vec<Vec<usize>> = vec![Vec::new(); units.len()];
    for (place, (unit, waits)) in units.iter().zip(&mut waits).enumerate() {
        for id in &unit.depends_on {
            let before =
                places.get(id).and_then(|&before| Some((units.get(before)?, dependents.get_mut(before)?)));
            let Some((_, dependents)) = before.filter(|(before, _)| before.stage == unit.stage) else {
                let what = format!("unit {} depends on {id}, which is not in its stage", unit.id);
                return Err(Illegal::Inconsistent(what));
            };
            dependents.push(place);
            *waits = waits.saturating_add(1);
        }
    }
    match first_of_circle(waits, &dependents).and_then(|place| units.get(place)) {
        Some(unit) => Err(Illegal::Inconsistent(format!("unit {} depends on itself", unit.id))),
        None => Ok(()),
    }
}

/// Takes away what waits for nothing until nothing more can be taken; answers something that is left.
fn first_of_circle(mut waits: Vec<usize>, dependents: &[Vec<usize>]) -> Option<usize> {
    let mut free: Vec<usize> = (0..waits.len()).filter(|&place| waits.get(place) == Some(&0)).collect();
    while let Some(place) = free.pop() {
        for &dependent in dependents.get(place).into_iter().flatten() {
            let Some(left) = waits.get_mut(dependent) else { continue };
            *left = left.saturating_sub(1);
            if *left == 0 {
                free.push(dependent);
            }
        }
    }
    waits.iter().position(|&left| left > 0)
}
