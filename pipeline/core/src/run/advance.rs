//! What comes next: after each event, the stages go on as far as they can without one.

use jiff::Timestamp;

use super::{Ending, Phase, Run, Stage, StageState, UnitState, WINDOW};
use crate::digest::Digest;
use crate::effect::Effect;
use crate::event::Mode;
use crate::gate::{self, Grant, Verdict};
use crate::id::EffectId;

type Effects = Vec<(EffectId, Effect)>;

impl Run {
    pub(super) fn advance(&mut self, now: Timestamp) -> Effects {
        let mut effects = Effects::new();
        match self.phase {
            Phase::Preparing if self.open.is_empty() => effects.push(self.emit(Effect::Prepare)),
            Phase::Queued if !self.held => {
                self.held = true;
                effects.push(self.emit(Effect::HoldTargets));
            }
            Phase::Active => self.advance_stages(now, &mut effects),
            _ => {}
        }
        self.finish();
        effects
    }

    fn advance_stages(&mut self, now: Timestamp, effects: &mut Effects) {
        for index in 0..self.stages.len() {
            while self.phase == Phase::Active && self.advance_stage(index, now, effects) {}
        }
        if self.phase == Phase::Active && !self.stages.iter().any(Stage::is_active) {
            let ending = self.conclusion();
            self.end(ending);
        }
    }

    /// Takes a stage one state further; false when it can go no further without an event.
    fn advance_stage(&mut self, index: usize, now: Timestamp, effects: &mut Effects) -> bool {
        let Some(stage) = self.stages.get(index) else { return false };
        match stage.state.clone() {
            StageState::Blocked => self.unblock(index, now, effects),
            StageState::Soaking { until } => now >= until && self.begin(index),
            StageState::Planning | StageState::Applying { .. } if self.has_failed(index) => {
                self.stop_if_bad(index)
            }
            StageState::Planning => {
                self.plan_more(index, effects);
                self.is_planned(index) && self.gate(index, now, effects)
            }
            StageState::Waiting { .. } | StageState::Frozen { .. } => self.gate(index, now, effects),
            StageState::Applying { .. } => {
                self.apply_more(index, effects);
                self.next_wave(index, now, effects)
            }
            StageState::Whole { .. } | StageState::Partial => false,
        }
    }

    /// Starts a stage whose predecessors are whole; it soaks only when something was changed before it.
    fn unblock(&mut self, index: usize, now: Timestamp, effects: &mut Effects) -> bool {
        if self.spec.mode == Mode::PlanOnly {
            return self.begin(index);
        }
        let Some(stage) = self.stages.get(index) else { return false };
        if !self.before(stage).all(|before| matches!(before.state, StageState::Whole { .. })) {
            return false;
        }
        match self.changed_before(stage).map(|changed| gate::soaked(changed, stage.spec.soak)) {
            Some(until) if now < until => {
                self.set(index, StageState::Soaking { until });
                effects.push(self.emit(Effect::Wake { at: until }));
                false
            }
            _ => self.begin(index),
        }
    }

    fn before<'a>(&'a self, stage: &'a Stage) -> impl Iterator<Item = &'a Stage> {
        stage.spec.after.iter().filter_map(|name| self.stage(name))
    }

    /// When something before the stage was last changed; stages that changed nothing hand on what was before them.
    fn changed_before(&self, stage: &Stage) -> Option<Timestamp> {
        self.before(stage).filter_map(|before| before.changed).max()
    }

    fn begin(&mut self, index: usize) -> bool {
        let plan_only = self.spec.mode == Mode::PlanOnly;
        let Some(stage) = self.stages.get_mut(index) else { return false };
        let units = self.units.get(stage.units.clone()).unwrap_or_default();
        let ready = units
            .iter()
            .enumerate()
            .filter(|(_, unit)| unit.state == UnitState::Queued && (plan_only || unit.blockers == 0));
        stage.to_plan = ready.map(|(offset, _)| stage.units.start.saturating_add(offset)).collect();
        stage.state = StageState::Planning;
        true
    }

    fn plan_more(&mut self, index: usize, effects: &mut Effects) {
        while self.open.len() < WINDOW {
            let Some(stage) = self.stages.get_mut(index) else { return };
            let Some(place) = stage.to_plan.pop_front() else { return };
            stage.planning = stage.planning.saturating_add(1);
            let Some(unit) = self.units.get_mut(place) else { return };
            unit.state = UnitState::Planning;
            unit.attempt = unit.attempt.saturating_add(1);
            let plan = Effect::Plan { unit: unit.spec.id.clone() };
            effects.push(self.emit(plan));
        }
    }

