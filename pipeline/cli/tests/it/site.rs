//! A landing zone on moto, repositories, a GitHub, and `wayleave serve` as a process of its own before them.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use landing_zone::{AccountId, Region};
use pipeline_engine::testing::github::{self, Github};
use pipeline_engine::testing::landing_zone::{self as zone, MANAGEMENT};
use pipeline_engine::testing::moto::Moto;
use pipeline_engine::testing::signed::SignedRequest;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStderr, Command};
use tokio::sync::{Mutex, MutexGuard, watch};

use crate::here::{Ran, ran};

/// The region of every site; a bucket there needs no constraint.
pub(crate) const REGION: &str = "us-east-1";
/// How long anything that is waited for may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(180);

/// Only one site at a time: each is several processes of some hundred megabytes.
static TURN: Mutex<()> = Mutex::const_new(());

/// Waits for the turn to be the one that runs heavy programs.
pub(crate) async fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().await
}

/// Everything that a server stands on. Its processes end with it.
pub(crate) struct Site {
    pub(crate) directory: TempDir,
    pub(crate) moto: Moto,
    pub(crate) github: Github,
    variables: Vec<(String, String)>,
    listen: String,
    _turn: MutexGuard<'static, ()>,
}

/// A repository with a work tree.
pub(crate) struct Repository {
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
}

impl Site {
    /// An AWS, a GitHub, and state buckets in some accounts, whose objects keep their versions.
    pub(crate) async fn new(accounts: &[&str]) -> Self {
        let turn = turn().await;
        let moto = Moto::for_tests().await.unwrap();
        let github = Github::start().await.unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let site = Self {
            directory: TempDir::new().unwrap(),
            moto,
            github,
            variables: Vec::new(),
            listen: free.to_string(),
            _turn: turn,
        };
        for account in accounts {
            site.bucket(account).await;
        }
        site
    }

    async fn bucket(&self, account: &str) {
        use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
        let (s3, name) = (self.s3(account).await, format!("wayleave-state-{account}"));
        s3.create_bucket().bucket(&name).send().await.unwrap();
        let versions = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
        s3.put_bucket_versioning().bucket(&name).versioning_configuration(versions).send().await.unwrap();
    }

    /// AWS as an account's own people see it.
    pub(crate) async fn aws(&self, account: &str) -> aws_config::SdkConfig {
        let region = Region::parse(REGION).unwrap();
        let aws = zone::management(&self.moto.url(), &region).await;
        zone::as_account(&aws, &AccountId::parse(account).unwrap(), &region).await.unwrap()
    }

    /// S3 of an account.
    pub(crate) async fn s3(&self, account: &str) -> aws_sdk_s3::Client {
        pipeline_engine::aws::Aws::s3(&self.aws(account).await)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Sets a variable for the program.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// An empty repository with one commit.
    pub(crate) fn repository(&self, name: &'static str) -> Repository {
        let repository = Repository { name, path: self.path(&name.replace('/', ".")) };
        std::fs::create_dir_all(&repository.path).unwrap();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        self.commit(&repository, &[("README.md", "# A repository\n")]);
        repository
    }

    /// Writes files, commits them, and tells the forge; answers the commit's hash.
    pub(crate) fn commit(&self, repository: &Repository, files: &[(&str, &str)]) -> String {
        for (name, text) in files {
            let path = repository.path.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        repository.git(&["add", "--all"]);
        repository.git(&["commit", "--quiet", "--message", "A change"]);
        let head = repository.head();
        self.github.add_commit(repository.name, &head);
        head
    }

    /// Writes the zone's file: what every site has, and what a test adds.
    pub(crate) fn write_zone(&self, rest: &str) {
        let (github, listen) = (self.github.api(), &self.listen);
        let text = format!(
            r#"organization {{
  management_account = "{MANAGEMENT}"
  region             = "{REGION}"
  discover           = false
  plan_role          = "WayleavePlan"
  apply_role         = "WayleaveApply"
}}
state {{ bucket = "wayleave-state-${{account.id}}" }}
forge "github" {{
  api            = "{github}"
  token          = env("GITHUB_TOKEN")
  webhook_secret = env("GITHUB_WEBHOOK_SECRET")
}}
person "kim" {{
  github = "kim"
  roles  = ["operator"]
}}
person "hong" {{
  github = "hong"
  roles  = ["operator", "approver"]
}}
server {{
  listen   = "{listen}"
  url      = "http://{listen}"
  database = "sqlite:wayleave.db"
  data     = "wayleave-data"
  workers  = 2
}}
{rest}"#
        );
        std::fs::write(self.path("zone.hcl"), text).unwrap();
    }

