//! Change sets: made, waited for, and read page by page.

use std::collections::BTreeMap;

use aws_sdk_cloudformation::operation::create_change_set::CreateChangeSetError;
use aws_sdk_cloudformation::operation::describe_change_set::DescribeChangeSetOutput;
use aws_sdk_cloudformation::types::{ChangeSetStatus, ChangeSetType, ExecutionStatus, Parameter, Tag};
use pipeline_core::Change;

use super::changes::{self, Read};
use super::template::Placed;
use super::{CloudFormation, CloudFormationError, Kind, Request, code};
use crate::aws::CallError;

const CREATE: &str = "cloudformation:CreateChangeSet";
const DESCRIBE: &str = "cloudformation:DescribeChangeSet";
/// The deepest that nested stacks are followed.
const MAX_DEPTH: usize = 8;
/// The most pages of one change set; a template has 500 resources at most, and a page holds 20 or more.
const MAX_PAGES: usize = 100;

/// A change set at CloudFormation, whatever has become of it.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) id: String,
    pub(super) stack_id: String,
}

/// What the call for a change set came to.
#[derive(Debug)]
pub(super) enum Creation {
    Made(Made),
    /// The service refused the request itself, with this error.
    Refused(CallError),
}

impl CloudFormation {
    /// Makes a change set, or finds it where a crash has left it. Its name and its token come from what is asked for, so
    /// asking twice makes one.
    pub(super) async fn create(
        &self,
        request: &Request,
        template: &Placed,
        kind: Kind,
        name: &str,
        tags: &BTreeMap<String, String>,
    ) -> Result<Creation, CloudFormationError> {
        let call = self.client.create_change_set().stack_name(&request.stack_name).change_set_name(name);
        let call = call.change_set_type(kind_of(kind)).client_token(name).include_nested_stacks(true);
        let call = call.set_template_body(template.body()).set_template_url(template.url());
        let call = call.set_role_arn(request.service_role.clone());
        let call = call.set_capabilities(Some(request.capabilities.clone()));
        let call = call.set_parameters(Some(parameters(request))).set_tags(Some(sdk_tags(tags)));
        match call.send().await {
            Ok(answer) => Ok(Creation::Made(Made {
                id: field(answer.id, CREATE, "Id")?,
                stack_id: field(answer.stack_id, CREATE, "StackId")?,
            })),
            Err(error) if code(&error) == Some("ValidationError") => {
                Ok(Creation::Refused(CallError::of(CREATE, &error)))
            }
            Err(error) => match error.as_service_error() {
                Some(CreateChangeSetError::AlreadyExistsException(_)) => self.found(request, name).await,
                Some(CreateChangeSetError::InsufficientCapabilitiesException(_)) => {
                    let message = CallError::of(CREATE, &error).message;
                    Err(CloudFormationError::Capability { stack: request.stack_name.clone(), message })
                }
                _ => Err(CallError::of(CREATE, &error).into()),
            },
        }
    }

    async fn found(&self, request: &Request, name: &str) -> Result<Creation, CloudFormationError> {
        let call = self.client.describe_change_set().stack_name(&request.stack_name).change_set_name(name);
        let answer = call.send().await.map_err(|error| CallError::of(DESCRIBE, &error))?;
        Ok(Creation::Made(Made {
            id: field(answer.change_set_id, DESCRIBE, "ChangeSetId")?,
            stack_id: field(answer.stack_id, DESCRIBE, "StackId")?,
        }))
    }

