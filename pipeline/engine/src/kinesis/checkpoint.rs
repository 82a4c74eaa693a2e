//! How far each shard has been read.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::error::KinesisError;

/// How far a shard has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checkpoint {
    /// Up to this sequence number, that one included.
    After(String),
    /// To its end: it was split or merged, and its children may be read.
    End,
}

type Shards = BTreeMap<String, Checkpoint>;

/// The checkpoints of one stream, in `<data>/kinesis-<stream>.json`, replaced as a whole.
#[derive(Debug)]
pub struct Checkpoints {
    path: PathBuf,
    shards: Mutex<Shards>,
}

impl Checkpoints {
    /// Reads the stream's checkpoints; there are none at first.
    ///
    /// # Errors
    /// [`KinesisError::Checkpoints`] or [`KinesisError::BadCheckpoints`] when the file cannot be read.
    pub fn open(data: &Path, stream: &str) -> Result<Self, KinesisError> {
        let path = data.join(format!("kinesis-{stream}.json"));
        let shards = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|source| KinesisError::BadCheckpoints { path: path.clone(), source })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Shards::new(),
            Err(source) => return Err(KinesisError::Checkpoints { path, source }),
        };
        Ok(Self { path, shards: Mutex::new(shards) })
    }

    /// The checkpoint of a shard, if it was read before.
    pub fn get(&self, shard: &str) -> Option<Checkpoint> {
        self.lock().get(shard).cloned()
    }

    /// Keeps a shard's checkpoint.
    ///
    /// # Errors
    /// [`KinesisError::Checkpoints`] when the file cannot be written.
    pub fn set(&self, shard: &str, checkpoint: Checkpoint) -> Result<(), KinesisError> {
        let mut shards = self.lock();
        shards.insert(shard.to_owned(), checkpoint);
        self.store(&shards)
    }

    /// Forgets shards that the stream no longer has.
    ///
    /// # Errors
    /// [`KinesisError::Checkpoints`] when the file cannot be written.
    pub fn retain(&self, exists: impl Fn(&str) -> bool) -> Result<(), KinesisError> {
        let mut shards = self.lock();
        let before = shards.len();
        shards.retain(|shard, _| exists(shard));
        if shards.len() == before { Ok(()) } else { self.store(&shards) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Shards> {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn store(&self, shards: &Shards) -> Result<(), KinesisError> {
        replace(&self.path, shards)
            .map_err(|source| KinesisError::Checkpoints { path: self.path.clone(), source })
    }
}

fn replace(path: &Path, shards: &Shards) -> io::Result<()> {
    let unfinished = path.with_extension("json-new");
    let mut file = std::fs::File::create(&unfinished)?;
    file.write_all(&serde_json::to_vec_pretty(shards)?)?;
    // Else a power cut could leave an empty file under the old name.
    file.sync_data()?;
    std::fs::rename(unfinished, path)
}
