//! The configuration file: Terrascan's TOML or YAML, and ours beside it.

mod toml;

use std::collections::BTreeMap;
use std::path::PathBuf;

use policies::yaml::{self, Data, Entry, Mark, Node};
use policies::{RuleId, Severity};
use serde_json::{Map, Value};

use super::webhook::{self, Webhook};

/// What a configuration file says.
#[derive(Debug, Default)]
pub(super) struct Config {
    pub(super) packs: Vec<String>,
    pub(super) subdirectory: Option<String>,
    pub(super) repository: Option<String>,
    pub(super) commit: Option<String>,
    pub(super) scan_rules: Vec<RuleId>,
    pub(super) skip_rules: Vec<RuleId>,
    pub(super) level: Option<Severity>,
    pub(super) categories: Vec<String>,
    pub(super) frameworks: Vec<String>,
    pub(super) exclude: Vec<String>,
    pub(super) baseline: Option<PathBuf>,
    pub(super) severities: BTreeMap<RuleId, Severity>,
    pub(super) parameters: BTreeMap<RuleId, Map<String, Value>>,
    pub(super) webhooks: Vec<Webhook>,
    /// Sections that are Terrascan's and do nothing here.
    pub(super) idle: Vec<String>,
}

/// Reads the text of a TOML file.
///
/// # Errors
/// Everything that is wrong with it, each with its line and column.
pub(super) fn from_toml(text: &str) -> Result<Config, Vec<String>> {
    read(&toml::parse(text).map_err(|(mark, what)| vec![told(mark, &what)])?)
}

/// Reads the text of a YAML file; one that says nothing is none.
///
/// # Errors
/// As for TOML.
pub(super) fn from_yaml(text: &str) -> Result<Config, Vec<String>> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Config::default());
    }
    let root = yaml::parse(text).map_err(|error| vec![told(error.mark, &error.message)])?;
    match root.data {
        Data::Map(_) => read(&root),
        Data::Null => Ok(Config::default()),
        _ => Err(vec![told(root.mark, "write sections, as in `policy:`")]),
    }
}

fn told(mark: Mark, what: &str) -> String {
    format!("line {}, column {}: {what}", mark.line, mark.column)
}

fn read(root: &Node) -> Result<Config, Vec<String>> {
    let (mut reader, mut config) = (Reader::default(), Config::default());
    given(root).for_each(|entry| reader.section(entry, &mut config));
    if reader.wrong.is_empty() { Ok(config) } else { Err(reader.wrong) }
}

/// The entries that say something: YAML's `key:` does not.
fn given(node: &Node) -> impl Iterator<Item = &Entry> {
    node.entries().iter().filter(|entry| !matches!(entry.value.data, Data::Null))
}

#[derive(Default)]
struct Reader {
    wrong: Vec<String>,
}

impl Reader {
    fn error(&mut self, at: Mark, what: &str) {
        self.wrong.push(told(at, what));
    }

    fn section(&mut self, entry: &Entry, config: &mut Config) {
        let (section, table) = (entry.key.as_str(), &entry.value);
        if !SECTIONS.contains(&section) {
            return self.unknown(entry, &SECTIONS);
        }
        if !matches!(table.data, Data::Map(_)) {
            return self.error(
                entry.mark,
                &format!("`{section}` is a section: write [{section}], in YAML {section}:"),
            );
        }
        match section {
            "policy" => self.policy(table, config),
            "rules" => self.rules(table, config),
            "severity" => self.severity(table, config),
            "category" => config.categories = self.list(table),
            "framework" => config.frameworks = self.list(table),
            "scan" => self.scan(table, config),
            "severities" => self.severities(table, config),
            "parameters" => self.parameters(table, config),
            "notifications" => {
                given(table).for_each(|entry| config.webhooks.extend(self.notification(entry)));
            }
            _ => config.idle.push(section.to_owned()),
        }
    }

    fn policy(&mut self, table: &Node, config: &mut Config) {
        const KEYS: [&str; 6] = ["path", "rego_subdir", "repo_url", "branch", "environment", "access_token"];
        for entry in given(table) {
            match entry.key.as_str() {
                "path" => config.packs = self.texts_or_one(entry),
                "rego_subdir" => config.subdirectory = self.text(entry),
                "repo_url" => config.repository = self.text(entry),
                "branch" => config.commit = self.text(entry),
                key @ ("environment" | "access_token") => config.idle.push(format!("policy.{key}")),
                _ => self.unknown(entry, &KEYS),
            }
        }
    }

    fn rules(&mut self, table: &Node, config: &mut Config) {
        for entry in given(table) {
            let ids = |texts: Vec<String>| texts.into_iter().map(RuleId::new).collect();
            match entry.key.as_str() {
                "scan-rules" => config.scan_rules = ids(self.texts(entry)),
                "skip-rules" => config.skip_rules = ids(self.texts(entry)),
                _ => self.unknown(entry, &["scan-rules", "skip-rules"]),
            }
        }
    }

