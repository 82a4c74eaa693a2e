//! Records that the index rejects for good: kept in a file with the reason, so that they are neither lost nor tried for ever.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::sync::Mutex;

use super::IndexError;

const REMEMBERED: usize = 10_000;

/// The file `dead-letters.ndjson` under the data directory; one JSON object a line: `reason`, `id`, and the `record` as text.
#[derive(Debug)]
pub struct DeadLetters {
    path: PathBuf,
    // The ids kept lately, so that a batch that is tried again does not repeat them.
    kept: Mutex<HashSet<String>>,
}

impl DeadLetters {
    /// The dead letters of a data directory.
    pub fn new(data: &Path) -> Self {
        Self { path: data.join("dead-letters.ndjson"), kept: Mutex::default() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps a record, durably.
    ///
    /// # Errors
    /// [`IndexError::DeadLetter`] when the file cannot be written.
    pub async fn keep(&self, id: &str, reason: &str, record: &str) -> Result<(), IndexError> {
        let mut line = json!({ "reason": reason, "id": id, "record": record }).to_string();
        line.push('\n');
        let mut kept = self.kept.lock().await;
        if kept.contains(id) {
            return Ok(());
        }
        let failed = |source| IndexError::DeadLetter { path: self.path.display().to_string(), source };
        self.append(&line).await.map_err(failed)?;
        if kept.len() >= REMEMBERED {
            kept.clear();
        }
        kept.insert(id.to_owned());
        Ok(())
    }

    async fn append(&self, line: &str) -> std::io::Result<()> {
        let mut file = tokio::fs::OpenOptions::new().append(true).create(true).open(&self.path).await?;
        file.write_all(line.as_bytes()).await?;
        file.sync_data().await
    }
}
