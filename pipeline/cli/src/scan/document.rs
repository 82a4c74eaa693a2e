//! What Terrascan's rules see: `--config-only`.

use std::process::ExitCode;

use anyhow::bail;
use policies::report::yaml;
use policies::terrascan::Document;
use serde_json::{Value, json};

use super::arguments::{Arguments, Output};
use super::site::Site;
use crate::output;

/// Writes the input document of all paths, as Terrascan does.
pub(super) fn write(arguments: &Arguments, site: &Site, output: Output) -> anyhow::Result<ExitCode> {
    let mut document = Document::default();
    site.paths.iter().for_each(|path| document.merge(site.document(path, true)));
    let shown = if arguments.config_with_error { with_errors(&document, site) } else { document.json() };
    notate(&shown, output, "--config-only")?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a value as JSON or YAML, the only two that `option` has.
pub(super) fn notate(value: &Value, output: Output, option: &str) -> anyhow::Result<()> {
    match output {
        Output::Json => output::json(value),
        Output::Yaml => output::line(yaml::notation(value)?.trim_end()),
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
    json!({ "ResourceConfig": document.json(), "Violations": { "results": { "scan_errors": errors } } })
}
