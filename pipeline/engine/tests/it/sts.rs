use std::collections::BTreeMap;

use pipeline_engine::aws::FailureKind;
use pipeline_engine::sts::{Sessions, StsError};
use pipeline_engine::testing::moto::Moto;
use wiremock::matchers::{body_string_contains, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::aws::{DEV, PRD, aws_at, region, session};

const REFUSED: &str = r#"<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
<Code>{code}</Code><Message>User: arn:aws:iam::111111111111:user/w is not authorized to perform: sts:TagSession</Message>
</Error><RequestId>4f1c</RequestId></ErrorResponse>"#;

fn granted(minutes: i64) -> ResponseTemplate {
    let expires = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(minutes);
    ResponseTemplate::new(200).set_body_string(format!(
        r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>hush-hush</SecretAccessKey><SessionToken>hush-token</SessionToken>
<Expiration>{expires:.0}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"#
    ))
}

async fn sts(answer: ResponseTemplate) -> (MockServer, Sessions) {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(body_string_contains("Action=AssumeRole"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let sessions = Sessions::new(aws_at(&server.uri()).await);
    (server, sessions)
}

#[tokio::test]
async fn a_session_says_who_it_works_for() {
    let (server, sessions) = sts(granted(60)).await;
    let given = sessions.assume(&session(DEV)).await.unwrap();
    assert_eq!(given.role_arn, "arn:aws:iam::222222222222:role/WayleaveApply");
    assert_eq!(given.credentials.access_key_id(), "ASIA1");
    assert!(!format!("{given:?}").contains("hush"), "a session's secrets do not print");

    let request = &server.received_requests().await.unwrap()[0];
    let form: BTreeMap<String, String> = form(&request.body);
    assert_eq!(form["RoleSessionName"], given.name);
    insta::assert_snapshot!(form.iter().map(|(key, value)| format!("{key}={value}\n")).collect::<String>(), @r"
    Action=AssumeRole
    DurationSeconds=3600
    RoleArn=arn:aws:iam::222222222222:role/WayleaveApply
    RoleSessionName=wayleave-r-0198a1b2c3d47e5f8a9b0c1d2e3f4a5b-b94bd782c73c
    SourceIdentity=hong
    Tags.member.1.Key=wayleave:commit
    Tags.member.1.Value=4b825dc642cb6eb9a060e54bf8d69288fbee4904
    Tags.member.2.Key=wayleave:person
    Tags.member.2.Value=hong
    Tags.member.3.Key=wayleave:repository
    Tags.member.3.Value=acme/infra
    Tags.member.4.Key=wayleave:run
    Tags.member.4.Value=r-0198a1b2c3d47e5f8a9b0c1d2e3f4a5b
    Tags.member.5.Key=wayleave:stage
    Tags.member.5.Value=dev
    Tags.member.6.Key=wayleave:unit
    Tags.member.6.Value=network.222222222222.ap-northeast-2
    Version=2011-06-15
    ");
}

fn form(body: &[u8]) -> BTreeMap<String, String> {
    let url = reqwest::Url::parse(&format!("http://x/?{}", String::from_utf8_lossy(body))).unwrap();
    url.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn a_session_is_used_again_while_it_lasts_and_by_nobody_else() {
    let (server, sessions) = sts(granted(60)).await;
    for account in [DEV, DEV, PRD, DEV] {
        sessions.clone().assume(&session(account)).await.unwrap();
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 2);

    // Ten minutes before its end it is as good as ended.
    let (server, sessions) = sts(granted(9)).await;
    for _ in 0..2 {
        sessions.assume(&session(DEV)).await.unwrap();
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_refusal_says_what_the_trust_policy_lacks() {
    let answer = |status: u16, code: &str| {
        ResponseTemplate::new(status).set_body_string(REFUSED.replace("{code}", code))
    };
    let (_server, sessions) = sts(answer(403, "AccessDenied")).await;
    let error = sessions.assume(&session(DEV)).await.unwrap_err();
    assert!(matches!(error, StsError::Denied { .. }), "{error:?}");
    insta::assert_snapshot!(error, @r"
    cannot assume arn:aws:iam::222222222222:role/WayleaveApply: sts:AssumeRole failed (AccessDenied): User: arn:aws:iam::111111111111:user/w is not authorized to perform: sts:TagSession
      the role may not exist, or not trust this server. Its trust policy must allow the server's principal sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity, and the server's own policies must allow the same on the role
    ");
    assert!(!error.is_transient());

    let (_server, sessions) = sts(answer(403, "ExpiredTokenException")).await;
    let error = sessions.assume(&session(DEV)).await.unwrap_err();
    assert!(matches!(error, StsError::OwnCredentials { .. }), "{error:?}");

    let (_server, sessions) = sts(answer(403, "RegionDisabledException")).await;
    let error = sessions.assume(&session(DEV)).await.unwrap_err();
    assert!(matches!(error, StsError::RegionDisabled { .. }), "{error:?}");

    let (server, sessions) = sts(answer(400, "Throttling")).await;
    let error = sessions.assume(&session(DEV)).await.unwrap_err();
    assert!(
        matches!(&error, StsError::Failed { source, .. } if source.kind == FailureKind::Throttled),
        "{error:?}"
    );
    assert!(error.is_transient());
    assert_eq!(server.received_requests().await.unwrap().len(), 6, "it is tried a bounded number of times");
}

#[tokio::test]
async fn an_endpoint_that_nobody_listens_on_is_unreachable() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = Sessions::new(aws_at(&url).await).assume(&session(DEV)).await.unwrap_err();
    assert!(
        matches!(&error, StsError::Failed { source, .. } if source.kind == FailureKind::Unreachable),
        "{error:?}"
    );
}

#[tokio::test]
async fn names_and_tags_keep_to_the_limits() {
    let mut request = session(DEV);
    request.person = Some("홍 길동 <hong@example.com>\n".repeat(30));
    request.commit = "c".repeat(300);
    assert!(request.session_name().len() <= 64, "{}", request.session_name());
    assert_eq!(request.source_identity().len(), 64);
    assert!(request.source_identity().starts_with("hong@example.comhong@"));
    let tags = request.tags();
    assert_eq!(tags["wayleave:commit"].len(), 256);
    assert!(
        tags["wayleave:person"].starts_with("홍 길동 _hong@example.com__"),
        "{}",
        tags["wayleave:person"]
    );
    request.person = Some("김".to_owned());
    assert_eq!(request.source_identity(), request.run.to_string());

    for (region, arn) in [
        ("cn-north-1", "arn:aws-cn:iam::222222222222:role/WayleaveApply"),
        ("us-gov-west-1", "arn:aws-us-gov:iam::222222222222:role/WayleaveApply"),
        ("us-west-2", "arn:aws:iam::222222222222:role/WayleaveApply"),
    ] {
        request.region = landing_zone::Region::parse(region).unwrap();
        assert_eq!(request.role_arn(), arn);
    }
    request.region = region();
}

#[tokio::test]
async fn a_role_of_another_account_is_assumed() {
    let moto = Moto::for_tests().await.unwrap();
    let sessions = Sessions::new(aws_at(&moto.url()).await);
    for account in [DEV, PRD] {
        let client = aws_sdk_sts::Client::new(&sessions.config(session(account)));
        let who = client.get_caller_identity().send().await.unwrap();
        assert_eq!(who.account(), Some(account));
        let session_name = session(account).session_name();
        let expected = format!("arn:aws:sts::{account}:assumed-role/WayleaveApply/{session_name}");
        assert_eq!(who.arn(), Some(expected.as_str()));
    }
    moto.stop().await;
}
