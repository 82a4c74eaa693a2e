//! AWS Organizations: accounts, organizational units and tags, paged and cached.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use aws_config::SdkConfig;
use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::{Account as SdkAccount, AccountState};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use jiff::{SignedDuration, Timestamp};
use landing_zone::{Account, AccountId, AccountName, OuPath};
use serde::{Deserialize, Serialize};

use crate::aws::CallError;

/// Calls at once. Organizations allows few a second, for all callers of the organization together.
const AT_ONCE: usize = 4;
/// The deepest that units nest; [AWS allows five](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
const MAX_DEPTH: usize = 8;

/// What the organization consisted of at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// The active accounts, in the order of their ids.
    pub accounts: Vec<Account>,
    /// When they were asked for.
    pub at: Timestamp,
}

impl Discovery {
    /// How old it is.
    pub fn age(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.at)
    }
}

/// An organization that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// A call failed.
    #[error("cannot read the organization: {source}\n  {}", .source.kind.remedy())]
    Call {
        /// What was said.
        #[from]
        source: CallError,
    },
    /// A name or id in the answer is not one.
    #[error(
        "cannot use account {id}: {source}\n  rename it in AWS Organizations, or turn `discover` off and name the accounts in zone.hcl"
    )]
    Name {
        /// The account, or the unit, as the answer named it.
        id: String,
        /// What is wrong with it.
        source: landing_zone::InvalidId,
    },
    /// The answer lacks a field that it always has.
    #[error("cannot use the answer of {operation}: it lacks {field}; check what AWS_ENDPOINT_URL points to")]
    Incomplete {
        /// The call.
        operation: &'static str,
        /// The field.
        field: &'static str,
    },
    /// Units nest deeper than AWS allows.
    #[error("cannot read the organization: its units nest deeper than {MAX_DEPTH}")]
    TooDeep,
}

/// Reads the organization: every active account with the path of its unit and its tags. The configuration's credentials must
/// be those of the management account or of a delegated administrator.
///
/// # Errors
/// [`DiscoverError`]; throttled calls have been tried again already.
pub async fn discover(config: &SdkConfig) -> Result<Vec<Account>, DiscoverError> {
    let client = Client::new(config);
    let mut level = roots(&client).await?;
    let mut accounts = Vec::new();
    for _ in 0..=MAX_DEPTH {
        accounts.extend(each(level.clone(), |parent| accounts_of(client.clone(), parent)).await?);
        level = each(level, |parent| units_of(client.clone(), parent)).await?;
        if level.is_empty() {
            return with_tags(&client, accounts).await;
        }
    }
    Err(DiscoverError::TooDeep)
}

/// A root or a unit that accounts are in.
#[derive(Debug, Clone)]
struct Parent {
    id: String,
    path: Option<OuPath>,
}

async fn each<T, F>(parents: Vec<Parent>, ask: impl Fn(Parent) -> F) -> Result<Vec<T>, DiscoverError>
where
    F: Future<Output = Result<Vec<T>, DiscoverError>>,
{
    let answers: Vec<Vec<T>> = stream::iter(parents).map(ask).buffered(AT_ONCE).try_collect().await?;
    Ok(answers.into_iter().flatten().collect())
}

async fn roots(client: &Client) -> Result<Vec<Parent>, DiscoverError> {
    const OPERATION: &str = "organizations:ListRoots";
    let pages = client.list_roots().into_paginator().send().try_collect().await;
    let pages = pages.map_err(|error| CallError::of(OPERATION, &error))?;
    let roots = pages.into_iter().flat_map(|page| page.roots.unwrap_or_default());
    roots.map(|root| Ok(Parent { id: field(root.id, OPERATION, "Id")?, path: None })).collect()
}

async fn units_of(client: Client, parent: Parent) -> Result<Vec<Parent>, DiscoverError> {
    const OPERATION: &str = "organizations:ListOrganizationalUnitsForParent";
    let pages = client.list_organizational_units_for_parent().parent_id(&parent.id).into_paginator();
    let pages = pages.send().try_collect().await.map_err(|error| CallError::of(OPERATION, &error))?;
    let units = pages.into_iter().flat_map(|page| page.organizational_units.unwrap_or_default());
    let child = |unit: aws_sdk_organizations::types::OrganizationalUnit| {
        let name = field(unit.name, OPERATION, "Name")?;
        let text = parent.path.as_ref().map_or_else(|| name.clone(), |above| format!("{above}/{name}"));
        let path = OuPath::parse(&text).map_err(|source| DiscoverError::Name { id: text, source })?;
        Ok(Parent { id: field(unit.id, OPERATION, "Id")?, path: Some(path) })
    };
    units.map(child).collect()
}

