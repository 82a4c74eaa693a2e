//! S3: the state bucket, Terraform's lock objects in it, and templates that are too large for a request.

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use landing_zone::{AccountId, Region};
use serde::Deserialize;

use crate::aws::{Aws, CallError};

/// The largest lock object that is read, in bytes; Terraform writes a few hundred.
const MAX_LOCK: i64 = 64 * 1024;

/// An S3 call that failed.
#[derive(Debug, thiserror::Error)]
pub enum S3Error {
    /// The bucket is not there, not this account's, in another region, or not to be seen.
    #[error("cannot use bucket {bucket}: {problem}\n  {}", .problem.remedy())]
    Bucket {
        /// The bucket.
        bucket: String,
        /// What is wrong with it.
        problem: BucketProblem,
    },
    /// A call failed.
    #[error("{source} (bucket {bucket})\n  {}", .source.kind.remedy())]
    Call {
        /// The bucket.
        bucket: String,
        /// What was said.
        source: CallError,
    },
    /// The lock object is not one that Terraform wrote.
    #[error(
        "cannot read s3://{bucket}/{key}: it is not a lock that Terraform wrote; look at it before deleting it"
    )]
    NotALock {
        /// The bucket.
        bucket: String,
        /// The object.
        key: String,
    },
}

/// Why a bucket cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BucketProblem {
    /// There is none of that name.
    #[error("it does not exist")]
    Absent,
    /// It is another account's, or the role may not see it.
    #[error("it belongs to another account, or the role may not see it")]
    Forbidden,
    /// It is in another region.
    #[error("it is in another region")]
    Elsewhere,
}

impl BucketProblem {
    const fn remedy(self) -> &'static str {
        match self {
            Self::Absent => "create it in the account, with versioning, and let the roles read and write it",
            Self::Forbidden => {
                "check the `state` block of zone.hcl; allow the role s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject"
            }
            Self::Elsewhere => "name a bucket of the unit's region in the `state` block of zone.hcl",
        }
    }
}

/// What Terraform writes into a [lock object](https://developer.hashicorp.com/terraform/language/backend/s3#state-locking).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TerraformLock {
    /// The lock's own id.
    #[serde(rename = "ID")]
    pub id: String,
    /// What holds it: `OperationTypeApply`, `OperationTypePlan`.
    #[serde(default)]
    pub operation: String,
    /// Who holds it: `user@host`.
    #[serde(default)]
    pub who: String,
    /// When it was taken, as Terraform wrote it.
    #[serde(default)]
    pub created: String,
    /// The version of the object that was read, so that a later one is not deleted in its place.
    #[serde(skip)]
    etag: Option<String>,
}

/// A bucket of one account, as one role sees it.
#[derive(Debug, Clone)]
pub struct Bucket {
    client: Client,
    name: String,
    owner: AccountId,
    region: Region,
}

impl Bucket {
    /// A bucket that must be `owner`'s; nothing is asked yet.
    pub fn new(config: &SdkConfig, name: &str, owner: AccountId, region: Region) -> Self {
        Self { client: Aws::s3(config), name: name.to_owned(), owner, region }
    }

    /// The bucket's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Checks that the bucket is there, the account's own, and in the region.
    ///
    /// # Errors
    /// [`S3Error::Bucket`] says which of these is not so; [`S3Error::Call`] when it cannot be told.
    pub async fn check(&self) -> Result<(), S3Error> {
        let call = self.client.head_bucket().bucket(&self.name).expected_bucket_owner(self.owner.as_str());
        let Err(error) = call.send().await else { return Ok(()) };
        let status = error.raw_response().map(|response| response.status().as_u16());
        Err(match status.and_then(problem_of) {
            Some(problem) => S3Error::Bucket { bucket: self.name.clone(), problem },
            None => self.failed("s3:HeadBucket", &error),
        })
    }

    /// Reads a Terraform lock object (`<state key>.tflock`); `None` when nothing is locked.
    ///
    /// # Errors
    /// [`S3Error`]; [`S3Error::NotALock`] when the object is something else.
    pub async fn read_lock(&self, key: &str) -> Result<Option<TerraformLock>, S3Error> {
        let call =
            self.client.get_object().bucket(&self.name).key(key).expected_bucket_owner(self.owner.as_str());
        let object = match call.send().await {
            Ok(object) => object,
            Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => {
                return Ok(None);
            }
            Err(error) => return Err(self.failed("s3:GetObject", &error)),
        };
        let not_a_lock = || S3Error::NotALock { bucket: self.name.clone(), key: key.to_owned() };
        if object.content_length().is_none_or(|length| length > MAX_LOCK) {
            return Err(not_a_lock());
        }
        let etag = object.e_tag().map(str::to_owned);
        let bytes = object.body.collect().await.map_err(|_| not_a_lock())?.into_bytes();
        let lock: TerraformLock = serde_json::from_slice(&bytes).map_err(|_| not_a_lock())?;
        Ok(Some(TerraformLock { etag, ..lock }))
    }

    /// Deletes the lock that was read, and no later one: a run that died left it, and the caller knows that it is dead.
    ///
    /// # Errors
    /// [`S3Error`]; a lock that is gone already is no error.
    pub async fn delete_lock(&self, key: &str, lock: &TerraformLock) -> Result<(), S3Error> {
        let now = self.read_lock(key).await?;
        if now.as_ref().is_none_or(|now| now.id != lock.id) {
            return Ok(());
        }
        let call = self.client.delete_object().bucket(&self.name).key(key).set_if_match(lock.etag.clone());
        let call = call.expected_bucket_owner(self.owner.as_str());
        call.send().await.map(drop).map_err(|error| self.failed("s3:DeleteObject", &error))
    }

    /// Puts a template where CloudFormation can read it and returns its URL. The object is named by its content, so putting it
    /// twice is putting it once.
    ///
    /// # Errors
    /// [`S3Error`].
    pub async fn put_template(&self, template: &str) -> Result<String, S3Error> {
        let digest = pipeline_core::Digest::of(template.as_bytes());
        let key = format!("wayleave/templates/{}.template", digest.as_str().trim_start_matches("sha256:"));
        let call = self.client.put_object().bucket(&self.name).key(&key);
        let call = call.expected_bucket_owner(self.owner.as_str());
        let body = ByteStream::from(template.as_bytes().to_vec());
        call.body(body).send().await.map_err(|error| self.failed("s3:PutObject", &error))?;
        Ok(self.url(&key))
    }

    fn url(&self, key: &str) -> String {
        let suffix = if self.region.as_str().starts_with("cn-") { ".cn" } else { "" };
        format!("https://{}.s3.{}.amazonaws.com{suffix}/{key}", self.name, self.region)
    }

    fn failed<E>(
        &self,
        operation: &'static str,
        error: &aws_sdk_s3::error::SdkError<E, aws_sdk_s3::config::http::HttpResponse>,
    ) -> S3Error
    where
        E: aws_sdk_s3::error::ProvideErrorMetadata + std::error::Error + 'static,
    {
        let source = CallError::of(operation, error);
        if source.is_code("NoSuchBucket") {
            return S3Error::Bucket { bucket: self.name.clone(), problem: BucketProblem::Absent };
        }
        S3Error::Call { bucket: self.name.clone(), source }
    }
}

/// `HeadBucket` answers without a body: its status is all that it says.
const fn problem_of(status: u16) -> Option<BucketProblem> {
    match status {
        404 => Some(BucketProblem::Absent),
        403 => Some(BucketProblem::Forbidden),
        301 | 307 | 400 => Some(BucketProblem::Elsewhere),
        _ => None,
    }
}
