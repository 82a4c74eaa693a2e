//! Planning: a change set is made, read whole, and judged empty or not.

use aws_sdk_cloudformation::operation::describe_change_set::DescribeChangeSetOutput;
use aws_sdk_cloudformation::types::{ChangeSetStatus, EventFilter, ParameterDeclaration, Stack, StackStatus};
use pipeline_core::Changes;

use super::create::{Creation, Made, looks_empty};
use super::status::{Next, next};
use super::template::Placed;
use super::{ChangeSetPlan, CloudFormation, CloudFormationError, Kind, Request, changes};

/// The tag that a probe adds; it is in no template and never executed.
const PROBE: &str = "wayleave:probe";
/// The most findings of CloudFormation's validation that an error names.
const MAX_DETAILS: usize = 20;

/// What planning has learned before there is a change set.
struct Ground {
    template: Placed,
    declared: Vec<ParameterDeclaration>,
    stack: Option<Stack>,
    kind: Kind,
}

impl CloudFormation {
    /// Makes a change set for what the unit wants and reads it whole. Waits for another operation on the stack to end.
    /// Whatever comes of it but a plan with changes, no change set is left behind, nor a stack without anything in it.
    ///
    /// Doing it twice with the same request makes one change set.
    ///
    /// # Errors
    /// [`CloudFormationError`]. A stack in a status that needs a person is [`CloudFormationError::Refused`]; nothing is ever
    /// deleted to get round it.
    pub async fn plan(&self, request: &Request) -> Result<ChangeSetPlan, CloudFormationError> {
        check_name(&request.stack_name)?;
        let template = self.place(request).await?;
        let declared = self.declared(request, &template).await?;
        let (stack, kind) = self.settled(&request.stack_name).await?;
        let ground = Ground { template, declared, stack, kind };
        let name = request.change_set_name();
        match self.create(request, &ground.template, kind, &name, &request.tags).await? {
            Creation::Made(made) => self.judge(request, &ground, made).await,
            Creation::Refused(_) if self.is_there(request, &ground).await? => Ok(nothing(request, &ground)),
            Creation::Refused(error) => Err(CloudFormationError::Template {
                stack: request.stack_name.clone(),
                message: error.message,
            }),
        }
    }

    /// The stack when no operation is under way on it, and what kind of change set it takes.
    async fn settled(&self, name: &str) -> Result<(Option<Stack>, Kind), CloudFormationError> {
        let mut watch = self.pace.watch(self.pace.settling);
        loop {
            let stack = self.stack(name).await?;
            let status = stack.as_ref().and_then(Stack::stack_status).cloned();
            match (next(status.as_ref()), status) {
                (Next::Plan(kind), _) => return Ok((stack, kind)),
                (Next::Refuse(remedy), Some(status)) => {
                    return Err(CloudFormationError::Refused { stack: name.to_owned(), status, remedy });
                }
                (_, status) if !watch.wait().await => return Err(still_busy(name, status)),
                _ => {}
            }
        }
    }

    async fn judge(
        &self,
        request: &Request,
        ground: &Ground,
        made: Made,
    ) -> Result<ChangeSetPlan, CloudFormationError> {
        let described = match self.made(request, &made).await {
            Ok(described) => described,
            Err(error) => return self.give_up(&made, error).await,
        };
        if described.status() == Some(&ChangeSetStatus::Failed) {
            return self.judge_failed(request, ground, &made, &described).await;
        }
        let resources = self.changes(&request.stack_name, &made, described).await?;
        let shown_empty = resources.is_empty();
        if shown_empty && self.is_there(request, ground).await? {
            self.discard_set(&made.id, &made.stack_id).await?;
            return Ok(nothing(request, ground));
        }
        // CloudFormation says that there is something to execute: an output, a condition, a parameter.
        let changes = Changes { resources, other: shown_empty };
        let last_event = self.newest_event(&made.stack_id).await?;
        let canonical = changes::canonical(request, &ground.declared, ground.kind, &changes);
        Ok(ChangeSetPlan { last_event, canonical, changes, ..plan_of(request, ground.kind, Some(made)) })
    }

