//! CloudFormation: change sets created, read, executed, and followed to their end.
//!
//! Every decision rests on an exact status, a typed error or a comparison of values; what CloudFormation says in words is for
//! people.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::config::http::HttpResponse;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudformation::types::{Capability, Stack};
use pipeline_core::{Changes, Digest, RunId, UnitId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::aws::CallError;
use crate::s3::Bucket;

mod changes;
mod compare;
mod create;
mod discard;
mod error;
mod events;
mod execute;
mod pace;
mod plan;
mod status;
mod template;

pub use error::CloudFormationError;
pub use events::StackEvent;
pub use execute::{Cancelled, Failure, Gone, MissingResource, Outcome};
pub use pace::Pace;

/// The largest template that a request may carry, in bytes; a larger one goes by way of S3
/// ([quotas](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html)).
pub const MAX_INLINE_TEMPLATE: usize = 51_200;
/// The largest template at all, in bytes.
pub const MAX_TEMPLATE: usize = 1_048_576;

/// CloudFormation in one account and region, as one role. Cheap to clone.
#[derive(Debug, Clone)]
pub struct CloudFormation {
    client: Client,
    templates: Option<Bucket>,
    pace: Pace,
}

/// What a unit wants its stack to be.
#[derive(Debug, Clone)]
pub struct Request {
    /// The run.
    pub run: RunId,
    /// The unit.
    pub unit: UnitId,
    /// Which time this run plans this unit, from 1: a crash repeats a number, planning again after a change set has gone
    /// takes the next.
    pub attempt: u32,
    /// The stack's name: a letter, then letters, digits and hyphens, at most 128 in all.
    pub stack_name: String,
    /// The template, JSON or YAML.
    pub template: String,
    /// The parameters' values. A parameter that is left out takes the template's default, never the deployed value.
    pub parameters: BTreeMap<String, String>,
    /// The stack's tags. CloudFormation puts them on every resource, so nothing belongs here that differs from run to run.
    pub tags: BTreeMap<String, String>,
    /// A service role that CloudFormation works as; left out, it works as the role that executes.
    pub service_role: Option<String>,
    /// What the template may do; [`Request::CAPABILITIES`] as a rule.
    pub capabilities: Vec<Capability>,
}

impl Request {
    /// Named IAM resources, macros and nested stacks: whether they are allowed is the policies' to say, not a flag's.
    pub const CAPABILITIES: [Capability; 2] =
        [Capability::CapabilityNamedIam, Capability::CapabilityAutoExpand];

    /// The change set's name. It tells the run, and holds a digest of the unit and of all that was asked for: emulators do not
    /// scope names by stack, and a name that exists already is then the very same change set, left by a crash.
    fn change_set_name(&self) -> String {
        let mut hasher = Sha256::new();
        let parameters = serde_json::to_string(&(&self.parameters, &self.tags, &self.service_role));
        let attempt = self.attempt.to_string();
        let parts =
            [self.unit.as_str(), &self.stack_name, &self.template, &parameters.unwrap_or_default(), &attempt];
        for part in parts {
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        let digest = hex::encode(hasher.finalize());
        format!("wayleave-{}-{}", self.run, digest.get(..16).unwrap_or_default())
    }
}

/// Whether a change set makes a stack or changes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Kind {
    /// The stack is not there yet, or has nothing in it.
    Create,
    /// The stack is there.
    Update,
}

/// A change set that has been created and read whole. It is what is scanned, approved and executed; it may be stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeSetPlan {
    /// The stack's name.
    pub stack_name: String,
    /// The stack's ARN; `None` only where there is nothing to execute.
    pub stack_id: Option<String>,
    /// The change set's ARN; `None` when nothing would change, and then there is none left at CloudFormation.
    pub change_set_id: Option<String>,
    /// Whether the stack is made or changed.
    pub kind: Kind,
    /// What would be done.
    pub changes: Changes,
    /// The stack's newest event when the change set was made: the events of its execution come after it.
    pub last_event: Option<String>,
    /// Canonical JSON of the template, its parameters, tags and role, the kind and the changes: equal for equal plans, whatever
    /// their run. The values of `NoEcho` parameters are in it as digests.
    pub canonical: String,
}

impl ChangeSetPlan {
    /// True when there is nothing to execute.
    pub const fn no_changes(&self) -> bool {
        self.change_set_id.is_none()
    }

    /// The digest of [`ChangeSetPlan::canonical`].
    pub fn digest(&self) -> Digest {
        Digest::of(self.canonical.as_bytes())
    }
}

impl CloudFormation {
    /// CloudFormation with a configuration's credentials and region.
    pub fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config), templates: None, pace: Pace::default() }
    }

    /// Where templates over [`MAX_INLINE_TEMPLATE`] are put: the state bucket of the same account and region.
    #[must_use]
    pub fn with_templates(self, bucket: Bucket) -> Self {
        Self { templates: Some(bucket), ..self }
    }

    /// How often to ask and how long to wait.
    #[must_use]
    pub fn with_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The stack of a name or an ARN; `None` when there is none.
    ///
    /// `DescribeStacks` has one code for "no such stack" and for "not a stack's name", and tells them apart by words alone.
    /// Names are checked before they get here, so that the code means the first. Should it ever mean something else, a stack
    /// would be created, which CloudFormation refuses where one exists.
    async fn stack(&self, name_or_id: &str) -> Result<Option<Stack>, CloudFormationError> {
        const OPERATION: &str = "cloudformation:DescribeStacks";
        match self.client.describe_stacks().stack_name(name_or_id).send().await {
            Ok(answer) => Ok(answer.stacks.unwrap_or_default().into_iter().next()),
            Err(error) if code(&error) == Some("ValidationError") => Ok(None),
            Err(error) => Err(CallError::of(OPERATION, &error).into()),
        }
    }
}

/// The exact code of the error that the service answered with.
fn code<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<&str> {
    error.as_service_error().and_then(ProvideErrorMetadata::code)
}
