//! AWS client configuration, from the standard variables and files, and what an AWS call's failure means.

use std::error::Error as StdError;
use std::time::Duration;

use aws_config::{AppName, BehaviorVersion, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::config::http::HttpResponse;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use landing_zone::Region;

/// One call's tries, the first among them. The SDK waits between them with jitter, at most [`MAX_BACKOFF`].
const MAX_ATTEMPTS: u32 = 6;
/// The longest wait between two tries.
const MAX_BACKOFF: Duration = Duration::from_secs(20);
/// The longest that setting up a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest that one try may take.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
/// The longest that one call with all its tries may take.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(150);
/// What AWS sees in the user agent.
const APP_NAME: &str = "wayleave";

/// How to reach AWS as this process: its credentials, region, endpoints, and one HTTPS client that all services share.
///
/// Cheap to clone: what is in it is shared.
#[derive(Debug, Clone)]
pub struct Aws {
    base: SdkConfig,
}

impl Aws {
    /// Reads [the standard variables and files](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html):
    /// `AWS_PROFILE`, `AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_<SERVICE>` and their like.
    ///
    /// Credentials are looked for when they are first used, so nothing fails here; `region` serves where none is set.
    pub async fn from_env(region: &Region) -> Self {
        // Not the default chain, which would ask the instance's metadata service, and wait where there is none.
        let variables = aws_config::environment::region::EnvironmentVariableRegionProvider::new();
        let chain = aws_config::meta::region::RegionProviderChain::first_try(variables)
            .or_else(aws_config::profile::ProfileFileRegionProvider::new())
            .or_else(sdk_region(region));
        Self::load(aws_config::defaults(BehaviorVersion::latest()).region(chain)).await
    }

    /// A configuration for one endpoint and fixed credentials, reading no variable and no file: for emulators and tests.
    pub async fn at_endpoint(url: &str, credentials: SharedCredentialsProvider, region: &Region) -> Self {
        let loader = aws_config::defaults(BehaviorVersion::latest())
            .region(sdk_region(region))
            .endpoint_url(url)
            .credentials_provider(credentials);
        Self::load(loader).await.with_backoff(Duration::from_millis(1), Duration::from_millis(5))
    }

    async fn load(loader: aws_config::ConfigLoader) -> Self {
        let https = aws_smithy_http_client::Builder::new()
            .tls_provider(tls::Provider::Rustls(CryptoMode::AwsLc))
            .build_https();
        let mut loader = loader
            .http_client(https)
            .timeout_config(timeouts())
            .retry_config(retries().with_max_backoff(MAX_BACKOFF));
        if let Ok(name) = AppName::new(APP_NAME) {
            loader = loader.app_name(name);
        }
        Self { base: loader.load().await }
    }

    fn with_backoff(self, first: Duration, longest: Duration) -> Self {
        let retry = retries().with_initial_backoff(first).with_max_backoff(longest);
        Self { base: self.base.into_builder().retry_config(retry).build() }
    }

    /// The configuration with this process's own credentials and region.
    pub const fn config(&self) -> &SdkConfig {
        &self.base
    }

    /// The same with other credentials, in another region. Connections are shared; cached identities are not.
    pub fn config_with(&self, credentials: SharedCredentialsProvider, region: &Region) -> SdkConfig {
        self.base
            .to_builder()
            .region(sdk_region(region))
            .credentials_provider(credentials)
            .identity_cache(aws_config::identity::IdentityCache::lazy().build())
            .build()
    }

    /// An S3 client for a configuration. An endpoint of one's own (an emulator, a private gateway) has no name for each
    /// bucket, so it is addressed by path.
    pub fn s3(config: &SdkConfig) -> aws_sdk_s3::Client {
        let own_endpoint =
            config.endpoint_url().is_some() || std::env::var_os("AWS_ENDPOINT_URL_S3").is_some();
        let builder = aws_sdk_s3::config::Builder::from(config).force_path_style(own_endpoint);
        aws_sdk_s3::Client::from_conf(builder.build())
    }
}

fn sdk_region(region: &Region) -> aws_config::Region {
    aws_config::Region::new(region.as_str().to_owned())
}

fn retries() -> aws_config::retry::RetryConfig {
    aws_config::retry::RetryConfig::standard().with_max_attempts(MAX_ATTEMPTS)
}

fn timeouts() -> aws_config::timeout::TimeoutConfig {
    aws_config::timeout::TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .operation_timeout(OPERATION_TIMEOUT)
        .build()
}

/// The partition that a region is in, as ARNs name it
/// ([partitions](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html)).
pub fn partition(region: &Region) -> &'static str {
    const BY_PREFIX: [(&str, &str); 5] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eusc-", "aws-eusc"),
    ];
    let named = BY_PREFIX.iter().find(|(prefix, _)| region.as_str().starts_with(prefix));
    named.map_or("aws", |(_, partition)| partition)
}

