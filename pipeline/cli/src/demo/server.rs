//! The server of the demo: this very program as `wayleave serve`, in a process of its own, as it would run anywhere.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use pipeline_engine::testing::{github, landing_zone, slack};
use tokio::process::{Child, Command};

use super::landscape::Landscape;

/// How long the server may take to answer.
const START: Duration = Duration::from_secs(60);
/// How often it is asked whether it is ready.
const LOOK: Duration = Duration::from_millis(100);

pub(super) struct Server {
    child: Child,
    pub(super) url: String,
    pub(super) log: String,
}

impl Server {
    pub(super) async fn start(directory: &Path, landscape: &Landscape) -> anyhow::Result<Self> {
        let listen = free_address()?;
        let zone = directory.join("zone.hcl");
        std::fs::write(&zone, landscape.zone_file(&listen))
            .with_context(|| format!("cannot write {}", zone.display()))?;
        let log_file = directory.join("serve.log");
        let log = std::fs::File::create(&log_file)
            .with_context(|| format!("cannot write {}", log_file.display()))?;
        let program = std::env::current_exe().context("cannot find this program's own file")?;
        let mut command = Command::new(program);
        command
            .arg("serve")
            .arg("--zone")
            .arg(&zone)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true);
        for (name, value) in environment(&landscape.moto.url()) {
            command.env(name, value);
        }
        command.env_remove("AWS_PROFILE").env_remove("AWS_SESSION_TOKEN");
        let child = command.spawn().context("cannot start wayleave serve")?;
        let mut server = Self { child, url: format!("http://{listen}"), log: log_file.display().to_string() };
        server.ready().await?;
        Ok(server)
    }

    async fn ready(&mut self) -> anyhow::Result<()> {
        let answers = async {
            loop {
                if let Some(status) = self.child.try_wait().context("cannot look after wayleave serve")? {
                    let text = std::fs::read_to_string(&self.log).unwrap_or_default();
                    bail!("wayleave serve ended with {status}:\n{text}");
                }
                let ready = reqwest::get(format!("{}/readyz", self.url)).await;
                if ready.is_ok_and(|answer| answer.status().is_success()) {
                    return Ok(());
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        tokio::time::timeout(START, answers)
            .await
            .with_context(|| format!("wayleave serve did not get ready; see {}", self.log))?
    }

    /// Waits until the server ends by itself.
    pub(super) async fn wait(&self) -> anyhow::Result<()> {
        std::future::pending::<()>().await;
        Ok(())
    }

    /// Asks the server to end, and waits until it has.
    pub(super) async fn stop(mut self) -> anyhow::Result<()> {
        if let Some(pid) = self.child.id().and_then(|pid| i32::try_from(pid).ok()) {
            nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGTERM)
                .context("cannot end wayleave serve")?;
        }
        self.child.wait().await.context("cannot wait for wayleave serve")?;
        Ok(())
    }
}

fn environment(aws: &str) -> [(&'static str, String); 9] {
    [
        ("AWS_ENDPOINT_URL", aws.to_owned()),
        ("AWS_ACCESS_KEY_ID", landing_zone::MANAGEMENT.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "emulated".to_owned()),
        ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
        ("GITHUB_TOKEN", github::TOKEN.to_owned()),
        ("GITHUB_WEBHOOK_SECRET", github::WEBHOOK_SECRET.to_owned()),
        ("SLACK_BOT_TOKEN", slack::TOKEN.to_owned()),
        ("SLACK_SIGNING_SECRET", slack::SIGNING_SECRET.to_owned()),
        ("NO_PROXY", "127.0.0.1,localhost".to_owned()),
    ]
}

/// An address on loopback that is free now: 8080 if it can be had, so that it is easy to remember.
fn free_address() -> anyhow::Result<String> {
    let bound =
        std::net::TcpListener::bind("127.0.0.1:8080").or_else(|_| std::net::TcpListener::bind("127.0.0.1:0"));
    let address = bound.and_then(|listener| listener.local_addr()).context("no port is free on 127.0.0.1")?;
    Ok(address.to_string())
}
