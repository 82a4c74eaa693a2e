//! Puts the parts together.

use std::sync::Arc;

use anyhow::Context;
use landing_zone::ForgeKind;
use pipeline_engine::Pipeline;
use pipeline_engine::aws::Aws;
use pipeline_engine::executor::Engines;
use pipeline_engine::forge::github;
use pipeline_engine::index::DeadLetters;
use pipeline_engine::kinesis::{Checkpoints, Consumer, Producer};
use pipeline_engine::notify::{self, Notifier, Patience, Sinks};
use pipeline_engine::ship::{Shipper, Source};
use pipeline_engine::slack;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::rules;
use crate::zone_file::{ZoneArgument, secrets};

/// Hides this process from the programs that it runs, before a secret is read.
pub(crate) fn harden() {
    if let Err(error) = pipeline_engine::sandbox::harden() {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "this process could not be hidden from the programs that it runs"
        );
    }
}

/// Opens the pipeline of a zone.
pub(crate) async fn pipeline(argument: &ZoneArgument) -> anyhow::Result<Pipeline> {
    let zone = argument.read()?;
    let secrets = secrets(&zone)?;
    Ok(Pipeline::open(zone, secrets, &argument.base()).await?)
}

/// What plans and applies.
pub(crate) async fn executor(argument: &ZoneArgument, pipeline: &Pipeline) -> anyhow::Result<Engines> {
    let rules = rules::of_zone(argument, pipeline).await?;
    Ok(Engines::new(pipeline.clone(), rules).await?)
}

/// Tells Slack and the forges how runs go, until the shutdown.
pub(crate) async fn notify(pipeline: &Pipeline, shutdown: &CancellationToken) -> anyhow::Result<()> {
    let sinks = sinks(pipeline)?;
    let recorder = pipeline.clone();
    let gave_up = move |gave_up: notify::GaveUp| {
        let recorder = recorder.clone();
        tokio::spawn(async move { recorder.record_gave_up(&gave_up).await });
    };
    let source = Arc::new(pipeline.clone());
    let notifier =
        Notifier::start(sinks, source, pipeline.store().writer().clone(), Patience::default(), gave_up)
            .await?;
    notify::follow(pipeline, &notifier, shutdown).await;
    notifier.close().await;
    Ok(())
}

/// Who is told of runs: Slack, and the forges that are served.
fn sinks(pipeline: &Pipeline) -> anyhow::Result<Sinks> {
    let (zone, secrets) = (pipeline.zone(), pipeline.secrets());
    let mut sinks = Sinks::of_zone(zone);
    if let Some((slack, keys)) = zone.slack.as_ref().zip(secrets.slack()) {
        let client = slack::Client::new(&slack.api, keys.bot_token.clone(), slack::Pace::default())
            .context("cannot speak to Slack")?;
        sinks.slack = Some((client, slack.channel.clone()));
    }
    if let Some((forge, keys)) = zone.forge(ForgeKind::Github).zip(secrets.forge(ForgeKind::Github)) {
        let client = github::Client::new(&forge.api, keys.token.clone(), github::Patience::default())
            .context("cannot speak to GitHub")?;
        sinks.forges.insert(ForgeKind::Github, Arc::new(client));
    }
    Ok(sinks)
}

/// Brings the audit records to the stream, and from there to the index where `index` says so, until the shutdown.
pub(crate) async fn ship(
    pipeline: &Pipeline,
    index: bool,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    let shipper = Shipper::new(Arc::clone(pipeline.index()), DeadLetters::new(pipeline.data()));
    let Some(stream) = &pipeline.zone().stream else {
        return Ok(shipper.run(Source::Spool(pipeline.spool().clone()), shutdown.clone()).await?);
    };
    let aws = Aws::from_env(&pipeline.zone().organization.region).await;
    let client = aws_sdk_kinesis::Client::new(aws.config());
    let producer = Producer::new(client.clone(), &stream.kinesis, pipeline.spool())?;
    let consume = async {
        if !index {
            return anyhow::Ok(());
        }
        let consumer =
            Consumer::new(client, &stream.kinesis, Checkpoints::open(pipeline.data(), &stream.kinesis)?);
        Ok(shipper.run(Source::Kinesis(consumer), shutdown.clone()).await?)
    };
    let (produced, consumed) = tokio::join!(producer.run(shutdown.clone()), consume);
    produced?;
    consumed
}

/// A token that is cancelled by SIGINT and SIGTERM; the second of them ends the process at once.
pub(crate) fn shutdown() -> anyhow::Result<CancellationToken> {
    let token = CancellationToken::new();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let told = token.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            if told.is_cancelled() {
                std::process::exit(130);
            }
            told.cancel();
        }
    });
    Ok(token)
}
