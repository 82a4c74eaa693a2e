//! Hands what is durable in the spool on to one reader, in order, and remembers what it has acknowledged.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use pipeline_core::RunId;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::spool::{Spool, SpoolError};

/// How often the directory is searched for runs that another process wrote.
const RESCAN: Duration = Duration::from_secs(10);

/// How far a reader has got in a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The length of the lines that were acknowledged, in bytes.
    pub bytes: u64,
}

/// Some consecutive lines of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The run.
    pub run: RunId,
    /// The lines, without their line ends.
    pub lines: Vec<String>,
    /// What to acknowledge once all of them arrived.
    pub end: Position,
}

/// One reader of the whole spool. What it has acknowledged is kept beside the spool under its name, so that after a crash it
/// sees again what it had not acknowledged, and maybe a little more: its effects must be such that they may happen twice.
#[derive(Debug)]
pub struct Feed {
    spool: Spool,
    name: &'static str,
    acknowledged: BTreeMap<RunId, Position>,
    turn: VecDeque<RunId>,
    commits: watch::Receiver<()>,
}

impl Feed {
    /// A reader of that name, which goes on where it last was.
    ///
    /// # Errors
    /// [`SpoolError`] when the spool cannot be read.
    pub fn open(spool: &Spool, name: &'static str) -> Result<Self, SpoolError> {
        let commits = spool.commits();
        let mut feed = Self {
            spool: spool.clone(),
            name,
            acknowledged: BTreeMap::new(),
            turn: VecDeque::new(),
            commits,
        };
        feed.discover()?;
        Ok(feed)
    }

    /// The next lines of the run whose turn it is, at most `bytes` of them but at least one; waits until there are some.
    ///
    /// # Errors
    /// [`SpoolError`] when the spool cannot be read.
    pub async fn next(&mut self, bytes: u64) -> Result<Chunk, SpoolError> {
        loop {
            self.commits.mark_unchanged();
            if let Some(chunk) = self.poll(bytes)? {
                return Ok(chunk);
            }
            // The spool holds the sender, so an error cannot be; the rescan covers other processes.
            let _ = tokio::time::timeout(RESCAN, self.commits.changed()).await;
            self.discover()?;
        }
    }

    /// The next lines if there are any now.
    ///
    /// # Errors
    /// [`SpoolError`] when the spool cannot be read.
    pub fn poll(&mut self, bytes: u64) -> Result<Option<Chunk>, SpoolError> {
        for _ in 0..self.turn.len() {
            let Some(run) = self.turn.pop_front() else { break };
            self.turn.push_back(run);
            let start = self.acknowledged.get(&run).copied().unwrap_or_default();
            let path = self.spool.path(run);
            let chunk = self.read(run, start, bytes).map_err(|source| SpoolError::open(&path, source))?;
            if !chunk.lines.is_empty() {
                return Ok(Some(chunk));
            }
        }
        Ok(None)
    }

    /// Remembers that everything up to here arrived.
    ///
    /// # Errors
    /// [`SpoolError::Write`] when that cannot be written down.
    pub fn acknowledge(&mut self, run: RunId, position: Position) -> Result<(), SpoolError> {
        let path = self.spool.cursor_path(run, self.name);
        store(&path, position).map_err(|source| SpoolError::write(&path, source))?;
        self.acknowledged.insert(run, position);
        Ok(())
    }

    /// How many durable bytes are not acknowledged.
    pub fn pending(&self) -> u64 {
        self.acknowledged.iter().map(|(run, at)| self.durable_end(*run).saturating_sub(at.bytes)).sum()
    }

    fn discover(&mut self) -> Result<(), SpoolError> {
        for run in self.spool.runs()? {
            if !self.acknowledged.contains_key(&run) {
                let path = self.spool.cursor_path(run, self.name);
                let position = load(&path).map_err(|source| SpoolError::open(&path, source))?;
                self.acknowledged.insert(run, position);
                self.turn.push_back(run);
            }
        }
        Ok(())
    }

    fn durable_end(&self, run: RunId) -> u64 {
        self.spool.progress(run).map_or_else(
            || std::fs::metadata(self.spool.path(run)).map_or(0, |file| file.len()),
            |progress| progress.durable_bytes,
        )
    }

    fn read(&self, run: RunId, start: Position, limit: u64) -> io::Result<Chunk> {
        let mut chunk = Chunk { run, lines: Vec::new(), end: start };
        let end = self.durable_end(run);
        if start.bytes >= end {
            return Ok(chunk);
        }
        let mut file = std::fs::File::open(self.spool.path(run))?;
        file.seek(SeekFrom::Start(start.bytes))?;
        let mut reader = BufReader::new(file.take(end - start.bytes));
        loop {
            let mut line = Vec::new();
            let read = reader.read_until(b'\n', &mut line)? as u64;
            let full = chunk.end.bytes - start.bytes + read > limit && !chunk.lines.is_empty();
            if line.pop() != Some(b'\n') || full {
                return Ok(chunk);
            }
            chunk.end.bytes += read;
            chunk.lines.push(String::from_utf8_lossy(&line).into_owned());
        }
    }
}

fn load(path: &Path) -> io::Result<Position> {
    match std::fs::read(path) {
        // An unreadable cursor means: from the beginning, which is safe.
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Position::default()),
        Err(error) => Err(error),
    }
}

fn store(path: &Path, position: Position) -> io::Result<()> {
    let unfinished = path.with_extension("cursor-new");
    std::fs::write(&unfinished, serde_json::to_vec(&position)?)?;
    std::fs::rename(&unfinished, path)
}
