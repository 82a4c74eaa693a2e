//! Stateful and strict stand-ins for systems that a machine cannot have.

pub mod cloudformation;
pub mod executor;
pub mod moto;
