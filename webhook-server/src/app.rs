//! What the handlers share.

use std::sync::Arc;

use landing_zone::ForgeKind;
use metrics_exporter_prometheus::PrometheusHandle;
use pipeline_engine::Pipeline;
use secrecy::SecretString;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// How many event streams may be open at once.
const STREAMS: usize = 256;

/// The pipeline, and what the server itself keeps.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    pipeline: Pipeline,
    metrics: PrometheusHandle,
    http: reqwest::Client,
    streams: Arc<Semaphore>,
    stopping: CancellationToken,
}

impl App {
    pub(crate) fn new(pipeline: Pipeline, stopping: CancellationToken) -> Self {
        Self(Arc::new(Inner {
            pipeline,
            metrics: crate::meter::handle(),
            http: reqwest::Client::new(),
            streams: Arc::new(Semaphore::new(STREAMS)),
            stopping,
        }))
    }

    pub(crate) fn pipeline(&self) -> &Pipeline {
        &self.0.pipeline
    }

    pub(crate) fn metrics(&self) -> &PrometheusHandle {
        &self.0.metrics
    }

    /// For the answers that Slack wants posted to an address of its own.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// The places for event streams.
    pub(crate) fn streams(&self) -> &Arc<Semaphore> {
        &self.0.streams
    }

    /// Cancelled when the server stops, so that event streams end.
    pub(crate) fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    pub(crate) fn webhook_secret(&self, forge: ForgeKind) -> Option<&SecretString> {
        self.pipeline().secrets().forge(forge).map(|forge| &forge.webhook)
    }

    pub(crate) fn slack_signing_secret(&self) -> Option<&SecretString> {
        self.pipeline().secrets().slack().map(|slack| &slack.signing)
    }
}
