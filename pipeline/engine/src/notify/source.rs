//! Where the runs and their reports are read.

use futures::future::{BoxFuture, FutureExt};
use landing_zone::RepositoryName;
use pipeline_core::run::UnitView;
use pipeline_core::{RunId, RunView};

use super::Reports;
use crate::Pipeline;
use crate::store::Command;

/// Why something could not be read.
pub type SourceError = Box<dyn std::error::Error + Send + Sync>;

/// Where a notifier reads what it tells: the pipeline, or a test's own runs.
pub trait Source: Send + Sync {
    /// A run as it is now; none if there is no such run.
    fn run(&self, id: RunId) -> BoxFuture<'_, Result<Option<RunView>, SourceError>>;

    /// The reports on the plans that some units of a run have now. A report that is not known is left out.
    fn reports<'a>(
        &'a self,
        run: RunId,
        units: &'a [&'a UnitView],
    ) -> BoxFuture<'a, Result<Reports, SourceError>>;

    /// The newest run of a pull request; none if it has no run.
    fn newest<'a>(
        &'a self,
        repository: &'a RepositoryName,
        change: u64,
    ) -> BoxFuture<'a, Result<Option<RunId>, SourceError>>;

    /// The commands on a pull request that were given to this run and not done, a few, oldest first.
    fn refusals<'a>(
        &'a self,
        repository: &'a RepositoryName,
        change: u64,
        run: Option<RunId>,
    ) -> BoxFuture<'a, Result<Vec<Command>, SourceError>>;
}

impl Source for Pipeline {
    fn run(&self, id: RunId) -> BoxFuture<'_, Result<Option<RunView>, SourceError>> {
        async move { Ok(Pipeline::run(self, id).await?) }.boxed()
    }

    fn reports<'a>(
        &'a self,
        run: RunId,
        units: &'a [&'a UnitView],
    ) -> BoxFuture<'a, Result<Reports, SourceError>> {
        async move {
            let mut reports = Vec::new();
            for unit in units {
                let Some(digest) = &unit.digest else { continue };
                let report = self.store().report(run, &unit.id, digest).await?;
                reports.extend(report.map(|report| (digest.clone(), report)));
            }
            Ok(reports.into_iter().collect())
        }
        .boxed()
    }

    fn newest<'a>(
        &'a self,
        repository: &'a RepositoryName,
        change: u64,
    ) -> BoxFuture<'a, Result<Option<RunId>, SourceError>> {
        async move {
            let runs = self.store().change_runs(repository, change).await?;
            Ok(runs.first().map(|row| row.id))
        }
        .boxed()
    }

    fn refusals<'a>(
        &'a self,
        repository: &'a RepositoryName,
        change: u64,
        run: Option<RunId>,
    ) -> BoxFuture<'a, Result<Vec<Command>, SourceError>> {
        async move { Ok(self.store().refusals(repository, change, run).await?) }.boxed()
    }
}
