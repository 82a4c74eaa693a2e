//! `zone.hcl`: the landing zone, owned by the platform team.

mod names;
pub mod organization;
pub mod person;
pub mod policy;
mod read;
pub mod repository;
pub mod secret;
pub mod select;
pub mod service;
pub mod stage;

pub use organization::{Organization, State};
pub use person::{Person, Platform, Role};
pub use policy::{FailOn, Policy};
pub use repository::{ApplyMode, Forge, ForgeKind, Repository};
pub use secret::Secret;
pub use service::{Database, Index, Server, Slack, Stream};
pub use stage::{AccountRef, Freeze, Selection, Stage, Wave};

use crate::account::{Account, Scope};
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::ids::RepositoryName;
use crate::reader::table::Table;
use crate::reader::{Reader, parse};
use serde::Serialize;

/// Everything that `zone.hcl` says, checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Zone {
    /// The organization.
    pub organization: Organization,
    /// The accounts that the file names, in its order; [`Zone::accounts`] adds the discovered ones.
    pub accounts: Vec<Account>,
    /// The stages in the order of the file; [`Zone::stage_order`] has the order of promotion.
    pub stages: Vec<Stage>,
    /// Where Terraform keeps its state; `None` leaves the backend to the stack.
    pub state: Option<State>,
    /// The repositories that may make changes.
    pub repositories: Vec<Repository>,
    /// The forges that they are on, at most one of a kind.
    pub forges: Vec<Forge>,
    /// The people.
    pub persons: Vec<Person>,
    /// Slack; `None` for none.
    pub slack: Option<Slack>,
    /// The Kinesis stream; `None` for the embedded one.
    pub stream: Option<Stream>,
    /// The index; `None` for the embedded one.
    pub index: Option<Index>,
    /// The rules.
    pub policy: Policy,
    /// How the server runs.
    pub server: Server,
    /// What stages name, to be looked up in the accounts.
    #[serde(skip)]
    pending: Vec<names::Pending>,
}

impl Zone {
    /// Reads `zone.hcl`: the zone with its warnings and notes, or every error at once.
    pub fn parse(source: &Source) -> Result<(Zone, Vec<Diagnostic>), Diagnostics> {
        let reader = Reader::new(source);
        let zone = parse::body(&reader).and_then(|body| read::zone(&Table::root(&reader, &body)));
        reader.finish(zone)
    }

    /// What stages name and is not among the named and discovered accounts, each with its place in `zone.hcl`: an
    /// error for an account that does not exist or a unit without accounts, a warning for what excludes nothing.
    /// [`Zone::parse`] has reported these already where `discover` is false.
    #[must_use]
    pub fn check_accounts(&self, discovered: &[Account]) -> Vec<Diagnostic> {
        let mut known = self.accounts(discovered);
        // A name from AWS Organizations stays usable where the zone gives the account another one.
        known.extend(discovered.iter().cloned());
        names::unknown(&self.pending, &known, &[])
    }

    /// The repository of a name, if the zone allows it.
    #[must_use]
    pub fn repository(&self, name: &RepositoryName) -> Option<&Repository> {
        self.repositories.iter().find(|r| &r.name == name)
    }

    /// The forge of a kind, if the zone has one.
    #[must_use]
    pub fn forge(&self, kind: ForgeKind) -> Option<&Forge> {
        self.forges.iter().find(|f| f.kind == kind)
    }

    /// The person who has this name on a platform.
    #[must_use]
    pub fn person_by(&self, platform: Platform, handle: &str) -> Option<&Person> {
        self.persons.iter().find(|p| p.handle(platform).is_some_and(|own| platform.same(own, handle)))
    }

    /// The bucket for the Terraform state of a unit; `None` if the zone has no `state` block. The error says where
    /// in `zone.hcl` the expression failed, or that its result is not the name of a bucket.
    pub fn state_bucket(&self, scope: &Scope<'_>) -> Result<Option<String>, Diagnostics> {
        match &self.state {
            Some(state) => state.bucket.bucket(scope).map(Some),
            None => Ok(None),
        }
    }
}
