//! Runs git.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use tempfile::TempDir;

/// What says which repository git works on: a hook has it in its environment, and a new repository is none of it.
const OF_A_HOOK: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"];
/// By what a repository may come. Others run programs that an address names.
const PROTOCOLS: &str = "file:git:http:https:ssh";
/// By what the repositories within one may come: none of this machine.
const INNER_PROTOCOLS: &str = "git:http:https:ssh";

/// Runs git in a directory, and answers what it writes.
pub(crate) fn git(directory: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    run(Command::new("git").arg("-C").arg(directory).args(arguments), arguments)
}

/// A checkout of what a name stands for in a repository, in a new directory below `scratch`, which is made if need be: a
/// branch, a tag, a commit, or `HEAD`. It is gone with what is answered.
pub(crate) fn checkout(scratch: &Path, url: &str, reference: &str) -> anyhow::Result<TempDir> {
    let place = || format!("cannot make a directory for the checkout in {}", scratch.display());
    std::fs::create_dir_all(scratch).with_context(place)?;
    let checkout = tempfile::tempdir_in(scratch).with_context(place)?;
    let git = |arguments: &[&str]| fresh(checkout.path(), PROTOCOLS, arguments);
    git(&["init", "--quiet"])?;
    let shallow = git(&["fetch", "--quiet", "--depth", "1", "--", url, reference]);
    if shallow.is_ok() {
        git(&["checkout", "--quiet", "--detach", "FETCH_HEAD"])?;
    } else if may_be_commit(reference) {
        // Servers give branches and tags by their names, but not each of them a commit.
        git(&["fetch", "--quiet", "--tags", "--", url, "+refs/heads/*:refs/remotes/origin/*"])?;
        git(&["checkout", "--quiet", "--detach", reference])?;
    } else {
        shallow?;
    }
    Ok(checkout)
}

/// Fetches the repositories within a checkout.
pub(crate) fn submodules(checkout: &Path) -> anyhow::Result<()> {
    if checkout.join(".gitmodules").is_file() {
        let arguments = ["submodule", "--quiet", "update", "--init", "--recursive", "--depth", "1"];
        fresh(checkout, INNER_PROTOCOLS, &arguments)?;
    }
    Ok(())
}

fn may_be_commit(reference: &str) -> bool {
    (4..=64).contains(&reference.len()) && reference.bytes().all(|digit| digit.is_ascii_hexdigit())
}

fn fresh(directory: &Path, protocols: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(directory).args(arguments);
    for name in OF_A_HOOK {
        command.env_remove(name);
    }
    command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_ALLOW_PROTOCOL", protocols);
    run(&mut command, arguments)
}

fn run(command: &mut Command, arguments: &[&str]) -> anyhow::Result<String> {
    let output = command.output().context("cannot run git; is it installed?")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git {} failed: {}", arguments.first().unwrap_or(&""), said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
