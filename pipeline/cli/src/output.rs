//! What the program writes: results to standard output, everything else to standard error.

use std::io::{BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Context;
use clap::ValueEnum;
use serde::Serialize;
use tracing_subscriber::EnvFilter;

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// What a command line says of the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Logging {
    /// The least level that is told; none for what `WAYLEAVE_LOG` says.
    pub(crate) level: Option<&'static str>,
    /// True for what runs on its own: how it goes is told, and not only what goes wrong.
    pub(crate) serves: bool,
    /// JSON or text; none for JSON where standard error is no terminal.
    pub(crate) json: Option<bool>,
}

impl Logging {
    /// That of a server.
    pub(crate) fn server() -> Self {
        Self { serves: true, ..Self::default() }
    }
}

/// What servers tell unless told otherwise: how runs go, and of the libraries only what goes wrong.
const SERVING: &str = "warn,wayleave=info,webhook_server=info,pipeline_engine=info,pipeline_core=info,landing_zone=info,policies=info";

/// Starts logging to standard error: `WAYLEAVE_LOG` filters it, by default to what Wayleave itself tells of a server, and to
/// warnings of a command that somebody waits for.
pub(crate) fn start_logging(said: Logging) {
    let filter = match said.level {
        Some(level) => EnvFilter::new(level),
        None => EnvFilter::try_from_env("WAYLEAVE_LOG")
            .unwrap_or_else(|_| EnvFilter::new(if said.serves { SERVING } else { "warn" })),
    };
    let writer = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if said.json.unwrap_or(!std::io::stderr().is_terminal()) {
        writer.json().init();
    } else {
        writer.with_ansi(is_coloured()).init();
    }
}

/// True when standard error is a terminal and [`NO_COLOR`](https://no-color.org) is not set.
pub(crate) fn is_coloured() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes a value as JSON to standard output, piece by piece: there may be much of it.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = serde_json::to_writer_pretty(&mut out, value).map_err(std::io::Error::from);
    told(written.and_then(|()| writeln!(out)).and_then(|()| out.flush()))
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
