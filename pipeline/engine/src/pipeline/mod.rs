//! The pipeline as the server, the command line and the workers see it.

mod act;
mod records;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use landing_zone::{Account, PersonName, RepositoryName, Zone};
use pipeline_core::{DeliveryId, Digest, Recorded, RunId, RunView, Trigger, UnitId};
use tokio::sync::{Notify, RwLock, broadcast};
use uuid::Uuid;

pub use act::{Act, ActError};
pub use records::{AuditPage, RecordsError};

use crate::audit::{Redactor, Spool, SpoolError};
use crate::index::{Elastic, Embedded, Index, IndexError};
use crate::runs::{Moved, Runs};
use crate::secrets::Secrets;
use crate::store::{Accepted, Store, StoreError, UnitReport};

/// Why the pipeline could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory could not be made.
    #[error("cannot make the data directory {}", path.display())]
    Data {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database is of a kind that is not served yet.
    #[error("the database {0} is not supported yet; use sqlite:FILE")]
    Database(String),
    /// The store did not open.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The audit spool did not open.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// The audit index did not open.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The index's address is none.
    #[error("the index's address {url} is not a URL")]
    IndexUrl {
        /// What the zone says.
        url: String,
    },
}

/// One page of a list, and where the next begins.
#[derive(Debug, Clone)]
pub struct Page<T, C> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next begins; none on the last.
    pub next: Option<C>,
}

/// The pipeline. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pipeline(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    zone: Zone,
    secrets: Secrets,
    data: PathBuf,
    runs: Runs,
    spool: Spool,
    index: Arc<dyn Index>,
    accounts: RwLock<Vec<Account>>,
    delivered: Notify,
}

impl Pipeline {
    /// Opens the store and the spool that the zone names, relative to a directory.
    ///
    /// # Errors
    /// [`OpenError`] says what could not be opened.
    pub async fn open(zone: Zone, secrets: Secrets, base: &Path) -> Result<Self, OpenError> {
        let data = base.join(&zone.server.data);
        tokio::fs::create_dir_all(&data)
            .await
            .map_err(|source| OpenError::Data { path: data.clone(), source })?;
        // Programs run in directories of their own, where a relative path would mean something else.
        let data = data.canonicalize().map_err(|source| OpenError::Data { path: data.clone(), source })?;
        let Some(file) = zone.server.database.file() else {
            return Err(OpenError::Database(zone.server.database.as_str().to_owned()));
        };
        let store = Store::open(&base.join(file)).await?;
        let values = secrets.values();
        let spool = Spool::open(&data, Redactor::new(values.iter().map(String::as_str)))?;
        let index = open_index(&zone, &data).await?;
        let accounts = RwLock::new(zone.accounts(&[]));
        Ok(Self(Arc::new(Inner {
            zone,
            secrets,
            data,
            runs: Runs::new(store),
            spool,
            index,
            accounts,
            delivered: Notify::new(),
        })))
    }

    /// The landing zone.
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    /// Its secrets.
    pub fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// The directory for plans, checkouts and the spool.
    pub fn data(&self) -> &Path {
        &self.0.data
    }

    /// The store.
    pub fn store(&self) -> &Store {
        self.0.runs.store()
    }

    /// The runs.
    pub fn runs_door(&self) -> &Runs {
        &self.0.runs
    }

    /// The audit spool.
    pub fn spool(&self) -> &Spool {
        &self.0.spool
    }

    /// The audit index.
    pub fn index(&self) -> &Arc<dyn Index> {
        &self.0.index
    }

