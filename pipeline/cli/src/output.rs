//! What the program writes: results to standard output, everything else to standard error.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::ValueEnum;
use serde::Serialize;
use tracing_subscriber::prelude::*;
use tracing_subscriber::{EnvFilter, Layer};

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// What a command line says of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Logging {
    /// The least level that is told; none for what `WAYLEAVE_LOG` says.
    pub(crate) level: Option<&'static str>,
    /// True for what runs on its own: how it goes is told, and not only what goes wrong.
    pub(crate) serves: bool,
    /// JSON or text; none for JSON where standard error is no terminal.
    pub(crate) json: Option<bool>,
    /// Where a file gets the log, too.
    pub(crate) directory: Option<PathBuf>,
}

impl Logging {
    /// That of a server.
    pub(crate) fn server() -> Self {
        Self { serves: true, ..Self::default() }
    }
}

/// What servers tell unless told otherwise: how runs go, and of the libraries only what goes wrong.
const SERVING: &str = "warn,wayleave=info,webhook_server=info,pipeline_engine=info,pipeline_core=info,landing_zone=info,policies=info";

/// What people are told on standard error in words of its own, and the file of the log as a line.
const KEPT: &str = "wayleave::kept";

/// The log's file in the directory that the user names, called as Terrascan calls it.
const LOG_FILE: &str = "terrascan.log";

/// Starts logging to standard error: `WAYLEAVE_LOG` filters it, by default to what Wayleave itself tells of a server, and to
/// warnings of a command that somebody waits for. The log's file gets what is done, too, if nobody says otherwise.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn start_logging(said: &Logging) -> anyhow::Result<()> {
    let filter = match said.level {
        Some(level) => EnvFilter::new(level),
        None => EnvFilter::try_from_env("WAYLEAVE_LOG")
            .unwrap_or_else(|_| EnvFilter::new(if said.serves { SERVING } else { "warn" })),
    };
    let told = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let told = if said.json.unwrap_or(!std::io::stderr().is_terminal()) {
        told.json().boxed()
    } else {
        told.with_ansi(is_coloured()).boxed()
    };
    let told = told.with_filter(filter.add_directive(format!("{KEPT}=off").parse()?));
    let kept = said.directory.as_deref().map(log_file).transpose()?.map(|file| {
        let kept = tracing_subscriber::fmt::layer().with_writer(Arc::new(file)).with_ansi(false);
        let kept = if said.json == Some(true) { kept.json().boxed() } else { kept.boxed() };
        kept.with_filter(EnvFilter::new(said.level.unwrap_or("info")))
    });
    tracing_subscriber::registry().with(told).with(kept).init();
    Ok(())
}

fn log_file(directory: &Path) -> anyhow::Result<File> {
    let path = directory.join(LOG_FILE);
    let open = || {
        std::fs::create_dir_all(directory)?;
        File::options().create(true).append(true).open(&path)
    };
    open().with_context(|| format!("cannot write the log to {}", path.display()))
}

/// Tells people on standard error what went wrong and does not end the program; the file of the log gets it as well.
pub(crate) fn trouble(text: &str) {
    notice(&format!("error: {text}"));
    keep(text);
}

/// Puts what people are told elsewhere into the file of the log, if there is one.
pub(crate) fn keep(text: &str) {
    tracing::error!(target: KEPT, "{text}");
}

/// True when standard error is a terminal and [`NO_COLOR`](https://no-color.org) is not set.
pub(crate) fn is_coloured() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes a value as JSON to standard output.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    standard(|out| pretty(out, value))
}

/// Writes a value as JSON, piece by piece: there may be much of it.
pub(crate) fn pretty(out: &mut dyn Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)
}

/// Writes to standard output, piece by piece.
pub(crate) fn standard(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    told(write(&mut out).and_then(|()| out.flush()))
}

/// Writes a line to standard output.
pub(crate) fn line(text: &str) -> anyhow::Result<()> {
    told(writeln!(std::io::stdout().lock(), "{text}"))
}

/// A reader that has gone is no error.
fn told(written: std::io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write to standard output"),
    }
}

/// Writes lines to standard output.
pub(crate) fn lines(lines: &[String]) -> anyhow::Result<()> {
    lines.iter().try_for_each(|text| line(text))
}

/// Tells people on standard error what a reader of the result would stumble over.
pub(crate) fn notice(text: &str) {
    let text: Vec<String> = text.lines().map(crate::style::visible).collect();
    // Nothing can be told when standard error is gone.
    let _ = writeln!(std::io::stderr().lock(), "{}", text.join("\n"));
}

/// Tells an error, with what caused it, and answers exit code 1.
pub(crate) fn fail(error: &anyhow::Error) -> ExitCode {
    let (bold, plain) = if is_coloured() { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
    let mut text = format!("{bold}error{plain}: {error}\n");
    for cause in error.chain().skip(1) {
        text.push_str(&format!("  because: {cause}\n"));
    }
    // Nothing can be told when standard error is gone.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
    ExitCode::FAILURE
}

/// Prints what is wrong with the command line, or the help that was asked for. Wrong use is exit code 1: 2 means
/// refused.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be told when the stream is gone.
    let _ = error.print();
    if error.use_stderr() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
