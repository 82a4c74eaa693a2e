//! Makes it happen: the store, the workers, and one module for each outside system.

pub mod audit;
pub mod aws;
pub mod cloudformation;
pub mod executor;
pub mod forge;
pub mod git;
pub mod index;
pub mod kinesis;
pub mod notify;
pub mod organizations;
pub mod pipeline;
pub mod plans;
pub mod runs;
pub mod s3;
pub mod sandbox;
pub mod secrets;
pub mod ship;
pub mod slack;
pub mod store;
pub mod sts;
pub mod terraform;
pub mod testing;
pub mod worker;

pub use pipeline::{Act, ActError, Page, Pipeline};
