//! Who takes part in the demo, speaking as they would: kim pushes, hong and lee approve in Slack.

use anyhow::{Context, bail};
use jiff::Timestamp;
use pipeline_core::RunView;
use pipeline_core::run::WaitingFor;
use pipeline_engine::testing::signed::SignedRequest;
use pipeline_engine::testing::{github, slack};
use serde_json::Value;

use super::landscape::{Landscape, REPOSITORY};
use super::server::Server;

/// The approvers, by their member ids in Slack.
const APPROVERS: [(&str, &str); 2] = [("hong", "U0HONG"), ("lee", "U0LEE")];
/// Audit records a page.
const PAGE: usize = 200;

pub(super) struct People<'a> {
    server: &'a Server,
    landscape: &'a Landscape,
    http: reqwest::Client,
}

impl<'a> People<'a> {
    pub(super) fn new(server: &'a Server, landscape: &'a Landscape) -> Self {
        Self { server, landscape, http: reqwest::Client::new() }
    }

    /// kim pushes to main, and the forge tells Wayleave.
    pub(super) async fn push(&self) -> anyhow::Result<()> {
        let webhook = github::push(REPOSITORY, "main", &self.landscape.before, &self.landscape.after, "kim");
        let request = webhook.signed("7f000001-0000-4000-8000-000000000001");
        let (status, body) = self.send("/webhooks/github", request).await?;
        if status != 202 {
            bail!("the webhook was answered with {status}: {body}");
        }
        Ok(())
    }

    /// The run that came of it, once there is one.
    pub(super) async fn run(&self) -> anyhow::Result<Option<RunView>> {
        let list = self.get("/api/v1/runs").await?;
        let first = list.pointer("/runs/0").cloned();
        first.map(|run| serde_json::from_value(run).context("the server's run cannot be read")).transpose()
    }

    /// The next approver approves in Slack what waits. Answers what happened, in words.
    pub(super) async fn approve(&self, run: &RunView, waits: &WaitingFor) -> anyhow::Result<String> {
        let next = usize::try_from(waits.have).unwrap_or(usize::MAX);
        let (name, member) =
            APPROVERS.get(next).context("the stage wants more approvals than the demo has approvers")?;
        let text = format!("approve {} {}", run.id, waits.digest);
        let command = slack::Command {
            user: (*member).to_owned(),
            text,
            response_url: self.landscape.slack.response_url(),
        };
        let (status, body) =
            self.send("/slack/commands", command.signed(Timestamp::now().as_second())).await?;
        let after = self.run().await?.and_then(|run| run.waiting_for);
        let counted =
            after.as_ref().is_none_or(|after| after.stage != waits.stage || after.have > waits.have);
        if status != 200 || !counted {
            bail!("{name}'s approval was answered with {status}: {body}");
        }
        Ok(format!(
            "{name} approves {} in Slack ({} of {}), having seen digest {}",
            waits.stage,
            waits.have + 1,
            waits.approvals,
            waits.digest.short()
        ))
    }

    /// Waits until every record of the run is in the audit index, and answers how many there are.
    pub(super) async fn records(&self, run: &RunView) -> anyhow::Result<u64> {
        loop {
            let (count, last, ended) = self.count(run).await?;
            if ended && count == last {
                return Ok(count);
            }
            tokio::time::sleep(super::LOOK).await;
        }
    }

    /// How many records there are, the highest sequence among them, and whether the run's end is.
    async fn count(&self, run: &RunView) -> anyhow::Result<(u64, u64, bool)> {
        let (mut count, mut last, mut ended, mut cursor) = (0, 0, false, String::new());
        loop {
            let path = format!("/api/v1/audit?q=wayleave.run:%22{}%22&limit={PAGE}{cursor}", run.id);
            let page = self.get(&path).await?;
            for record in page.pointer("/records").and_then(Value::as_array).into_iter().flatten() {
                count += 1;
                last = last.max(record.pointer("/event/sequence").and_then(Value::as_u64).unwrap_or(0));
                ended |= record.pointer("/cicd/pipeline/result").is_some()
                    && record.pointer("/wayleave/unit").is_none();
            }
            match page.pointer("/next").and_then(Value::as_str) {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Ok((count, last, ended)),
            }
        }
    }

    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.http.get(format!("{}{path}", self.server.url)).send().await;
        let answer =
            answer.with_context(|| format!("the server does not answer; see {}", self.server.log))?;
        let answer = answer.error_for_status().with_context(|| format!("see {}", self.server.log))?;
        answer.json().await.context("the server's answer is no JSON")
    }

    async fn send(&self, path: &str, request: SignedRequest) -> anyhow::Result<(u16, String)> {
        let mut call = self.http.post(format!("{}{path}", self.server.url)).body(request.body);
        for (name, value) in request.headers {
            call = call.header(name, value);
        }
        let answer = call
            .send()
            .await
            .with_context(|| format!("the server does not answer; see {}", self.server.log))?;
        Ok((answer.status().as_u16(), answer.text().await.unwrap_or_default()))
    }
}
