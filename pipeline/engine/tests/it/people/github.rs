//! The client of GitHub against the fake.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use landing_zone::RepositoryName;
use pipeline_core::Commit;
use pipeline_engine::forge::github::{Client, Patience};
use pipeline_engine::forge::{CommentId, CommitStatus, Error, Forge, Pull, StatusState};
use pipeline_engine::testing::github::{Github, PullRequest, TOKEN, Trouble};

use super::sample::{REPOSITORY, SHA, commit, repository};

fn client(github: &Github, token: &str) -> Client {
    let patience = Patience {
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_secs(2),
        ..Patience::default()
    };
    Client::new(&github.api(), token.into(), patience).unwrap()
}

async fn fake() -> Github {
    let github = Github::start().await.unwrap();
    github.set_pull(REPOSITORY, PullRequest::open(17, SHA, "kim"));
    github
}

fn status(description: &str) -> CommitStatus {
    CommitStatus {
        state: StatusState::Pending,
        description: description.into(),
        target_url: "https://wayleave.example/runs/r-1".into(),
    }
}

#[tokio::test]
async fn a_status_a_comment_and_a_pull_request() {
    let (github, repository) = (fake().await, repository());
    let client = client(&github, TOKEN);
    client.set_status(&repository, &commit(), &status("at work")).await.unwrap();
    let comment = client.create_comment(&repository, 17, "one").await.unwrap();
    client.edit_comment(&repository, &comment, "two").await.unwrap();
    let expected = Pull {
        number: 17,
        head: commit(),
        base: "main".into(),
        author: "kim".into(),
        open: true,
        merged: false,
        fork: false,
    };
    assert_eq!(client.pull(&repository, 17).await.unwrap(), expected);
    let seen = github.seen();
    assert_eq!((seen.statuses.len(), seen.statuses[0].context.as_str()), (1, "wayleave"));
    assert_eq!((seen.comments.len(), seen.comments[0].body.as_str(), seen.comments[0].edits), (1, "two", 1));
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    let (github, repository) = (fake().await, repository());
    let (good, bad) = (client(&github, TOKEN), client(&github, "ghp_other"));
    let elsewhere = RepositoryName::parse("acme/none").unwrap();
    let unknown = Commit::parse(&"f".repeat(40)).unwrap();
    github.script([]);
    let refusals = [
        bad.pull(&repository, 17).await.unwrap_err(),
        good.pull(&repository, 18).await.unwrap_err(),
        good.pull(&elsewhere, 17).await.unwrap_err(),
        good.set_status(&repository, &unknown, &status("x")).await.unwrap_err(),
        good.set_status(&repository, &commit(), &status(&"x".repeat(141))).await.unwrap_err(),
        good.create_comment(&repository, 17, &"x".repeat(65_537)).await.unwrap_err(),
        good.edit_comment(&repository, &CommentId::new("1"), "x").await.unwrap_err(),
    ];
    assert!(refusals.iter().all(|error| !error.is_passing() && error.was_not_done()));
    let texts: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[tokio::test]
async fn a_token_that_may_not_is_told_from_one_that_must_wait() {
    let github = fake().await;
    let client = client(&github, TOKEN);
    github.script([Trouble::Status(403)]);
    let error = client.pull(&repository(), 17).await.unwrap_err();
    assert!(matches!(error, Error::Forbidden { .. }), "{error:?}");

    let reset = Timestamp::now().as_second() + 600;
    github.script([Trouble::NoCallsLeft { reset }]);
    let error = client.pull(&repository(), 17).await.unwrap_err();
    let after = error.retry_after().unwrap();
    assert!((590..=601).contains(&after.as_secs()), "{after:?}");
}

#[tokio::test]
async fn it_waits_as_long_as_github_asks() {
    let github = fake().await;
    github.script([Trouble::RateLimited { seconds: 1 }]);
    let began = Instant::now();
    client(&github, TOKEN).create_comment(&repository(), 17, "one").await.unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert_eq!((github.seen().calls.len(), github.seen().comments.len()), (2, 1));
}

#[tokio::test]
async fn only_what_may_be_done_twice_is_tried_again() {
    let (github, repository) = (fake().await, repository());
    let client = client(&github, TOKEN);
    github.script([Trouble::DoAndFail, Trouble::Status(500)]);
    client.set_status(&repository, &commit(), &status("at work")).await.unwrap();
    assert_eq!(github.seen().calls.len(), 3);

    github.script([Trouble::DoAndFail]);
    let error = client.create_comment(&repository, 17, "one").await.unwrap_err();
    assert!(error.is_passing() && !error.was_not_done(), "{error:?}");
    assert_eq!(github.seen().comments.len(), 1);
}

#[tokio::test]
async fn tries_are_bounded() {
    let github = fake().await;
    github.set_down(true);
    let error = client(&github, TOKEN).pull(&repository(), 17).await.unwrap_err();
    assert!(matches!(error, Error::Server { status: 503, .. }), "{error:?}");
    assert_eq!(github.seen().calls.len(), 4);
}

#[tokio::test]
async fn its_own_comment_is_found_among_pages_and_impostors() {
    let (github, repository) = (fake().await, repository());
    let client = client(&github, TOKEN);
    let marker = "<!-- wayleave:acme/infra#17 -->";
    github.comment_as("mallory", REPOSITORY, 17, &format!("{marker}\nmine"));
    for n in 0..120 {
        github.comment_as("kim", REPOSITORY, 17, &format!("{n} quotes {marker}"));
    }
    assert_eq!(client.find_comment(&repository, 17, marker).await.unwrap(), None);
    let own = client.create_comment(&repository, 17, &format!("{marker}\nours")).await.unwrap();
    assert_eq!(client.find_comment(&repository, 17, marker).await.unwrap(), Some(own));
}

#[test]
fn the_token_is_not_printed() {
    let client = Client::new("https://api.github.example", "ghp_secret".into(), Patience::default()).unwrap();
    assert!(!format!("{client:?}").contains("ghp_"));
}
