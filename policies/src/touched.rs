//! Which findings a change could have made.

use std::collections::BTreeSet;

use crate::finding::Finding;

/// The files of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    files: BTreeSet<String>,
}

impl Touched {
    /// The paths of files that were added, changed or removed, all from one place, with `/` between their parts.
    pub fn new(files: impl IntoIterator<Item = String>) -> Self {
        Self { files: files.into_iter().collect() }
    }

    /// Whether the change could have made the finding: by the file in which its resource is written, by that of a module
    /// call on the way to it, or by a file that decides values there. `path_of` brings the names of the scan to those of
    /// the change. Where nobody knows the file, it could.
    pub fn touches(&self, finding: &Finding, path_of: &dyn Fn(&str) -> String) -> bool {
        if finding.location.is_none() {
            return true;
        }
        finding.files().map(path_of).any(|file| {
            self.files.contains(&file)
                || (is_terraform(&file)
                    && self.files.iter().any(|changed| decides(changed, directory(&file))))
        })
    }
}

/// Whether a file may decide values of the configuration in a directory: Terraform's own ones next to it, and others
/// below, which its functions may read.
fn decides(changed: &str, directory_of_file: &str) -> bool {
    if is_terraform(changed) {
        return directory(changed) == directory_of_file;
    }
    let below = directory_of_file.is_empty()
        || changed.strip_prefix(directory_of_file).is_some_and(|rest| rest.starts_with('/'));
    below && !changed.ends_with(".md")
}

fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

fn is_terraform(path: &str) -> bool {
    const ENDINGS: [&str; 6] = [".tf", ".tf.json", ".tofu", ".tofu.json", ".tfvars", ".tfvars.json"];
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}
