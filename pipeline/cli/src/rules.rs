//! The rules that the gate judges by: the packs that `zone.hcl` names, with what it sets.

use std::path::Path;

use anyhow::Context;
use landing_zone::Policy;
use pipeline_core::Commit;
use pipeline_engine::Pipeline;
use pipeline_engine::executor::{Rules, RulesError};
use pipeline_engine::git::{Login, Mirror};
use pipeline_engine::sandbox::Sandbox;
use policies::{GitSource, Pack, PackSource, Settings};

use crate::packs;
use crate::zone_file::ZoneArgument;

/// Reads the packs, fetching those that are in git, and compiles them for every stage. What `zone.hcl` has wrong goes to
/// standard error, all at once.
pub(crate) async fn of_zone(argument: &ZoneArgument, pipeline: &Pipeline) -> anyhow::Result<Rules> {
    let policy = &pipeline.zone().policy;
    let mut read = Vec::new();
    for source in &policy.packs {
        read.push(match source {
            PackSource::Git(git) => fetch(git, pipeline.data(), login(pipeline, &url(git))).await?,
            other => here(other, &argument.base())?,
        });
    }
    match Rules::compile(policy, &read) {
        Err(RulesError::Settings(found)) => Err(argument.refuse(&argument.source()?, &found)),
        compiled => Ok(compiled?),
    }
}

/// What the rules show to be wrong in `zone.hcl`, as far as that can be told without the network: none is asked for where a
/// pack is in git, and none where nothing is set.
pub(crate) fn check(policy: &Policy, base: &Path) -> anyhow::Result<Vec<landing_zone::Diagnostic>> {
    let is_git = |source: &PackSource| matches!(source, PackSource::Git(_));
    let sets_nothing = policy.settings == Settings::default() && policy.stages.is_empty();
    if sets_nothing || policy.packs.iter().any(is_git) {
        return Ok(Vec::new());
    }
    let read: Vec<Pack> =
        policy.packs.iter().map(|source| here(source, base)).collect::<anyhow::Result<_>>()?;
    match Rules::compile(policy, &read) {
        Ok(_) => Ok(Vec::new()),
        Err(RulesError::Settings(found)) => Ok(found.into_vec()),
        Err(error) => Err(error.into()),
    }
}

/// A pack on this machine.
fn here(source: &PackSource, base: &Path) -> anyhow::Result<Pack> {
    match source {
        PackSource::Builtin => Ok(Pack::builtin()),
        other => {
            let name = other.to_string();
            let files = packs::files(&base.join(&name))?;
            Ok(Pack::new(name, files))
        }
    }
}

/// What the mirror can fetch: `git@host:path` is an address of SSH.
fn url(source: &GitSource) -> String {
    match source.url.split_once(':') {
        Some((host, path)) if !path.starts_with("//") => {
            format!("ssh://{host}/{}", path.trim_start_matches('/'))
        }
        _ => source.url.clone(),
    }
}

/// The token of the forge that has a repository of the zone on the same server: packs are often on it, and as little open.
fn login(pipeline: &Pipeline, url: &str) -> Option<Login> {
    let server = server_of(url)?;
    let mut repositories = pipeline.zone().repositories.iter();
    let beside = repositories.find(|repository| server_of(&repository.url) == Some(server))?;
    let secrets = pipeline.secrets().forge(beside.forge)?;
    Some(Login::new("x-access-token", secrets.token.clone()))
}

/// `https://host:port` of an address; none for what takes no token.
fn server_of(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://")?;
    let end = rest.find('/').unwrap_or(rest.len());
    url.get(.."https://".len() + end)
}

/// A pack of a repository's commit, by the mirror that units are planned from as well. Unlike the scanner, which is its user's
/// own program, the server uses nothing of the git configuration of whoever runs it.
async fn fetch(source: &GitSource, data: &Path, login: Option<Login>) -> anyhow::Result<Pack> {
    let unusable = || format!("cannot use the policy pack {source}");
    let sandbox = Sandbox::open(&data.join("sandbox"))?;
    let mirror = Mirror::new(sandbox, data, &url(source), login).with_context(unusable)?;
    let commit = Commit::parse(&source.commit).with_context(unusable)?;
    mirror.need(&commit).await.with_context(unusable)?;
    let directory = source.directory.clone().unwrap_or_default();
    let read = move |root: &Path, _: &[String]| Ok(packs::files(&root.join(directory)));
    let files = mirror.in_tree(&commit, read).await.with_context(unusable)?.with_context(unusable)?;
    Ok(Pack::new(source.to_string(), files))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn git(directory: &Path, arguments: &[&str]) -> String {
        let identity = ["-c", "user.name=n", "-c", "user.email=e"];
        let output = Command::new("git").arg("-C").arg(directory).args(identity).args(arguments).output();
        let output = output.expect("git works");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("is text").trim().to_owned()
    }

    #[tokio::test]
    async fn a_pack_is_that_of_its_commit_whatever_the_branch_says_later() {
        let world = tempfile::tempdir().expect("a directory");
        let repository = world.path().join("rules");
        let rule = repository.join("aws/a.rego");
        std::fs::create_dir_all(repository.join("aws")).expect("made");
        git(&repository, &["init", "--quiet"]);
        let mut commit = String::new();
        for text in ["package a\n", "package b\n"] {
            std::fs::write(&rule, text).expect("written");
            git(&repository, &["add", "."]);
            git(&repository, &["commit", "--quiet", "-m", "m"]);
            if commit.is_empty() {
                commit = git(&repository, &["rev-parse", "HEAD"]);
            }
        }
        let written = format!("file://{}//aws?ref={commit}", repository.display());
        let Ok(PackSource::Git(source)) = written.parse() else { panic!("{written}") };
        let pack = fetch(&source, world.path(), None).await.expect("is fetched");
        let file = ("a.rego".to_owned(), "package a\n".to_owned());
        assert_eq!(pack, Pack::new(source.to_string(), [file]));
        let gone = GitSource { commit: "0".repeat(40), ..source };
        let error = fetch(&gone, world.path(), None).await.expect_err("is not there");
        assert!(format!("{error:#}").starts_with("cannot use the policy pack file://"), "{error:#}");
    }

    #[test]
    fn addresses_are_those_that_the_mirror_takes() {
        for (written, expected) in [
            ("git@host.example:acme/rules.git", "ssh://git@host.example/acme/rules.git"),
            ("https://host.example/acme/rules.git", "https://host.example/acme/rules.git"),
            ("ssh://git@host.example/rules.git", "ssh://git@host.example/rules.git"),
        ] {
            let (url_of, commit) = (written.to_owned(), "0".repeat(40));
            assert_eq!(url(&GitSource { url: url_of, directory: None, commit }), expected);
        }
    }

    #[test]
    fn a_token_goes_to_the_server_that_it_is_of() {
        for (url, expected) in [
            ("https://host.example/acme/rules.git", Some("https://host.example")),
            ("https://host.example:8443/rules.git", Some("https://host.example:8443")),
            ("https://host.example", Some("https://host.example")),
            ("ssh://git@host.example/rules.git", None),
            ("file:///srv/rules.git", None),
        ] {
            assert_eq!(server_of(url), expected, "{url}");
        }
    }
}
