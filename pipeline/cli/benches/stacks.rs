//! A pull request that touches N Terraform stacks, from the first byte of its webhook to its comment, beside a shell that runs
//! the same `init`, `plan` and `show -json` of those stacks with as many at once. Bounds: 1.1 times the shell's wall time, and
//! six calls to GitHub whatever N is.

mod site;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use pipeline_engine::aws::Aws;
use pipeline_engine::testing::github::{self, Github, PullRequest};
use pipeline_engine::testing::moto::Moto;
use site::{REPOSITORY, Server, Site};
use tokio::process::Command;

/// How many stacks, and how often each side runs, by turns: what else a machine does slows both, but not evenly.
const SIZES: [(usize, usize); 3] = [(1, 9), (10, 5), (50, 3)];
const CHANGE: u64 = 17;
const DEADLINE: Duration = Duration::from_secs(600);
/// After the comment: whether more is told than was needed.
const SETTLE: Duration = Duration::from_secs(2);
const STACK: &str = "variable \"size\" {\n  default = \"ROUND\"\n}\n\nresource \"terraform_data\" \"it\" {\n  input = var.size\n}\n";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let moto = Moto::for_tests().await?;
    warm(&moto.url()).await?;
    let mut rows = Vec::new();
    for (count, turns) in SIZES {
        // The first change that the server has ever seen, and the next of the same pull request.
        let (mut changes, mut shells): ([Vec<Change>; 2], [Vec<Shell>; 2]) = Default::default();
        for _ in 0..turns {
            let directory = site::directory()?;
            let repository = Repository::make(directory.path(), count).await?;
            let mut visit = Visit::begin(directory.path(), repository, &moto.url()).await?;
            for (round, (changes, shells)) in changes.iter_mut().zip(&mut shells).enumerate() {
                visit.repository.change(round).await?;
                shells.push(visit.repository.shell(directory.path(), round).await?);
                changes.push(visit.change(round).await?);
            }
        }
        for (round, (changes, shells)) in ["first", "next"].iter().zip(changes.iter().zip(&shells)) {
            rows.push([vec![count.to_string(), (*round).to_owned()], row(changes, shells)].concat());
        }
    }
    moto.stop().await;
    let heads = [
        "stacks",
        "change",
        "server s",
        "shell s",
        "ratio",
        "of the fastest",
        "server CPU s",
        "its own",
        "shell CPU s",
        "calls",
    ];
    site::table(
        "from a webhook to its comment beside a shell, medians; bounds: ratio 1.1, calls 6",
        &heads,
        &rows,
    );
    Ok(())
}

fn row(changes: &[Change], shells: &[Shell]) -> Vec<String> {
    let change = |of: fn(&Change) -> f64| changes.iter().map(of).collect::<Vec<_>>();
    let shell = |of: fn(&Shell) -> f64| shells.iter().map(of).collect::<Vec<_>>();
    let fastest = |seconds: Vec<f64>| seconds.into_iter().fold(f64::MAX, f64::min);
    let pairs = changes.iter().zip(shells).map(|(change, shell)| change.seconds / shell.seconds).collect();
    let figures = [
        site::median(change(|change| change.seconds)),
        site::median(shell(|shell| shell.seconds)),
        site::median(pairs),
        fastest(change(|change| change.seconds)) / fastest(shell(|shell| shell.seconds)),
        site::median(change(|change| change.own + change.programs)),
        site::median(change(|change| change.own)),
        site::median(shell(|shell| shell.processor)),
    ];
    let calls = changes.iter().map(|change| change.calls).max().unwrap_or_default();
    let figures = figures.map(|figure| format!("{figure:.2}"));
    [figures.to_vec(), vec![calls.to_string()]].concat()
}

/// The emulator reads the thousand policies of AWS for an account when it first hears of it, which takes it a second; AWS does not.
async fn warm(aws: &str) -> anyhow::Result<()> {
    let credentials =
        SharedCredentialsProvider::new(Credentials::new("111111111111", "emulated", None, None, "bench"));
    let aws = Aws::at_endpoint(aws, credentials, &"eu-west-1".parse()?).await;
    let sts = aws_sdk_sts::Client::new(aws.config());
    for name in ["first", "second", "third"] {
        let role = "arn:aws:iam::222222222222:role/WayleavePlan";
        sts.assume_role().role_arn(role).role_session_name(name).send().await?;
    }
    Ok(())
}

/// What a change took.
struct Change {
    /// From the webhook's first byte to the comment.
    seconds: f64,
    /// Processor time of the server itself.
    own: f64,
    /// Processor time of the programs that it ran and has waited for.
    programs: f64,
    /// Calls to GitHub in all.
    calls: usize,
}

/// What the shell took.
struct Shell {
    seconds: f64,
    processor: f64,
}

/// A repository with a branch that adds N stacks.
struct Repository {
    path: PathBuf,
    count: usize,
    base: String,
    head: String,
}

impl Repository {
    async fn make(directory: &Path, count: usize) -> anyhow::Result<Self> {
        let path = directory.join("infra");
        std::fs::create_dir_all(&path)?;
        std::fs::write(path.join("README.md"), "# acme/infra\n")?;
        std::fs::write(path.join("wayleave.hcl"), "")?;
        run(&path, "git", &["init", "--quiet", "--initial-branch=main"]).await?;
        let base = commit(&path, "Begin").await?;
        run(&path, "git", &["switch", "--quiet", "--create", &format!("change-{CHANGE}")]).await?;
        Ok(Self { path, count, head: base.clone(), base })
    }

