//! What happens next? The core decides; the engine acts.
//!
//! Nothing here does I/O, reads a clock or is async: every function is a value in, a value out.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

pub mod change;
pub mod digest;
pub mod effect;
pub mod event;
pub mod gate;
pub mod id;
pub mod planner;
pub mod run;
pub mod trigger;

pub use change::{Action, Change, ChangeCounts, Changes};
pub use digest::Digest;
pub use effect::Effect;
pub use event::{Event, Recorded};
pub use gate::ApplyPermit;
pub use id::{DeliveryId, EffectId, RunId, UnitId};
pub use run::{Run, RunState, RunView};
pub use trigger::{Commit, Trigger};
