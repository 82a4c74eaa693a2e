//! What the benchmarks share: a landing zone's file, its server as a process, and tables.
//!
//! Each benchmark compares two things of one machine in one run, since a time alone says nothing of the next machine.
#![allow(dead_code, reason = "each benchmark is a program of its own and uses its part of this")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use pipeline_engine::testing::github;

/// The repository that every zone here names.
pub(crate) const REPOSITORY: &str = "acme/infra";
/// How long a server may take to answer.
const READY: Duration = Duration::from_secs(60);

/// What differs between the zones of the benchmarks.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// The repository's URL.
    pub(crate) url: String,
    /// The address of GitHub's API.
    pub(crate) github: String,
    /// Where the server listens.
    pub(crate) listen: String,
    /// Units at once.
    pub(crate) workers: usize,
}

impl Site {
    /// A zone of one account that keeps its Terraform state on this machine.
    pub(crate) fn zone(&self) -> String {
        format!(
            r#"organization {{
  management_account = "111111111111"
  region             = "eu-west-1"
  plan_role          = "WayleavePlan"
  apply_role         = "WayleaveApply"
}}
account "dev" {{ id = "222222222222" }}
stage "dev" {{ accounts = ["dev"] }}
repository "{REPOSITORY}" {{
  forge  = "github"
  url    = "{url}"
  branch = "main"
  stages = ["dev"]
  apply  = "on_merge"
}}
forge "github" {{
  api            = "{github}"
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}}
person "kim" {{
  github = "kim"
  roles  = ["operator"]
}}
server {{
  listen   = "{listen}"
  url      = "http://{listen}"
  database = "sqlite:wayleave.db"
  data     = "wayleave-data"
  workers  = {workers}
}}
"#,
            url = self.url,
            github = self.github,
            listen = self.listen,
            workers = self.workers,
        )
    }
}

impl Default for Site {
    fn default() -> Self {
        Self {
            url: "https://git.example/acme/infra.git".to_owned(),
            github: "https://api.example".to_owned(),
            listen: "127.0.0.1:8080".to_owned(),
            workers: 4,
        }
    }
}

/// The value of a secret's variable.
pub(crate) fn secret(name: &str) -> Option<String> {
    match name {
        "GITHUB_TOKEN" => Some(github::TOKEN.to_owned()),
        "GITHUB_WEBHOOK_SECRET" => Some(github::WEBHOOK_SECRET.to_owned()),
        _ => None,
    }
}

/// A directory on the disk that the build is on, since a temporary directory may be memory, where `fsync` costs nothing.
pub(crate) fn directory() -> anyhow::Result<tempfile::TempDir> {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).context("cannot make a directory")
}

/// A free address on loopback.
pub(crate) fn free_address() -> anyhow::Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").context("no port is free on 127.0.0.1")?;
    Ok(listener.local_addr()?.to_string())
}

/// `wayleave serve` in a process of its own. It ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    log: PathBuf,
}

impl Server {
    /// Starts it over a zone in a directory, and waits until it is ready.
    pub(crate) async fn start(directory: &Path, site: &Site, aws: &str) -> anyhow::Result<Self> {
        let (zone, log) = (directory.join("zone.hcl"), directory.join("serve.log"));
        std::fs::write(&zone, site.zone())?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_wayleave"));
        command.arg("serve").arg("--zone").arg(&zone).stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(std::fs::File::create(&log)?).env("AWS_ENDPOINT_URL", aws).env_remove("WAYLEAVE_LOG");
        // In the form of WAYLEAVE_LOG; 1 is what servers tell by themselves.
        if let Some(filter) = std::env::var_os("WAYLEAVE_BENCH_LOG").filter(|filter| filter != "1") {
            command.env("WAYLEAVE_LOG", filter);
        }
        command.env("AWS_ACCESS_KEY_ID", "111111111111").env("AWS_SECRET_ACCESS_KEY", "emulated");
        command.env("AWS_EC2_METADATA_DISABLED", "true").env("NO_PROXY", "127.0.0.1");
        command.env_remove("AWS_PROFILE").env_remove("AWS_SESSION_TOKEN");
        for name in ["GITHUB_TOKEN", "GITHUB_WEBHOOK_SECRET"] {
            command.env(name, secret(name).unwrap_or_default());
        }
        let child = command.spawn().context("cannot start wayleave serve")?;
        let mut server = Self { child, url: format!("http://{}", site.listen), log };
        server.ready().await?;
        Ok(server)
    }

    async fn ready(&mut self) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            let ready = reqwest::get(format!("{}/readyz", self.url)).await;
            if ready.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if self.child.try_wait()?.is_some() || begun.elapsed() > READY {
                bail!("wayleave serve is not ready:\n{}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended already is as good as ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One line of [`/proc/PID/status`](https://man7.org/linux/man-pages/man5/proc_pid_status.5.html), in MiB: `VmRSS`, `VmHWM`.
pub(crate) fn memory(process: &str, field: &str) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")).context("no such line")?;
    Ok(kib.trim().parse::<f64>()? / 1024.0)
}

/// The processor time that a process has used itself, and that the programs which it ran and has waited for have used, in
/// seconds: fields 14 to 17 of [`/proc/PID/stat`](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html), which Linux counts
/// in hundredths.
pub(crate) fn processor_seconds(pid: u32) -> anyhow::Result<(f64, f64)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let (_, rest) = stat.rsplit_once(") ").context("no such fields")?;
    let ticks: Result<Vec<u32>, _> = rest.split(' ').skip(11).take(4).map(str::parse).collect();
    let seconds = |ticks: &[u32]| f64::from(ticks.iter().sum::<u32>()) / 100.0;
    let (own, children) =
        ticks?.split_at_checked(2).map(|(a, b)| (seconds(a), seconds(b))).context("no such fields")?;
    Ok((own, children))
}

/// The middle of some numbers.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How many processors there are.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Prints a table: the heads, then the rows, each column as wide as it must be.
pub(crate) fn table(title: &str, heads: &[&str], rows: &[Vec<String>]) {
    println!("\n{title} ({} processors)", processors());
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(String::len);
        cells.chain(heads.get(column).map(|head| head.len())).max().unwrap_or(0)
    };
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.enumerate().map(|(column, cell)| format!("{cell:>width$}", width = width(column)));
        println!("  {}", cells.collect::<Vec<_>>().join("  "));
    };
    line(&mut heads.iter().copied());
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
}
