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
    let options = terrascan::Options { non_recursive: arguments.non_recursive, ..Default::default() };
    let mut document = Document::default();
    let files = Disk::new(".");
    paths.iter().for_each(|path| document.merge(terrascan::document(&files, path, &options)));
    let shown = if arguments.config_with_error { with_errors(&document) } else { document.json() };
    match output {
        Output::Json => output::json(&shown)?,
        Output::Yaml => output::line(yaml::notation(&shown)?.trim_end())?,
        _ => bail!("--config-only is written as JSON or YAML: add -o json or -o yaml"),
    }
    Ok(ExitCode::SUCCESS)
}

fn with_errors(document: &Document) -> Value {
    let errors = document.errors.iter().map(|error| {
        let file = error.location.as_ref().map(|place| place.file.as_str());
        json!({ "iac_type": "terraform", "directory": file.unwrap_or_default(), "errMsg": error.message })
    });
    let errors: Vec<Value> = errors.collect();
    json!({ "ResourceConfig": document.json(), "Violations": { "results": { "scan_errors": errors } } })
}
