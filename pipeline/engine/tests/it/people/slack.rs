//! The client of Slack's Web API against the fake.

use std::time::{Duration, Instant};

use pipeline_engine::slack::{Client, Error, Pace, Posted};
use pipeline_engine::testing::slack::{CHANNEL, CHANNEL_ID, OTHER_CHANNEL, Slack, TOKEN, Trouble};
use slack_morphism::prelude::SlackMessageContent;

fn client(slack: &Slack, token: &str) -> Client {
    let pace =
        Pace { spacing: Duration::from_millis(1), longest_wait: Duration::from_secs(2), ..Pace::default() };
    Client::new(&slack.api(), token.into(), pace).unwrap()
}

fn text(text: &str) -> SlackMessageContent {
    SlackMessageContent::new().with_text(text.into())
}

#[tokio::test]
async fn a_message_is_posted_by_name_and_updated_by_id() {
    let slack = Slack::start().await.unwrap();
    let client = client(&slack, TOKEN);
    let posted = client.post(CHANNEL, &text("one")).await.unwrap();
    assert_eq!(posted.channel, CHANNEL_ID);
    client.update(&posted, &text("two")).await.unwrap();
    let messages = slack.messages();
    assert_eq!((messages.len(), messages[0].text.as_str(), messages[0].updates), (1, "two", 1));
}

#[tokio::test]
async fn it_waits_as_long_as_slack_asks() {
    let slack = Slack::start().await.unwrap();
    slack.script([Trouble::RateLimited { seconds: 1 }]);
    let began = Instant::now();
    client(&slack, TOKEN).post(CHANNEL, &text("one")).await.unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert_eq!((slack.seen().calls.len(), slack.messages().len()), (2, 1));
}

#[tokio::test]
async fn it_does_not_wait_longer_than_it_may() {
    let slack = Slack::start().await.unwrap();
    slack.script([Trouble::RateLimited { seconds: 3 }]);
    let error = client(&slack, TOKEN).post(CHANNEL, &text("one")).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert_eq!(slack.seen().calls.len(), 1);
}

#[tokio::test]
async fn a_post_whose_outcome_is_not_known_is_not_repeated_and_an_update_is() {
    let slack = Slack::start().await.unwrap();
    let client = client(&slack, TOKEN);
    slack.script([Trouble::DoAndFail]);
    let error = client.post(CHANNEL, &text("one")).await.unwrap_err();
    assert!(error.is_passing() && !error.was_not_done(), "{error:?}");
    assert_eq!((slack.seen().calls.len(), slack.messages().len()), (1, 1));

    let at = Posted { channel: CHANNEL_ID.into(), ts: slack.messages()[0].ts.clone() };
    slack.script([Trouble::Status(503), Trouble::Refuse("internal_error"), Trouble::DoAndFail]);
    client.update(&at, &text("two")).await.unwrap();
    assert_eq!(slack.messages()[0].text, "two");
}

#[tokio::test]
async fn tries_are_bounded() {
    let slack = Slack::start().await.unwrap();
    slack.set_down(true);
    let at = Posted { channel: CHANNEL_ID.into(), ts: "1.0".into() };
    let error = client(&slack, TOKEN).update(&at, &text("two")).await.unwrap_err();
    assert!(matches!(error, Error::Status { status: 503, .. }), "{error:?}");
    assert_eq!(slack.seen().calls.len(), 4);
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    let slack = Slack::start().await.unwrap();
    let (good, bad) = (client(&slack, TOKEN), client(&slack, "xoxb-other"));
    let gone = Posted { channel: CHANNEL_ID.into(), ts: "1.0".into() };
    let by_name = Posted { channel: CHANNEL.into(), ts: "1.0".into() };
    let refusals = [
        bad.post(CHANNEL, &text("x")).await.unwrap_err(),
        good.post(OTHER_CHANNEL, &text("x")).await.unwrap_err(),
        good.post("#nowhere", &text("x")).await.unwrap_err(),
        good.update(&gone, &text("x")).await.unwrap_err(),
        good.update(&by_name, &text("x")).await.unwrap_err(),
    ];
    assert!(refusals.iter().all(|error| !error.is_passing() && error.was_not_done()));
    let texts: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[tokio::test]
async fn no_connection_is_told_from_no_answer() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let api = format!("http://{}/api", listener.local_addr().unwrap());
    drop(listener);
    let pace = Pace { retries: 0, ..Pace::default() };
    let client = Client::new(&api, TOKEN.into(), pace).unwrap();
    let error = client.post(CHANNEL, &text("x")).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }) && error.was_not_done(), "{error:?}");
}

#[tokio::test]
async fn answers_go_to_slack_only() {
    let slack = Slack::start().await.unwrap();
    let client = client(&slack, TOKEN);
    client.respond(&slack.response_url(), "done").await.unwrap();
    assert_eq!(slack.seen().responses[0]["text"], "done");
    for foreign in
        ["http://169.254.169.254/latest", "https://hooks.slack.com.evil.example/x", "file:///etc/passwd", ""]
    {
        assert!(matches!(client.respond(foreign, "done").await, Err(Error::ForeignResponseUrl)), "{foreign}");
    }
}

#[test]
fn an_address_that_is_none_is_refused() {
    for wrong in ["", "slack.com/api", "ftp://slack.com", "data:,x"] {
        let error = Client::new(wrong, TOKEN.into(), Pace::default()).unwrap_err();
        assert!(matches!(error, Error::Address { .. }), "{wrong:?}");
    }
}