async fn accounts_of(client: Client, parent: Parent) -> Result<Vec<Account>, DiscoverError> {
    const OPERATION: &str = "organizations:ListAccountsForParent";
    let pages = client.list_accounts_for_parent().parent_id(&parent.id).into_paginator();
    let pages = pages.send().try_collect().await.map_err(|error| CallError::of(OPERATION, &error))?;
    let accounts = pages.into_iter().flat_map(|page| page.accounts.unwrap_or_default());
    accounts.filter(is_active).map(|account| account_in(account, &parent)).collect()
}

fn account_in(account: SdkAccount, parent: &Parent) -> Result<Account, DiscoverError> {
    const OPERATION: &str = "organizations:ListAccountsForParent";
    let id = field(account.id, OPERATION, "Id")?;
    let name = field(account.name, OPERATION, "Name")?;
    let wrong = |source| DiscoverError::Name { id: id.clone(), source };
    Ok(Account {
        id: AccountId::parse(&id).map_err(wrong)?,
        name: AccountName::parse(name.trim()).map_err(wrong)?,
        ou: parent.path.clone(),
        tags: BTreeMap::new(),
    })
}

/// `State` replaces `Status`, which AWS retires on 2026-09-09; emulators know only the older.
fn is_active(account: &SdkAccount) -> bool {
    let by_status = || account.status() == Some(&aws_sdk_organizations::types::AccountStatus::Active);
    account.state().map_or_else(by_status, |state| state == &AccountState::Active)
}

async fn with_tags(client: &Client, accounts: Vec<Account>) -> Result<Vec<Account>, DiscoverError> {
    let tagged = stream::iter(accounts).map(|mut account| async {
        account.tags = tags_of(client, account.id.as_str()).await?;
        Ok::<Account, DiscoverError>(account)
    });
    let mut accounts: Vec<Account> = tagged.buffered(AT_ONCE).try_collect().await?;
    accounts.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(accounts)
}

async fn tags_of(client: &Client, id: &str) -> Result<BTreeMap<String, String>, DiscoverError> {
    let pages = client.list_tags_for_resource().resource_id(id).into_paginator();
    let tags = pages.items().send().try_collect().await;
    let tags = tags.map_err(|error| CallError::of("organizations:ListTagsForResource", &error))?;
    Ok(tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
}

fn field<T>(value: Option<T>, operation: &'static str, field: &'static str) -> Result<T, DiscoverError> {
    value.ok_or(DiscoverError::Incomplete { operation, field })
}

/// The last discovery, in a file, so that neither a restart nor an outage of Organizations stops work.
#[derive(Debug, Clone)]
pub struct DiscoveryCache {
    file: PathBuf,
}

/// A cache file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot write {file:?}: {source}\n  check that the server's data directory exists and may be written to"
)]
pub struct CacheError {
    file: PathBuf,
    source: std::io::Error,
}

impl DiscoveryCache {
    /// A cache in the server's data directory.
    pub fn new(data: &Path) -> Self {
        Self { file: data.join("organization.json") }
    }

    /// The last discovery; `None` when there is none or the file cannot be understood, which is then logged: it is asked anew.
    pub async fn load(&self) -> Option<Discovery> {
        let bytes = tokio::fs::read(&self.file).await.ok()?;
        serde_json::from_slice(&bytes)
            .inspect_err(
                |error| tracing::warn!(file = %self.file.display(), %error, "discovery.cache.unreadable"),
            )
            .ok()
    }

    /// Keeps a discovery, whole or not at all.
    ///
    /// # Errors
    /// [`CacheError`] when the file cannot be written.
    pub async fn store(&self, discovery: &Discovery) -> Result<(), CacheError> {
        let failed = |source| CacheError { file: self.file.clone(), source };
        let bytes = serde_json::to_vec_pretty(discovery).map_err(|error| failed(error.into()))?;
        let unfinished = self.file.with_extension("json.new");
        tokio::fs::write(&unfinished, bytes).await.map_err(failed)?;
        tokio::fs::rename(&unfinished, &self.file).await.map_err(failed)
    }

    /// The organization as it is: the file's while it is no older than `max_age`, else asked anew and kept. When asking
    /// fails, the file's, however old: the caller sees its age in [`Discovery::at`].
    ///
    /// # Errors
    /// [`DiscoverError`] when asking fails and nothing was kept.
    pub async fn refresh(
        &self,
        config: &SdkConfig,
        max_age: SignedDuration,
    ) -> Result<Discovery, DiscoverError> {
        let now = Timestamp::now();
        let kept = self.load().await;
        if let Some(fresh) = kept.as_ref().filter(|kept| kept.age(now) <= max_age) {
            return Ok(fresh.clone());
        }
        match (discover(config).await, kept) {
            (Ok(accounts), _) => {
                let discovery = Discovery { accounts, at: now };
                if let Err(error) = self.store(&discovery).await {
                    tracing::warn!(%error, "discovery.cache.unwritable");
                }
                Ok(discovery)
            }
            (Err(error), Some(kept)) => {
                tracing::warn!(%error, kept_at = %kept.at, "discovery.failed");
                Ok(kept)
            }
            (Err(error), None) => Err(error),
        }
    }
}
