//! What is to be scanned: the paths that were named, and what was found there.

use std::path::Path;

use anyhow::{Context, bail};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use policies::ScanError;
use policies::find::{self, Found, Look};
use policies::source::{Cached, Disk, join};
use policies::terrascan::{self, Document, Whole};

use super::arguments::Arguments;
use super::choices::Choices;
use super::remote::Remote;

/// What is to be scanned.
pub(super) struct Site {
    pub(super) files: Cached<Disk>,
    /// As they were named; this directory if none was.
    pub(super) paths: Vec<String>,
    pub(super) found: Vec<Found>,
    /// What could not be looked at.
    pub(super) errors: Vec<ScanError>,
    kinds: &'static [find::Kind],
    recursive: bool,
    globs: GlobSet,
}

impl Site {
    /// Looks at every path, or at what was fetched: then paths start at the root of the repository, and nothing outside of
    /// it is read.
    pub(super) fn find(
        arguments: &Arguments,
        choices: &Choices,
        remote: Option<&Remote>,
    ) -> anyhow::Result<Self> {
        let (files, paths) = match remote {
            Some(remote) => (Disk::confined(remote.path()), vec![remote.directory.clone()]),
            None => (Disk::new("."), paths(arguments)?),
        };
        let mut site = Self {
            files: Cached::new(files),
            paths,
            found: Vec::new(),
            errors: Vec::new(),
            kinds: arguments.iac_type.wanted(),
            recursive: !arguments.non_recursive,
            globs: globs(&choices.exclude)?,
        };
        let is_excluded = |path: &str| site.is_excluded(path);
        (site.found, site.errors) = find::find(&site.files, &site.paths, &site.look(&is_excluded));
        Ok(site)
    }

    fn look<'a>(&self, is_excluded: &'a dyn Fn(&str) -> bool) -> Look<'a> {
        Look { kinds: self.kinds, recursive: self.recursive, is_excluded }
    }

    /// As the user sees it, and from the directory that is looked through.
    fn is_excluded(&self, path: &str) -> bool {
        let below = |root: &String| {
            let root = join("", root);
            path.strip_prefix(&root)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|rest| self.globs.is_match(rest))
        };
        self.globs.is_match(path) || self.paths.iter().any(below)
    }

    /// What Terrascan's rules see of all that lies below one of the paths; `lines` of attributes are for people.
    pub(super) fn document(&self, path: &str, lines: bool) -> Document {
        let is_excluded = |path: &str| self.is_excluded(path);
        let look = self.look(&is_excluded);
        terrascan::whole(&self.files, &Whole { path, found: &self.found, look: &look, lines })
    }
}

fn paths(arguments: &Arguments) -> anyhow::Result<Vec<String>> {
    let named = arguments.paths.iter().chain(&arguments.iac_dir).chain(&arguments.iac_file);
    let paths: Vec<String> = named.cloned().collect();
    if let Some(gone) = paths.iter().find(|path| !Path::new(path.as_str()).exists()) {
        bail!("there is no file or directory {gone}");
    }
    Ok(if paths.is_empty() { vec![".".to_owned()] } else { paths })
}

/// A directory is left out with all below it, however it is written: `dir`, `dir/` or `dir/**`.
pub(super) fn globs(patterns: &[String]) -> anyhow::Result<GlobSet> {
    let mut globs = GlobSetBuilder::new();
    for pattern in patterns {
        let plain = pattern.trim_start_matches("./").trim_end_matches("/**").trim_end_matches('/');
        for pattern in [plain.to_owned(), format!("{plain}/**")] {
            let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
            globs.add(glob.with_context(|| format!("--exclude {pattern} is no pattern of paths"))?);
        }
    }
    Ok(globs.build()?)
}
