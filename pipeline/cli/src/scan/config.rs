//! The configuration file: Terrascan's TOML, and ours beside it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use policies::{RuleId, Severity};
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a configuration file says.
#[derive(Debug, Default, PartialEq)]
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
    /// Sections that are Terrascan's and do nothing here.
    pub(super) idle: Vec<String>,
}

type Entry<'a> = (&'a str, Range<usize>, &'a DeValue<'a>);

/// Reads a file's text.
///
/// # Errors
/// Everything that is wrong with it, each with its line and column.
pub(super) fn parse(text: &str) -> Result<Config, Vec<String>> {
    let mut reader = Reader { text, wrong: Vec::new() };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            reader.error(&at, error.message());
            return Err(reader.wrong);
        }
    };
    let config = reader.config(table.get_ref());
    if reader.wrong.is_empty() { Ok(config) } else { Err(reader.wrong) }
}

struct Reader<'t> {
    text: &'t str,
    wrong: Vec<String>,
}

impl Reader<'_> {
    fn error(&mut self, at: &Range<usize>, what: &str) {
        let before = self.text.get(..at.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.wrong.push(format!("line {line}, column {column}: {what}"));
    }

    fn config(&mut self, root: &DeTable<'_>) -> Config {
        let mut config = Config::default();
        for (section, at, value) in entries(root) {
            let table = match value {
                DeValue::Table(table) => table,
                _ if SECTIONS.contains(&section) => {
                    self.error(&at, &format!("`{section}` is a section: write [{section}]"));
                    continue;
                }
                _ => {
                    self.unknown(&at, section, &SECTIONS);
                    continue;
                }
            };
            match section {
                "policy" => self.policy(table, &mut config),
                "rules" => self.rules(table, &mut config),
                "severity" => self.severity(table, &mut config),
                "category" => config.categories = self.list(table),
                "framework" => config.frameworks = self.list(table),
                "scan" => self.scan(table, &mut config),
                "severities" => self.severities(table, &mut config),
                "parameters" => self.parameters(table, &mut config),
                "notifications" | "k8s-admission-control" => config.idle.push(section.to_owned()),
                _ => self.unknown(&at, section, &SECTIONS),
            }
        }
        config
    }

    fn policy(&mut self, table: &DeTable<'_>, config: &mut Config) {
        const KEYS: [&str; 6] = ["path", "rego_subdir", "repo_url", "branch", "environment", "access_token"];
        for (key, at, value) in entries(table) {
            match key {
                "path" => config.packs = self.texts_or_one(&at, key, value),
                "rego_subdir" => config.subdirectory = self.text(&at, key, value),
                "repo_url" => config.repository = self.text(&at, key, value),
                "branch" => config.commit = self.text(&at, key, value),
                "environment" | "access_token" => config.idle.push(format!("policy.{key}")),
                _ => self.unknown(&at, key, &KEYS),
            }
        }
    }

    fn rules(&mut self, table: &DeTable<'_>, config: &mut Config) {
        for (key, at, value) in entries(table) {
            let ids = |texts: Vec<String>| texts.into_iter().map(RuleId::new).collect();
            match key {
                "scan-rules" => config.scan_rules = ids(self.texts(&at, key, value)),
                "skip-rules" => config.skip_rules = ids(self.texts(&at, key, value)),
                _ => self.unknown(&at, key, &["scan-rules", "skip-rules"]),
            }
        }
    }

    fn severity(&mut self, table: &DeTable<'_>, config: &mut Config) {
        for (key, at, value) in entries(table) {
            match key {
                "level" => config.level = self.level(&at, key, value),
                _ => self.unknown(&at, key, &["level"]),
            }
        }
    }

    /// A section that has a list and nothing else.
    fn list(&mut self, table: &DeTable<'_>) -> Vec<String> {
        let mut list = Vec::new();
        for (key, at, value) in entries(table) {
            match key {
                "list" => list = self.texts(&at, key, value),
                _ => self.unknown(&at, key, &["list"]),
            }
        }
        list
    }

    fn scan(&mut self, table: &DeTable<'_>, config: &mut Config) {
        for (key, at, value) in entries(table) {
            match key {
                "exclude" => config.exclude = self.texts(&at, key, value),
                "baseline" => config.baseline = self.text(&at, key, value).map(PathBuf::from),
                _ => self.unknown(&at, key, &["exclude", "baseline"]),
            }
        }
    }

    fn severities(&mut self, table: &DeTable<'_>, config: &mut Config) {
        for (key, at, value) in entries(table) {
            if let Some(level) = self.level(&at, key, value) {
                config.severities.insert(RuleId::new(key), level);
            }
        }
    }

    fn parameters(&mut self, table: &DeTable<'_>, config: &mut Config) {
        for (rule, at, value) in entries(table) {
            match value {
                DeValue::Table(table) => {
                    let values = entries(table).map(|(key, _, value)| (key.to_owned(), json(value)));
                    config.parameters.insert(RuleId::new(rule), values.collect());
                }
                _ => self.error(&at, &format!("write the parameters of a rule as [parameters.\"{rule}\"]")),
            }
        }
    }

    fn unknown(&mut self, at: &Range<usize>, key: &str, known: &[&str]) {
        self.error(at, &format!("`{key}` is not known here; known are {}", known.join(", ")));
    }

    fn wrong_type(&mut self, at: &Range<usize>, key: &str, expected: &str) {
        self.error(at, &format!("`{key}` takes {expected}"));
    }

    fn text(&mut self, at: &Range<usize>, key: &str, value: &DeValue<'_>) -> Option<String> {
        match value {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.wrong_type(at, key, "a string");
                None
            }
        }
    }

    fn texts(&mut self, at: &Range<usize>, key: &str, value: &DeValue<'_>) -> Vec<String> {
        let texts = value.as_array().map(|items| {
            items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        texts.flatten().unwrap_or_else(|| {
            self.wrong_type(at, key, "a list of strings");
            Vec::new()
        })
    }

    fn texts_or_one(&mut self, at: &Range<usize>, key: &str, value: &DeValue<'_>) -> Vec<String> {
        match value {
            DeValue::String(text) => vec![text.to_string()],
            other => self.texts(at, key, other),
        }
    }

    fn level(&mut self, at: &Range<usize>, key: &str, value: &DeValue<'_>) -> Option<Severity> {
        let level = value.as_str().and_then(|text| text.parse().ok());
        if level.is_none() {
            self.wrong_type(at, key, "low, medium or high");
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

/// The entries of a table, in the order of the file, each with the place of its key.
fn entries<'a>(table: &'a DeTable<'a>) -> impl Iterator<Item = Entry<'a>> {
    let mut entries: Vec<(&Spanned<_>, &Spanned<DeValue<'a>>)> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.into_iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value.get_ref()))
}

fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Datetime(time) => time.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            entries(table).map(|(key, _, value)| (key.to_owned(), json(value))).collect::<Map<_, _>>().into()
        }
    }
}
