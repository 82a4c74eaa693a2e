//! What may happen: layouts of stages and units, and acts.

use pipeline_core::UnitId;
use pipeline_core::change::ChangeCounts;
use pipeline_core::event::{Event, FindingCounts, Mode, StageSpec, UnitSpec};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::layout::{digest, stage, unit};

#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) mode: Mode,
    pub(super) stages: Vec<StageSpec>,
    pub(super) units: Vec<UnitSpec>,
}

impl Layout {
    pub(super) fn prepared(&self) -> Event {
        let (stages, units) = (self.stages.clone(), self.units.clone());
        Event::Prepared { stages, units, fail_on: landing_zone::FailOn::High }
    }
}

/// How an effect turns out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Succeeds,
    Unchanged,
    Refused,
    Fails,
    /// An apply is begun, and nothing more is heard yet.
    Begins,
    Voided,
}

#[derive(Debug, Clone)]
pub(super) enum Act {
    Answer(Index, Outcome),
    Repeat(Index),
    Crash,
    Approve(u8, bool),
    ApproveOwn(&'static str),
    Reject,
    Cancel,
    Supersede,
    Retry,
    Later(u8),
}

pub(super) fn planned(unit: &UnitId, number: u32, outcome: Outcome) -> Event {
    let unchanged = outcome == Outcome::Unchanged;
    Event::Planned {
        unit: unit.clone(),
        // A unit that is planned again often has the very plan that it had.
        digest: digest(&format!("{unit} {}", number % 2)),
        changes: ChangeCounts { create: u32::from(!unchanged), ..ChangeCounts::default() },
        unchanged,
        findings: FindingCounts { high: u32::from(outcome == Outcome::Refused), ..FindingCounts::default() },
    }
}

pub(super) fn acts() -> impl Strategy<Value = Vec<Act>> {
    let outcome = prop_oneof![
        12 => Just(Outcome::Succeeds),
        4 => Just(Outcome::Unchanged),
        1 => Just(Outcome::Refused),
        2 => Just(Outcome::Fails),
        3 => Just(Outcome::Begins),
        2 => Just(Outcome::Voided),
    ];
    let act = prop_oneof![
        30 => (any::<Index>(), outcome).prop_map(|(which, outcome)| Act::Answer(which, outcome)),
        5 => any::<Index>().prop_map(Act::Repeat),
        2 => Just(Act::Crash),
        8 => (0..4_u8, prop::bool::weighted(0.2)).prop_map(|(who, stale)| Act::Approve(who, stale)),
        1 => prop::sample::select(&["kim", "Kim-Dev"][..]).prop_map(Act::ApproveOwn),
        1 => Just(Act::Reject),
        1 => Just(Act::Cancel),
        1 => Just(Act::Supersede),
        3 => Just(Act::Retry),
        3 => (0..40_u8).prop_map(Act::Later),
    ];
    prop::collection::vec(act, 0..80)
}

pub(super) fn layouts() -> impl Strategy<Value = Layout> {
    let settings = (0..3_u32, 0..3_u32, 0..2_u32, any::<bool>(), any::<u8>());
    let units = prop::collection::vec((any::<u16>(), 1..4_u32), 0..6);
    let mode = prop_oneof![4 => Just(Mode::Apply), 1 => Just(Mode::PlanOnly)];
    (mode, prop::collection::vec((settings, units), 1..4)).prop_map(|(mode, parts)| {
        let mut layout = Layout { mode, stages: Vec::new(), units: Vec::new() };
        for (place, (settings, units)) in parts.into_iter().enumerate() {
            layout.stages.push(stage_of(place, settings));
            layout.units.extend(units_of(place, &units));
        }
        layout
    })
}

fn stage_of(place: usize, settings: (u32, u32, u32, bool, u8)) -> StageSpec {
    let (approvals, max_failures, soaks, freezes, after) = settings;
    let mut text = format!("s{place} approvals={approvals} max_failures={max_failures} soak={}m", soaks * 15);
    if freezes {
        text += " freeze=5m/20m freeze=15m/30m";
    }
    let before: Vec<String> =
        (0..place).filter(|before| after & (1 << before) != 0).map(|before| format!("s{before}")).collect();
    if !before.is_empty() {
        text += &format!(" after={}", before.join(","));
    }
    stage(&text)
}

/// Each unit may depend on those before it, and has a wave of its own.
fn units_of(place: usize, units: &[(u16, u32)]) -> Vec<UnitSpec> {
    let id = |number: usize| format!("u{number}.{}", place + 1);
    let one = |(number, (after, wave)): (usize, &(u16, u32))| {
        let before: Vec<String> =
            (0..number).filter(|before| after & (1 << (2 * before)) != 0).map(id).collect();
        let after = if before.is_empty() { String::new() } else { format!(" after={}", before.join(",")) };
        unit(&format!("{} s{place} wave={wave}{after}", id(number)))
    };
    units.iter().enumerate().map(one).collect()
}