    /// A change set without changes fails, and only the words of its reason tell that from a set that really failed. Three
    /// things are asked instead. Has it failed in the way that an empty one does? Does the deployed stack provably have the
    /// same template, parameters and tags? Then it is as was asked, whatever the reason. If that is not provable (a comment
    /// was changed, a macro or a hidden parameter is in it), can the very same request be made into a change set when one tag
    /// is added to it? A request that is wrong stays wrong with a tag more; one that only lacked a change has one then.
    async fn judge_failed(
        &self,
        request: &Request,
        ground: &Ground,
        made: &Made,
        described: &DescribeChangeSetOutput,
    ) -> Result<ChangeSetPlan, CloudFormationError> {
        let may_be_empty = ground.kind == Kind::Update && looks_empty(described);
        let empty =
            may_be_empty && (self.is_there(request, ground).await? || self.probe(request, ground).await?);
        if empty {
            self.discard_set(&made.id, &made.stack_id).await?;
            return Ok(nothing(request, ground));
        }
        let error = CloudFormationError::ChangeSetFailed {
            stack: request.stack_name.clone(),
            reason: described.status_reason().unwrap_or("it gives no reason").to_owned(),
            details: self.validation_findings(&made.id).await,
        };
        self.give_up(made, error).await
    }

    async fn is_there(&self, request: &Request, ground: &Ground) -> Result<bool, CloudFormationError> {
        match (&ground.stack, ground.kind) {
            (Some(stack), Kind::Update) => self.is_deployed(request, &ground.declared, stack).await,
            _ => Ok(false),
        }
    }

    /// True when the same request makes a change set once a tag is added to it. The set is deleted again.
    async fn probe(&self, request: &Request, ground: &Ground) -> Result<bool, CloudFormationError> {
        let mut tags = request.tags.clone();
        tags.insert(PROBE.to_owned(), request.run.to_string());
        let name = format!("{}-probe", request.change_set_name());
        let made = match self.create(request, &ground.template, ground.kind, &name, &tags).await? {
            Creation::Made(made) => made,
            Creation::Refused(_) => return Ok(false),
        };
        let described = self.made(request, &made).await;
        self.discard_set(&made.id, &made.stack_id).await?;
        Ok(described?.status() == Some(&ChangeSetStatus::CreateComplete))
    }

    /// What CloudFormation's validation found, each with its place in the template; nothing where it does not tell.
    async fn validation_findings(&self, change_set: &str) -> Vec<String> {
        let failed = EventFilter::builder().failed_events(true).build();
        let call = self.client.describe_events().change_set_name(change_set).filters(failed);
        let Ok(answer) = call.send().await else { return Vec::new() };
        let events = answer.operation_events.unwrap_or_default().into_iter();
        let said = events.filter_map(|event| {
            let reason = event.validation_status_reason.or(event.resource_status_reason)?;
            let place = event.validation_path.or(event.logical_resource_id).unwrap_or_default();
            Some(format!("{place}: {reason}"))
        });
        said.take(MAX_DETAILS).collect()
    }

    /// Leaves nothing behind and returns the error. What cannot be tidied up is told in the log: the error matters more.
    async fn give_up<T>(&self, made: &Made, error: CloudFormationError) -> Result<T, CloudFormationError> {
        if let Err(untidy) = self.discard_set(&made.id, &made.stack_id).await {
            tracing::warn!(change_set = %made.id, error = %untidy, "cloudformation.changeset.left");
        }
        Err(error)
    }
}

fn plan_of(request: &Request, kind: Kind, made: Option<Made>) -> ChangeSetPlan {
    let (change_set_id, stack_id) = made.map(|made| (made.id, made.stack_id)).unzip();
    ChangeSetPlan {
        stack_name: request.stack_name.clone(),
        stack_id,
        change_set_id,
        kind,
        changes: Changes::default(),
        last_event: None,
        canonical: String::new(),
    }
}

fn nothing(request: &Request, ground: &Ground) -> ChangeSetPlan {
    let changes = Changes::default();
    let canonical = changes::canonical(request, &ground.declared, ground.kind, &changes);
    let stack_id = ground.stack.as_ref().and_then(Stack::stack_id).map(str::to_owned);
    ChangeSetPlan { canonical, stack_id, ..plan_of(request, ground.kind, None) }
}

fn still_busy(name: &str, status: Option<StackStatus>) -> CloudFormationError {
    CloudFormationError::Deadline {
        stack: name.to_owned(),
        doing: "another operation on it",
        status: status.map_or_else(|| "no status".to_owned(), |status| status.to_string()),
    }
}

/// A name that CloudFormation would not take is refused here: see [`CloudFormation::stack`].
fn check_name(name: &str) -> Result<(), CloudFormationError> {
    let fits = name.len() <= 128
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { Ok(()) } else { Err(CloudFormationError::Name { name: name.chars().take(160).collect() }) }
}
