//! Writes the outcome.

use std::collections::BTreeSet;
use std::process::ExitCode;

use policies::report::sarif::Reader;
use policies::report::{Report, Sources, human, json, junit, known_rules, markdown, rule, sarif, xml, yaml};
use policies::source::Files;
use policies::{Bundle, Metadata, Scan};

use super::arguments::Output;
use super::publish::Places;
use crate::output;

/// Writes a report.
pub(super) fn write(report: &Report<'_>, places: Places<'_>) -> anyhow::Result<()> {
    places.write(|style, out| {
        let text = match places.output {
            Output::Json => return output::pretty(out, &json::render(report)),
            Output::Sarif => return output::pretty(out, &sarif::render(report, Reader::Any)),
            Output::GithubSarif => return output::pretty(out, &sarif::render(report, Reader::GitHub)),
            Output::Human => Ok(human::render(report, style)),
            Output::Yaml => yaml::render(report),
            Output::Xml => xml::render(report),
            Output::JunitXml => junit::render(report),
            Output::Markdown => Ok(markdown::render(report)),
        };
        writeln!(out, "{}", text.map_err(std::io::Error::other)?.trim_end())
    })
}

/// The texts of the files that the report shows lines of: only people want to see them.
pub(super) fn sources(output: Output, scan: &Scan, files: &dyn Files) -> Sources {
    if output != Output::Human {
        return Sources::new();
    }
    let findings = scan.findings.iter().chain(scan.skipped.iter().map(|skipped| &skipped.finding));
    let places = findings.filter_map(|finding| finding.location.as_ref());
    let places = places.chain(scan.errors.iter().filter_map(|error| error.location.as_ref()));
    let places = places.chain(scan.suppressions.iter().map(|suppression| &suppression.location));
    let names: BTreeSet<&str> = places.map(|place| place.file.as_str()).collect();
    let read = |name: &str| Some((name.to_owned(), files.read(name).ok()?.to_string()));
    names.into_iter().filter_map(read).collect()
}

/// Lists the rules.
pub(super) fn list(bundle: &Bundle, output: Output) -> anyhow::Result<ExitCode> {
    let rules = known_rules(bundle);
    if output == Output::Human {
        let width = rules.iter().map(|rule| rule.id.as_str().len()).max().unwrap_or_default();
        for rule in rules {
            output::line(&format!("{:<width$}  {:<6}  {}", rule.id, rule.severity, rule.title))?;
        }
    } else {
        output::json(&rules)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Tells all about a rule, by its own id or by one that it succeeds.
pub(super) fn explain(bundle: &Bundle, id: &str, output: Output) -> anyhow::Result<ExitCode> {
    let rules = known_rules(bundle);
    let named = |rule: &&Metadata| {
        let mut names = std::iter::once(rule.id.as_str()).chain(rule.aliases());
        names.any(|name| name.eq_ignore_ascii_case(id))
    };
    let told: Vec<&Metadata> = rules.iter().filter(named).collect();
    if told.is_empty() {
        anyhow::bail!("there is no rule {id}; --list-rules lists them");
    }
    if output == Output::Human {
        for rule in told {
            output::line(&rule::render(rule))?;
        }
    } else {
        output::json(&told)?;
    }
    Ok(ExitCode::SUCCESS)
}
