//! A unit of CloudFormation: a change set is its plan.

use std::collections::BTreeMap;

use landing_zone::Engine;
use pipeline_core::Digest;
use pipeline_core::digest::UnitEvidence;
use policies::Input;
use serde_json::Value;
use tokio::sync::mpsc;

use super::engines::{Engines, Ground};
use super::scanning::{Scanned, scan};
use super::{Failure, Granted, Job, Outcome, Planned};
use crate::audit::{Stream, UnitLog};
use crate::cloudformation::{self, ChangeSetPlan, CloudFormation, Request, StackEvent};
use crate::s3::Bucket;
use crate::store::UnitReport;

pub(super) async fn plan(engines: &Engines, job: &Job, ground: &Ground) -> Result<Planned, Failure> {
    let path = ground.template_path();
    let template = engines.read_text(job, &path).await?;
    if ground.stack.engine == Engine::Sam {
        tell(
            &ground.log,
            "SAM templates are transformed by CloudFormation; local code is not built or packaged yet",
        )
        .await?;
    }
    let parameters: BTreeMap<String, String> =
        ground.inputs.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    let Scanned { findings, skipped, counts } = scan(
        engines.bundle(&job.unit),
        &Input::Template { path: &path, text: &template, parameters: &parameters, files: None },
    )?;
    let client = client(engines, job, ground, &engines.zone().organization.plan_role).await?;
    tell(&ground.log, &format!("creating a change set for stack {}", stack_name(ground))).await?;
    let request = Request {
        run: job.run.id,
        unit: job.unit.id.clone(),
        attempt: job.attempt,
        stack_name: stack_name(ground),
        template,
        parameters,
        tags: BTreeMap::from([
            ("wayleave:repository".to_owned(), job.run.repository.to_string()),
            ("wayleave:stack".to_owned(), job.unit.stack.to_string()),
        ]),
        service_role: None,
        capabilities: Request::CAPABILITIES.to_vec(),
    };
    let plan = client.plan(&request).await.map_err(|error| Failure::of(&error))?;
    for change in &plan.changes.resources {
        tell(&ground.log, &format!("{:?} {} ({})", change.action, change.address, change.kind)).await?;
    }
    let evidence = UnitEvidence {
        commit: job.run.commit.as_str(),
        unit: &job.unit.id,
        role: &engines.zone().organization.apply_role,
        plan: &plan.digest(),
        policies: engines.bundle(&job.unit).digest(),
        variables: &ground.inputs,
    };
    let digest = Digest::of_unit(&evidence);
    let unchanged = plan.no_changes();
    let kept = serde_json::to_value(&plan).map_err(|error| Failure::of(&error))?;
    Ok(Planned {
        digest,
        unchanged,
        findings: counts,
        report: UnitReport { changes: plan.changes, findings, skipped, plan: kept },
    })
}

pub(super) async fn apply(
    engines: &Engines,
    job: &Job,
    ground: &Ground,
    granted: Granted,
) -> Result<Outcome, Failure> {
    let plan: ChangeSetPlan =
        serde_json::from_value(granted.report.plan).map_err(|error| Failure::of(&error))?;
    let client = client(engines, job, ground, &engines.zone().organization.apply_role).await?;
    let (events, lines) = mpsc::unbounded_channel();
    let copied = tokio::spawn(copy(lines, ground.log.clone()));
    // Following is the same after a crash as before: an execution that runs or has ended is followed from its first event on.
    let outcome = client.execute(&plan, move |event| drop(events.send(line(event)))).await;
    copied.await.map_err(|error| Failure::of(&error))??;
    ended(outcome.map_err(|error| Failure::of(&error))?)
}

fn ended(outcome: cloudformation::Outcome) -> Result<Outcome, Failure> {
    use cloudformation::Outcome as End;
    let first = |failure: Option<cloudformation::Failure>| {
        failure
            .map(|failure| format!("; first {} ({}): {}", failure.logical_id, failure.kind, failure.reason))
            .unwrap_or_default()
    };
    match outcome {
        End::Unchanged | End::Complete { .. } => Ok(Outcome::Applied),
        End::Gone(_) => Ok(Outcome::Voided("the change set is gone or its stack has moved".to_owned())),
        End::Incomplete { missing } => {
            let names: Vec<String> = missing
                .iter()
                .map(|resource| format!("{} ({})", resource.logical_id, resource.kind))
                .collect();
            Err(Failure(format!(
                "CloudFormation says that it is done, but these resources do not exist: {}",
                names.join(", ")
            )))
        }
        End::RolledBack { status, failure } => {
            Err(Failure(format!("rolled back to {}{}", status.as_str(), first(failure))))
        }
        End::Stuck { status, failure, remedy } => {
            Err(Failure(format!("the stack is {}{}; {remedy}", status.as_str(), first(failure))))
        }
    }
}

async fn client(
    engines: &Engines,
    job: &Job,
    ground: &Ground,
    role: &str,
) -> Result<CloudFormation, Failure> {
    let request = engines.session_request(job, role);
    // Assumed once here, so that a refusal is told for what it is.
    engines.sessions().assume(&request).await.map_err(|error| Failure::of(&error))?;
    let config = engines.sessions().config(request);
    let client = CloudFormation::new(&config);
    Ok(match &ground.bucket {
        Some(name) => client.with_templates(Bucket::new(
            &config,
            name,
            job.unit.account.clone(),
            job.unit.region.clone(),
        )),
        None => client,
    })
}

/// A stack's name in CloudFormation is the stack's name in wayleave.hcl, with hyphens for what CloudFormation does not allow.
fn stack_name(ground: &Ground) -> String {
    ground.stack.name.as_str().replace('_', "-")
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn line(event: &StackEvent) -> String {
    event.to_string()
}

async fn copy(mut lines: mpsc::UnboundedReceiver<String>, log: UnitLog) -> Result<(), Failure> {
    while let Some(text) = lines.recv().await {
        tell(&log, &text).await?;
    }
    Ok(())
}

async fn tell(log: &UnitLog, text: &str) -> Result<(), Failure> {
    log.line(Stream::Stdout, text).await.map_err(|error| Failure::of(&error))
}
