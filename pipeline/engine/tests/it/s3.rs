use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use landing_zone::AccountId;
use pipeline_engine::aws::Aws;
use pipeline_engine::s3::{Bucket, BucketProblem, S3Error};
use pipeline_engine::sts::Sessions;
use pipeline_engine::testing::moto::Moto;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use crate::aws::{DEV, aws_at, region, session};

const KEY: &str = "acme/infra/network.tfstate.tflock";
const LOCK: &str = r#"{"ID":"d1a7","Operation":"OperationTypeApply","Info":"","Who":"w@host","Version":"1.11.4","Created":"2026-11-23T01:02:03Z","Path":"b/k"}"#;

pub(crate) async fn make_bucket(client: &aws_sdk_s3::Client, name: &str) {
    let place = CreateBucketConfiguration::builder()
        .location_constraint(BucketLocationConstraint::from(region().as_str()))
        .build();
    client.create_bucket().bucket(name).create_bucket_configuration(place).send().await.unwrap();
}

async fn put(client: &aws_sdk_s3::Client, text: &str) {
    let body = text.as_bytes().to_vec().into();
    client.put_object().bucket("state-dev").key(KEY).body(body).send().await.unwrap();
}

#[tokio::test]
async fn a_state_bucket_is_checked_and_its_locks_are_read_and_deleted() {
    let moto = Moto::for_tests().await.unwrap();
    let config = Sessions::new(aws_at(&moto.url()).await).config(session(DEV));
    let client = Aws::s3(&config);
    let owner = AccountId::parse(DEV).unwrap();
    let bucket = Bucket::new(&config, "state-dev", owner.clone(), region());

    let error = bucket.check().await.unwrap_err();
    assert!(matches!(error, S3Error::Bucket { problem: BucketProblem::Absent, .. }), "{error:?}");
    insta::assert_snapshot!(error, @r"
    cannot use bucket state-dev: it does not exist
      create it in the account, with versioning, and let the roles read and write it
    ");
    make_bucket(&client, "state-dev").await;
    bucket.check().await.unwrap();

    assert_eq!(bucket.read_lock(KEY).await.unwrap(), None);
    put(&client, LOCK).await;
    let lock = bucket.read_lock(KEY).await.unwrap().unwrap();
    assert_eq!((lock.id.as_str(), lock.who.as_str()), ("d1a7", "w@host"));

    // Somebody else has taken the lock in the meantime: it is not deleted in the place of the one that was read.
    put(&client, &LOCK.replace("d1a7", "e2b8")).await;
    bucket.delete_lock(KEY, &lock).await.unwrap();
    let now = bucket.read_lock(KEY).await.unwrap().unwrap();
    assert_eq!(now.id, "e2b8");
    bucket.delete_lock(KEY, &now).await.unwrap();
    bucket.delete_lock(KEY, &now).await.unwrap();
    assert_eq!(bucket.read_lock(KEY).await.unwrap(), None);

    put(&client, "not a lock").await;
    assert!(matches!(bucket.read_lock(KEY).await, Err(S3Error::NotALock { .. })));
    moto.stop().await;
}

#[tokio::test]
async fn a_bucket_that_cannot_be_used_is_told_by_the_status() {
    for (status, problem) in
        [(403, BucketProblem::Forbidden), (404, BucketProblem::Absent), (301, BucketProblem::Elsewhere)]
    {
        let server = MockServer::start().await;
        Mock::given(method("HEAD")).respond_with(ResponseTemplate::new(status)).mount(&server).await;
        let aws = aws_at(&server.uri()).await;
        let bucket = Bucket::new(aws.config(), "state-dev", AccountId::parse(DEV).unwrap(), region());
        let error = bucket.check().await.unwrap_err();
        assert!(matches!(&error, S3Error::Bucket { problem: found, .. } if *found == problem), "{error:?}");
        let request = &server.received_requests().await.unwrap()[0];
        assert_eq!(request.headers["x-amz-expected-bucket-owner"], DEV);
    }
}
