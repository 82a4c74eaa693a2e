//! A small landing zone on an emulator: an organization of MGMT, DEV, STG and PRD, each with its state bucket.

use aws_sdk_organizations::types::Tag;
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use landing_zone::{AccountId, Region};

use crate::aws::Aws;

/// The account that the emulator takes its callers to be of, when their key id is that number.
pub const MANAGEMENT: &str = "111111111111";

/// A landing zone that was made.
#[derive(Debug, Clone)]
pub struct LandingZone {
    /// The accounts below the management account, by name.
    pub accounts: Vec<(String, AccountId)>,
}

/// What could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the emulator could not {doing}")]
pub struct LandingZoneError {
    doing: String,
    source: Box<dyn std::error::Error + Send + Sync>,
}

fn failed<E: std::error::Error + Send + Sync + 'static>(
    doing: impl Into<String>,
) -> impl FnOnce(E) -> LandingZoneError {
    let doing = doing.into();
    move |source| LandingZoneError { doing, source: Box::new(source) }
}

/// The AWS of an emulator as the management account sees it.
pub async fn management(url: &str, region: &Region) -> Aws {
    let keys = Credentials::new(MANAGEMENT, "emulated", None, None, "landing zone");
    Aws::at_endpoint(url, SharedCredentialsProvider::new(keys), region).await
}

/// Makes the organization, its units `Workloads/NonProd` and `Workloads/Prod`, and the accounts `dev`, `stg` and `prd`, tagged
/// `env`; a bucket `wayleave-state-<account>` in each; and a Kinesis stream in the management account.
///
/// # Errors
/// [`LandingZoneError`] says what the emulator refused.
pub async fn build(aws: &Aws, region: &Region, stream: &str) -> Result<LandingZone, LandingZoneError> {
    let organizations = aws_sdk_organizations::Client::new(aws.config());
    let made = organizations.create_organization().send().await.map_err(failed("make an organization"))?;
    tracing::debug!(organization = ?made.organization.and_then(|organization| organization.id), "landing_zone.made");
    let roots = organizations.list_roots().send().await.map_err(failed("list the roots"))?;
    let root =
        roots.roots.unwrap_or_default().into_iter().next().and_then(|root| root.id).unwrap_or_default();
    let workloads = unit(&organizations, &root, "Workloads").await?;
    let (nonprod, prod) =
        (unit(&organizations, &workloads, "NonProd").await?, unit(&organizations, &workloads, "Prod").await?);
    let mut accounts = Vec::new();
    for (name, parent) in [("dev", &nonprod), ("stg", &nonprod), ("prd", &prod)] {
        let id = account(&organizations, &root, parent, name).await?;
        bucket(aws, &id, region).await?;
        accounts.push((name.to_owned(), id));
    }
    let kinesis = aws_sdk_kinesis::Client::new(aws.config());
    kinesis
        .create_stream()
        .stream_name(stream)
        .shard_count(1)
        .send()
        .await
        .map_err(failed("make a Kinesis stream"))?;
    Ok(LandingZone { accounts })
}

async fn unit(
    client: &aws_sdk_organizations::Client,
    parent: &str,
    name: &str,
) -> Result<String, LandingZoneError> {
    let call = client.create_organizational_unit().parent_id(parent).name(name);
    let made = call.send().await.map_err(failed(format!("make the unit {name}")))?;
    Ok(made.organizational_unit.and_then(|unit| unit.id).unwrap_or_default())
}

async fn account(
    client: &aws_sdk_organizations::Client,
    root: &str,
    parent: &str,
    name: &str,
) -> Result<AccountId, LandingZoneError> {
    let tag = Tag::builder().key("env").value(name).build().map_err(failed("tag an account"))?;
    let call = client.create_account().account_name(name).email(format!("{name}@acme.example")).tags(tag);
    let made = call.send().await.map_err(failed(format!("make the account {name}")))?;
    let id = made.create_account_status.and_then(|status| status.account_id).unwrap_or_default();
    let moved = client.move_account().account_id(&id).source_parent_id(root).destination_parent_id(parent);
    moved.send().await.map_err(failed(format!("move the account {name}")))?;
    AccountId::parse(&id).map_err(failed("name an account"))
}

async fn bucket(aws: &Aws, account: &AccountId, region: &Region) -> Result<(), LandingZoneError> {
    let config = as_account(aws, account, region).await?;
    let place = BucketLocationConstraint::from(region.as_str());
    let place = CreateBucketConfiguration::builder().location_constraint(place).build();
    let name = format!("wayleave-state-{account}");
    let call = Aws::s3(&config).create_bucket().bucket(&name).create_bucket_configuration(place);
    call.send().await.map(|_| ()).map_err(failed(format!("make the bucket {name}")))
}

/// A configuration that works in an account, as a role there; for looking at what a run left behind.
///
/// # Errors
/// [`LandingZoneError`] when the role cannot be assumed.
pub async fn as_account(
    aws: &Aws,
    account: &AccountId,
    region: &Region,
) -> Result<aws_config::SdkConfig, LandingZoneError> {
    let sts = aws_sdk_sts::Client::new(aws.config());
    let role = format!("arn:aws:iam::{account}:role/OrganizationAccountAccessRole");
    let call = sts.assume_role().role_arn(role).role_session_name("landing-zone");
    let session = call.send().await.map_err(failed(format!("assume a role in {account}")))?;
    let keys = session.credentials.map(|keys| {
        Credentials::new(
            keys.access_key_id,
            keys.secret_access_key,
            Some(keys.session_token),
            None,
            "landing zone",
        )
    });
    let keys = keys.unwrap_or_else(|| Credentials::new("", "", None, None, "landing zone"));
    Ok(aws.config_with(SharedCredentialsProvider::new(keys), region))
}
