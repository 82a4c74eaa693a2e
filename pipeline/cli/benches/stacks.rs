//! A pull request that touches N Terraform stacks, from the first byte of its webhook to its comment, beside a shell that runs
//! the same `init`, `plan` and `show -json` of those stacks with as many at once. Bounds: 1.1 times the shell's wall time, and
//! six calls to GitHub whatever N is.

mod site;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use pipeline_engine::testing::github::{self, Github, PullRequest};
use pipeline_engine::testing::moto::Moto;
use site::{REPOSITORY, Server, Site};
use tokio::process::Command;

const SIZES: [usize; 3] = [1, 10, 50];
const CHANGE: u64 = 17;
const DEADLINE: Duration = Duration::from_secs(600);
/// After the comment: whether more is told than was needed.
const SETTLE: Duration = Duration::from_secs(2);
const STACK: &str =
    "variable \"size\" {\n  default = 1\n}\n\nresource \"terraform_data\" \"it\" {\n  input = var.size\n}\n";

/// How often each side ran, the faster of them counts: what else this machine does slows both, but not evenly.
const TURNS: usize = 2;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let moto = Moto::for_tests().await?;
    let mut rows = Vec::new();
    for count in SIZES {
        let (mut server, mut shell, mut calls, mut own) = (f64::MAX, f64::MAX, 0, f64::MAX);
        for _ in 0..TURNS {
            let directory = site::directory()?;
            let repository = Repository::make(directory.path(), count).await?;
            shell = shell.min(repository.shell(directory.path()).await?);
            let change = repository.change(directory.path(), &moto.url()).await?;
            (server, calls) = (server.min(change.seconds), calls.max(change.calls));
            own = own.min(change.processor);
        }
        let ratio = format!("{:.2}", server / shell);
        let seconds = [server, shell, own].map(|seconds| format!("{seconds:.2}"));
        rows.push([vec![count.to_string()], seconds.to_vec(), vec![ratio, calls.to_string()]].concat());
    }
    moto.stop().await;
    let heads = ["stacks", "webhook to comment s", "shell s", "own processor s", "ratio", "calls to GitHub"];
    site::table("a pull request of N terraform_data stacks; bounds: ratio 1.1, calls 6", &heads, &rows);
    Ok(())
}

/// What a change took.
struct Change {
    /// From the webhook's first byte to the comment.
    seconds: f64,
    /// Processor time of the server itself, without the programs that it ran and has waited for.
    processor: f64,
    /// Calls to GitHub in all.
    calls: usize,
}

/// A repository with a branch that adds N stacks.
struct Repository {
    path: std::path::PathBuf,
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
        let mut stacks = String::new();
        for number in 0..count {
            let stack = format!("stacks/s{number}");
            std::fs::create_dir_all(path.join(&stack))?;
            std::fs::write(path.join(&stack).join("main.tf"), STACK)?;
            stacks.push_str(&format!(
                "stack \"s{number}\" {{\n  engine = \"terraform\"\n  path = \"{stack}\"\n}}\n"
            ));
        }
        std::fs::write(path.join("wayleave.hcl"), stacks)?;
        let head = commit(&path, "Add stacks").await?;
        Ok(Self { path, count, base, head })
    }

    /// What somebody would type: a checkout, and the three commands in every stack, as many at once as the server has workers.
    async fn shell(&self, directory: &Path) -> anyhow::Result<f64> {
        let script = format!(
            "git clone --quiet --branch change-{CHANGE} ../infra . && ls -d stacks/* | xargs -P {} -I{{}} sh -c 'cd {{}} && \
             terraform init -input=false -no-color > init.log && terraform plan -input=false -no-color -out=plan > plan.log && \
             terraform show -json plan > plan.json'",
            site::processors()
        );
        let tree = directory.join("shell");
        std::fs::create_dir_all(&tree)?;
        let begun = Instant::now();
        run(&tree, "sh", &["-c", &script]).await?;
        let seconds = begun.elapsed().as_secs_f64();
        let planned = std::fs::read_dir(tree.join("stacks"))?.flatten();
        let planned = planned.filter(|stack| stack.path().join("plan.json").is_file()).count();
        if planned != self.count {
            bail!("the shell planned {planned} of {} stacks", self.count)
        }
        Ok(seconds)
    }

    /// The same through a server that was started for it.
    async fn change(&self, directory: &Path, aws: &str) -> anyhow::Result<Change> {
        let forge = Github::start().await?;
        forge.add_commit(REPOSITORY, &self.base);
        let pull = PullRequest::open(CHANGE, &self.head, "kim");
        forge.set_pull(REPOSITORY, pull.clone());
        let url = format!("file://{}", self.path.display());
        let site =
            Site { url, github: forge.api(), listen: site::free_address()?, workers: site::processors() };
        let server = Server::start(directory, &site, aws).await?;
        let webhook = github::pull_request(REPOSITORY, "opened", &pull);
        let (begun, used) = (Instant::now(), site::processor_seconds(server.pid())?);
        send(&server, &webhook.signed("7f000001-0000-4000-8000-000000000001")).await?;
        let comment = forge.wait_for(DEADLINE, |seen| seen.comments.last().cloned()).await;
        let seconds = begun.elapsed().as_secs_f64();
        let processor = site::processor_seconds(server.pid())? - used;
        let comment = comment.with_context(|| format!("no comment came:\n{}", server.log()))?;
        if !comment.body.contains("Wayleave: Planned") {
            bail!("the change was not planned:\n{}\n{}", comment.body, server.log());
        }
        tokio::time::sleep(SETTLE).await;
        let calls = forge.seen().calls.len();
        if std::env::var_os("WAYLEAVE_BENCH_LOG").is_some() {
            eprintln!("{}", server.log());
        }
        Ok(Change { seconds, processor, calls })
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
