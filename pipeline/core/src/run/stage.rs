//! One stage of a run: its units go in rounds of plan, gate and apply.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use jiff::Timestamp;

use crate::digest::Digest;
use crate::event::StageSpec;
use crate::gate::Grant;

/// Where a stage stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageState {
    /// The stages before it are not whole.
    Blocked,
    /// They are; it starts at this time.
    Soaking {
        /// When.
        until: Timestamp,
    },
    /// Its units are being planned.
    Planning,
    /// It waits for people.
    Waiting {
        /// What they are asked to approve.
        digest: Digest,
        /// How many approvals count.
        have: u32,
    },
    /// Nothing is applied until the freeze ends.
    Frozen {
        /// What would be applied.
        digest: Digest,
        /// The freeze's name.
        name: String,
        /// Its end.
        until: Timestamp,
    },
    /// Its waves are being applied.
    Applying {
        /// What is applied.
        digest: Digest,
        /// The gate's word for it.
        grant: Grant,
    },
    /// Every unit is applied or had no changes.
    Whole {
        /// Since when.
        at: Timestamp,
    },
    /// Some units failed; nothing after it starts.
    Partial,
}

/// One stage of a run.
#[derive(Debug, Clone)]
pub struct Stage {
    pub(crate) spec: StageSpec,
    pub(crate) state: StageState,
    /// Its units' places in the run.
    pub(crate) units: Range<usize>,
    /// Units that may be planned in this round.
    pub(crate) to_plan: VecDeque<usize>,
    /// Units that became ready while a round was under way.
    pub(crate) next_round: Vec<usize>,
    /// Units that are planned and have changes, by wave.
    pub(crate) waves: BTreeMap<u32, VecDeque<usize>>,
    /// Units of the wave under way.
    pub(crate) to_apply: VecDeque<usize>,
    pub(crate) planning: usize,
    pub(crate) applying: usize,
    pub(crate) failed: u32,
    /// True once one of its units was applied.
    pub(crate) applied: bool,
    /// When it was whole after changing something; if it changed nothing, the same of the stages before it.
    pub(crate) changed: Option<Timestamp>,
    /// A refused unit, by its place.
    pub(crate) refused: Option<usize>,
}

impl Stage {
    /// The stage as the zone had it.
    pub const fn spec(&self) -> &StageSpec {
        &self.spec
    }

    /// Where it stands.
    pub const fn state(&self) -> &StageState {
        &self.state
    }

    pub(crate) const fn new(spec: StageSpec, units: Range<usize>) -> Self {
        Self {
            spec,
            state: StageState::Blocked,
            units,
            to_plan: VecDeque::new(),
            next_round: Vec::new(),
            waves: BTreeMap::new(),
            to_apply: VecDeque::new(),
            planning: 0,
            applying: 0,
            applied: false,
            changed: None,
            failed: 0,
            refused: None,
        }
    }

    /// True when more of its units have failed than it bears.
    pub(crate) const fn has_failed(&self) -> bool {
        self.failed > self.spec.max_failures
    }

    pub(crate) fn is_active(&self) -> bool {
        !matches!(self.state, StageState::Blocked | StageState::Whole { .. } | StageState::Partial)
    }
}
