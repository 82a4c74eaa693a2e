//! What the demo stands on: the emulated AWS, a repository, Slack and a forge.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use landing_zone::Region;
use pipeline_engine::testing::github::Github;
use pipeline_engine::testing::landing_zone as zone;
use pipeline_engine::testing::moto::{self, Moto};
use pipeline_engine::testing::slack::{self, Slack};
use tokio::process::Command;

/// The repository's name on the forge.
pub(super) const REPOSITORY: &str = "acme/infra";
/// The Kinesis stream.
pub(super) const STREAM: &str = "wayleave-audit";
const REGION: &str = "ap-northeast-2";

/// The zone, with what is known only when the demo starts left open.
const ZONE: &str = include_str!("../../demo/zone.hcl");
/// The files of the repository that is pushed.
const FILES: [(&str, &str); 6] = [
    ("wayleave.hcl", include_str!("../../demo/repository/wayleave.hcl")),
    ("platform/foundation/main.tf", include_str!("../../demo/repository/platform/foundation/main.tf")),
    ("platform/data/main.tf", include_str!("../../demo/repository/platform/data/main.tf")),
    ("modules/table/main.tf", include_str!("../../demo/repository/modules/table/main.tf")),
    ("services/front/template.yaml", include_str!("../../demo/repository/services/front/template.yaml")),
    ("services/session/template.yaml", include_str!("../../demo/repository/services/session/template.yaml")),
];

pub(super) struct Landscape {
    pub(super) moto: Moto,
    pub(super) slack: Slack,
    pub(super) github: Github,
    /// The repository, and its commit before and after the change.
    pub(super) repository: PathBuf,
    pub(super) before: String,
    pub(super) after: String,
}

impl Landscape {
    pub(super) async fn build(directory: &Path, mut tell: impl FnMut(&str)) -> anyhow::Result<Self> {
        tell("starting moto as AWS");
        let python = moto::prepare(&environment(), &mut tell).await?;
        let moto = Moto::start(&python).await?;
        tell("making an organization: MGMT, and below it DEV, STG and PRD");
        let region = Region::parse(REGION)?;
        let aws = zone::management(&moto.url(), &region).await;
        zone::build(&aws, &region, STREAM).await?;
        let slack = Slack::start().await.context("cannot start the stand-in for Slack")?;
        let github = Github::start().await.context("cannot start the stand-in for the forge")?;
        let repository = directory.join("infra");
        let (before, after) = commit(&repository).await?;
        github.add_commit(REPOSITORY, &before);
        github.add_commit(REPOSITORY, &after);
        Ok(Self { moto, slack, github, repository, before, after })
    }

    /// The zone's file.
    pub(super) fn zone_file(&self, listen: &str) -> String {
        let fields = [
            ("@management@", zone::MANAGEMENT.to_owned()),
            ("@region@", REGION.to_owned()),
            ("@repository_name@", REPOSITORY.to_owned()),
            ("@repository@", self.repository.display().to_string()),
            ("@github@", self.github.api()),
            ("@slack@", self.slack.api()),
            ("@channel@", slack::CHANNEL.to_owned()),
            ("@stream@", STREAM.to_owned()),
            ("@listen@", listen.to_owned()),
        ];
        fields.iter().fold(ZONE.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    pub(super) async fn stop(self) {
        self.moto.stop().await;
    }
}

/// Where the emulator is installed: beside the workspace's other tools when run from one, else in the user's cache.
fn environment() -> PathBuf {
    if Path::new("Cargo.lock").is_file() {
        return PathBuf::from(".wayleave/venv");
    }
    let home = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")));
    home.unwrap_or_else(std::env::temp_dir).join("wayleave/venv")
}

/// Makes the repository: a first commit without stacks, then the change.
async fn commit(directory: &Path) -> anyhow::Result<(String, String)> {
    std::fs::create_dir_all(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    git(directory, &["init", "--quiet", "--initial-branch=main"]).await?;
    std::fs::write(directory.join("README.md"), "# acme/infra\n")
        .context("cannot write to the demo's repository")?;
    git(directory, &["add", "."]).await?;
    git(directory, &["commit", "--quiet", "--message", "Begin"]).await?;
    let before = git(directory, &["rev-parse", "HEAD"]).await?;
    for (path, text) in FILES {
        let path = directory.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        }
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    git(directory, &["add", "."]).await?;
    git(
        directory,
        &[
            "commit",
            "--quiet",
            "--message",
            "Add the foundation, the data, the front and the session service",
        ],
    )
    .await?;
    Ok((before, git(directory, &["rev-parse", "HEAD"]).await?))
}

async fn git(directory: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new("git");
    command.current_dir(directory).args([
        "-c",
        "user.name=kim",
        "-c",
        "user.email=kim@acme.example",
        "-c",
        "commit.gpgsign=false",
    ]);
    let output = command.args(arguments).output().await.context("cannot run git; is it installed?")?;
    if !output.status.success() {
        bail!("git {} failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
