//! The audit record: its form, its hash chain, its spool on disk, and the check of all of it.
//!
//! Every line of output and every change of state of a run becomes one [`Record`], in the form of section 6 of the contract.
//! A [`RunLog`] gives each record its place in the run's chain and writes it to the [`Spool`] before anything else sees it;
//! a [`Feed`] hands what is durable on to the stream or the index, and [`verify`] recomputes the chain from either.

mod canonical;
mod compose;
mod context;
mod fact;
mod feed;
mod line;
mod log;
mod record;
mod recover;
mod redact;
mod spool;
mod tail;
mod verify;
mod writer;

pub use canonical::{GENESIS, canonical, chain_hash};
pub use context::{Phase, RunContext, UnitContext};
pub use fact::{Fact, Finding, State, Verdict, What};
pub use feed::{Chunk, Feed, Position};
pub use line::{Document, InvalidDocument};
pub use log::{RunLog, Stream, UnitLog};
pub use record::{
    Category, Cicd, Cloud, Event, EventType, Level, Outcome, PipelineResult, Record, Rule, Source, User, Vcs,
    Wayleave,
};
pub use redact::Redactor;
pub use spool::{Progress, Spool, SpoolError};
pub use tail::Tail;
pub use verify::{Check, Ending, Problem, verify, verify_lines};

/// The longest message of one record, in bytes; a longer line of output becomes several records.
pub const MAX_MESSAGE: usize = 32 * 1024;
/// The longest `event.reason`, in bytes; the message holds a longer one whole. So it can be searched as a keyword.
pub const MAX_REASON: usize = 1024;
