//! The planner: which stacks a change touches, and which stages, units and waves that makes.

mod modules;
mod touched;
mod units;

pub use modules::local_modules;
pub use touched::{ChangedFiles, GlobError, Reason, touched};
pub use units::{Layout, PlanError, Warning, units};
