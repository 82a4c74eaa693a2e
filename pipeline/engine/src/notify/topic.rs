//! What sinks are told of.

use std::fmt;

use landing_zone::RepositoryName;
use pipeline_core::RunId;

/// What a sink is told of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    /// How a run stands.
    Run(RunId),
    /// The commands on a pull request that were not done.
    Commands(RepositoryName, u64),
}

impl Topic {
    /// Reads what [`Display`](fmt::Display) wrote.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.rsplit_once('#') {
            Some((name, change)) => {
                Some(Self::Commands(RepositoryName::parse(name).ok()?, change.parse().ok()?))
            }
            None => text.parse().ok().map(Self::Run),
        }
    }
}

impl From<RunId> for Topic {
    fn from(run: RunId) -> Self {
        Self::Run(run)
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(run) => run.fmt(f),
            Self::Commands(repository, change) => write!(f, "{repository}#{change}"),
        }
    }
}
