//! What is to be done: the command line over the configuration file.

use std::path::PathBuf;

use anyhow::{Context, bail};
use policies::suppression::EXPIRED;
use policies::{RuleId, Settings, Severity};

use super::arguments::Arguments;
use super::config::{self, Config};
use super::webhook::Webhook;

/// The file that is read when none is named.
const OWN_FILE: &str = "wayleave-scan.toml";

/// What the user chose, wherever it is written.
#[derive(Debug, Default)]
pub(super) struct Choices {
    pub(super) packs: Vec<String>,
    pub(super) settings: Settings,
    pub(super) severity: Option<Severity>,
    pub(super) exclude: Vec<String>,
    pub(super) baseline: Option<PathBuf>,
    /// Who is told of the outcome.
    pub(super) webhooks: Vec<Webhook>,
    /// Whether suppressions that have expired are findings.
    pub(super) tells_expired: bool,
    /// What the user should know of the choices.
    pub(super) notes: Vec<String>,
}

/// Reads the configuration file, if there is one, and puts the command line over it.
pub(super) fn choose(arguments: &Arguments) -> anyhow::Result<Choices> {
    let config = match path(arguments) {
        Some(path) => read(&path)?,
        None => Config::default(),
    };
    let mut notes = Vec::new();
    if !config.idle.is_empty() {
        notes.push(format!("{} in the configuration file does nothing here", config.idle.join(", ")));
    }
    let packs =
        if arguments.policy_path.is_empty() { packs(&config)? } else { arguments.policy_path.clone() };
    let ids = |given: &[String]| given.iter().map(|id| RuleId::new(id.trim())).collect();
    let mut settings =
        Settings { parameters: config.parameters, severities: config.severities, ..Settings::default() };
    settings.only.ids = over(ids(&arguments.scan_rules), config.scan_rules);
    settings.skip.ids = over(ids(&arguments.skip_rules), config.skip_rules);
    settings.only.categories = over(arguments.categories.clone(), config.categories);
    settings.only.frameworks = config.frameworks;
    // That rule is in no pack.
    let is_expired = |id: &RuleId| id.as_str().eq_ignore_ascii_case(EXPIRED);
    let tells_expired = !settings.skip.ids.iter().any(is_expired);
    settings.skip.ids.retain(|id| !is_expired(id));
    Ok(Choices {
        packs,
        settings,
        severity: arguments.severity.or(config.level),
        exclude: over(arguments.exclude.clone(), config.exclude),
        baseline: arguments.baseline.clone().or(config.baseline),
        webhooks: over(webhook(arguments).into_iter().collect(), config.webhooks),
        tells_expired,
        notes,
    })
}

fn over<T>(given: Vec<T>, written: Vec<T>) -> Vec<T> {
    if given.is_empty() { written } else { given }
}

fn webhook(arguments: &Arguments) -> Option<Webhook> {
    let url = arguments.webhook_url.clone()?;
    Some(Webhook { url, token: arguments.webhook_token.clone() })
}

fn path(arguments: &Arguments) -> Option<PathBuf> {
    let own = PathBuf::from(OWN_FILE);
    arguments.global.config().or_else(|| own.is_file().then_some(own))
}

fn read(path: &std::path::Path) -> anyhow::Result<Config> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the configuration file {shown}"))?;
    let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let config = if is_yaml { config::from_yaml(&text) } else { config::from_toml(&text) };
    config.map_err(|wrong| {
        let lines: Vec<String> = wrong.iter().map(|what| format!("\n  {shown}: {what}")).collect();
        anyhow::anyhow!("the configuration file cannot be used:{}", lines.concat())
    })
}

/// The packs of the file: directories, or a repository at a commit.
fn packs(config: &Config) -> anyhow::Result<Vec<String>> {
    let below = config.subdirectory.as_deref().unwrap_or_default();
    match (&config.repository, &config.commit) {
        (Some(url), Some(commit)) if below.is_empty() => Ok(vec![format!("{url}?ref={commit}")]),
        (Some(url), Some(commit)) => Ok(vec![format!("{url}//{below}?ref={commit}")]),
        (Some(_), None) => bail!("policy.repo_url needs policy.branch: the commit, as 40 hexadecimal digits"),
        (None, _) => {
            let inner = |path: &String| match (path.as_str(), below) {
                ("builtin", _) | (_, "") => path.clone(),
                _ => format!("{path}/{below}"),
            };
            Ok(config.packs.iter().map(inner).collect())
        }
    }
}