    /// Keeps a delivery; when this returns it is on disk.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub async fn accept(&self, id: &DeliveryId, trigger: &Trigger) -> Result<Accepted, StoreError> {
        let accepted = self.store().accept(id, trigger).await?;
        self.0.delivered.notify_one();
        Ok(accepted)
    }

    /// Waits until a delivery has been kept by this process since the last call.
    pub async fn delivered(&self) {
        self.0.delivered.notified().await;
    }

    /// Asks for a run of a repository's branch as it is now.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub async fn start(
        &self,
        repository: &RepositoryName,
        branch: &str,
        person: &PersonName,
    ) -> Result<DeliveryId, StoreError> {
        let id = format!("api/{}", Uuid::now_v7());
        let id = DeliveryId::parse(&id).map_err(StoreError::unreadable("a delivery id"))?;
        let trigger = Trigger::Start {
            repository: repository.clone(),
            branch: branch.to_owned(),
            person: person.clone(),
        };
        self.accept(&id, &trigger).await?;
        Ok(id)
    }

    /// The runs, newest first, from after a given one.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn runs(&self, after: Option<RunId>, limit: u32) -> Result<Page<RunView, RunId>, StoreError> {
        let limit = limit.clamp(1, 200);
        let mut ids = self.store().run_ids(after, limit.saturating_add(1)).await?;
        let more = ids.len() > limit as usize;
        ids.truncate(limit as usize);
        let next = ids.last().copied().filter(|_| more);
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            items.extend(self.run(id).await?);
        }
        Ok(Page { items, next })
    }

    /// One run.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn run(&self, id: RunId) -> Result<Option<RunView>, StoreError> {
        self.0.runs.look(id, pipeline_core::Run::view).await
    }

    /// The run that an id or the beginning of one names, if it names just one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn find_run(&self, text: &str) -> Result<Option<RunId>, StoreError> {
        if let Ok(id) = text.parse::<RunId>() {
            return Ok(self.run(id).await?.map(|view| view.id));
        }
        let prefix = if text.starts_with("r-") { text.to_owned() } else { format!("r-{text}") };
        match self.store().runs_like(&prefix).await?.as_slice() {
            [only] if prefix.len() >= 10 => Ok(Some(*only)),
            _ => Ok(None),
        }
    }

    /// What a unit's newest plan would do and what the policies found in it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn report(&self, run: RunId, unit: &UnitId) -> Result<Option<UnitReport>, StoreError> {
        let digest: Option<Digest> = self
            .0
            .runs
            .look(run, |run| {
                run.unit(unit).and_then(|unit| unit.state().plan().map(|plan| plan.digest.clone()))
            })
            .await?
            .flatten();
        match digest {
            Some(digest) => self.store().report(run, unit, &digest).await,
            None => Ok(None),
        }
    }

    /// A run's events after a number.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn events_since(&self, run: RunId, number: u64) -> Result<Vec<Recorded>, StoreError> {
        self.store().events_since(run, number).await
    }

    /// Tells of every run that moves, from now on.
    pub fn changes(&self) -> broadcast::Receiver<Moved> {
        self.0.runs.moved()
    }

    /// The accounts of the landing zone as last seen.
    pub async fn accounts(&self) -> Vec<Account> {
        self.0.accounts.read().await.clone()
    }

    /// Replaces the accounts by those that were discovered, under the zone's names.
    pub async fn set_accounts(&self, discovered: &[Account]) {
        *self.0.accounts.write().await = self.0.zone.accounts(discovered);
    }

    /// Whose API token this is.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be read.
    pub async fn person_for_token(&self, token: &str) -> Result<Option<PersonName>, StoreError> {
        self.store().person_for_token(token, Timestamp::now()).await
    }
}

/// The index that the zone names, else the embedded one in the data directory.
///
/// # Errors
/// [`OpenError`] says what could not be opened.
pub async fn open_index(zone: &Zone, data: &Path) -> Result<Arc<dyn Index>, OpenError> {
    let Some(index) = &zone.index else { return Ok(Arc::new(Embedded::open(data).await?)) };
    let url = index.url.parse().map_err(|_| OpenError::IndexUrl { url: index.url.clone() })?;
    Ok(Arc::new(Elastic::new(&url, None, data)?))
}
