//! YAML: the JSON report in another notation.

use super::{Report, ReportError, json};

/// The whole report.
///
/// # Errors
/// [`ReportError::Yaml`]; none is known to happen.
pub fn render(report: &Report<'_>) -> Result<String, ReportError> {
    notation(&json::render(report))
}

/// Anything in this notation.
///
/// # Errors
/// [`ReportError::Yaml`]; none is known to happen.
pub fn notation(value: &impl serde::Serialize) -> Result<String, ReportError> {
    serde_saphyr::to_string(value).map_err(|error| ReportError::Yaml(error.into()))
}
