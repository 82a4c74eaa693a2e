//! What must hold of a run's effects, told from its events alone.

use std::collections::{BTreeMap, BTreeSet};

use landing_zone::{PersonName, StageName};
use pipeline_core::event::{Event, Mode, StageSpec, UnitSpec};
use pipeline_core::run::{Run, RunState, UnitState, WINDOW};
use pipeline_core::{ApplyPermit, Digest, Effect, UnitId};

use super::digest_of;
use super::plot::Layout;
use crate::layout::person;

pub(super) struct Model {
    mode: Mode,
    stages: BTreeMap<StageName, StageSpec>,
    order: Vec<UnitId>,
    units: BTreeMap<UnitId, UnitSpec>,
    /// The last plan of each unit, as long as it holds.
    plans: BTreeMap<UnitId, Digest>,
    refused: BTreeSet<UnitId>,
    whole: BTreeSet<UnitId>,
    failed: BTreeSet<UnitId>,
    applying: BTreeSet<UnitId>,
    pub(super) began: BTreeSet<UnitId>,
    pub(super) applied: BTreeSet<UnitId>,
    pub(super) approvals: Vec<(StageName, PersonName, Digest)>,
    /// What each stage asks approval of or applies.
    asked: BTreeMap<StageName, Digest>,
    ending: bool,
}

impl Model {
    pub(super) fn new(layout: &Layout) -> Self {
        Self {
            mode: layout.mode,
            stages: layout.stages.iter().map(|stage| (stage.name.clone(), stage.clone())).collect(),
            order: layout.units.iter().map(|unit| unit.id.clone()).collect(),
            units: layout.units.iter().map(|unit| (unit.id.clone(), unit.clone())).collect(),
            plans: BTreeMap::new(),
            refused: BTreeSet::new(),
            whole: BTreeSet::new(),
            failed: BTreeSet::new(),
            applying: BTreeSet::new(),
            began: BTreeSet::new(),
            applied: BTreeSet::new(),
            approvals: Vec::new(),
            asked: BTreeMap::new(),
            ending: false,
        }
    }

    pub(super) fn took(&mut self, event: &Event, run: &Run) {
        match event {
            Event::Planned { unit, digest, unchanged, findings, .. } => {
                self.plans.insert(unit.clone(), digest.clone());
                if *unchanged {
                    self.whole.insert(unit.clone());
                } else if findings.high > 0 {
                    self.refused.insert(unit.clone());
                }
            }
            Event::PlanFailed { unit, .. } => {
                self.failed.insert(unit.clone());
            }
            Event::ApplyStarted { unit } => {
                assert!(self.began.insert(unit.clone()), "an apply begins once");
            }
            Event::Applied { unit } => {
                self.applying.remove(unit);
                assert!(self.began.remove(unit), "what was applied had begun");
                self.whole.insert(unit.clone());
                assert!(self.applied.insert(unit.clone()), "{unit} is applied once");
            }
            Event::ApplyFailed { unit, .. } => {
                self.applying.remove(unit);
                self.began.remove(unit);
                self.failed.insert(unit.clone());
            }
            Event::PlanVoided { unit, .. } => {
                self.applying.remove(unit);
                self.began.remove(unit);
                if matches!(run.unit(unit).unwrap().state(), UnitState::Failed { .. }) {
                    self.failed.insert(unit.clone());
                } else {
                    self.plans.remove(unit);
                }
            }
            Event::Approved { stage, person, digest } => {
                self.approvals.push((stage.clone(), person.clone(), digest.clone()));
            }
            Event::Rejected { .. } | Event::Cancelled { .. } | Event::Superseded { .. } => self.ending = true,
            Event::Retried { .. } => self.retried(),
            _ => {}
        }
    }

    fn retried(&mut self) {
        self.ending = false;
        self.failed.clear();
        self.refused.clear();
        self.asked.clear();
        if self.mode == Mode::Apply {
            self.plans.retain(|unit, _| self.whole.contains(unit));
        }
    }

    pub(super) fn asked(&mut self, effect: &Effect, run: &Run) {
        let begins = matches!(effect, Effect::Plan { .. } | Effect::Apply { .. });
        assert!(!(begins && self.ending), "a run that ends begins nothing: {effect:?}");
        match effect {
            Effect::Plan { unit } => self.asked_plan(unit),
            Effect::Apply { permit } => self.asked_apply(permit, run),
            _ => {}
        }
    }

