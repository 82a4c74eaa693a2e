//! What a unit's Terraform is given: a closed list of variables, one account's credentials in a file of its own, and
//! directories of its own. Nothing of the server's own environment but what says how to reach AWS and the network.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use aws_sdk_sts::config::Credentials;
use serde_json::Value;
use tempfile::TempDir;

/// What is passed on from the server's environment when it is there.
const PASSED: [&str; 15] = [
    "PATH",
    "LANG",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "AWS_CA_BUNDLE",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
    COLLECT,
    "GOMEMLIMIT",
];
/// How far the memory of a program in Go grows before it is collected, in percent of what is in use
/// ([reference](https://pkg.go.dev/runtime#hdr-Environment_Variables)). Terraform's three programs for a plan are over before their
/// collecting pays: with twice Go's default they take a fifth less processor time without a provider and some percent less with
/// that of AWS, which takes a tenth more memory.
const COLLECT: &str = "GOGC";
const COLLECTED_AT: &str = "200";
/// `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`
/// ([reference](https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html)).
const ENDPOINT: &str = "AWS_ENDPOINT_URL";

/// The variables that units get from the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passed(BTreeMap<String, String>);

impl Passed {
    /// Those of this process's variables that are on the list.
    pub fn from_env() -> Self {
        let listed = |name: &str| PASSED.contains(&name) || name.starts_with(ENDPOINT);
        let utf8 = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self(utf8.filter(|(name, _)| listed(name)).collect())
    }

    /// The same, with AWS at another endpoint.
    #[must_use]
    pub fn with_endpoint(mut self, url: &str) -> Self {
        self.0.insert(ENDPOINT.to_owned(), url.to_owned());
        self
    }

    /// True when S3 has an endpoint of its own, which has no name for each bucket.
    pub(super) fn s3_by_path(&self) -> bool {
        self.0.contains_key(ENDPOINT) || self.0.contains_key("AWS_ENDPOINT_URL_S3")
    }
}

/// A unit's own directory, gone when this is dropped.
#[derive(Debug)]
pub(super) struct Private {
    dir: TempDir,
    env: BTreeMap<String, String>,
}

impl Private {
    /// Makes the directory below `parent` and writes the credentials and the variables into it.
    pub(super) fn make(
        parent: &Path,
        passed: &Passed,
        region: &str,
        credentials: Option<&Credentials>,
        variables: &BTreeMap<String, Value>,
    ) -> std::io::Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
        let dir = tempfile::Builder::new().prefix("unit.").tempdir_in(parent)?;
        let mut private = Self { dir, env: passed.0.clone() };
        for name in ["home", "tmp"] {
            fs::DirBuilder::new().mode(0o700).create(private.path(name))?;
        }
        secret_file(&private.path("aws-config"), b"")?;
        secret_file(
            &private.path("aws-credentials"),
            credentials.map(profile).unwrap_or_default().as_bytes(),
        )?;
        secret_file(&private.variables(), &serde_json::to_vec(variables)?)?;
        private.fill(region);
        Ok(private)
    }

    fn fill(&mut self, region: &str) {
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let own = [
            ("HOME", text(self.path("home"))),
            ("TMPDIR", text(self.path("tmp"))),
            ("AWS_CONFIG_FILE", text(self.path("aws-config"))),
            ("AWS_SHARED_CREDENTIALS_FILE", text(self.path("aws-credentials"))),
            ("AWS_REGION", region.to_owned()),
            ("AWS_DEFAULT_REGION", region.to_owned()),
            // The machine's own role is the server's, not the stack's.
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
            ("TF_IN_AUTOMATION", "1".to_owned()),
            ("TF_INPUT", "0".to_owned()),
            ("CHECKPOINT_DISABLE", "1".to_owned()),
        ];
        self.env.extend(own.map(|(name, value)| (name.to_owned(), value)));
        self.env.entry(COLLECT.to_owned()).or_insert_with(|| COLLECTED_AT.to_owned());
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The file for `-var-file`.
    pub(super) fn variables(&self) -> PathBuf {
        self.path("wayleave.tfvars.json")
    }

    pub(super) fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }
}

/// The [shared credentials file](https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html).
fn profile(credentials: &Credentials) -> String {
    let mut text = format!(
        "[default]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        credentials.access_key_id(),
        credentials.secret_access_key()
    );
    if let Some(token) = credentials.session_token() {
        text.push_str(&format!("aws_session_token = {token}\n"));
    }
    text
}

pub(super) fn secret_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)
}
