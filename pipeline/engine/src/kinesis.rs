//! Kinesis: records put in batches and read back shard by shard.
