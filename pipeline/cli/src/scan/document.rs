//! What Terrascan's rules see: `--config-only`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use policies::report::yaml;
use policies::source::Disk;
use policies::terrascan::{self, Document};
use serde_json::{Value, json};

use super::arguments::{Arguments, Output};
use crate::output;

/// Writes the input document of all directories, as Terrascan does.
pub(super) fn write(arguments: &Arguments, paths: &[String], output: Output) -> anyhow::Result<ExitCode> {
    if let Some(file) = paths.iter().find(|path| !Path::new(path.as_str()).is_dir()) {
        bail!("{file} is no directory: --config-only shows what rules see of Terraform directories");
    }
    let document = of(arguments, paths);
    let shown = if arguments.config_with_error { with_errors(&document) } else { document.json() };
    notate(&shown, output, "--config-only")?;
    Ok(ExitCode::SUCCESS)
}

/// What Terrascan's rules see of the Terraform directories among the paths.
pub(super) fn of(arguments: &Arguments, paths: &[String]) -> Document {
    let options =
        terrascan::Options { non_recursive: arguments.non_recursive, lines: true, ..Default::default() };
    let mut document = Document::default();
    let files = Disk::new(".");
    let directories = paths.iter().filter(|path| Path::new(path.as_str()).is_dir());
    directories.for_each(|path| document.merge(terrascan::document(&files, path, &options)));
    document
}

/// Writes a value as JSON or YAML, the only two that `option` has.
pub(super) fn notate(value: &Value, output: Output, option: &str) -> anyhow::Result<()> {
    match output {
        Output::Json => output::json(value),
        Output::Yaml => output::line(yaml::notation(value)?.trim_end()),
        _ => bail!("{option} is written as JSON or YAML: add -o json or -o yaml"),
    }
}

fn with_errors(document: &Document) -> Value {
    let errors = document.errors.iter().map(|error| {
        let file = error.location.as_ref().map(|place| place.file.as_str());
        json!({ "iac_type": "terraform", "directory": file.unwrap_or_default(), "errMsg": error.message })
    });
    let errors: Vec<Value> = errors.collect();
    json!({ "ResourceConfig": document.json(), "Violations": { "results": { "scan_errors": errors } } })
}
