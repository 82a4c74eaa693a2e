//! A real Elasticsearch for tests: one node on an ephemeral loopback port, its data in a directory of its own, ended with its owner.

use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use reqwest::Url;
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

/// Names the directory of an Elasticsearch 8 to be used instead of `.wayleave/elasticsearch`.
pub const ELASTICSEARCH: &str = "WAYLEAVE_ELASTICSEARCH";

const START: Duration = Duration::from_secs(180);
const STOP: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(100);
/// Elasticsearch refuses to run as root; this is `nobody`.
const NOBODY: u32 = 65534;
/// Runs its first argument, and ends it when this program closes the pipe, by dropping it or by being killed.
const KEEPER: &str = r#"
{ "$0" </dev/null & echo "$!" >pid; wait "$!"; : >ended; } &
read -r _
kill -TERM "$(cat pid)"
wait
"#;
const SETTINGS: &str = "\
cluster.routing.allocation.disk.threshold_enabled: false
discovery.type: single-node
http.port: 0
network.host: 127.0.0.1
node.portsfile: true
transport.port: 0
xpack.ml.enabled: false
xpack.security.enabled: false
";

/// Why there is no Elasticsearch.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ElasticsearchError {
    /// It could not be fetched.
    #[error("scripts/elasticsearch failed\n{output}")]
    Fetch {
        /// What it wrote.
        output: String,
    },
    /// There is no Java.
    #[error("java cannot be run; install Java 17 or newer, or set JAVA_HOME")]
    NoJava(#[source] io::Error),
    /// A directory or a process could not be made.
    #[error("Elasticsearch could not be set up")]
    SetUp(#[source] io::Error),
    /// It ended, or did not answer in time.
    #[error("Elasticsearch did not start\n{output}")]
    Start {
        /// The end of its log.
        output: String,
    },
}

/// A running node. It ends when this is dropped, and also when this process is killed.
#[derive(Debug)]
pub struct Elasticsearch {
    keeper: Child,
    url: Url,
    directory: TempDir,
}

impl Elasticsearch {
    /// Starts the node for a test, after fetching Elasticsearch if it is not there, and waits until it answers.
    ///
    /// # Errors
    /// [`ElasticsearchError`] says what is missing.
    pub async fn for_tests() -> Result<Self, ElasticsearchError> {
        let home = match std::env::var_os(ELASTICSEARCH) {
            Some(home) => PathBuf::from(home),
            None => fetched().await?,
        };
        Self::start(&home).await
    }

    /// Starts the Elasticsearch of a directory, and waits until it answers.
    ///
    /// # Errors
    /// As [`Self::for_tests`].
    pub async fn start(home: &Path) -> Result<Self, ElasticsearchError> {
        let directory = tempfile::Builder::new()
            .prefix("wayleave-elasticsearch-")
            .tempdir()
            .map_err(ElasticsearchError::SetUp)?;
        let user = user(directory.path()).map_err(ElasticsearchError::SetUp)?;
        let home = set_up(home, directory.path(), user).map_err(ElasticsearchError::SetUp)?;
        let keeper = launch(&home, directory.path(), user).await?;
        // The port is known only later; until then the address is of no use.
        let mut node = Self { keeper, url: Url::parse("http://127.0.0.1").expect("a URL"), directory };
        node.url = node.answering().await?;
        Ok(node)
    }

    /// Its address.
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Ends the node, and waits until it has.
    pub async fn stop(mut self) {
        drop(self.keeper.stdin.take());
        if timeout(STOP, self.keeper.wait()).await.is_err() {
            self.keeper.kill().await.ok();
        }
    }

    async fn answering(&mut self) -> Result<Url, ElasticsearchError> {
        let deadline = Instant::now() + START;
        while Instant::now() < deadline && !self.directory.path().join("ended").exists() {
            if let Some(url) = self.address()
                && reqwest::get(url.join("_cluster/health").unwrap_or(url.clone())).await.is_ok()
            {
                return Ok(url);
            }
            sleep(POLL).await;
        }
        Err(ElasticsearchError::Start { output: self.log() })
    }

    /// What the node says of its port, once it has one.
    fn address(&self) -> Option<Url> {
        let ports = std::fs::read_to_string(self.directory.path().join("logs/http.ports")).ok()?;
        Url::parse(&format!("http://{}/", ports.lines().next()?)).ok()
    }

    fn log(&self) -> String {
        let log = std::fs::read_to_string(self.directory.path().join("out.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines.get(lines.len().saturating_sub(40)..).unwrap_or_default().join("\n")
    }
}

async fn fetched() -> Result<PathBuf, ElasticsearchError> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let script = workspace.join("scripts/elasticsearch");
    let Output { status, stdout, stderr } =
        Command::new(script).stdin(Stdio::null()).output().await.map_err(ElasticsearchError::SetUp)?;
    if !status.success() {
        let output = String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned();
        return Err(ElasticsearchError::Fetch { output });
    }
    Ok(workspace.join(".wayleave/elasticsearch"))
}

/// Who it is to run as, if not as this process: one that makes a directory of root's is root.
fn user(own: &Path) -> io::Result<Option<u32>> {
    Ok((own.metadata()?.uid() == 0).then_some(NOBODY))
}

/// Fills the directory; gives where the program is.
fn set_up(home: &Path, directory: &Path, user: Option<u32>) -> io::Result<PathBuf> {
    for name in ["config", "data", "logs", "tmp"] {
        std::fs::create_dir(directory.join(name))?;
    }
    for name in ["jvm.options", "log4j2.properties"] {
        std::fs::copy(home.join("config").join(name), directory.join("config").join(name))?;
    }
    let places = format!("path.data: {0}/data\npath.logs: {0}/logs\n", directory.display());
    std::fs::write(directory.join("config/elasticsearch.yml"), format!("{SETTINGS}{places}"))?;
    let Some(user) = user else { return Ok(home.to_owned()) };
    for name in ["", "config", "config/elasticsearch.yml", "data", "logs", "tmp"] {
        chown(directory.join(name), Some(user), Some(user))?;
    }
    reachable(home, directory)
}

/// The directory of the program, or a copy of it where another user may not go.
fn reachable(home: &Path, directory: &Path) -> io::Result<PathBuf> {
    let home = home.canonicalize()?;
    for ancestor in home.ancestors() {
        if ancestor.metadata()?.permissions().mode() & 0o001 == 0 {
            let copy = directory.join("home");
            copy_tree(&home, &copy)?;
            return Ok(copy);
        }
    }
    Ok(home)
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

async fn launch(home: &Path, directory: &Path, user: Option<u32>) -> Result<Child, ElasticsearchError> {
    let log = std::fs::File::create(directory.join("out.log")).map_err(ElasticsearchError::SetUp)?;
    let errors = log.try_clone().map_err(ElasticsearchError::SetUp)?;
    let mut command = Command::new("/bin/sh");
    command
        .arg("-c")
        .arg(KEEPER)
        .arg(home.join("bin/elasticsearch"))
        .current_dir(directory)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("ES_JAVA_HOME", java_home().await?)
        .env("ES_JAVA_OPTS", "-Xms512m -Xmx512m")
        .env("ES_PATH_CONF", directory.join("config"))
        .env("ES_TMPDIR", directory.join("tmp"))
        .env("HOME", directory)
        .stdin(Stdio::piped())
        .stdout(log)
        .stderr(errors);
    if let Some(user) = user {
        command.uid(user).gid(user);
    }
    command.spawn().map_err(ElasticsearchError::SetUp)
}

async fn java_home() -> Result<PathBuf, ElasticsearchError> {
    if let Some(home) = std::env::var_os("JAVA_HOME") {
        return Ok(home.into());
    }
    let output = Command::new("sh").args(["-c", "command -v java"]).output().await;
    let path = String::from_utf8_lossy(&output.map_err(ElasticsearchError::NoJava)?.stdout).trim().to_owned();
    let program = Path::new(&path).canonicalize().map_err(ElasticsearchError::NoJava)?;
    // <home>/bin/java
    Ok(program.ancestors().nth(2).unwrap_or(Path::new("/usr")).to_owned())
}
