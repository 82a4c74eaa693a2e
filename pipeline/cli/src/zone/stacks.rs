//! The `wayleave.hcl` of a directory, read for one of the zone's repositories.

use std::path::PathBuf;

use anyhow::{Context, bail};
use landing_zone::{Diagnostic, Repository, RepositoryName, Source, StackFile, Zone};

/// Where a repository's stacks are.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct RepoArguments {
    /// The directory of a repository: its wayleave.hcl is read.
    #[arg(long, value_name = "DIR")]
    pub(crate) repo: Option<PathBuf>,
    /// Which repository of the zone it is; may be left out when the zone has just one.
    #[arg(long, value_name = "OWNER/NAME", requires = "repo")]
    pub(crate) name: Option<RepositoryName>,
}

/// A repository of the zone and the text of its stacks file.
pub(super) struct Stacks<'z> {
    pub(super) repository: &'z Repository,
    pub(super) source: Source,
}

impl RepoArguments {
    /// The stacks file's text; `None` when no directory was named.
    pub(super) fn read<'z>(&self, zone: &'z Zone) -> anyhow::Result<Option<Stacks<'z>>> {
        let Some(directory) = &self.repo else { return Ok(None) };
        let repository = self.repository(zone)?;
        let path = directory.join(&repository.config);
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!("cannot read {}, the stacks file of {}", path.display(), repository.name)
        })?;
        Ok(Some(Stacks { repository, source: Source::new(path.display().to_string(), text) }))
    }

    /// The repository of the zone that is meant.
    pub(crate) fn repository<'z>(&self, zone: &'z Zone) -> anyhow::Result<&'z Repository> {
        let known = || {
            let names: Vec<&str> = zone.repositories.iter().map(|known| known.name.as_str()).collect();
            names.join(", ")
        };
        match (&self.name, zone.repositories.as_slice()) {
            (_, []) => bail!("the zone names no repository; add a repository block to it"),
            (None, [only]) => Ok(only),
            (None, _) => bail!("the zone names several repositories; say which with --name: {}", known()),
            (Some(name), _) => zone
                .repository(name)
                .with_context(|| format!("the zone does not name {name:?}; it names {}", known())),
        }
    }
}

impl Stacks<'_> {
    /// The stacks with warnings and notes, or all errors.
    pub(super) fn parse(&self, zone: &Zone) -> Result<(StackFile, Vec<Diagnostic>), Vec<Diagnostic>> {
        StackFile::parse(&self.source, zone, &self.repository.name)
            .map_err(landing_zone::Diagnostics::into_vec)
    }
}
