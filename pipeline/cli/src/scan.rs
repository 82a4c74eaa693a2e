//! `wayleave scan`.

mod discover;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::ValueEnum;
use policies::report::human::Style;
use policies::report::{Sources, Subject, human, json, sarif};
use policies::{Bundle, Input, Scan, ScanError};

use crate::output::{self, Format};
use discover::{Content, Found};

/// Scan Terraform plans and CloudFormation templates by policy rules.
///
/// Exit code: 0 nothing found, 3 findings, 4 something could not be checked, 5 both, 1 wrong use.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Plans (`terraform show -json`), templates, or directories to look for them in.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// What to look for.
    #[arg(short, long, value_enum, default_value_t = Kind::All)]
    iac_type: Kind,
    /// A directory of Rego rules in place of the builtin pack, or `builtin`; may be given more than once.
    #[arg(short, long, value_name = "DIR")]
    policy_path: Vec<PathBuf>,
    /// The provider whose rules are used.
    #[arg(short = 't', long, value_enum, default_value_t = Provider::Aws)]
    policy_type: Provider,
    /// How the report is written.
    #[arg(short, long, value_enum)]
    output: Option<Report>,
    /// List the rules and scan nothing.
    #[arg(long)]
    list_rules: bool,
}

/// Kinds of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Whatever is there.
    All,
    /// Terraform's own files.
    Terraform,
    /// `terraform show -json` of a plan.
    Tfplan,
    /// CloudFormation templates.
    #[value(alias = "cft")]
    Cloudformation,
    /// SAM templates.
    Sam,
}

/// Providers with rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Provider {
    /// All that there are.
    All,
    /// Amazon Web Services.
    Aws,
}

/// Formats of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Report {
    /// For people.
    Human,
    /// JSON in Terrascan's shape.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

pub(crate) fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let report = arguments.output.unwrap_or(match format {
        Format::Human => Report::Human,
        Format::Json => Report::Json,
    });
    let bundle = bundle(&arguments.policy_path)?;
    if arguments.list_rules {
        return list(&bundle, report);
    }
    let found = discover::find(&arguments.paths, arguments.iac_type)?;
    if found.is_empty() {
        tracing::warn!(paths = ?arguments.paths, "there is nothing here that can be scanned");
    }
    let (scan, sources) = scan(&bundle, &found);
    write(report, &scan, &sources, &bundle, &subject(arguments, &found))?;
    Ok(exit_code(&scan))
}

fn exit_code(scan: &Scan) -> ExitCode {
    match (scan.findings.is_empty(), scan.errors.is_empty()) {
        (true, true) => ExitCode::SUCCESS,
        (false, true) => ExitCode::from(3),
        (true, false) => ExitCode::from(4),
        (false, false) => ExitCode::from(5),
    }
}

fn bundle(packs: &[PathBuf]) -> anyhow::Result<Bundle> {
    if packs.is_empty() {
        return Bundle::builtin().context("the builtin rules cannot be used");
    }
    let mut files = BTreeMap::new();
    for pack in packs {
        if pack.as_os_str() == "builtin" {
            files.extend(Bundle::builtin_files());
        } else {
            files.extend(pack_files(pack)?);
        }
    }
    let names: Vec<_> = packs.iter().map(|pack| pack.display().to_string()).collect();
    Bundle::from_files(files).with_context(|| format!("the rules in {} cannot be used", names.join(", ")))
}

fn pack_files(pack: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(pack).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read the rules in {}", pack.display()))?;
        if entry.file_type().is_file()
            && entry.path().extension().is_some_and(|extension| extension == "rego")
        {
            let text = std::fs::read_to_string(entry.path())
                .with_context(|| format!("cannot read the rule {}", entry.path().display()))?;
            files.push((entry.path().display().to_string(), text));
        }
    }
    Ok(files)
}

fn scan(bundle: &Bundle, found: &[Found]) -> (Scan, Sources) {
    let (mut scan, mut sources) = (Scan::default(), Sources::new());
    let parameters = BTreeMap::new();
    for found in found {
        match &found.content {
            Content::Plan(text) => scan.merge(scan_plan(bundle, &found.path, text)),
            Content::Template(text) => {
                sources.insert(found.path.clone(), text.clone());
                scan.merge(bundle.scan(&Input::Template {
                    path: &found.path,
                    text,
                    parameters: &parameters,
                    files: None,
                }));
            }
            Content::Unread(error) => scan.merge(Scan { errors: vec![error.clone()], ..Scan::default() }),
        }
    }
    (scan, sources)
}

fn scan_plan(bundle: &Bundle, path: &str, text: &str) -> Scan {
    let mut scan = match serde_json::from_str(text) {
        Ok(json) => bundle.scan(&Input::Plan { json: &json, configuration: None }),
        Err(error) => {
            let remedy = "give the output of `terraform show -json PLANFILE`";
            Scan {
                errors: vec![ScanError::input(format!("this is not JSON: {error}"), remedy)],
                ..Scan::default()
            }
        }
    };
    for error in scan.errors.iter_mut().filter(|error| error.rule.is_none()) {
        error.message = format!("{path}: {}", error.message);
    }
    scan
}

fn subject(arguments: &Arguments, found: &[Found]) -> Subject {
    let mut kinds: Vec<String> = found.iter().map(|found| found.content.kind().to_owned()).collect();
    kinds.sort();
    kinds.dedup();
    Subject {
        paths: arguments.paths.iter().map(|path| path.display().to_string()).collect(),
        kinds,
        scanned_at: jiff::Timestamp::now().to_string(),
        ..Subject::default()
    }
}

fn write(
    report: Report,
    scan: &Scan,
    sources: &Sources,
    bundle: &Bundle,
    subject: &Subject,
) -> anyhow::Result<()> {
    let of = policies::report::Report { scan, bundle, subject, sources, show_passed: false, details: false };
    match report {
        Report::Human => output::line(human::render(&of, style()).trim_end()),
        Report::Json => output::json(&json::render(&of)),
        Report::Sarif => output::json(&sarif::render(&of, sarif::Reader::Any)),
    }
}

/// Colours where the report goes to a terminal, unless `NO_COLOR` is set.
fn style() -> Style {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if std::io::stdout().is_terminal() && !no_colour { Style::Coloured } else { Style::Plain }
}

fn list(bundle: &Bundle, report: Report) -> anyhow::Result<ExitCode> {
    let rules: Vec<_> = bundle.rules().iter().map(policies::Rule::metadata).collect();
    if report == Report::Human {
        for rule in rules {
            output::line(&format!("{:<22} {:<7} {}", rule.id, rule.severity, rule.title))?;
        }
    } else {
        output::json(&rules)?;
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests;