    /// The first page of a change set by its ARN; `None` when there is none.
    ///
    /// The real service says `ChangeSetNotFound`. Emulators say `ValidationError`, which for a well-formed ARN means the same.
    pub(super) async fn describe(
        &self,
        id: &str,
    ) -> Result<Option<DescribeChangeSetOutput>, CloudFormationError> {
        match self.page(id, None).await {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if error.is_code("ChangeSetNotFound") || error.is_code("ValidationError") => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn page(&self, id: &str, token: Option<String>) -> Result<DescribeChangeSetOutput, CallError> {
        let call = self.client.describe_change_set().change_set_name(id).include_property_values(true);
        call.set_next_token(token).send().await.map_err(|error| CallError::of(DESCRIBE, &error))
    }

    /// Waits until a change set has been made or has failed, and returns its first page.
    pub(super) async fn made(
        &self,
        request: &Request,
        made: &Made,
    ) -> Result<DescribeChangeSetOutput, CloudFormationError> {
        let mut watch = self.pace.watch(self.pace.creation);
        loop {
            let first = self.describe(&made.id).await?;
            let status = first.as_ref().and_then(|first| first.status()).cloned();
            match (first, &status) {
                (Some(first), Some(ChangeSetStatus::CreateComplete | ChangeSetStatus::Failed)) => {
                    return Ok(first);
                }
                _ if watch.wait().await => {}
                _ => {
                    return Err(CloudFormationError::Deadline {
                        stack: request.stack_name.clone(),
                        doing: "making its change set",
                        status: status.map_or_else(|| "no status".to_owned(), |status| status.to_string()),
                    });
                }
            }
        }
    }

    /// All changes of a change set whose first page is at hand, those of nested stacks among them, by address.
    pub(super) async fn changes(
        &self,
        stack: &str,
        made: &Made,
        first: DescribeChangeSetOutput,
    ) -> Result<Vec<Change>, CloudFormationError> {
        let mut whole = Vec::new();
        let mut open = self.level(&made.id, Some(first), "", &mut whole).await?;
        for _ in 0..MAX_DEPTH {
            let mut below = Vec::new();
            for (prefix, id) in open {
                below.extend(self.level(&id, None, &prefix, &mut whole).await?);
            }
            if below.is_empty() {
                whole.sort_by(|one: &Change, other| one.address.cmp(&other.address));
                return Ok(whole);
            }
            open = below;
        }
        Err(CloudFormationError::TooDeep { stack: stack.to_owned(), depth: MAX_DEPTH })
    }

    /// Reads one change set to its last page; returns the nested ones, with the prefixes of their addresses.
    async fn level(
        &self,
        id: &str,
        first: Option<DescribeChangeSetOutput>,
        prefix: &str,
        whole: &mut Vec<Change>,
    ) -> Result<Vec<(String, String)>, CloudFormationError> {
        let mut nested = Vec::new();
        let mut page = match first {
            Some(first) => first,
            None => self.page(id, None).await?,
        };
        for _ in 0..MAX_PAGES {
            for Read { change, nested: below } in
                page.changes().iter().filter_map(|change| changes::read(change, prefix))
            {
                nested.extend(below.map(|id| (format!("{}/", change.address), id)));
                whole.push(change);
            }
            let Some(token) = page.next_token.filter(|token| !token.is_empty()) else { return Ok(nested) };
            page = self.page(id, Some(token)).await?;
        }
        Err(CloudFormationError::Incomplete { operation: DESCRIBE, field: "an end of its pages" })
    }
}

/// True when a change set has failed in the way that an empty one does: it cannot be executed and holds no change. One that
/// failed for another reason looks the same, so this alone tells nothing.
pub(super) fn looks_empty(described: &DescribeChangeSetOutput) -> bool {
    described.status() == Some(&ChangeSetStatus::Failed)
        && described.execution_status() == Some(&ExecutionStatus::Unavailable)
        && described.changes().is_empty()
}

const fn kind_of(kind: Kind) -> ChangeSetType {
    match kind {
        Kind::Create => ChangeSetType::Create,
        Kind::Update => ChangeSetType::Update,
    }
}

fn parameters(request: &Request) -> Vec<Parameter> {
    let one = |(name, value): (&String, &String)| {
        Parameter::builder().parameter_key(name).parameter_value(value).build()
    };
    request.parameters.iter().map(one).collect()
}

fn sdk_tags(tags: &BTreeMap<String, String>) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag::builder().key(key).value(value).build()).collect()
}

fn field<T>(
    value: Option<T>,
    operation: &'static str,
    field: &'static str,
) -> Result<T, CloudFormationError> {
    value.ok_or(CloudFormationError::Incomplete { operation, field })
}