    /// Too many failed, so that nothing more is begun. A run that applies nothing plans the rest all the same.
    fn has_failed(&self, index: usize) -> bool {
        self.spec.mode == Mode::Apply && self.stages.get(index).is_some_and(Stage::has_failed)
    }

    fn is_planned(&self, index: usize) -> bool {
        self.stages.get(index).is_some_and(|stage| stage.to_plan.is_empty() && stage.planning == 0)
    }

    /// A round's units are planned: the gate decides. Answers whether the stage's state changed.
    fn gate(&mut self, index: usize, now: Timestamp, effects: &mut Effects) -> bool {
        if self.spec.mode == Mode::PlanOnly {
            self.set(index, StageState::Whole { at: now });
            return true;
        }
        if self.stop_if_bad(index) {
            return true;
        }
        let Some(stage) = self.stages.get(index) else { return false };
        if stage.waves.is_empty() {
            return self.end_round(index, now);
        }
        let digest = match &stage.state {
            StageState::Waiting { digest, .. } | StageState::Frozen { digest, .. } => digest.clone(),
            _ => self.stage_digest(index),
        };
        let next = self.judged(index, digest, now);
        if self.stages.get(index).is_some_and(|stage| stage.state == next) {
            return false;
        }
        if let StageState::Frozen { until, .. } = next {
            effects.push(self.emit(Effect::Wake { at: until }));
        }
        self.set(index, next);
        true
    }

    fn judged(&self, index: usize, digest: Digest, now: Timestamp) -> StageState {
        let Some(stage) = self.stages.get(index) else { return StageState::Partial };
        match gate::judge(&stage.spec, &digest, &self.approvals, now) {
            Verdict::NeedsApproval { have } => StageState::Waiting { digest, have },
            Verdict::Frozen { name, until } => StageState::Frozen { digest, name, until },
            Verdict::Granted(grant) => StageState::Applying { digest, grant },
        }
    }

    /// Ends the run when a unit of the stage is refused or more have failed than the stage bears.
    fn stop_if_bad(&mut self, index: usize) -> bool {
        let Some(stage) = self.stages.get(index) else { return false };
        let refused = stage.refused.and_then(|place| self.units.get(place));
        let ending = match refused {
            Some(unit) => {
                Ending::Refused(format!("findings refuse {} in stage {}", unit.spec.id, stage.spec.name))
            }
            None if stage.has_failed() => Ending::Failed(self.failure(index)),
            None => return false,
        };
        self.end(ending);
        true
    }

    fn failure(&self, index: usize) -> String {
        let Some(stage) = self.stages.get(index) else { return String::new() };
        let units = self.units.get(stage.units.clone()).unwrap_or_default();
        let first = units.iter().find_map(|unit| match &unit.state {
            UnitState::Failed { reason, .. } => Some(format!("{}: {reason}", unit.spec.id)),
            _ => None,
        });
        let count = stage.failed;
        let units = if count == 1 { "1 unit".to_owned() } else { format!("{count} units") };
        format!("{units} failed in stage {}; {}", stage.spec.name, first.unwrap_or_default())
    }

    /// The stage's digest, over those of its units in order.
    fn stage_digest(&self, index: usize) -> Digest {
        let range = self.stages.get(index).map(|stage| stage.units.clone()).unwrap_or_default();
        let units = self.units.get(range).unwrap_or_default();
        Digest::of_stage(units.iter().filter_map(|unit| unit.state.plan()).map(|plan| &plan.digest))
    }

    fn apply_more(&mut self, index: usize, effects: &mut Effects) {
        while self.open.len() < WINDOW {
            let Some(stage) = self.stages.get_mut(index) else { return };
            let StageState::Applying { grant, .. } = &stage.state else { return };
            let grant: Grant = grant.clone();
            let Some(place) = stage.to_apply.pop_front() else { return };
            let Some(unit) = self.units.get_mut(place) else { return };
            let UnitState::Planned(plan) = unit.state.clone() else { continue };
            stage.applying = stage.applying.saturating_add(1);
            let permit = grant.permit(unit.spec.id.clone(), plan.digest.clone());
            unit.state = UnitState::Applying { plan, started: false };
            effects.push(self.emit(Effect::Apply { permit }));
        }
    }

