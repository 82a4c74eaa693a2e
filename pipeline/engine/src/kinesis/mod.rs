//! Kinesis: records put in batches and read back shard by shard.
//!
//! A Kinesis record here holds several audit records of one run, one a line: a shard takes 1,000 records a second, however
//! small they are. The partition key is the run, so that a run's records keep to one shard.

mod checkpoint;
mod consumer;
mod error;
mod pack;
mod producer;
mod shards;

pub use checkpoint::{Checkpoint, Checkpoints};
pub(crate) use consumer::slower;
pub use consumer::{Consumer, Deliver, Delivery};
pub use error::KinesisError;
pub use producer::{Producer, ProducerStats};
