//! The spool: one append-only file a run, where every record is before anything else sees it.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::hash::BuildHasher;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pipeline_core::RunId;
use tokio::sync::{MutexGuard, mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::context::RunContext;
use super::fact::Fact;
use super::log::RunLog;
use super::recover;
use super::redact::Redactor;
use super::writer::{self, Command, Entry, QUEUE, Writer};

/// How many runs' files may be opened and closed at once.
const DOORS: usize = 64;
/// How long a run's file is waited for while another process has it: to note one fact takes it some milliseconds.
const BUSY: Duration = Duration::from_secs(1);
/// How often it is looked whether the other process has let go.
const LOOK: Duration = Duration::from_millis(25);

/// Why the spool could not be used.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum SpoolError {
    /// The directory could not be made or read.
    #[error("the audit spool {} cannot be used; check that the directory is writable", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// A run's file could not be opened or read.
    #[error("the audit spool file {} cannot be opened", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// Another process writes this run.
    #[error("the audit spool file {} is being written by another process; end that one first", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// A record could not be written; the run must not go on without it.
    #[error("the audit spool file {} cannot be written; free some disk space, then start again", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// The run's log was closed, or an earlier write failed.
    #[error("the run's audit log is closed; an earlier message tells why")]
    Closed,
}

impl SpoolError {
    pub(super) fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source: Arc::new(source) }
    }

    pub(super) fn open(path: &Path, source: io::Error) -> Self {
        Self::Open { path: path.to_owned(), source: Arc::new(source) }
    }
}

/// How far a run's spool file is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// The sequence of the last record written.
    pub sequence: u64,
    /// The length of what is written, in bytes.
    pub bytes: u64,
    /// The sequence of the last record that a power cut cannot take.
    pub durable_sequence: u64,
    /// The length of what a power cut cannot take, in bytes.
    pub durable_bytes: u64,
    /// The number of the last core event on record; 0 before the first.
    pub last_event: u64,
}

/// The directory of the runs' spool files, `<data>/spool/<run>.ndjson`; clones share the open ones.
#[derive(Debug, Clone)]
pub struct Spool {
    directory: Arc<Path>,
    redactor: Redactor,
    open: Arc<Mutex<BTreeMap<RunId, OpenRun>>>,
    /// Whoever opens, closes or notes in a run's file stands in its door, so that nobody finds it half open.
    doors: Arc<[tokio::sync::Mutex<()>]>,
    hasher: std::hash::RandomState,
    durable: watch::Sender<()>,
}

#[derive(Debug)]
struct OpenRun {
    log: RunLog,
    task: JoinHandle<()>,
}

impl Spool {
    /// Opens the spool under the server's data directory, making it if need be.
    ///
    /// # Errors
    /// [`SpoolError::Directory`] when the directory cannot be made.
    pub fn open(data: &Path, redactor: Redactor) -> Result<Self, SpoolError> {
        let directory = data.join("spool");
        std::fs::create_dir_all(&directory)
            .map_err(|source| SpoolError::Directory { path: directory.clone(), source: Arc::new(source) })?;
        Ok(Self {
            directory: directory.into(),
            redactor,
            open: Arc::default(),
            doors: (0..DOORS).map(|_| tokio::sync::Mutex::default()).collect(),
            hasher: std::hash::RandomState::new(),
            durable: watch::Sender::new(()),
        })
    }

    /// The log of a run, opened at the end of what is on record. A line that a crash tore is cut off, and a record says so.
    /// A run that is open already keeps the context that it was opened with.
    ///
    /// # Errors
    /// [`SpoolError`] when the file cannot be opened, read or mended, or another process does not let go of it.
    pub async fn writer(&self, context: RunContext) -> Result<RunLog, SpoolError> {
        let _door = self.door(context.run).await;
        match self.open_log(context.run).filter(|known| !known.commands.is_closed()) {
            Some(known) => Ok(known),
            None => self.open_run(context).await,
        }
    }

    /// Records a fact of a run that this process may or may not be working on, and returns once it is on disk for good.
    ///
    /// # Errors
    /// [`SpoolError`] when the file cannot be opened or written, or another process does not let go of it.
    pub async fn note(&self, context: RunContext, fact: Fact) -> Result<(), SpoolError> {
        let run = context.run;
        // Whoever opens the run meanwhile finds it closed again, and whoever closes it waits for the fact.
        let _door = self.door(run).await;
        if let Some(known) = self.open_log(run).filter(|known| !known.commands.is_closed()) {
            return known.note(fact).await;
        }
        let noted = self.open_run(context).await?.note(fact).await;
        noted.and(self.close_run(run).await)
    }

    /// Writes out and closes a run's log; clones of it then fail. The file stays.
    ///
    /// # Errors
    /// [`SpoolError`] when what was still queued could not be written.
    pub async fn close(&self, run: RunId) -> Result<(), SpoolError> {
        let _door = self.door(run).await;
        self.close_run(run).await
    }

