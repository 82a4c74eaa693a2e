//! `wayleave scan`. See docs/scan.md.

mod arguments;
mod changes;
mod choices;
mod config;
mod document;
mod publish;
mod remote;
mod report;
mod site;
mod webhook;
mod work;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use policies::baseline::Baseline;
use policies::find::Found;
use policies::report::{Report, Subject, terrascan};
use policies::source::join;
use policies::suppression::EXPIRED;
use policies::terraform::{self, Argument};
use policies::{Bundle, Scan};

use crate::packs;

pub(crate) use arguments::{Ahead, Arguments, with_values};
use arguments::{Output, Value};
use changes::Changes;
use choices::Choices;
use publish::Places;
use remote::Remote;
use site::Site;
use work::Work;

use crate::output::{self, Format};

pub(crate) async fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let done = perform(arguments, format).await;
    done.inspect_err(|error| output::keep(&format!("{error:#}")))
}

async fn perform(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    if let Some(refusal) = arguments.refusal() {
        bail!("{refusal}");
    }
    let output = arguments.global.output.unwrap_or(match format {
        Format::Human => Output::Human,
        Format::Json => Output::Json,
    });
    let places = Places::new(arguments, output);
    let choices = choices::choose(arguments)?;
    if arguments.config_only || arguments.config_with_error {
        let remote = Remote::fetch(arguments)?;
        let site = Site::find(arguments, &choices, remote.as_ref())?;
        return document::write(arguments, &site, places);
    }
    let bundle =
        Bundle::from_packs(packs::read(&choices.packs, &arguments.global.scratch())?, &choices.settings)
            .map_err(|error| anyhow::Error::new(error).context("the rules cannot be used"))?;
    if arguments.list_rules {
        return report::list(&bundle, output);
    }
    if let Some(id) = &arguments.explain {
        return report::explain(&bundle, id, output);
    }
    scan(arguments, &choices, &bundle, places).await
}

async fn scan(
    arguments: &Arguments,
    choices: &Choices,
    bundle: &Bundle,
    places: Places<'_>,
) -> anyhow::Result<ExitCode> {
    let changes = arguments.changed_since.as_deref().map(Changes::since).transpose()?;
    let baseline =
        choices.baseline.as_deref().map(|path| Ok::<_, anyhow::Error>((path, known(path)?))).transpose()?;
    let remote = Remote::fetch(arguments)?;
    let site = Site::find(arguments, choices, remote.as_ref())?;
    let mut scan = judge(arguments, bundle, &site)?;
    let mut notes = choices.notes.clone();
    if site.found.is_empty() && scan.errors.is_empty() {
        notes.push("there is nothing here that can be scanned".to_owned());
    }
    narrow(&mut scan, choices, changes.as_ref(), &mut notes);
    if let Some(path) = &arguments.write_baseline {
        return write_baseline(path, &scan);
    }
    if let Some((path, baseline)) = baseline {
        apply_baseline(&baseline, path, &mut scan, &mut notes);
    }
    let sources = report::sources(places.output, &scan, &site.files);
    let url = remote.as_ref().map(|remote| &remote.url);
    let subject = Subject {
        paths: url
            .or(arguments.repo_url.as_ref())
            .map_or_else(|| site.paths.clone(), |url| vec![url.clone()]),
        kinds: kinds(&site.found),
        scanned_at: jiff::Timestamp::now().to_string(),
        branch: arguments.repo_ref.clone(),
        prefix: match (places.output, url) {
            (Output::GithubSarif, None) => changes::prefix(),
            _ => String::new(),
        },
        notes,
    };
    let of = Report {
        scan: &scan,
        bundle,
        subject: &subject,
        sources: &sources,
        show_passed: arguments.show_passed,
        details: arguments.verbose,
    };
    notify(choices, arguments, &of, &site).await?;
    if arguments.terrascan_output {
        let documents: Vec<_> = site.paths.iter().map(|path| site.document(path, false)).collect();
        let repeated = terrascan::render(&of, &documents);
        document::notate(&repeated, places, "--terrascan-output")?;
    } else {
        report::write(&of, places)?;
    }
    Ok(exit_code(&scan))
}

/// Judges all that was found.
fn judge(arguments: &Arguments, bundle: &Bundle, site: &Site) -> anyhow::Result<Scan> {
    tracing::info!(paths = site.paths.join(","), inputs = site.found.len(), "scanning");
    let given = given(arguments)?;
    let (parameters, options) = (parameters(&given), options(given));
    let today = jiff::Zoned::now().date();
    let work = Work { bundle, site, options: &options, parameters: &parameters, today };
    let unseen = Scan { errors: site.errors.clone(), ..Scan::default() };
    let scan: Scan = [unseen, work.scan()].into_iter().collect();
    for error in &scan.errors {
        tracing::info!(error = %error, "this was not checked");
    }
    tracing::info!(findings = scan.findings.len(), rules = scan.judged.len(), "scanned");
    Ok(scan)
}

