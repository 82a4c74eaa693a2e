//! YAML: the JSON report in another notation.

use super::{Report, ReportError, json};

/// The whole report.
///
/// # Errors
/// [`ReportError::Yaml`]; none is known to happen.
pub fn render(report: &Report<'_>) -> Result<String, ReportError> {
    serde_saphyr::to_string(&json::render(report)).map_err(|error| ReportError::Yaml(error.into()))
}
