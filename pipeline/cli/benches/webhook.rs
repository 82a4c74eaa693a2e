//! Webhooks until they are durably accepted, from 64 connections, beside the rate at which the same database takes single rows
//! with an `fsync` each. Bound: a third of that rate.

mod site;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use jiff::Timestamp;
use landing_zone::{Source, Zone};
use pipeline_engine::Pipeline;
use pipeline_engine::secrets::Secrets;
use pipeline_engine::testing::github;
use pipeline_engine::testing::signed::SignedRequest;
use site::Site;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const CONNECTIONS: usize = 64;
const SPAN: Duration = Duration::from_secs(5);
/// How often both sides are measured; they take turns, so that another load on the machine meets both.
const ROUNDS: usize = 3;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let directory = site::directory()?;
    let (zone, _) = Zone::parse(&Source::new("zone.hcl", Site::default().zone()))
        .map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    let secrets = Secrets::read(&zone, site::secret).map_err(|missing| anyhow::anyhow!("{missing:?}"))?;
    let pipeline = Pipeline::open(zone, secrets, directory.path()).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/webhooks/github", listener.local_addr()?);
    let stop = CancellationToken::new();
    // No workers: what is made of a delivery is not part of its answer.
    let serving = webhook_server::serve(listener, pipeline.clone(), stop.clone().cancelled_owned());
    let serving = tokio::spawn(serving);
    let clients = Clients::new(url);
    clients.load(Duration::from_secs(1)).await?;
    let mut rows = Vec::new();
    for _ in 0..ROUNDS {
        let bare = bare(&pipeline).await?;
        rows.push(row(bare, clients.load(SPAN).await?));
    }
    let heads = ["accepted/s", "p50 ms", "p99 ms", "max ms", "bare fsync/s", "server/bare", "bound"];
    site::table("webhooks to a durable 202, 64 connections", &heads, &rows);
    stop.cancel();
    serving.await?;
    Ok(())
}

fn row(bare: f64, mut latencies: Vec<Duration>) -> Vec<String> {
    latencies.sort_unstable();
    let rate = latencies.len() as f64 / SPAN.as_secs_f64();
    let at = |part: usize| {
        let place = (latencies.len() * part / 100).min(latencies.len().saturating_sub(1));
        format!("{:.1}", latencies.get(place).map_or(0.0, Duration::as_secs_f64) * 1e3)
    };
    let ratio = format!("{:.2}", rate / bare);
    vec![format!("{rate:.0}"), at(50), at(99), at(100), format!("{bare:.0}"), ratio, "0.33".to_owned()]
}

/// Rows a second, one transaction and `fsync` each, in the server's own database and through its own connection.
async fn bare(pipeline: &Pipeline) -> anyhow::Result<f64> {
    sqlx::query(
        "CREATE TABLE IF NOT EXISTS bare (delivery TEXT PRIMARY KEY, received_at TEXT, trigger TEXT)",
    )
    .execute(pipeline.store().writer())
    .await?;
    let (begun, mut count) = (Instant::now(), 0_u32);
    let trigger = github::push(site::REPOSITORY, "main", BEFORE, AFTER, "kim").payload.to_string();
    let body: String = trigger.chars().take(300).collect();
    while begun.elapsed() < SPAN {
        sqlx::query("INSERT INTO bare (delivery, received_at, trigger) VALUES ($1, $2, $3)")
            .bind(format!("github/{}", uuid::Uuid::new_v4()))
            .bind(Timestamp::now().to_string())
            .bind(&body)
            .execute(pipeline.store().writer())
            .await?;
        count += 1;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}

const BEFORE: &str = "1111111111111111111111111111111111111111";
const AFTER: &str = "2222222222222222222222222222222222222222";

/// The senders, each with a connection that stays open.
struct Clients {
    http: reqwest::Client,
    url: Arc<str>,
    request: Arc<SignedRequest>,
    sent: Arc<AtomicU64>,
}

impl Clients {
    fn new(url: String) -> Self {
        // The signature is over the body, which all share; what makes a delivery another one is its id.
        let request = github::push(site::REPOSITORY, "main", BEFORE, AFTER, "kim").signed("");
        let http = reqwest::Client::new();
        Self { http, url: url.into(), request: Arc::new(request), sent: Arc::default() }
    }

    /// Sends from all connections for a while; answers how long each delivery took.
    async fn load(&self, span: Duration) -> anyhow::Result<Vec<Duration>> {
        let until = Instant::now() + span;
        let mut senders = JoinSet::new();
        for _ in 0..CONNECTIONS {
            let (http, url) = (self.http.clone(), Arc::clone(&self.url));
            let (request, sent) = (Arc::clone(&self.request), Arc::clone(&self.sent));
            senders.spawn(async move {
                let mut latencies = Vec::new();
                while Instant::now() < until {
                    let number = sent.fetch_add(1, Ordering::Relaxed);
                    latencies.push(deliver(&http, &url, &request, number).await?);
                }
                anyhow::Ok(latencies)
            });
        }
        let all = senders.join_all().await.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        Ok(all.into_iter().flatten().collect())
    }
}

async fn deliver(
    http: &reqwest::Client,
    url: &str,
    request: &SignedRequest,
    number: u64,
) -> anyhow::Result<Duration> {
    let mut call = http.post(url).body(request.body.clone());
    for (name, value) in request.headers.iter().filter(|(name, _)| *name != "x-github-delivery") {
        call = call.header(*name, value);
    }
    let begun = Instant::now();
    let answer = call.header("x-github-delivery", format!("00000000-0000-4000-8000-{number:012}")).send();
    let answer = answer.await.context("the server does not answer")?;
    let status = answer.status();
    let body = answer.bytes().await?;
    if status != 202 {
        bail!("answered with {status}: {}", String::from_utf8_lossy(&body));
    }
    Ok(begun.elapsed())
}
