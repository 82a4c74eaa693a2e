//! The status of a commit: one line about the newest run of it.

use pipeline_core::{RunState, RunView};

use crate::notify::outcome::{Moment, Tally, counted, cut};

/// The longest description that GitHub takes.
const DESCRIPTION: usize = 140;

/// How a commit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusState {
    /// Not known yet.
    Pending,
    /// All is well.
    Success,
    /// It was judged and is not well.
    Failure,
    /// It could not be judged.
    Error,
}

impl StatusState {
    /// The state as GitHub spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Error => "error",
        }
    }
}

/// A commit's status under the context `wayleave`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitStatus {
    /// How it stands.
    pub state: StatusState,
    /// One line, at most 140 characters.
    pub description: String,
    /// The run's page.
    pub target_url: String,
}

impl CommitStatus {
    /// What a run says of its commit. While it is at work, the text stays the same, so that a long run is one call.
    pub fn of(run: &RunView, page: &str) -> Self {
        let description = cut(&description(run), DESCRIPTION);
        Self { state: state(run), description, target_url: page.to_owned() }
    }
}

fn state(run: &RunView) -> StatusState {
    match (Moment::of(run), run.state) {
        (Moment::Planned, _) | (_, RunState::Applied | RunState::Unchanged) => StatusState::Success,
        (_, RunState::Failed | RunState::Refused) => StatusState::Failure,
        (_, RunState::Cancelled | RunState::Superseded) => StatusState::Error,
        _ => StatusState::Pending,
    }
}

fn description(run: &RunView) -> String {
    let tally = Tally::of(&run.units);
    let units = counted(run.units.len(), "unit");
    match (Moment::of(run), run.state, &run.waiting_for) {
        (Moment::Planned, ..) => {
            format!("Planned {units}: {}; findings: {}", tally.changes_text(), tally.findings_text())
        }
        (_, _, Some(asked)) => {
            format!("Stage {} waits for approval of {}", asked.stage, asked.digest.short())
        }
        (Moment::AtWork, ..) => "Wayleave is at work".to_owned(),
        (_, RunState::Applied, _) => format!("Applied: {}", tally.states_text()),
        (_, RunState::Unchanged, _) => format!("Nothing to change in {units}"),
        (_, state, _) => match &run.reason {
            Some(reason) => format!("{}: {reason}", capital(state.name())),
            None => format!("{}: {}", capital(state.name()), tally.states_text()),
        },
    }
}

pub(super) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
