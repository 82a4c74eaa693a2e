//! Whatever happens in whatever order, these hold. A model that knows nothing of the run's inside watches its effects.

mod model;
mod plot;

use jiff::{SignedDuration, Timestamp};
use landing_zone::StageName;
use pipeline_core::event::{Event, Mode, Recorded};
use pipeline_core::run::{Run, RunState, StageState};
use pipeline_core::{Digest, Effect};
use proptest::prelude::*;

use crate::layout::{digest, epoch, person, spec};
use model::Model;
use plot::{Act, Layout, Outcome, acts, layouts};

/// A run with its record, a model of it, and a clock.
struct World {
    run: Run,
    recorded: Vec<Recorded>,
    model: Model,
    now: Timestamp,
    plans: u32,
}

impl World {
    fn new(layout: &Layout) -> Self {
        let event = Event::Started { spec: spec(layout.mode) };
        let (run, _) = Run::start(&event, epoch()).unwrap();
        let recorded = vec![Recorded { number: 1, at: epoch(), event }];
        Self { run, recorded, model: Model::new(layout), now: epoch(), plans: 0 }
    }

    /// Gives an event; a refused one must change nothing, an accepted one is watched by the model.
    fn give(&mut self, event: Event) -> bool {
        let before = format!("{:?}", self.run);
        let version = self.run.version();
        match self.run.step(&event, self.now) {
            Err(_) => {
                assert_eq!(before, format!("{:?}", self.run), "a refused event changes nothing: {event:?}");
                false
            }
            Ok(effects) => {
                assert_eq!(self.run.version(), version + 1, "each event has the next number");
                self.model.took(&event, &self.run);
                for (_, effect) in &effects {
                    self.model.asked(effect, &self.run);
                }
                self.model.compare(&self.run);
                self.recorded.push(Recorded { number: self.run.version(), at: self.now, event });
                true
            }
        }
    }

    /// The process dies, and the next one goes on from what was recorded.
    fn crash(&mut self) {
        let folded = Run::fold(&self.recorded).unwrap();
        assert_eq!(format!("{folded:?}"), format!("{:?}", self.run), "the fold is the live state");
        self.run = folded;
    }

    fn act(&mut self, layout: &Layout, act: &Act) {
        match act {
            Act::Answer(which, outcome) => self.answer(layout, which.index(64), *outcome),
            Act::Repeat(which) => {
                let event = which.get(&self.recorded).event.clone();
                self.give(event);
            }
            Act::Crash => self.crash(),
            Act::Approve(who, stale) => self.approve(&format!("p{who}"), *stale),
            Act::ApproveOwn(name) => {
                let before = self.model.approvals.len();
                self.approve(name, false);
                assert_eq!(self.model.approvals.len(), before, "the author's approval does not count");
            }
            Act::Reject => {
                if let Some((stage, digest)) = self.waiting() {
                    let reason = "no".to_owned();
                    self.give(Event::Rejected { stage, person: person("p1"), digest, reason });
                }
            }
            Act::Cancel => {
                self.give(Event::Cancelled { by: "p1".to_owned(), reason: String::new() });
            }
            Act::Supersede => {
                self.give(Event::Superseded { by: "r-2".to_owned() });
            }
            Act::Retry => {
                self.give(Event::Retried { by: "p1".to_owned() });
            }
            Act::Later(minutes) => {
                self.now += SignedDuration::from_mins(i64::from(*minutes));
                self.give(Event::Woke);
            }
        }
    }

    fn approve(&mut self, name: &str, stale: bool) {
        if let Some((stage, current)) = self.waiting() {
            let digest = if stale { digest("another") } else { current };
            let accepted = self.give(Event::Approved { stage, person: person(name), digest });
            assert!(!(stale && accepted), "an approval of another digest does not count");
        }
    }

    fn waiting(&self) -> Option<(StageName, Digest)> {
        self.run.waiting_for().map(|waiting| (waiting.stage, waiting.digest))
    }

    fn answer(&mut self, layout: &Layout, which: usize, outcome: Outcome) {
        let open: Vec<Effect> = self.run.open_effects().map(|(_, effect)| effect.clone()).collect();
        if !open.is_empty() {
            self.perform(layout, &open[which % open.len()], outcome);
        }
    }

    fn perform(&mut self, layout: &Layout, effect: &Effect, outcome: Outcome) {
        let reason = || "it broke".to_owned();
        let accepted = match effect {
            Effect::Prepare if outcome == Outcome::Fails => {
                self.give(Event::PrepareFailed { reason: reason() })
            }
            Effect::Prepare => self.give(layout.prepared()),
            Effect::HoldTargets => self.give(Event::TargetsHeld),
            Effect::Plan { unit } if outcome == Outcome::Fails => {
                self.give(Event::PlanFailed { unit: unit.clone(), reason: reason() })
            }
            Effect::Plan { unit } => {
                self.plans += 1;
                self.give(plot::planned(unit, self.plans, outcome))
            }
            Effect::Apply { permit } => {
                let unit = permit.unit().clone();
                let began = self.model.began.contains(&unit);
                if !began && outcome != Outcome::Voided {
                    self.give(Event::ApplyStarted { unit: unit.clone() });
                }
                match outcome {
                    Outcome::Begins => true,
                    Outcome::Fails => self.give(Event::ApplyFailed { unit, reason: reason() }),
                    Outcome::Voided => self.give(Event::PlanVoided { unit, reason: reason() }),
                    _ => self.give(Event::Applied { unit }),
                }
            }
            Effect::Wake { at } => {
                self.now = self.now.max(*at);
                self.give(Event::Woke)
            }
        };
        assert!(accepted, "the answer to an open effect is taken: {effect:?}");
    }

    /// Answers everything until the run has ended.
    fn drain(&mut self, layout: &Layout) {
        for round in 0..2_000 {
            if self.run.has_ended() {
                return;
            }
            if self.run.open_effects().next().is_some() {
                self.answer(layout, round, Outcome::Succeeds);
            } else {
                assert!(
                    self.waiting().is_some(),
                    "a run without open effects waits for people: {:?}",
                    self.run
                );
                self.approve(&format!("q{round}"), false);
            }
        }
        panic!("the run does not end: {:?}", self.run);
    }
}

/// The digest that a stage asks approval of, or applies.
fn digest_of(state: &StageState) -> Option<&Digest> {
    match state {
        StageState::Waiting { digest, .. }
        | StageState::Frozen { digest, .. }
        | StageState::Applying { digest, .. } => Some(digest),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_events_breaks_a_run(layout in layouts(), acts in acts()) {
        let mut world = World::new(&layout);
        for act in &acts {
            world.act(&layout, act);
        }
        world.drain(&layout);
        world.crash();
        world.model.ended(&world.run);
        if matches!(world.run.state(), RunState::Failed | RunState::Cancelled) {
            world.give(Event::Retried { by: "p1".to_owned() });
            world.drain(&layout);
            world.model.ended(&world.run);
        }
        prop_assert!(layout.mode == Mode::Apply || world.model.applied.is_empty());
    }
}