    async fn door(&self, run: RunId) -> MutexGuard<'_, ()> {
        let place = usize::try_from(self.hasher.hash_one(run)).unwrap_or_default() % DOORS;
        self.doors[place].lock().await
    }

    async fn open_run(&self, context: RunContext) -> Result<RunLog, SpoolError> {
        let run = context.run;
        let (writer, torn) = self.take_file(context).await?;
        let (commands, inbox) = mpsc::channel(QUEUE);
        let (told, progress) = watch::channel(writer.progress());
        if torn > 0 {
            // The queue is new and empty, so this cannot fail.
            let _ = commands.try_send(Command { entry: Entry::Recovered(torn), done: None });
        }
        let task = tokio::spawn(writer::run(writer, inbox, told, self.durable.clone()));
        let log = RunLog { commands, progress };
        self.open_runs().insert(run, OpenRun { log: log.clone(), task });
        self.durable.send_replace(());
        Ok(log)
    }

    async fn close_run(&self, run: RunId) -> Result<(), SpoolError> {
        let known = self.open_runs().remove(&run);
        let Some(OpenRun { log, task }) = known else { return Ok(()) };
        let closed = log.close().await;
        // The task's end lets go of the file.
        let _ = task.await;
        closed
    }

    /// Opens a run's file, and waits for a while if another process has it.
    async fn take_file(&self, context: RunContext) -> Result<(Writer, u64), SpoolError> {
        let begun = Instant::now();
        loop {
            let (spool, context) = (self.clone(), context.clone());
            let opened = tokio::task::spawn_blocking(move || spool.reopen(context)).await;
            match opened.unwrap_or(Err(SpoolError::Closed)) {
                Err(SpoolError::Busy { .. }) if begun.elapsed() < BUSY => tokio::time::sleep(LOOK).await,
                opened => return opened,
            }
        }
    }

    fn reopen(&self, context: RunContext) -> Result<(Writer, u64), SpoolError> {
        let path = self.path(context.run);
        let opened = |source| SpoolError::open(&path, source);
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(opened)?;
        lock(&file, &path)?;
        let recovered = recover::scan(&mut file).map_err(opened)?;
        if recovered.torn > 0 {
            file.set_len(recovered.whole).map_err(opened)?;
        }
        file.sync_all().map_err(opened)?;
        File::open(&self.directory).and_then(|directory| directory.sync_all()).map_err(opened)?;
        let durable = Progress {
            durable_sequence: recovered.chain.sequence,
            durable_bytes: recovered.whole,
            ..Progress::default()
        };
        let (chain, written) = (recovered.chain, recovered.whole);
        let redactor = self.redactor.clone();
        let writer = Writer { context, redactor, path, file, chain, written, durable, unsynced_since: None };
        Ok((writer, recovered.torn))
    }

    /// Makes all that was appended to a run durable, and gives the last sequence on record; 0 if there is none.
    ///
    /// # Errors
    /// [`SpoolError`] when the file cannot be written or read.
    pub async fn settle(&self, run: RunId) -> Result<u64, SpoolError> {
        let _door = self.door(run).await;
        if let Some(log) = self.open_log(run) {
            log.flush().await?;
            return Ok(log.progress().durable_sequence);
        }
        match File::open(self.path(run)).and_then(|mut file| recover::scan(&mut file)) {
            Ok(recovered) => Ok(recovered.chain.sequence),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(source) => Err(SpoolError::open(&self.path(run), source)),
        }
    }

    /// The runs that have a spool file, oldest first.
    ///
    /// # Errors
    /// [`SpoolError::Directory`] when the directory cannot be read.
    pub fn runs(&self) -> Result<Vec<RunId>, SpoolError> {
        let failed =
            |source| SpoolError::Directory { path: self.directory.to_path_buf(), source: Arc::new(source) };
        let mut runs = Vec::new();
        for entry in std::fs::read_dir(&self.directory).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let run = name.to_str().and_then(|name| name.strip_suffix(".ndjson"));
            runs.extend(run.and_then(|run| run.parse::<RunId>().ok()));
        }
        runs.sort_unstable();
        Ok(runs)
    }

    /// How far an open run is; none if this process does not have it open.
    pub fn progress(&self, run: RunId) -> Option<Progress> {
        self.subscribe(run).map(|progress| *progress.borrow())
    }

    /// The file of a run.
    pub fn path(&self, run: RunId) -> PathBuf {
        self.directory.join(format!("{run}.ndjson"))
    }

    /// The file that remembers how far a reader of that name got in a run.
    pub(super) fn cursor_path(&self, run: RunId, reader: &str) -> PathBuf {
        self.directory.join(format!("{run}.{reader}"))
    }

    pub(super) fn subscribe(&self, run: RunId) -> Option<watch::Receiver<Progress>> {
        self.open_log(run).map(|log| log.progress)
    }

    fn open_log(&self, run: RunId) -> Option<RunLog> {
        self.open_runs().get(&run).map(|known| known.log.clone())
    }

    fn open_runs(&self) -> std::sync::MutexGuard<'_, BTreeMap<RunId, OpenRun>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of every commit to any run.
    pub(super) fn commits(&self) -> watch::Receiver<()> {
        self.durable.subscribe()
    }
}

fn lock(file: &File, path: &Path) -> Result<(), SpoolError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(SpoolError::Busy { path: path.to_owned() }),
        Err(TryLockError::Error(source)) => Err(SpoolError::open(path, source)),
    }
}