    /// The program with the site's zone and secrets.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wayleave"));
        command
            .args(words)
            .arg("--zone")
            .arg(self.path("zone.hcl"))
            .env("AWS_ENDPOINT_URL", self.moto.url())
            .env("AWS_ACCESS_KEY_ID", MANAGEMENT)
            .env("AWS_SECRET_ACCESS_KEY", "emulated")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("GITHUB_TOKEN", github::TOKEN)
            .env("GITHUB_WEBHOOK_SECRET", github::WEBHOOK_SECRET)
            .env("NO_PROXY", "127.0.0.1,localhost")
            .env_remove("AWS_PROFILE")
            .env_remove("AWS_SESSION_TOKEN")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// Runs the program to its end.
    pub(crate) async fn run(&self, words: &[&str]) -> Ran {
        ran(&within(DEADLINE, self.command(words).output()).await.unwrap())
    }

    /// Starts the server, and waits until it is ready.
    pub(crate) async fn serve(&self) -> Server {
        let mut serve = self.command(&["serve"]);
        serve.env_remove("WAYLEAVE_LOG").stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = serve.spawn().unwrap();
        let log = follow(child.stderr.take().unwrap());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut server = Server { child, url: format!("http://{}", self.listen), http, log };
        within(DEADLINE, server.ready()).await;
        server
    }
}

/// Everything that a program has written so far; its end closes it.
fn follow(written: ChildStderr) -> watch::Receiver<String> {
    let (text, log) = watch::channel(String::new());
    tokio::spawn(async move {
        let mut lines = BufReader::new(written).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            text.send_modify(|text| *text += &format!("{line}\n"));
        }
    });
    log
}

impl Repository {
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let mut command = std::process::Command::new("git");
        command.current_dir(&self.path).args(["-c", "user.name=kim", "-c", "user.email=kim@acme.example"]);
        let output = command.args(["-c", "commit.gpgsign=false"]).args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Its block in a zone.
    pub(crate) fn block(&self, stages: &[&str]) -> String {
        let (name, url) = (self.name, self.path.display());
        format!(
            "repository \"{name}\" {{\n  forge = \"github\"\n  url = \"file://{url}\"\n  branch = \"main\"\n  \
             stages = {stages:?}\n}}\n"
        )
    }

    pub(crate) fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }
}

/// A running `wayleave serve`.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    pub(crate) http: reqwest::Client,
    log: watch::Receiver<String>,
}

impl Server {
    async fn ready(&mut self) {
        self.says("serving").await;
        let answer = self.http.get(format!("{}/readyz", self.url)).send().await.unwrap();
        assert!(answer.status().is_success(), "{answer:?}\n{}", self.log_text());
    }

    /// Waits until the server has logged a line with these words.
    async fn says(&self, words: &str) {
        self.says_times(words, 1).await;
    }

    /// Waits until the server has logged so many lines with these words.
    pub(crate) async fn says_times(&self, words: &str, times: usize) {
        let mut log = self.log.clone();
        let has_all = |line: &&str| words.split(' ').all(|word| line.contains(word));
        let said = log.wait_for(|text| text.lines().filter(has_all).count() >= times).await.is_ok();
        assert!(said, "serve ended:\n{}", self.log_text());
    }

    pub(crate) fn log_text(&self) -> String {
        self.log.borrow().clone()
    }

    /// `kill -9` of the server alone: what it started lives on.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Asks the server to end, and waits until it has.
    pub(crate) async fn stop(mut self) {
        use nix::sys::signal::{Signal, kill};
        let pid = nix::unistd::Pid::from_raw(self.child.id().unwrap().try_into().unwrap());
        kill(pid, Signal::SIGTERM).unwrap();
        let status = within(DEADLINE, self.child.wait()).await.unwrap();
        assert!(status.success(), "{status}:\n{}", self.log_text());
    }

