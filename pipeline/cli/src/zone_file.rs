//! Reads `zone.hcl` for the subcommands that need it.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use landing_zone::{Diagnostics, Source, Zone};
use pipeline_engine::secrets::Secrets;

use crate::output;

/// Where the zone is.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ZoneArgument {
    /// The landing zone's file.
    #[arg(
        long,
        value_name = "FILE",
        default_value = "zone.hcl",
        env = "WAYLEAVE_ZONE",
        hide_env_values = true,
        global = true
    )]
    pub(crate) zone: PathBuf,
}

impl ZoneArgument {
    /// The text of the file.
    pub(crate) fn source(&self) -> anyhow::Result<Source> {
        let text = std::fs::read_to_string(&self.zone).with_context(|| {
            format!("cannot read {}; name the landing zone's file with --zone", self.zone.display())
        })?;
        Ok(Source { name: self.zone.display().to_string(), text })
    }

    /// The zone; its errors, all at once, go to standard error.
    pub(crate) fn read(&self) -> anyhow::Result<Zone> {
        let source = self.source()?;
        match Zone::parse(&source) {
            Ok((zone, _)) => Ok(zone),
            Err(diagnostics) => Err(self.refuse(&source, &diagnostics)),
        }
    }

    /// Writes errors to standard error; the answer is what to end with.
    pub(crate) fn refuse(&self, source: &Source, found: &Diagnostics) -> anyhow::Error {
        let text = found.render(source, output::is_coloured());
        match std::io::stderr().lock().write_all(text.as_bytes()) {
            Ok(()) => anyhow!("{} has errors", self.zone.display()),
            Err(error) => anyhow::Error::new(error).context("cannot write to standard error"),
        }
    }

    /// The directory that the zone's paths are relative to: its own.
    pub(crate) fn base(&self) -> PathBuf {
        let parent = self.zone.parent().filter(|parent| !parent.as_os_str().is_empty());
        parent.unwrap_or_else(|| Path::new(".")).to_path_buf()
    }
}

/// The secrets that the zone names, out of the environment; all that are missing are told at once.
pub(crate) fn secrets(zone: &Zone) -> anyhow::Result<Secrets> {
    Secrets::read(zone, |name| std::env::var(name).ok()).map_err(|missing| {
        let lines: Vec<String> = missing.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n       "))
    })
}
