//! The core from outside: the planner, runs, digests and stored events.

mod digest;
mod events;
mod invariants;
mod layout;
mod planner;
mod scenario;
mod timelines;
mod two_files;
mod window;
