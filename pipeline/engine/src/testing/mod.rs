//! Stateful and strict stand-ins for systems that a machine cannot have.

pub mod cloudformation;
pub mod elasticsearch;
pub mod executor;
pub mod github;
pub mod landing_zone;
pub mod moto;
pub mod signed;
pub mod slack;
pub mod world;