    fn asked_plan(&mut self, id: &UnitId) {
        assert!(!self.whole.contains(id), "what is whole is not planned again");
        self.plans.remove(id);
        if self.mode == Mode::PlanOnly {
            return;
        }
        let unit = &self.units[id];
        assert!(unit.depends_on.iter().all(|before| self.whole.contains(before)), "dependencies come first");
        self.check_stage(&unit.stage);
    }

    fn asked_apply(&mut self, permit: &ApplyPermit, run: &Run) {
        let id = permit.unit();
        assert_eq!(self.mode, Mode::Apply);
        assert_eq!(self.plans.get(id), Some(permit.digest()), "the permit names the last plan");
        assert!(!self.whole.contains(id) && !self.failed.contains(id), "{id} is applied once");
        let (stage, wave) = (&self.units[id].stage, self.units[id].wave);
        self.check_stage(stage);
        self.check_approvals(stage, run);
        let of_stage = |unit: &&UnitId| self.units[*unit].stage == *stage;
        assert!(!self.refused.iter().any(|unit| of_stage(&unit)), "a refused unit stops its stage");
        let alone = self.applying.iter().filter(of_stage).all(|unit| self.units[unit].wave == wave);
        assert!(alone, "one wave at a time");
        assert!(self.applying.insert(id.clone()), "{id} is not applied twice at once");
    }

    /// The stages before it are whole, and not too much of it has failed.
    fn check_stage(&self, name: &StageName) {
        let stage = &self.stages[name];
        let before = |unit: &&UnitId| stage.after.contains(&self.units[*unit].stage);
        assert!(
            self.order.iter().filter(before).all(|unit| self.whole.contains(unit)),
            "{name} starts too early"
        );
        let failed = self.failed.iter().filter(|unit| self.units[*unit].stage == *name).count();
        assert!(failed <= stage.max_failures as usize, "{name} goes on after {failed} failures");
    }

    fn check_approvals(&self, name: &StageName, run: &Run) {
        let stage = run.stages().iter().find(|stage| stage.spec().name == *name).unwrap();
        let digest = digest_of(stage.state()).unwrap();
        let counts = |(of, by, what): &&(StageName, PersonName, Digest)| {
            of == name && what == digest && *by != person("kim")
        };
        let people: BTreeSet<&PersonName> =
            self.approvals.iter().filter(counts).map(|(_, person, _)| person).collect();
        assert!(people.len() >= stage.spec().approvals as usize, "{name} is applied without its approvals");
    }

    /// What can be seen of the run fits what happened; a digest that is asked for is that of the plans as they are then.
    pub(super) fn compare(&mut self, run: &Run) {
        let of_units = |effect: &Effect| matches!(effect, Effect::Plan { .. } | Effect::Apply { .. });
        assert!(run.open_effects().filter(|(_, effect)| of_units(effect)).count() <= WINDOW);
        for stage in run.stages() {
            let name = &stage.spec().name;
            let Some(digest) = digest_of(stage.state()) else {
                self.asked.remove(name);
                continue;
            };
            if self.asked.get(name) != Some(digest) {
                let units = self.order.iter().filter(|unit| self.units[*unit].stage == *name);
                let expected = Digest::of_stage(units.filter_map(|unit| self.plans.get(unit)));
                assert_eq!(*digest, expected, "{name} asks for its units' digests");
                self.asked.insert(name.clone(), digest.clone());
            }
        }
    }

    /// The end is the one that what happened deserves.
    pub(super) fn ended(&self, run: &Run) {
        assert!(self.applying.is_empty() && run.open_effects().next().is_none() && !run.holds_targets());
        let all_whole = self.order.iter().all(|unit| self.whole.contains(unit));
        match run.state() {
            RunState::Applied | RunState::Unchanged => assert!(all_whole),
            RunState::Failed | RunState::Cancelled | RunState::Superseded | RunState::Refused => {}
            RunState::Waiting => assert!(self.mode == Mode::PlanOnly && self.refused.is_empty()),
            other => panic!("a run does not end as {other:?}"),
        }
        for unit in run.units() {
            let planned = matches!(unit.state(), UnitState::Planned(_)) && self.mode == Mode::PlanOnly;
            assert!(planned || unit.state().is_settled(), "{unit:?} is left over");
        }
    }
}
