//! AWS STS: short sessions in the accounts, named after the run.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_sdk_sts::operation::assume_role::AssumeRoleOutput;
use aws_sdk_sts::types::Tag;
use landing_zone::{AccountId, Region, StageName};
use pipeline_core::{RunId, UnitId};
use sha2::{Digest as _, Sha256};

use crate::aws::{Aws, CallError, FailureKind, partition};

/// How long a session lives: one hour, which is also the most that
/// [role chaining](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining) allows.
const DURATION: Duration = Duration::from_secs(3600);
/// A cached session is given out only while it lives at least this much longer.
const MARGIN: Duration = Duration::from_secs(600);
/// The most sessions that are remembered; the one that ends first is forgotten first.
const MAX_CACHED: usize = 512;
/// The most characters of a tag's value ([limits](https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html)).
const MAX_TAG_VALUE: usize = 256;
/// The most characters of a session's name and of a source identity.
const MAX_NAME: usize = 64;

/// Whose session, where, and on whose behalf. All of it is in the session's name and tags, so that CloudTrail tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionRequest {
    /// The account that the role is in; the management account's role is assumed like any other.
    pub account: AccountId,
    /// The region whose STS is asked, and that the session's clients work in.
    pub region: Region,
    /// The role's name, with its path if it has one: `WayleavePlan`, `wayleave/Plan`.
    pub role: String,
    /// The run.
    pub run: RunId,
    /// The unit.
    pub unit: UnitId,
    /// The stage.
    pub stage: StageName,
    /// The person that the run works for, by the zone's name; left out when nobody is known.
    pub person: Option<String>,
    /// The repository, as the zone names it.
    pub repository: String,
    /// The commit's hash.
    pub commit: String,
}

impl SessionRequest {
    /// The role's ARN.
    pub fn role_arn(&self) -> String {
        format!("arn:{}:iam::{}:role/{}", partition(&self.region), self.account, self.role)
    }

    /// The session's name: the run, and a few characters that stand for the unit; at most 64 characters of those that
    /// [STS allows](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html). Audit records carry it as
    /// `wayleave.role_session`.
    pub fn session_name(&self) -> String {
        let unit = hex::encode(Sha256::digest(self.unit.as_str()));
        let name = format!("wayleave-{}-{}", self.run, unit.get(..12).unwrap_or_default());
        name.chars().take(MAX_NAME).collect()
    }

    /// The source identity: the person, else the run. It stays on every session that is derived from this one.
    pub fn source_identity(&self) -> String {
        let allowed = |c: &char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(*c);
        let person: String =
            self.person.iter().flat_map(|name| name.chars()).filter(allowed).take(MAX_NAME).collect();
        if person.len() >= 2 { person } else { self.run.to_string() }
    }

    /// The session's tags, each within the limits of STS; a character that tags may not hold becomes `_`.
    pub fn tags(&self) -> BTreeMap<&'static str, String> {
        let tags = [
            ("wayleave:run", self.run.to_string()),
            ("wayleave:unit", self.unit.to_string()),
            ("wayleave:stage", self.stage.to_string()),
            ("wayleave:repository", self.repository.clone()),
            ("wayleave:commit", self.commit.clone()),
            ("wayleave:person", self.person.clone().unwrap_or_default()),
        ];
        tags.into_iter()
            .map(|(key, value)| (key, tag_value(&value)))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}

fn tag_value(text: &str) -> String {
    let allowed = |c: char| c.is_alphanumeric() || " _.:/=+-@".contains(c);
    text.chars().map(|c| if allowed(c) { c } else { '_' }).take(MAX_TAG_VALUE).collect()
}

/// A session in an account. Its secrets do not print.
#[derive(Debug, Clone)]
pub struct Session {
    /// The keys; their `Debug` hides the secret ones.
    pub credentials: Credentials,
    /// The session's name, for audit records.
    pub name: String,
    /// The role that was assumed.
    pub role_arn: String,
    /// When it ends.
    pub expires: SystemTime,
}

/// A role that could not be assumed.
#[derive(Debug, thiserror::Error)]
pub enum StsError {
    /// STS refused. It answers alike for a role that does not exist and one that does not trust the caller.
    #[error(
        "cannot assume {role_arn}: {source}\n  the role may not exist, or not trust this server. Its trust policy must allow the \
         server's principal sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity, and the server's own policies must \
         allow the same on the role"
    )]
    Denied {
        /// The role.
        role_arn: String,
        /// What STS said.
        source: CallError,
    },
    /// This server's own credentials are missing, wrong or expired.
    #[error("cannot assume {role_arn}: {source}\n  {}", FailureKind::Credentials.remedy())]
    OwnCredentials {
        /// The role.
        role_arn: String,
        /// What was said.
        source: CallError,
    },
    /// The region's STS is switched off for the account.
    #[error(
        "cannot assume {role_arn}: {source}\n  switch the region on for the account, or take it out of the stack's regions"
    )]
    RegionDisabled {
        /// The role.
        role_arn: String,
        /// What STS said.
        source: CallError,
    },
    /// Anything else: throttled, unreachable, out of order, or a request that STS does not understand.
    #[error("cannot assume {role_arn}: {source}\n  {}", .source.kind.remedy())]
    Failed {
        /// The role.
        role_arn: String,
        /// What was said.
        source: CallError,
    },
    /// STS answered without credentials.
    #[error(
        "cannot assume {role_arn}: the answer of STS holds no credentials; check what AWS_ENDPOINT_URL points to"
    )]
    Empty {
        /// The role.
        role_arn: String,
    },
}