    /// When a wave is done, goes on with the next, after asking the gate again; or ends the round.
    fn next_wave(&mut self, index: usize, now: Timestamp, effects: &mut Effects) -> bool {
        let Some(stage) = self.stages.get(index) else { return false };
        if stage.applying > 0 || !stage.to_apply.is_empty() {
            return false;
        }
        let StageState::Applying { digest, .. } = stage.state.clone() else { return false };
        if stage.waves.is_empty() {
            return self.end_round(index, now);
        }
        // The digest of the round stays what was approved, although a failed unit may have left it.
        let next = self.judged(index, digest, now);
        if let StageState::Frozen { until, .. } = next {
            effects.push(self.emit(Effect::Wake { at: until }));
        }
        let go = matches!(next, StageState::Applying { .. });
        self.set(index, next);
        let Some(stage) = self.stages.get_mut(index).filter(|_| go) else { return false };
        stage.to_apply = stage.waves.pop_first().map(|(_, units)| units).unwrap_or_default();
        true
    }

    /// A round is over: what became ready meanwhile is planned in the next; otherwise the stage is done.
    fn end_round(&mut self, index: usize, now: Timestamp) -> bool {
        let Some(stage) = self.stages.get_mut(index) else { return false };
        if !stage.next_round.is_empty() {
            stage.to_plan = std::mem::take(&mut stage.next_round).into();
            stage.state = StageState::Planning;
            return true;
        }
        if stage.failed > 0 {
            stage.state = StageState::Partial;
        } else {
            self.become_whole(index, now);
        }
        true
    }

    fn become_whole(&mut self, index: usize, now: Timestamp) {
        let Some(stage) = self.stages.get(index) else { return };
        let changed = if stage.applied { Some(now) } else { self.changed_before(stage) };
        let Some(stage) = self.stages.get_mut(index) else { return };
        stage.changed = changed;
        stage.state = StageState::Whole { at: now };
    }

    /// How an active run ends in which no stage goes on.
    fn conclusion(&self) -> Ending {
        let refused = self.units.iter().find(|unit| matches!(unit.state, UnitState::Refused(_)));
        if let Some(unit) = refused {
            return Ending::Refused(format!("findings refuse {} in stage {}", unit.spec.id, unit.spec.stage));
        }
        if let Some(index) = self.stages.iter().position(|stage| stage.failed > 0) {
            return Ending::Failed(self.failure(index));
        }
        let any = |fits: fn(&UnitState) -> bool| self.units.iter().any(|unit| fits(&unit.state));
        if any(|state| matches!(state, UnitState::Planned(_))) {
            Ending::Planned
        } else if any(|state| matches!(state, UnitState::Applied(_))) {
            Ending::Applied
        } else {
            Ending::Unchanged
        }
    }

    /// Ends the run once nothing that was begun is open any more. Its targets are free with that: whoever keeps the event gives
    /// them back in the same step.
    fn finish(&mut self) {
        let Phase::Ending(ending) = &self.phase else { return };
        let busy =
            |effect: &Effect| matches!(effect, Effect::Prepare | Effect::Plan { .. } | Effect::Apply { .. });
        if self.open.values().any(busy) {
            return;
        }
        let ending = ending.clone();
        self.open.clear();
        self.settle_rest(&ending);
        self.phase = Phase::Ended(ending);
        self.held = false;
    }

    /// Units whose turn did not come are cancelled when somebody ended the run, and skipped when it stopped by itself. What
    /// a run that applies nothing has planned stays planned.
    fn settle_rest(&mut self, ending: &Ending) {
        let ended = matches!(ending, Ending::Cancelled(_) | Ending::Superseded(_));
        let plan_only = self.spec.mode == Mode::PlanOnly;
        let kept = |state: &UnitState| plan_only && matches!(state, UnitState::Planned(_));
        for unit in self.units.iter_mut().filter(|unit| !unit.state.is_settled() && !kept(&unit.state)) {
            unit.state = if ended { UnitState::Cancelled } else { UnitState::Skipped };
        }
    }

    fn set(&mut self, index: usize, state: StageState) {
        if let Some(stage) = self.stages.get_mut(index) {
            stage.state = state;
        }
    }
}
