//! What the tests of AWS services share.

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use landing_zone::{AccountId, Region, StageName};
use pipeline_core::{RunId, UnitId};
use pipeline_engine::aws::Aws;
use pipeline_engine::sts::SessionRequest;

pub(crate) const DEV: &str = "222222222222";
pub(crate) const PRD: &str = "333333333333";

pub(crate) fn region() -> Region {
    Region::parse("ap-northeast-2").unwrap()
}

pub(crate) async fn aws_at(url: &str) -> Aws {
    let credentials = Credentials::new("AKIATEST", "secret", None, None, "test");
    Aws::at_endpoint(url, SharedCredentialsProvider::new(credentials), &region()).await
}

pub(crate) fn run() -> RunId {
    "r-0198a1b2c3d47e5f8a9b0c1d2e3f4a5b".parse().unwrap()
}

pub(crate) fn session(account: &str) -> SessionRequest {
    SessionRequest {
        account: AccountId::parse(account).unwrap(),
        region: region(),
        role: "WayleaveApply".to_owned(),
        run: run(),
        unit: UnitId::parse(&format!("network.{account}.ap-northeast-2")).unwrap(),
        stage: StageName::parse("dev").unwrap(),
        person: Some("hong".to_owned()),
        repository: "acme/infra".to_owned(),
        commit: "4b825dc642cb6eb9a060e54bf8d69288fbee4904".to_owned(),
    }
}