    /// Sends what a forge signed; answers the status and the body.
    pub(crate) async fn send(&self, request: SignedRequest) -> (u16, Value) {
        let mut call = self.http.post(format!("{}/webhooks/github", self.url)).body(request.body);
        for (name, value) in request.headers {
            call = call.header(name, value);
        }
        let answer = within(DEADLINE, call.send()).await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// kim pushes.
    pub(crate) async fn push(&self, repository: &Repository, delivery: &str, from: &str, to: &str) {
        let request = github::push(repository.name, "main", from, to, "kim").signed(delivery);
        let (status, body) = self.send(request).await;
        assert_eq!(status, 202, "{body}");
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await.unwrap();
        answer.error_for_status().unwrap().json().await.unwrap()
    }

    /// All runs, newest first.
    pub(crate) async fn runs(&self) -> Vec<Value> {
        self.get("/api/v1/runs").await["runs"].as_array().unwrap().clone()
    }

    /// Waits until a run of a commit is as wanted.
    pub(crate) async fn until(&self, commit: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let run = match self.run_of(commit).await {
            Some(run) => run,
            None => {
                within(DEADLINE, self.says(&format!("run made {commit}"))).await;
                self.run_of(commit).await.unwrap()
            }
        };
        self.told(run["id"].as_str().unwrap(), "", |kind, state| kind == "state" && wanted(state)).await;
        self.run_of(commit).await.unwrap()
    }

    async fn run_of(&self, commit: &str) -> Option<Value> {
        self.runs().await.into_iter().find(|run| run["commit"] == commit)
    }

    /// Waits until the run of a commit has ended.
    pub(crate) async fn ended(&self, commit: &str) -> Value {
        self.until(commit, has_ended).await
    }

    /// Approves what a run waits for.
    pub(crate) async fn approve(&self, run: &Value, token: &str) {
        let (waits, id) = (&run["waiting_for"], run["id"].as_str().unwrap());
        let call = self.http.post(format!("{}/api/v1/runs/{id}/approve", self.url)).bearer_auth(token);
        let body = json!({"stage": waits["stage"], "digest": waits["digest"], "reason": "looks right"});
        let answer = call.json(&body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{status} {text}");
    }

    /// Follows a run's stream from a fact on until something is told: its kind and its data.
    pub(crate) async fn told(&self, run: &str, after: &str, is_it: impl Fn(&str, &Value) -> bool) -> Value {
        let path = format!("{}/api/v1/runs/{run}/events?after={after}", self.url);
        let read = async {
            let mut answer = self.http.get(path).send().await.unwrap().error_for_status().unwrap();
            let (mut text, mut kind) = (String::new(), String::new());
            while let Some(chunk) = answer.chunk().await.unwrap() {
                text.push_str(std::str::from_utf8(&chunk).unwrap());
                while let Some((line, rest)) = text.split_once('\n') {
                    let (line, rest) = (line.to_owned(), rest.to_owned());
                    text = rest;
                    if let Some(name) = line.strip_prefix("event:") {
                        kind = name.trim().to_owned();
                    } else if let Some(data) = line.strip_prefix("data:") {
                        let data = serde_json::from_str(data.trim()).unwrap();
                        if is_it(&kind, &data) {
                            return data;
                        }
                    }
                }
            }
            panic!("the stream ended:\n{}", self.log_text())
        };
        within(DEADLINE, read).await
    }
}

pub(crate) fn has_ended(run: &Value) -> bool {
    let state = run["state"].as_str().unwrap();
    !["queued", "planning", "waiting", "applying"].contains(&state)
}

/// The unit of a stack in an account.
pub(crate) fn unit<'a>(run: &'a Value, stack: &str, account: &str) -> &'a Value {
    let units = run["units"].as_array().unwrap();
    let found = units.iter().find(|unit| unit["stack"] == stack && unit["account"] == account);
    found.unwrap_or_else(|| panic!("no {stack} in {account}: {run:#}"))
}

/// Every file below a directory.
pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(directory).into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

pub(crate) async fn within<T>(deadline: Duration, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(deadline, work).await.expect("it was done in time")
}