impl StsError {
    /// True when the same call may succeed later without anybody changing anything.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Failed { source, .. } if source.kind.is_transient())
    }

    fn of(role_arn: String, source: CallError) -> Self {
        match source.kind {
            FailureKind::Denied => Self::Denied { role_arn, source },
            FailureKind::Credentials => Self::OwnCredentials { role_arn, source },
            FailureKind::Request if source.is_code("RegionDisabledException") => {
                Self::RegionDisabled { role_arn, source }
            }
            _ => Self::Failed { role_arn, source },
        }
    }
}

/// Assumes roles and remembers the sessions while they last. Cheap to clone: clones share what is remembered.
#[derive(Clone)]
pub struct Sessions {
    aws: Aws,
    cached: Arc<Mutex<BTreeMap<SessionRequest, Session>>>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

impl Sessions {
    /// Sessions that are assumed with the credentials of `aws`.
    pub fn new(aws: Aws) -> Self {
        Self { aws, cached: Arc::default() }
    }

    /// A session for a request: a remembered one that lives for ten more minutes at least, else a new one.
    ///
    /// A session is never shared between units or runs, since its name and tags say whose it is.
    ///
    /// # Errors
    /// [`StsError`], which says what the trust policy or this server lacks.
    pub async fn assume(&self, request: &SessionRequest) -> Result<Session, StsError> {
        let soonest = SystemTime::now() + MARGIN;
        if let Some(session) = self.remembered(request, soonest) {
            return Ok(session);
        }
        let session = self.assume_anew(request).await?;
        self.remember(request.clone(), session.clone());
        Ok(session)
    }

    /// A configuration whose clients work in the request's account and region, and assume the role again when the session
    /// nears its end, so that an operation may last longer than a session.
    pub fn config(&self, request: SessionRequest) -> SdkConfig {
        let region = request.region.clone();
        let provider = AssumedRole { sessions: self.clone(), request };
        self.aws.config_with(SharedCredentialsProvider::new(provider), &region)
    }

    fn remembered(&self, request: &SessionRequest, soonest: SystemTime) -> Option<Session> {
        let cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        cached.get(request).filter(|session| session.expires > soonest).cloned()
    }

    fn remember(&self, request: SessionRequest, session: Session) {
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        let now = SystemTime::now();
        cached.retain(|_, session| session.expires > now);
        if cached.len() >= MAX_CACHED {
            let first = cached.iter().min_by_key(|(_, session)| session.expires).map(|(key, _)| key.clone());
            first.and_then(|key| cached.remove(&key));
        }
        cached.insert(request, session);
    }

    async fn assume_anew(&self, request: &SessionRequest) -> Result<Session, StsError> {
        let region = aws_config::Region::new(request.region.as_str().to_owned());
        let config = self.aws.config().to_builder().region(region).build();
        let role_arn = request.role_arn();
        let answer = aws_sdk_sts::Client::new(&config)
            .assume_role()
            .role_arn(&role_arn)
            .role_session_name(request.session_name())
            .source_identity(request.source_identity())
            .duration_seconds(i32::try_from(DURATION.as_secs()).unwrap_or(3600))
            .set_tags(Some(sdk_tags(request)))
            .send()
            .await
            .map_err(|error| StsError::of(role_arn.clone(), CallError::of("sts:AssumeRole", &error)))?;
        session(&answer, request).ok_or(StsError::Empty { role_arn })
    }
}

fn sdk_tags(request: &SessionRequest) -> Vec<Tag> {
    // A tag that lacks its key cannot be built; all of ours have one.
    let tags = request.tags().into_iter();
    tags.filter_map(|(key, value)| Tag::builder().key(key).value(value).build().ok()).collect()
}

fn session(answer: &AssumeRoleOutput, request: &SessionRequest) -> Option<Session> {
    let keys = answer.credentials()?;
    let expires = SystemTime::try_from(*keys.expiration()).ok()?;
    let credentials = Credentials::builder()
        .access_key_id(keys.access_key_id())
        .secret_access_key(keys.secret_access_key())
        .session_token(keys.session_token())
        .expiry(expires)
        .provider_name("wayleave")
        .build();
    Some(Session { credentials, name: request.session_name(), role_arn: request.role_arn(), expires })
}

/// Gives an SDK client the session's keys, and new ones when they near their end.
#[derive(Debug)]
struct AssumedRole {
    sessions: Sessions,
    request: SessionRequest,
}

impl ProvideCredentials for AssumedRole {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let session = self.sessions.assume(&self.request).await;
            session.map(|session| session.credentials).map_err(CredentialsError::provider_error)
        })
    }
}

/// Who a process is to AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account's 12 digits.
    pub account: String,
    /// The ARN of the user or of the role's session.
    pub arn: String,
}

/// Asks AWS who the credentials of a configuration belong to, which takes no permission.
///
/// # Errors
/// [`CallError`] when there are no credentials, they are not valid, or no answer comes.
pub async fn caller(config: &SdkConfig) -> Result<Caller, CallError> {
    let answer = aws_sdk_sts::Client::new(config).get_caller_identity().send().await;
    let answer = answer.map_err(|error| CallError::of("sts:GetCallerIdentity", &error))?;
    Ok(Caller { account: answer.account.unwrap_or_default(), arn: answer.arn.unwrap_or_default() })
}
