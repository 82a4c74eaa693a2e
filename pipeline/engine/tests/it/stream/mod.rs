//! From the spool through Kinesis to the index, on ferrokinesis.

mod ship;

use aws_sdk_kinesis::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_kinesis::types::StreamStatus;
use aws_sdk_kinesis::{Client, Config};
use axum::extract::DefaultBodyLimit;
use ferrokinesis::store::StoreOptions;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

pub(crate) const STREAM: &str = "wayleave-audit";

/// A Kinesis of its own for one test; it ends when this is dropped.
pub(crate) struct Kinesis {
    pub client: Client,
    _ends: DropGuard,
}

impl Kinesis {
    /// One without a stream.
    pub(crate) async fn start(options: StoreOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (app, _store) =
            ferrokinesis::create_app(StoreOptions { create_stream_ms: 0, update_stream_ms: 0, ..options });
        // Its own limit is that of axum, 2 MB; the real one's is 10 MiB.
        let app = app.layer(DefaultBodyLimit::max(16 << 20));
        let cancel = CancellationToken::new();
        let end = cancel.clone().cancelled_owned();
        tokio::spawn(ferrokinesis::serve_plain_http(listener, app, end));
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(url)
            .credentials_provider(Credentials::new("AKIATEST", "secret", None, None, "test"))
            .build();
        Self { client: Client::from_conf(config), _ends: cancel.drop_guard() }
    }

    /// One with the stream, of so many shards.
    pub(crate) async fn with_stream(options: StoreOptions, shards: i32) -> Self {
        let kinesis = Self::start(options).await;
        kinesis.client.create_stream().stream_name(STREAM).shard_count(shards).send().await.unwrap();
        kinesis.active().await;
        kinesis
    }

    /// Waits until the stream has been made, or changed.
    pub(crate) async fn active(&self) {
        loop {
            let summary = self.client.describe_stream_summary().stream_name(STREAM).send().await.unwrap();
            if *summary.stream_description_summary().unwrap().stream_status() == StreamStatus::Active {
                return;
            }
            tokio::task::yield_now().await;
        }
    }
}