    fn severity(&mut self, table: &Node, config: &mut Config) {
        for entry in given(table) {
            match entry.key.as_str() {
                "level" => config.level = self.level(entry),
                _ => self.unknown(entry, &["level"]),
            }
        }
    }

    /// A section that has a list and nothing else.
    fn list(&mut self, table: &Node) -> Vec<String> {
        let mut list = Vec::new();
        for entry in given(table) {
            match entry.key.as_str() {
                "list" => list = self.texts(entry),
                _ => self.unknown(entry, &["list"]),
            }
        }
        list
    }

    fn scan(&mut self, table: &Node, config: &mut Config) {
        for entry in given(table) {
            match entry.key.as_str() {
                "exclude" => config.exclude = self.texts(entry),
                "baseline" => config.baseline = self.text(entry).map(PathBuf::from),
                _ => self.unknown(entry, &["exclude", "baseline"]),
            }
        }
    }

    fn severities(&mut self, table: &Node, config: &mut Config) {
        for entry in given(table) {
            if let Some(level) = self.level(entry) {
                config.severities.insert(RuleId::new(entry.key.as_str()), level);
            }
        }
    }

    fn parameters(&mut self, table: &Node, config: &mut Config) {
        for entry in given(table) {
            match entry.value.to_json() {
                Value::Object(values) => {
                    config.parameters.insert(RuleId::new(entry.key.as_str()), values);
                }
                _ => self.error(
                    entry.mark,
                    &format!("write the parameters of a rule as a section: [parameters.\"{}\"]", entry.key),
                ),
            }
        }
    }

    /// Who is told of the outcome. Terrascan knows webhooks alone, and so do we.
    fn notification(&mut self, entry: &Entry) -> Option<Webhook> {
        let (mut kind, mut webhook) = (None, None);
        for inner in given(&entry.value) {
            match inner.key.as_str() {
                "type" => kind = self.text(inner),
                "config" => webhook = self.webhook(inner),
                _ => self.unknown(inner, &["type", "config"]),
            }
        }
        match kind.as_deref() {
            Some("webhook") if given(&entry.value).any(|inner| inner.key == "config") => webhook,
            Some("webhook") => {
                self.error(entry.mark, "a webhook needs a `config` with its `url`");
                None
            }
            _ => {
                self.error(
                    entry.mark,
                    &format!("`{}` needs the `type` \"webhook\", the only one that there is", entry.key),
                );
                None
            }
        }
    }

    /// As for Terrascan, the case of these keys does not matter.
    fn webhook(&mut self, config: &Entry) -> Option<Webhook> {
        let (mut url, mut token) = (None, None);
        for entry in given(&config.value) {
            match entry.key.to_ascii_lowercase().as_str() {
                "url" => url = self.text(entry).map(|text| (entry.mark, text)),
                "token" => token = self.text(entry).filter(|token| !token.is_empty()),
                _ => self.unknown(entry, &["url", "token"]),
            }
        }
        let Some((mark, url)) = url else {
            self.error(config.mark, "a webhook needs its `url`");
            return None;
        };
        match webhook::address(&url) {
            Ok(url) => Some(Webhook { url, token: token.map(Into::into) }),
            Err(what) => {
                self.error(mark, &format!("`url`: {what}"));
                None
            }
        }
    }

    fn unknown(&mut self, entry: &Entry, known: &[&str]) {
        let what = format!("`{}` is not known here; known are {}", entry.key, known.join(", "));
        self.error(entry.mark, &what);
    }

    fn wrong_type(&mut self, entry: &Entry, expected: &str) {
        self.error(entry.mark, &format!("`{}` takes {expected}", entry.key));
    }

    fn text(&mut self, entry: &Entry) -> Option<String> {
        let text = entry.value.text().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(entry, "a string");
        }
        text
    }

    fn texts(&mut self, entry: &Entry) -> Vec<String> {
        let texts = match &entry.value.data {
            Data::List(items) => {
                items.iter().map(|item| item.text().map(str::to_owned)).collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        texts.unwrap_or_else(|| {
            self.wrong_type(entry, "a list of strings");
            Vec::new()
        })
    }

    fn texts_or_one(&mut self, entry: &Entry) -> Vec<String> {
        match entry.value.text() {
            Some(text) => vec![text.to_owned()],
            None => self.texts(entry),
        }
    }

    fn level(&mut self, entry: &Entry) -> Option<Severity> {
        let level = entry.value.text().and_then(|text| text.parse().ok());
        if level.is_none() {
            self.wrong_type(entry, "low, medium or high");
        }
        level
    }
}

const SECTIONS: [&str; 10] = [
    "policy",
    "rules",
    "severity",
    "category",
    "framework",
    "scan",
    "severities",
    "parameters",
    "notifications",
    "k8s-admission-control",
];
