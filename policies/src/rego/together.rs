//! The text of a module whose one rule has the answers of many.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The package of the module and its text. The rules are those of `entries`, for example `data.wayleave.aws.s3.versioning.deny`; the
/// module's rule `name` has the answer of each under its entry.
///
/// `regorus` looks at every module there is whenever it meets `data.…`, and at one rule when it meets a name of the module's own
/// package. So the module is given the first name that the rules' packages have in common, where they have one.
pub(super) fn module(name: &str, entries: &[String]) -> (String, String) {
    let Some((package, near)) = nearer(entries) else {
        let rules = entries.iter().map(|entry| (entry.as_str(), entry.as_str()));
        return ("asked_together".to_owned(), text(name, "asked_together", &BTreeSet::new(), rules));
    };
    let imports = near.iter().filter_map(|written| written.split('.').next()).collect();
    let rules = entries.iter().map(String::as_str).zip(near.iter().copied());
    (package.to_owned(), text(name, package, &imports, rules))
}

/// The first name of all packages, and how the rules are written from there.
fn nearer(entries: &[String]) -> Option<(&str, Vec<&str>)> {
    let mut packages = BTreeSet::new();
    let near = entries.iter().map(|entry| {
        let (package, written) = entry.strip_prefix("data.")?.split_once('.')?;
        packages.insert(package);
        // A rule that stands in that very package has nothing to be imported.
        (written.matches('.').count() > 1 && is_plain(written)).then_some(written)
    });
    let near = near.collect::<Option<Vec<_>>>()?;
    let package = packages.pop_first()?;
    (packages.is_empty() && is_plain(package)).then_some((package, near))
}

fn is_plain(written: &str) -> bool {
    written.chars().all(|letter| letter.is_ascii_alphanumeric() || "._".contains(letter))
}

fn text<'a>(
    name: &str,
    package: &str,
    imports: &BTreeSet<&str>,
    rules: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut text = format!("package {package}\n\n");
    for import in imports {
        // Writing to a string cannot fail.
        writeln!(text, "import data.{package}.{import}").ok();
    }
    for (entry, written) in rules {
        let entry = serde_json::Value::from(entry);
        writeln!(text, "{name}[entry] := answer if {{ entry := {entry}; answer := {written} }}").ok();
    }
    text
}