/// What kind of failure an AWS call met, told by its exact error code or by what happened to the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The service refused the caller.
    Denied,
    /// This process's own credentials are missing, wrong or expired.
    Credentials,
    /// The service asked for fewer calls, more often than the bounded retries could wait for.
    Throttled,
    /// No answer came: connection, TLS, or time.
    Unreachable,
    /// The service answered with an error of its own making (5xx).
    Service,
    /// The service refused the request for what it says; the code tells what.
    Request,
}

impl FailureKind {
    /// True when the same call may succeed later without anybody changing anything.
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::Throttled | Self::Unreachable | Self::Service)
    }

    /// What to do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Denied => {
                "grant the role the action that is named, in its policies and in the organization's"
            }
            Self::Credentials => {
                "give this process credentials that are valid: AWS_PROFILE, AWS_ACCESS_KEY_ID, or a role of the machine"
            }
            Self::Throttled => "try again later, or lower the number of workers",
            Self::Unreachable => "check the network, the proxy and AWS_ENDPOINT_URL",
            Self::Service => "try again later; https://health.aws.amazon.com tells of outages",
            Self::Request => "change what the message names",
        }
    }
}

/// An AWS call that failed: which one, how, and the service's own words.
#[derive(Debug, thiserror::Error)]
#[error("{operation} failed{}: {message}", .code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default())]
pub struct CallError {
    /// The service and the action, such as `cloudformation:CreateChangeSet`.
    pub operation: &'static str,
    /// What kind of failure it was.
    pub kind: FailureKind,
    /// The service's error code, when there was an answer with one.
    pub code: Option<String>,
    /// What the service or the client said; for people only.
    pub message: String,
    /// The request's id at AWS, for support.
    pub request_id: Option<String>,
}

impl CallError {
    /// Classifies an SDK error.
    pub fn of<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + StdError + 'static,
    {
        let meta = error.meta();
        let status = error.raw_response().map(|response| response.status().as_u16());
        Self {
            operation,
            kind: kind_of(error, meta.code(), status),
            code: meta.code().map(str::to_owned),
            message: meta.message().map_or_else(|| chain(error), str::to_owned),
            request_id: aws_sdk_sts::operation::RequestId::request_id(meta).map(str::to_owned),
        }
    }

    /// True when the service answered with exactly this code.
    pub fn is_code(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }
}

fn kind_of<E: StdError + 'static>(
    error: &SdkError<E, HttpResponse>,
    code: Option<&str>,
    status: Option<u16>,
) -> FailureKind {
    match (error, code) {
        (SdkError::DispatchFailure(_), _) if credentials_are_missing(error) => FailureKind::Credentials,
        (SdkError::ConstructionFailure(_), _) if credentials_are_missing(error) => FailureKind::Credentials,
        (SdkError::DispatchFailure(_) | SdkError::TimeoutError(_), _) => FailureKind::Unreachable,
        (_, Some(code)) => kind_of_code(code, status),
        _ if status.is_some_and(|status| status >= 500) => FailureKind::Service,
        _ if status == Some(403) => FailureKind::Denied,
        _ => FailureKind::Request,
    }
}

fn kind_of_code(code: &str, status: Option<u16>) -> FailureKind {
    match code {
        "AccessDenied"
        | "AccessDeniedException"
        | "UnauthorizedOperation"
        | "NotAuthorized"
        | "AllAccessDisabled" => FailureKind::Denied,
        "ExpiredToken"
        | "ExpiredTokenException"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "SignatureDoesNotMatch"
        | "IncompleteSignature"
        | "MissingAuthenticationToken"
        | "InvalidAccessKeyId"
        | "RequestExpired"
        | "InvalidToken" => FailureKind::Credentials,
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "RequestLimitExceeded"
        | "TooManyRequestsException"
        | "SlowDown" => FailureKind::Throttled,
        _ if status.is_some_and(|status| status >= 500) => FailureKind::Service,
        _ => FailureKind::Request,
    }
}

fn credentials_are_missing(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<aws_credential_types::provider::error::CredentialsError>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// An error and its causes in one line.
fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text.push_str(": ");
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}
