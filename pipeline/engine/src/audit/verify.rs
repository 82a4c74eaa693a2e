//! Recomputes a run's hash chain.

use std::fmt;

use pipeline_core::RunId;
use serde_json::Value;

use super::canonical::{GENESIS, canonical, chain_hash};
use super::fact::State;

/// How the records should end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The run goes on: any end is well.
    Running,
    /// The run has ended, so its last change of state is on record.
    Ended,
    /// The last record's place and hash are known from elsewhere.
    At {
        /// The last sequence.
        sequence: u64,
        /// The last hash.
        hash: String,
    },
}

/// Something wrong with a run's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The line is no audit record, or not in canonical form.
    Unreadable {
        /// The line, from 1.
        line: u64,
    },
    /// The record belongs to another run.
    Foreign {
        /// Its sequence.
        sequence: u64,
    },
    /// Records are missing.
    Gap {
        /// The first missing sequence.
        from: u64,
        /// The last missing sequence.
        to: u64,
    },
    /// The sequence occurs again.
    Duplicate {
        /// The sequence.
        sequence: u64,
    },
    /// The record stands after one with a higher sequence.
    OutOfOrder {
        /// Its sequence.
        sequence: u64,
    },
    /// The record does not fit its hash: it was changed, or the record before it was replaced.
    Hash {
        /// Its sequence.
        sequence: u64,
    },
    /// The run has ended, but the records stop before its end.
    Truncated {
        /// The last sequence there is; 0 if there is none.
        after: u64,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { line } => write!(f, "line {line} is not an audit record in canonical form"),
            Self::Foreign { sequence } => write!(f, "record {sequence} belongs to another run"),
            Self::Gap { from, to } if from == to => write!(f, "record {from} is missing"),
            Self::Gap { from, to } => write!(f, "records {from} to {to} are missing"),
            Self::Duplicate { sequence } => write!(f, "record {sequence} is there more than once"),
            Self::OutOfOrder { sequence } => write!(f, "record {sequence} is out of order"),
            Self::Hash { sequence } => {
                write!(f, "record {sequence} does not fit its hash: it was changed, or the one before it was")
            }
            Self::Truncated { after } => {
                write!(f, "the run has ended, but its records stop after number {after}")
            }
        }
    }
}

/// Checks a run's records, in the order in which they are kept, and names every problem. An attacker who can rewrite all
/// records from some point to the end can also recompute their hashes: only an [`Ending::At`] from elsewhere shows that.
pub fn verify<'a>(run: RunId, records: impl IntoIterator<Item = &'a Value>, ending: &Ending) -> Vec<Problem> {
    let mut check = Check::new(run);
    for record in records {
        check.record(record);
    }
    check.finish(ending)
}

/// Checks a spool file's lines: as [`verify`], and each line must be canonical to the byte.
pub fn verify_lines(run: RunId, file: &[u8], ending: &Ending) -> Vec<Problem> {
    let mut check = Check::new(run);
    let mut rest = file;
    while !rest.is_empty() {
        let length = rest.iter().position(|byte| *byte == b'\n');
        let (line, behind) = rest.split_at(length.unwrap_or(rest.len()));
        rest = behind.get(1..).unwrap_or_default();
        match serde_json::from_slice::<Value>(line) {
            Ok(record) if length.is_some() && canonical(&record).as_bytes() == line => check.record(&record),
            _ => check.unreadable(),
        }
    }
    check.finish(ending)
}

/// A check of one run that goes on record by record.
#[derive(Debug)]
pub struct Check {
    run: String,
    problems: Vec<Problem>,
    line: u64,
    highest: u64,
    hash: String,
    // Sequences in a gap, so that a record that turns up late is told from a duplicate.
    missing: Vec<(u64, u64)>,
    ended: bool,
}

impl Check {
    /// A check of this run, before its first record.
    pub fn new(run: RunId) -> Self {
        Self {
            run: run.to_string(),
            problems: Vec::new(),
            line: 0,
            highest: 0,
            hash: GENESIS.to_owned(),
            missing: Vec::new(),
            ended: false,
        }
    }

    fn unreadable(&mut self) {
        self.line += 1;
        self.problems.push(Problem::Unreadable { line: self.line });
    }

    /// Checks the next record.
    pub fn record(&mut self, record: &Value) {
        let (Some(sequence), Some(hash)) =
            (record.pointer("/event/sequence").and_then(Value::as_u64), text(record, "/event/hash"))
        else {
            self.unreadable();
            return;
        };
        self.line += 1;
        if text(record, "/wayleave/run") != Some(&self.run) {
            self.problems.push(Problem::Foreign { sequence });
        }
        if sequence <= self.highest {
            self.late(sequence);
            return;
        }
        let follows = sequence == self.highest + 1;
        if !follows {
            self.missing.push((self.highest + 1, sequence - 1));
            self.problems.push(Problem::Gap { from: self.highest + 1, to: sequence - 1 });
        }
        // Behind a gap the hash before is not known, so the chain is taken up again here.
        if follows && chain_hash(&self.hash, record) != hash {
            self.problems.push(Problem::Hash { sequence });
        }
        self.highest = sequence;
        hash.clone_into(&mut self.hash);
        self.note_state(record);
    }

    fn late(&mut self, sequence: u64) {
        let was_missing = self.missing.iter().any(|(from, to)| (*from..=*to).contains(&sequence));
        self.problems.push(if was_missing {
            Problem::OutOfOrder { sequence }
        } else {
            Problem::Duplicate { sequence }
        });
    }

    fn note_state(&mut self, record: &Value) {
        let state = text(record, "/event/action").and_then(|action| action.strip_prefix("run-"));
        if let Some(state) = state.and_then(State::parse) {
            self.ended = state.is_end();
        }
    }

    /// All problems, in the order in which they were found.
    pub fn finish(mut self, ending: &Ending) -> Vec<Problem> {
        let whole = match ending {
            Ending::Running => true,
            Ending::Ended => self.ended,
            Ending::At { sequence, hash } => {
                self.highest >= *sequence && (self.highest > *sequence || self.hash == *hash)
            }
        };
        if !whole {
            self.problems.push(Problem::Truncated { after: self.highest });
        }
        self.problems
    }
}

fn text<'a>(record: &'a Value, pointer: &str) -> Option<&'a str> {
    record.pointer(pointer).and_then(Value::as_str)
}
