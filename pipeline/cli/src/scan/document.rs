//! What Terrascan's rules see: `--config-only` and `--config-with-error`.

use std::process::ExitCode;

use anyhow::bail;
use policies::report::yaml;
use policies::terrascan::Document;
use serde_json::{Value, json};

use super::arguments::{Arguments, Output};
use super::publish::Places;
use super::site::Site;
use crate::output;

/// Writes the input document of all paths, as Terrascan does. With errors it is exit code 4 if there are any; without, they
/// are neither told nor counted.
pub(super) fn write(arguments: &Arguments, site: &Site, places: Places<'_>) -> anyhow::Result<ExitCode> {
    let mut document = Document::default();
    site.paths.iter().for_each(|path| document.merge(site.document(path, true)));
    if arguments.config_only {
        notate(&document.json(), places, "--config-only")?;
        return Ok(ExitCode::SUCCESS);
    }
    notate(&with_errors(&document, site), places, "--config-with-error")?;
    let whole = site.errors.is_empty() && document.errors.is_empty();
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(4) })
}

/// Writes a value as JSON or YAML, the only two that `option` has.
pub(super) fn notate(value: &Value, places: Places<'_>, option: &str) -> anyhow::Result<()> {
    match places.output {
        Output::Json => places.write(|_, out| output::pretty(out, value)),
        Output::Yaml => {
            let text = yaml::notation(value)?;
            places.write(|_, out| writeln!(out, "{}", text.trim_end()))
        }
        _ => bail!("{option} is written as JSON or YAML: add -o json or -o yaml"),
    }
}

fn with_errors(document: &Document, site: &Site) -> Value {
    let errors = site.errors.iter().chain(&document.errors).map(|error| {
        let file = error.location.as_ref().map(|place| place.file.as_str()).unwrap_or_default();
        let is_template = site.found.iter().any(|found| found.path == file);
        let kind = if is_template { "cft" } else { "terraform" };
        json!({ "iac_type": kind, "directory": file, "errMsg": error.message })
    });
    let errors: Vec<Value> = errors.collect();
    let mut results = serde_json::Map::new();
    if !errors.is_empty() {
        results.insert("scan_errors".into(), errors.into());
    }
    let summary = json!({"file/folder": "", "iac_type": "", "scanned_at": "", "policies_validated": 0,
        "violated_policies": 0, "low": 0, "medium": 0, "high": 0});
    for (key, value) in
        [("violations", json!([])), ("skipped_violations", json!([])), ("scan_summary", summary)]
    {
        results.insert(key.into(), value);
    }
    json!({ "ResourceConfig": document.json(), "Violations": { "results": results } })
}
