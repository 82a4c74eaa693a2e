//! What a run has come to, counted: the parts of a message that every sink words alike.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use landing_zone::StageName;
use pipeline_core::event::FindingCounts;
use pipeline_core::run::{UnitStateView, UnitView};
use pipeline_core::{ChangeCounts, Digest, RunState, RunView};

/// Where a run stands, as far as people must be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// It goes on by itself.
    AtWork,
    /// It waits for a time: a soak or a freeze.
    Paused,
    /// People must decide on this stage's digest.
    Asks(StageName, Digest),
    /// All is planned, and the merge decides.
    Planned,
    /// It has ended.
    Ended,
}

impl Moment {
    /// Where the run stands.
    pub fn of(run: &RunView) -> Self {
        match run.state {
            RunState::Queued | RunState::Planning | RunState::Applying => Self::AtWork,
            RunState::Waiting => match &run.waiting_for {
                Some(asked) => Self::Asks(asked.stage.clone(), asked.digest.clone()),
                None if waits_for_merge(run) => Self::Planned,
                None => Self::Paused,
            },
            _ => Self::Ended,
        }
    }

    /// True when nothing more is to come of the run by itself.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Planned | Self::Ended)
    }
}

/// Only a run that applies nothing waits with every unit planned: a stage that soaks has units which are still queued, and
/// the units of a stage that is frozen or asks are `waiting`.
fn waits_for_merge(run: &RunView) -> bool {
    !run.units.is_empty()
        && run
            .units
            .iter()
            .all(|unit| matches!(unit.state, UnitStateView::Planned | UnitStateView::Unchanged))
}

/// Some units, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many units are in each state, in the order in which the states were met.
    pub states: Vec<(UnitStateView, usize)>,
    /// What is done to their resources, all together.
    pub changes: ChangeCounts,
    /// What was found, all together.
    pub findings: FindingCounts,
}

impl Tally {
    /// Counts units.
    pub fn of<'a>(units: impl IntoIterator<Item = &'a UnitView>) -> Self {
        units.into_iter().fold(Self::default(), Self::with)
    }

    fn with(mut self, unit: &UnitView) -> Self {
        match self.states.iter_mut().find(|(state, _)| *state == unit.state) {
            Some((_, count)) => *count += 1,
            None => self.states.push((unit.state, 1)),
        }
        self.changes = self.changes.plus(unit.changes);
        self.findings.low = self.findings.low.saturating_add(unit.findings.low);
        self.findings.medium = self.findings.medium.saturating_add(unit.findings.medium);
        self.findings.high = self.findings.high.saturating_add(unit.findings.high);
        self.findings.skipped = self.findings.skipped.saturating_add(unit.findings.skipped);
        self
    }

    /// `4 applied, 1 failed`.
    pub fn states_text(&self) -> String {
        let texts: Vec<String> =
            self.states.iter().map(|(state, count)| format!("{count} {}", state.name())).collect();
        texts.join(", ")
    }

    /// `+2 ~1 ±0 -0`.
    pub fn changes_text(&self) -> String {
        changes_text(self.changes)
    }

    /// `1 high, 2 low, 3 skipped`, or `none`.
    pub fn findings_text(&self) -> String {
        let FindingCounts { low, medium, high, skipped } = self.findings;
        let mut text = String::new();
        for (count, name) in [(high, "high"), (medium, "medium"), (low, "low"), (skipped, "skipped")] {
            if count > 0 {
                let comma = if text.is_empty() { "" } else { ", " };
                let _ = write!(text, "{comma}{count} {name}");
            }
        }
        if text.is_empty() { "none".to_owned() } else { text }
    }
}

/// `+2 ~1 ±0 -0`: created, updated, replaced, deleted.
pub fn changes_text(counts: ChangeCounts) -> String {
    let ChangeCounts { create, update, replace, delete } = counts;
    format!("+{create} ~{update} ±{replace} -{delete}")
}

/// The run's units by stage, in the run's own order of stages.
pub fn by_stage(run: &RunView) -> Vec<(&StageName, Vec<&UnitView>)> {
    let mut places: BTreeMap<&StageName, usize> = BTreeMap::new();
    let mut stages: Vec<(&StageName, Vec<&UnitView>)> = Vec::new();
    for unit in &run.units {
        let place = *places.entry(&unit.stage).or_insert(stages.len());
        match stages.get_mut(place) {
            Some((_, units)) => units.push(unit),
            None => stages.push((&unit.stage, vec![unit])),
        }
    }
    stages
}

/// The names of accounts, at most `shown` of them: `dev, stg and 410 more`. Each name once, whatever its regions.
pub fn accounts_text(units: &[&UnitView], shown: usize) -> String {
    let mut names: Vec<&str> = Vec::new();
    for unit in units {
        let name = unit.account_name.as_str();
        if names.last() != Some(&name) {
            names.push(name);
        }
    }
    names.sort_unstable();
    names.dedup();
    let listed = names.iter().take(shown).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(shown) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// `1 unit`, `2 units`.
pub fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// The first `longest` characters of a text on one line, with an ellipsis where it was cut. Control characters and the ones
/// that turn the direction of writing become spaces.
pub fn cut(text: &str, longest: usize) -> String {
    let plain = |c: char| if is_invisible(c) { ' ' } else { c };
    let mut chars = text.trim().chars();
    let mut result: String = chars.by_ref().take(longest).map(plain).collect();
    if chars.next().is_some() {
        result.pop();
        result.push('…');
    }
    result
}

fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}
