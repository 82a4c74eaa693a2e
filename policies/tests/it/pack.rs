//! The pack under test, read from disk when the tests run, so that a rule can be written without compiling.
//!
//! `WAYLEAVE_PACKS` names a directory to read instead of `packs/`; `WAYLEAVE_RULES` keeps the tests to the rules whose
//! path has this text in it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use policies::{Bundle, Rule};

/// The pack, compiled once for all tests.
pub(crate) static PACK: LazyLock<Bundle> =
    LazyLock::new(|| Bundle::from_files(files()).unwrap_or_else(|error| panic!("{}", with_sources(&error))));

/// Few rules of the pack, for tests of other things than rules: what they find does not change when others come.
pub(crate) static FEW: LazyLock<Bundle> = LazyLock::new(|| {
    let files = files().into_iter().filter(|(path, _)| FEW_PATHS.iter().any(|part| path.contains(part)));
    Bundle::from_files(files).unwrap_or_else(|error| panic!("{}", with_sources(&error)))
});

const FEW_PATHS: [&str; 20] = [
    "/lib/",
    "change/stateful_deletion.",
    "dynamodb/encryption.",
    "dynamodb/point_in_time_recovery.",
    "ec2/open_admin_ports.",
    "ec2/open_egress.",
    "iam/full_access.",
    "iam/open_trust.",
    "iam/user_inline_policy.",
    "kms/open_policy.",
    "kms/rotation.",
    "rds/encryption.",
    "rds/publicly_accessible.",
    "s3/encryption.",
    "s3/public_access_block.",
    "s3/public_acl.",
    "s3/public_policy.",
    "s3/versioning.",
    "sns/open_policy.",
    "sqs/open_policy.",
];

/// Where the pack is.
pub(crate) fn directory() -> PathBuf {
    let given = std::env::var_os("WAYLEAVE_PACKS").map(PathBuf::from);
    given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("packs"))
}

/// The Rego files of the pack, tests included: `(path, text)`.
pub(crate) fn files() -> Vec<(String, String)> {
    let root = directory();
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    let name =
        |path: &Path| path.strip_prefix(&root).expect("under the root").to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), read(path))).collect()
}

/// The rules that are looked at.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    PACK.rules().iter().filter(|rule| is_chosen(rule.path()))
}

/// Whether `WAYLEAVE_RULES` lets a path through.
pub(crate) fn is_chosen(path: &str) -> bool {
    std::env::var("WAYLEAVE_RULES").map_or(true, |wanted| path.contains(&wanted))
}

/// The directory of a rule's examples.
pub(crate) fn examples_of(rule: &Rule) -> PathBuf {
    directory().join(rule.path().trim_end_matches(".rego"))
}

pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn collect(directory: &Path, found: &mut Vec<PathBuf>) {
    let entries =
        std::fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    for path in entries.map(|entry| entry.expect("a directory entry is readable").path()) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rego") {
            found.push(path);
        }
    }
}

fn with_sources(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[test]
fn what_is_embedded_is_what_is_on_disk() {
    if std::env::var_os("WAYLEAVE_PACKS").is_none() && std::env::var_os("WAYLEAVE_RULES").is_none() {
        assert_eq!(Bundle::builtin().expect("the builtin pack compiles").digest(), PACK.digest());
    }
}
