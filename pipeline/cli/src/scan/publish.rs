//! Where a report goes: to standard output, and into the directory of `--log-output-dir`.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::Context;
use policies::report::human::Style;

use super::arguments::{Arguments, Colours, Output};
use crate::output;

/// Where a report goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'a> {
    pub(super) output: Output,
    colours: Colours,
    directory: Option<&'a Path>,
}

impl<'a> Places<'a> {
    pub(super) fn new(arguments: &'a Arguments, output: Output) -> Self {
        let directory = arguments.global.log_output_dir.as_deref();
        Self { output, colours: arguments.use_colors, directory }
    }

    /// Writes what `render` writes to each of the places; only a terminal's has colours.
    pub(super) fn write(
        self,
        render: impl Fn(Style, &mut dyn Write) -> std::io::Result<()>,
    ) -> anyhow::Result<()> {
        if let Some(directory) = self.directory {
            let path = directory.join(file_name(self.output));
            let write = || {
                let mut file = BufWriter::new(File::create(&path)?);
                render(Style::Plain, &mut file).and_then(|()| file.flush())
            };
            write().with_context(|| format!("cannot write the report to {}", path.display()))?;
        }
        let style = style(self.colours);
        output::standard(|out| render(style, out))
    }
}

/// As Terrascan calls them.
fn file_name(output: Output) -> &'static str {
    match output {
        Output::Human => "scan-result.txt",
        Output::Json => "scan-result.json",
        Output::Yaml => "scan-result.yaml",
        Output::Xml | Output::JunitXml => "scan-result.xml",
        Output::Sarif | Output::GithubSarif => "scan-result.sarif",
        Output::Markdown => "scan-result.md",
    }
}

fn style(colours: Colours) -> Style {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match colours {
        Colours::Always => Style::Coloured,
        Colours::Auto if std::io::stdout().is_terminal() && !no_colour => Style::Coloured,
        Colours::Auto | Colours::Never => Style::Plain,
    }
}
