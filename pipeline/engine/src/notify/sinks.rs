//! Who is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use landing_zone::{ApplyMode, ForgeKind, RepositoryName, Zone};
use pipeline_core::RunId;

use crate::forge::Forge;
use crate::slack;

/// Who is told.
#[derive(Debug, Clone, Default)]
pub struct Sinks {
    /// Slack: the client, and the channel that hears of runs.
    pub slack: Option<(slack::Client, String)>,
    /// The forges.
    pub forges: BTreeMap<ForgeKind, Arc<dyn Forge>>,
    /// The repositories: where each is, and when its changes are applied.
    pub repositories: BTreeMap<RepositoryName, (ForgeKind, ApplyMode)>,
    /// How people reach the server, without a slash at the end.
    pub url: String,
}

impl Sinks {
    /// No sinks yet, for the repositories and the address of a zone.
    pub fn of_zone(zone: &Zone) -> Self {
        let repositories = zone.repositories.iter().map(|r| (r.name.clone(), (r.forge, r.apply))).collect();
        Self { repositories, url: zone.server.url.clone(), ..Self::default() }
    }

    pub(super) fn page(&self, run: RunId) -> String {
        format!("{}/runs/{run}", self.url)
    }
}
