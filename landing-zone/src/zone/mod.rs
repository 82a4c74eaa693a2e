//! `zone.hcl`: the landing zone, owned by the platform team.

pub mod organization;
pub mod person;
pub mod repository;
pub mod secret;
pub mod select;
pub mod service;
pub mod stage;

pub use organization::{Organization, State};
pub use person::{Person, Platform, Role};
pub use repository::{ApplyMode, Forge, ForgeKind, Repository};
pub use secret::Secret;
pub use service::{Database, FailOn, Index, Pack, Policy, Server, Slack, Stream};
pub use stage::{AccountRef, Freeze, Selection, Stage, Wave};

use crate::account::{Account, Scope};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Source};
use crate::ids::RepositoryName;
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
}

impl Zone {
    /// Reads `zone.hcl`: the zone with its warnings and notes, or every error at once.
    pub fn parse(source: &Source) -> Result<(Zone, Vec<Diagnostic>), Diagnostics> {
        Err(Diagnostics::one(Diagnostic::new(Severity::Error, source, &(0..0), "not readable yet", None)))
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
            Some(state) => state.bucket.bucket_name(scope).map(Some),
            None => Ok(None),
        }
    }
}
