//! Follows the events of all runs and the commands in comments, from where it was when the process last ended.

use std::time::Duration;

use pipeline_core::RunId;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Notifier, NotifyError};
use crate::Pipeline;
use crate::store::StoreError;

/// Events that are read at once.
const BATCH: u32 = 1_000;
/// Between two looks, so that events which come together are one look. The first after a pause is looked for at once.
const GATHER: Duration = Duration::from_millis(50);
/// How often it is looked for events that another process wrote.
const LOOK: Duration = Duration::from_secs(2);
/// After a failure of the database.
const RECOVER: Duration = Duration::from_secs(5);

/// Tells a notifier of every run that moves, and of every command, until it is stopped. A notifier that has
/// never run begins with the runs that have not ended: nobody is told of what was over before.
pub async fn follow(pipeline: &Pipeline, notifier: &Notifier, stop: &CancellationToken) {
    let mut moved = pipeline.changes();
    while !stop.is_cancelled() {
        let looked = Instant::now();
        let wait = match catch_up(pipeline, notifier).await {
            Ok(()) => LOOK,
            Err(error) => {
                tracing::error!(error = %super::chain(&error), "events could not be followed; trying again");
                RECOVER
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
            // That it lagged is a sign like any other: what moved is read from the database.
            _ = moved.recv() => tokio::time::sleep_until(looked + GATHER).await,
        }
        moved = moved.resubscribe();
    }
}

async fn catch_up(pipeline: &Pipeline, notifier: &Notifier) -> Result<(), NotifyError> {
    events(pipeline, notifier).await?;
    commands(pipeline, notifier).await
}

async fn events(pipeline: &Pipeline, notifier: &Notifier) -> Result<(), NotifyError> {
    let store = pipeline.store();
    let Some(mut position) = notifier.cursors.events.position().await? else {
        let newest = store.last_event().await.map_err(failed)?;
        let open = store.open_runs().await.map_err(failed)?;
        return notifier.runs_changed(&open, Some(newest)).await;
    };
    loop {
        let (runs, last) = store.moved_since(position, BATCH).await.map_err(failed)?;
        if last == position {
            return Ok(());
        }
        let runs: Vec<RunId> = runs.into_iter().collect();
        notifier.runs_changed(&runs, Some(last)).await?;
        position = last;
    }
}

async fn commands(pipeline: &Pipeline, notifier: &Notifier) -> Result<(), NotifyError> {
    let store = pipeline.store();
    let mut position = notifier.cursors.commands.position().await?.unwrap_or(0);
    loop {
        let (changes, last) = store.commands_since(position, BATCH).await.map_err(failed)?;
        if last == position {
            return Ok(());
        }
        notifier.commands_given(changes, last).await?;
        position = last;
    }
}

fn failed(error: StoreError) -> NotifyError {
    NotifyError::Source(Box::new(error))
}