    /// Commits a change of every stack; the first adds them.
    async fn change(&mut self, round: usize) -> anyhow::Result<()> {
        let mut stacks = String::new();
        for number in 0..self.count {
            let stack = format!("stacks/s{number}");
            std::fs::create_dir_all(self.path.join(&stack))?;
            std::fs::write(
                self.path.join(&stack).join("main.tf"),
                STACK.replace("ROUND", &round.to_string()),
            )?;
            stacks.push_str(&format!(
                "stack \"s{number}\" {{\n  engine = \"terraform\"\n  path = \"{stack}\"\n}}\n"
            ));
        }
        std::fs::write(self.path.join("wayleave.hcl"), stacks)?;
        self.head = commit(&self.path, "Change every stack").await?;
        Ok(())
    }

    /// What somebody would type: a checkout, and the three commands in every stack, as many at once as the server has workers.
    async fn shell(&self, directory: &Path, round: usize) -> anyhow::Result<Shell> {
        let script = format!(
            "git clone --quiet --branch change-{CHANGE} ../infra . && ls -d stacks/* | xargs -P {} -I{{}} sh -c 'cd {{}} && \
             terraform init -input=false -no-color > init.log && terraform plan -input=false -no-color -out=plan > plan.log && \
             terraform show -json plan > plan.json'",
            site::processors()
        );
        let tree = directory.join(format!("shell-{round}"));
        std::fs::create_dir_all(&tree)?;
        let ((_, before), begun) = (site::processor_seconds(std::process::id())?, Instant::now());
        run(&tree, "sh", &["-c", &script]).await?;
        let seconds = begun.elapsed().as_secs_f64();
        let (_, after) = site::processor_seconds(std::process::id())?;
        let planned = std::fs::read_dir(tree.join("stacks"))?.flatten();
        let planned = planned.filter(|stack| stack.path().join("plan.json").is_file()).count();
        if planned != self.count {
            bail!("the shell planned {planned} of {} stacks", self.count)
        }
        Ok(Shell { seconds, processor: after - before })
    }
}

/// A repository with a GitHub and a server of its own.
struct Visit {
    repository: Repository,
    forge: Github,
    server: Server,
}

impl Visit {
    async fn begin(directory: &Path, repository: Repository, aws: &str) -> anyhow::Result<Self> {
        let forge = Github::start().await?;
        forge.add_commit(REPOSITORY, &repository.base);
        let url = format!("file://{}", repository.path.display());
        let site =
            Site { url, github: forge.api(), listen: site::free_address()?, workers: site::processors() };
        let server = Server::start(directory, &site, aws).await?;
        // Its own start is not what is measured.
        tokio::time::sleep(SETTLE).await;
        Ok(Self { repository, forge, server })
    }

    /// From the webhook of the repository's newest commit to the comment that tells its plan.
    async fn change(&self, round: usize) -> anyhow::Result<Change> {
        let (head, pid) = (&self.repository.head, self.server.pid());
        let pull = PullRequest::open(CHANGE, head, "kim");
        self.forge.set_pull(REPOSITORY, pull.clone());
        let action = if round == 0 { "opened" } else { "synchronize" };
        let webhook = github::pull_request(REPOSITORY, action, &pull);
        let earlier = self.forge.seen().calls.len();
        let (begun, used) = (Instant::now(), site::processor_seconds(pid)?);
        send(&self.server, &webhook.signed(&format!("7f000001-0000-4000-8000-00000000000{round}"))).await?;
        let short = head.get(..8).unwrap_or(head);
        let told = |body: &str| body.contains("Wayleave: Planned") && body.contains(short);
        let comment = self
            .forge
            .wait_for(DEADLINE, |seen| seen.comments.last().filter(|last| told(&last.body)).map(drop));
        let comment = comment.await;
        let seconds = begun.elapsed().as_secs_f64();
        let now = site::processor_seconds(pid)?;
        comment.with_context(|| format!("no comment tells the plan:\n{}", self.server.log()))?;
        tokio::time::sleep(SETTLE).await;
        let calls = self.forge.seen().calls.len() - earlier;
        if std::env::var_os("WAYLEAVE_BENCH_LOG").is_some() {
            eprintln!("{}", self.server.log());
        }
        Ok(Change { seconds, own: now.0 - used.0, programs: now.1 - used.1, calls })
    }
}

async fn send(
    server: &Server,
    request: &pipeline_engine::testing::signed::SignedRequest,
) -> anyhow::Result<()> {
    let mut call =
        reqwest::Client::new().post(format!("{}/webhooks/github", server.url)).body(request.body.clone());
    for (name, value) in &request.headers {
        call = call.header(*name, value);
    }
    let status = call.send().await?.status();
    if status != 202 {
        bail!("the webhook was answered with {status}")
    }
    Ok(())
}

async fn commit(path: &Path, message: &str) -> anyhow::Result<String> {
    run(path, "git", &["add", "."]).await?;
    let who = ["-c", "user.name=kim", "-c", "user.email=kim@acme.example", "-c", "commit.gpgsign=false"];
    run(path, "git", &[&who[..], &["commit", "--quiet", "--message", message]].concat()).await?;
    run(path, "git", &["rev-parse", "HEAD"]).await
}

async fn run(directory: &Path, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new(program);
    // Neither side asks HashiCorp whether there is a newer version.
    command.current_dir(directory).args(arguments).env("CHECKPOINT_DISABLE", "1");
    let output = command.output().await.with_context(|| format!("cannot run {program}"))?;
    if !output.status.success() {
        bail!("{program} {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
