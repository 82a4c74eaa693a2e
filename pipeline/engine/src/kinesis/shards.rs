//! Which shards a stream has, and which of them may be read.

use std::collections::BTreeSet;

use aws_sdk_kinesis::Client;

use super::checkpoint::{Checkpoint, Checkpoints};
use super::error::KinesisError;

/// A shard and what it was split or merged from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shard {
    pub id: String,
    pub parents: Vec<String>,
}

/// All shards of the stream, the closed ones included, as long as they hold records.
pub(super) async fn list(client: &Client, stream: &str) -> Result<Vec<Shard>, KinesisError> {
    let mut shards = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let request = client.list_shards();
        // The service wants either the name or the token, not both.
        let request = match next {
            None => request.stream_name(stream),
            Some(token) => request.next_token(token),
        };
        let page =
            request.send().await.map_err(|error| KinesisError::of("kinesis:ListShards", stream, &error))?;
        shards.extend(page.shards().iter().map(|shard| {
            Shard {
                id: shard.shard_id().to_owned(),
                parents: [shard.parent_shard_id(), shard.adjacent_parent_shard_id()]
                    .into_iter()
                    .flatten()
                    .map(str::to_owned)
                    .collect(),
            }
        }));
        next = page.next_token().map(str::to_owned);
        if next.is_none() {
            return Ok(shards);
        }
    }
}

/// The shards that may be read now: those not read to their end whose parents are, or are gone with all their records.
pub(super) fn readable<'a>(shards: &'a [Shard], checkpoints: &Checkpoints) -> Vec<&'a str> {
    let there: BTreeSet<&str> = shards.iter().map(|shard| shard.id.as_str()).collect();
    let ended = |id: &str| checkpoints.get(id) == Some(Checkpoint::End);
    let free = |shard: &&Shard| {
        !ended(&shard.id)
            && shard.parents.iter().all(|parent| !there.contains(parent.as_str()) || ended(parent))
    };
    shards.iter().filter(free).map(|shard| shard.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Checkpoint, Checkpoints, Shard, readable};

    #[test]
    fn parents_are_read_before_their_children() {
        let data = tempfile::tempdir().unwrap();
        let checkpoints = Checkpoints::open(data.path(), "audit").unwrap();
        let shard = |id: &str, parents: &[&str]| Shard {
            id: id.to_owned(),
            parents: parents.iter().map(ToString::to_string).collect(),
        };
        // a was split into b and c, which were merged into d; e came from one whose records are gone.
        let shards = [
            shard("a", &[]),
            shard("b", &["a"]),
            shard("c", &["a"]),
            shard("d", &["b", "c"]),
            shard("e", &["z"]),
        ];
        let check = |ended: &[&str], expected: &[&str]| {
            for id in ended {
                checkpoints.set(id, Checkpoint::End).unwrap();
            }
            assert_eq!(readable(&shards, &checkpoints), expected);
        };
        check(&[], &["a", "e"]);
        check(&["a"], &["b", "c", "e"]);
        check(&["b"], &["c", "e"]);
        check(&["c"], &["d", "e"]);
    }
}
