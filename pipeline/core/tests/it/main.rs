//! The core from outside: the planner and runs.

mod planner;
