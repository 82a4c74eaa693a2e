//! Suppressions in the `Metadata` of a template's resource: Terrascan's `runterrascan.io/…`, and `wayleave`.

use serde_json::Value;

use super::comment::{at_most, severity};
use super::scope::Scope;
use super::{Directive, Until, Written};
use crate::finding::{Location, RuleId};
use crate::resource::Resource;

/// Every directive in a resource's metadata.
pub(super) fn read(resource: &Resource) -> Vec<Written> {
    let (Some(location), metadata) = (&resource.location, &resource.metadata) else { return Vec::new() };
    let directives = directives(metadata).into_iter();
    directives.map(|directive| written(directive, resource, location.clone())).collect()
}

fn written(directive: Directive, resource: &Resource, location: Location) -> Written {
    Written { location, directive, scope: Scope::Resource(resource.address.clone()), used: false }
}

fn directives(metadata: &Value) -> Vec<Directive> {
    let text = |key: &str| metadata.get(key).and_then(Value::as_str);
    let mut found: Vec<Directive> = Vec::new();
    found.extend(metadata.get("runterrascan.io/skip").map(skips).unwrap_or_default());
    found.extend(metadata.pointer("/wayleave/skip").map(skips).unwrap_or_default());
    found.extend(text("runterrascan.io/maxseverity").and_then(at_most));
    found.extend(text("runterrascan.io/minseverity").and_then(severity).map(Directive::AtLeast));
    found
}

/// A list of `{rule, comment, until}`, or the same as JSON text.
fn skips(written: &Value) -> Vec<Directive> {
    let parsed = written.as_str().and_then(|text| serde_json::from_str(text).ok());
    let list = parsed.as_ref().unwrap_or(written);
    let items = list.as_array().map_or(&[][..], Vec::as_slice);
    items.iter().filter_map(skip).collect()
}

fn skip(item: &Value) -> Option<Directive> {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    let rule = RuleId::new(text("rule").or_else(|| item.as_str())?.trim());
    let until = match item.get("until") {
        None | Some(Value::Null) => Until::Always,
        Some(day) => day.as_str().map_or(Until::Garbled, Until::parse),
    };
    Some(Directive::Skip { rule, until, comment: text("comment").unwrap_or_default().to_owned() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::finding::Severity;

    #[test]
    fn metadata_is_read_in_every_form() {
        let skip = |rule: &str, until, comment: &str| Directive::Skip {
            rule: RuleId::new(rule),
            until,
            comment: comment.to_owned(),
        };
        for (metadata, expected) in [
            (
                json!({"runterrascan.io/skip": "[{\"rule\": \"AC_AWS_0210\", \"comment\": \"a site\"}]"}),
                vec![skip("AC_AWS_0210", Until::Always, "a site")],
            ),
            (
                json!({"runterrascan.io/skip": [{"rule": "A"}, "B"]}),
                vec![skip("A", Until::Always, ""), skip("B", Until::Always, "")],
            ),
            (
                json!({"wayleave": {"skip": [{"rule": "A", "comment": "c", "until": "2027-01-31"}, {"rule": "B", "until": 3}]}}),
                vec![
                    skip("A", Until::Day(jiff::civil::date(2027, 1, 31)), "c"),
                    skip("B", Until::Garbled, ""),
                ],
            ),
            (
                json!({"runterrascan.io/maxseverity": "None", "runterrascan.io/minseverity": "HIGH"}),
                vec![Directive::AtMost(None), Directive::AtLeast(Severity::High)],
            ),
            (json!({"runterrascan.io/skip": "not json", "wayleave": 1}), vec![]),
            (json!({"wayleave": {"skip": [{"comment": "no rule"}, 4]}}), vec![]),
            (Value::Null, vec![]),
        ] {
            assert_eq!(directives(&metadata), expected, "{metadata}");
        }
    }
}
