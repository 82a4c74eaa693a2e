//! XML in the shape of Terrascan 1.19: the JSON report with scalars as attributes.

use quick_xml::Writer;
use quick_xml::events::BytesText;
use serde_json::{Map, Value};

use super::{Report, ReportError, json, printable};

/// Lists, and the name of their elements.
const LISTS: [(&str, &str); 6] = [
    ("scan_errors", "scan_error"),
    ("warnings", "warning"),
    ("passed_rules", "passed_rule"),
    ("violations", "violation"),
    ("skipped_violations", "violation"),
    ("notes", "note"),
];
/// Fields that are elements of their own, as in Terrascan.
const ELEMENTS: [&str; 6] = ["skip_comment", "directory", "errMsg", "why", "remedy", "message"];

/// The whole report.
///
/// # Errors
/// [`ReportError::Xml`]; none is known to happen.
pub fn render(report: &Report<'_>) -> Result<String, ReportError> {
    let document =
        serde_json::to_value(json::render(report)).map_err(|error| ReportError::Xml(error.into()))?;
    let empty = Map::new();
    let results = document.get("results").and_then(Value::as_object).unwrap_or(&empty);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut writer, results).map_err(|error| ReportError::Xml(error.into()))?;
    let text = String::from_utf8(writer.into_inner()).map_err(|error| ReportError::Xml(error.into()))?;
    Ok(text + "\n")
}

type Out = Writer<Vec<u8>>;

fn write(out: &mut Out, results: &Map<String, Value>) -> std::io::Result<()> {
    out.create_element("results").write_inner_content(|out| {
        for (name, item) in LISTS {
            let Some(items) = results.get(name).and_then(Value::as_array) else { continue };
            out.create_element(name)
                .write_inner_content(|out| items.iter().try_for_each(|value| element(out, item, value)))?;
        }
        results.get("scan_summary").map_or(Ok(()), |summary| element(out, "scan_summary", summary))
    })?;
    Ok(())
}

fn element(out: &mut Out, name: &str, value: &Value) -> std::io::Result<()> {
    let Some(fields) = value.as_object() else {
        out.create_element(name).write_text_content(BytesText::new(&text(value)))?;
        return Ok(());
    };
    let is_attribute = |(key, value): &(&String, &Value)| {
        !ELEMENTS.contains(&key.as_str()) && !value.is_array() && !value.is_null()
    };
    let attributes: Vec<(String, String)> =
        fields.iter().filter(is_attribute).map(|(key, value)| (key.replace('/', "_"), text(value))).collect();
    let attributes = attributes.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let element = out.create_element(name).with_attributes(attributes);
    let children: Vec<_> = fields.iter().filter(|field| !is_attribute(field) && !field.1.is_null()).collect();
    if children.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|out| {
        children.into_iter().try_for_each(|(key, value)| child(out, key, value))
    })?;
    Ok(())
}

fn child(out: &mut Out, name: &str, value: &Value) -> std::io::Result<()> {
    let single = name.strip_suffix('s').unwrap_or(name);
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| element(out, single, item)),
        value => {
            out.create_element(name).write_text_content(BytesText::new(&text(value)))?;
            Ok(())
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), printable)
}
