//! GitHub's [events](https://docs.github.com/en/webhooks/webhook-events-and-payloads), parsed into triggers.

use landing_zone::{ForgeKind, Platform, Repository, Zone};
use pipeline_core::trigger::{Actor, Commit, Trigger};
use serde::Deserialize;

use super::command;
use super::parsed::{Ignored, Malformed, Parsed};

#[derive(Deserialize)]
struct Push {
    #[serde(rename = "ref")]
    reference: String,
    before: Commit,
    after: Commit,
    #[serde(default)]
    deleted: bool,
    repository: Named,
    pusher: Option<Pusher>,
    sender: Option<User>,
}

#[derive(Deserialize)]
struct PullRequestEvent {
    action: String,
    number: u64,
    pull_request: PullRequest,
    repository: Named,
    #[serde(default)]
    changes: EditedFrom,
}

#[derive(Deserialize)]
struct PullRequest {
    head: Head,
    base: Base,
    user: User,
    #[serde(default)]
    merged: bool,
}

#[derive(Deserialize)]
struct Head {
    sha: Commit,
    // Null once the fork has been deleted.
    repo: Option<Named>,
}

#[derive(Deserialize)]
struct Base {
    #[serde(rename = "ref")]
    branch: String,
}

#[derive(Deserialize, Default)]
struct EditedFrom {
    base: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct IssueCommentEvent {
    action: String,
    issue: Issue,
    comment: Comment,
    repository: Named,
}

#[derive(Deserialize)]
struct Issue {
    number: u64,
    pull_request: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Comment {
    body: Option<String>,
    user: User,
}

#[derive(Deserialize)]
struct Named {
    full_name: String,
}

#[derive(Deserialize)]
struct Pusher {
    name: String,
}

#[derive(Deserialize)]
struct User {
    login: String,
    #[serde(rename = "type", default)]
    kind: String,
}

/// What an event of GitHub calls for in this zone.
///
/// # Errors
/// [`Malformed`] when the body is not what GitHub sends with that event.
pub(crate) fn parse(event: &str, body: &[u8], zone: &Zone) -> Result<Parsed, Malformed> {
    match event {
        "ping" => Ok(Ignored::Ping.into()),
        "push" => Ok(push(read(event, body)?, zone)),
        "pull_request" => Ok(pull_request(read(event, body)?, zone)),
        "issue_comment" => Ok(comment(read(event, body)?, zone)),
        other => Ok(Ignored::Event(other.chars().take(80).collect()).into()),
    }
}

fn read<'a, T: Deserialize<'a>>(event: &str, body: &'a [u8]) -> Result<T, Malformed> {
    serde_json::from_slice(body).map_err(|source| Malformed { event: event.to_owned(), source })
}

fn push(event: Push, zone: &Zone) -> Parsed {
    let Some(repository) = known(zone, &event.repository) else {
        return Ignored::Repository(event.repository.full_name).into();
    };
    let Some(branch) = event.reference.strip_prefix("refs/heads/") else {
        return Ignored::NotABranch(event.reference).into();
    };
    if branch != repository.branch {
        return Ignored::Branch { branch: branch.to_owned(), expected: repository.branch.clone() }.into();
    }
    if event.deleted || event.after.is_zero() {
        return Ignored::BranchDeleted(branch.to_owned()).into();
    }
    let login = event.sender.map(|sender| sender.login).or(event.pusher.map(|pusher| pusher.name));
    Trigger::Push {
        repository: repository.name.clone(),
        branch: branch.to_owned(),
        before: event.before,
        after: event.after,
        author: actor(login.unwrap_or_default()),
    }
    .into()
}

fn pull_request(event: PullRequestEvent, zone: &Zone) -> Parsed {
    let Some(repository) = known(zone, &event.repository) else {
        return Ignored::Repository(event.repository.full_name).into();
    };
    let (number, pull) = (event.number, event.pull_request);
    if pull.base.branch != repository.branch {
        return Ignored::Branch { branch: pull.base.branch, expected: repository.branch.clone() }.into();
    }
    match event.action.as_str() {
        "opened" | "reopened" | "synchronize" => head_moved(repository, number, pull),
        "edited" if event.changes.base.is_some() => head_moved(repository, number, pull),
        "closed" => {
            let merged = pull.merged;
            Trigger::PullRequestClosed { repository: repository.name.clone(), number, merged }.into()
        }
        _ => Ignored::Action(event.action).into(),
    }
}

fn head_moved(repository: &Repository, number: u64, pull: PullRequest) -> Parsed {
    // To plan is to run the code of the head with the accounts' plan role, so it must be code of people with write access.
    let own = |head: &Named| head.full_name.eq_ignore_ascii_case(repository.name.as_str());
    if !pull.head.repo.as_ref().is_some_and(own) {
        return Ignored::Fork.into();
    }
    Trigger::PullRequest {
        repository: repository.name.clone(),
        number,
        head: pull.head.sha,
        base: pull.base.branch,
        author: actor(pull.user.login),
    }
    .into()
}

fn comment(event: IssueCommentEvent, zone: &Zone) -> Parsed {
    let Some(repository) = known(zone, &event.repository) else {
        return Ignored::Repository(event.repository.full_name).into();
    };
    if event.action != "created" {
        return Ignored::Action(event.action).into();
    }
    if event.issue.pull_request.is_none() {
        return Ignored::NotAPullRequest.into();
    }
    if event.comment.user.kind == "Bot" {
        return Ignored::Bot.into();
    }
    let Some(command) = event.comment.body.as_deref().and_then(command::parse) else {
        return Ignored::NoCommand.into();
    };
    Trigger::Comment {
        repository: repository.name.clone(),
        number: event.issue.number,
        author: actor(event.comment.user.login),
        command,
    }
    .into()
}

/// The zone's repository of that name on GitHub, whose names take no account of case.
fn known<'a>(zone: &'a Zone, named: &Named) -> Option<&'a Repository> {
    zone.repositories.iter().find(|repository| {
        repository.forge == ForgeKind::Github
            && repository.name.as_str().eq_ignore_ascii_case(&named.full_name)
    })
}

const fn actor(login: String) -> Actor {
    Actor { platform: Some(Platform::Github), login }
}