/// Sends the report to those who are to be told. As for Terrascan, who cannot be reached does not change the outcome.
async fn notify(
    choices: &Choices,
    arguments: &Arguments,
    report: &Report<'_>,
    site: &Site,
) -> anyhow::Result<()> {
    if choices.webhooks.is_empty() {
        return Ok(());
    }
    let mut subject = report.subject.clone();
    if let Some(url) = &arguments.repo_url {
        subject.paths = vec![url.clone()];
    }
    let documents = site.paths.iter().map(|path| site.document(path, true)).collect();
    let report = Report { subject: &subject, ..*report };
    let body = serde_json::to_vec(&webhook::message(&report, documents))?;
    for webhook in &choices.webhooks {
        match webhook.send(&body, &webhook::PATIENCE).await {
            Ok(()) => tracing::info!(receiver = webhook.shown(), "the report was sent"),
            Err(error) => {
                let error = anyhow::Error::new(error);
                output::trouble(&format!("the report was not sent to {}: {error:#}", webhook.shown()));
            }
        }
    }
    Ok(())
}

fn exit_code(scan: &Scan) -> ExitCode {
    match (scan.findings.is_empty(), scan.errors.is_empty()) {
        (true, true) => ExitCode::SUCCESS,
        (false, true) => ExitCode::from(3),
        (true, false) => ExitCode::from(4),
        (false, false) => ExitCode::from(5),
    }
}

/// What the command line gives, in its order: the last one counts.
fn given(arguments: &Arguments) -> anyhow::Result<Vec<Argument>> {
    let one = |value: &Value| match value {
        Value::File(path) => Ok(Argument::File(path.clone())),
        Value::One(written) => {
            let pair = written.split_once('=').filter(|(name, _)| !name.trim().is_empty());
            let (name, value) = pair.ok_or_else(|| anyhow!("--var {written}: write NAME=VALUE"))?;
            Ok(Argument::Variable { name: name.trim().to_owned(), value: value.to_owned() })
        }
    };
    arguments.values.0.iter().map(one).collect()
}

/// The parameters of templates.
fn parameters(given: &[Argument]) -> BTreeMap<String, String> {
    let parameter = |argument: &Argument| match argument {
        Argument::Variable { name, value } => Some((name.clone(), value.clone())),
        Argument::File(_) => None,
    };
    given.iter().filter_map(parameter).collect()
}

fn options(given: Vec<Argument>) -> terraform::Options {
    let environment = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.to_str()?.strip_prefix("TF_VAR_")?.to_owned();
        Some((name, value.into_string().ok()?))
    });
    let workspace = std::env::var("TF_WORKSPACE").unwrap_or_else(|_| "default".to_owned());
    terraform::Options { arguments: given, environment: environment.collect(), workspace }
}

/// Leaves out what the user does not want to hear of.
fn narrow(scan: &mut Scan, choices: &Choices, changes: Option<&Changes>, notes: &mut Vec<String>) {
    if !choices.tells_expired {
        scan.keep(|finding| finding.rule.as_str() != EXPIRED);
    }
    if let Some(bound) = choices.severity {
        let left_out = scan.keep(|finding| finding.severity >= bound);
        if left_out > 0 {
            notes.push(format!("{left_out} findings are less bad than {bound}"));
        }
    }
    if let Some(changes) = changes {
        let left_out = scan.keep(|finding| changes.touch(finding));
        if left_out > 0 {
            notes.push(format!("{left_out} findings are in what the change does not touch"));
        }
    }
}

fn known(path: &Path) -> anyhow::Result<Baseline> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the baseline {shown}"))?;
    Baseline::parse(&text).with_context(|| format!("the baseline {shown} cannot be used"))
}

/// The directory of a file, relative to that of the baseline: the same wherever the scan is started.
fn directory_of(baseline: &Path) -> impl Fn(&str) -> String {
    let base = changes::real(
        baseline.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new(".")),
    );
    move |file| {
        let directory = changes::real(Path::new(&join(file, "..")));
        directory.strip_prefix(&base).unwrap_or(&directory).display().to_string()
    }
}

fn apply_baseline(baseline: &Baseline, path: &Path, scan: &mut Scan, notes: &mut Vec<String>) {
    let applied = baseline.apply(scan, &directory_of(path));
    if applied.left_out > 0 {
        notes.push(format!("{} findings are in the baseline", applied.left_out));
    }
    let stale = applied.stale.len();
    if stale > 0 {
        notes.push(format!(
            "{stale} entries of the baseline fit nothing any more; write it again to drop them"
        ));
    }
}

fn write_baseline(path: &Path, scan: &Scan) -> anyhow::Result<ExitCode> {
    let baseline = Baseline::of(scan, &directory_of(path));
    std::fs::write(path, baseline.to_json()?)
        .with_context(|| format!("cannot write the baseline {}", path.display()))?;
    output::notice(&format!("{}: {} known findings", path.display(), baseline.len()));
    for error in &scan.errors {
        output::notice(&format!("not checked: {error}; {}", error.remedy));
    }
    Ok(if scan.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(4) })
}

fn kinds(found: &[Found]) -> Vec<String> {
    let mut kinds: Vec<String> = found.iter().map(|found| found.kind.as_str().to_owned()).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[cfg(test)]
mod tests;
