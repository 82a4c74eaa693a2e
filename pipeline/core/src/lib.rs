//! What happens next? The core decides; the engine acts.
//!
//! Nothing here does I/O, reads a clock or is async: every function is a value in, a value out.

pub mod change;
pub mod digest;
pub mod id;

pub use change::{Action, Change, ChangeCounts, Changes};
pub use digest::Digest;
pub use id::{DeliveryId, EffectId, RunId, UnitId};
