//! From a run's context and a fact or a line of output to a record.

use std::time::Duration;

use jiff::Timestamp;

use super::context::{RunContext, UnitContext};
use super::fact::{Fact, Finding, State, Verdict, What};
use super::log::Stream;
use super::record::{
    Account, Category, Change, Cicd, Cloud, ECS_VERSION, Ecs, Event, EventType, Head, Level, Log,
    Organization, Outcome, Pipeline, PipelineRun, Record, Reference, Repository, Source, Task, TaskRun, Url,
    User, Vcs, Wayleave,
};

/// The record of a line of output.
pub(super) fn output(
    run: &RunContext,
    unit: &UnitContext,
    at: Timestamp,
    stream: Stream,
    text: String,
) -> Record {
    let mut record = base(run, Some(unit), at);
    stream.as_str().clone_into(&mut record.event.action);
    record.message = text;
    record
}

/// The record of a fact; `event` is the number of the core event that it derives from.
pub(super) fn fact(run: &RunContext, fact: &Fact, event: Option<u64>) -> Record {
    let mut record = base(run, fact.unit.as_ref(), fact.at);
    record.event.id = event.map(|number| format!("{}/{number}", run.run));
    match &fact.what {
        What::State { state, reason, duration, by } => {
            tell_state(&mut record, *state, reason.as_deref(), *duration);
            if by.is_some() {
                record.user.clone_from(by);
            }
        }
        What::Finding(finding) => tell_finding(&mut record, finding),
        What::Verdict(verdict) => tell_verdict(&mut record, verdict),
        What::Webhook { sender, delivery, event, source_ip } => {
            record.event.category = vec![Category::Api];
            record.event.types = vec![EventType::Access];
            "webhook-received".clone_into(&mut record.event.action);
            record.event.outcome = Some(Outcome::Success);
            record.message = format!("{sender} delivered {event} as {delivery}");
            record.source = source_ip.map(|ip| Source { ip }).or(record.source);
        }
        What::NotTold { sink, reason } => {
            record.event.category = vec![Category::Process];
            record.event.types = vec![EventType::Info];
            "notification-failed".clone_into(&mut record.event.action);
            record.event.outcome = Some(Outcome::Failure);
            record.event.reason = Some(reason.clone());
            record.log.level = Level::Error;
            record.message = format!("{sink} was not told how {} stands: {reason}", run.run);
        }
    }
    record
}

/// The record that says that an unfinished line was cut off after a crash.
pub(super) fn recovered(run: &RunContext, at: Timestamp, bytes: u64) -> Record {
    let mut record = base(run, None, at);
    "spool-recovered".clone_into(&mut record.event.action);
    record.log.level = Level::Warn;
    record.message = format!("the spool ended within a line after a crash: {bytes} bytes were cut off");
    record
}

fn tell_state(record: &mut Record, state: State, reason: Option<&str>, duration: Option<Duration>) {
    let telling = state.telling();
    let subject = if record.wayleave.unit.is_some() { "unit" } else { "run" };
    record.event.category = vec![telling.category];
    record.event.types = vec![telling.event_type];
    record.event.action = format!("{subject}-{}", telling.name);
    record.event.outcome = telling.outcome;
    record.event.reason = reason.map(str::to_owned);
    record.event.duration = duration.map(|taken| u64::try_from(taken.as_nanos()).unwrap_or(u64::MAX));
    record.log.level = telling.level;
    record.cicd.pipeline.result = telling.result;
    let name =
        record.wayleave.unit.as_ref().map_or_else(|| record.wayleave.run.to_string(), ToString::to_string);
    record.message = match reason {
        Some(reason) => format!("{subject} {name} is {}: {reason}", telling.name),
        None => format!("{subject} {name} is {}", telling.name),
    };
}

fn tell_finding(record: &mut Record, finding: &Finding) {
    record.event.category = vec![Category::Configuration];
    record.event.types = vec![EventType::Info];
    "finding".clone_into(&mut record.event.action);
    record.event.outcome = Some(if finding.refuses { Outcome::Failure } else { Outcome::Success });
    record.log.level = finding.level;
    record.rule = Some(finding.rule.clone());
    record.message.clone_from(&finding.message);
    if let Some(reason) = &finding.skipped {
        "finding-skipped".clone_into(&mut record.event.action);
        record.event.reason = Some(reason.clone());
    }
}

fn tell_verdict(record: &mut Record, verdict: &Verdict) {
    let (action, event_type, outcome) = if verdict.approved {
        ("approved", EventType::Allowed, Outcome::Success)
    } else {
        ("rejected", EventType::Denied, Outcome::Failure)
    };
    record.event.category = vec![Category::Api];
    record.event.types = vec![event_type];
    action.clone_into(&mut record.event.action);
    record.event.outcome = Some(outcome);
    record.event.reason.clone_from(&verdict.reason);
    record.user = Some(verdict.person.clone());
    record.source = verdict.source_ip.map(|ip| Source { ip });
    record.wayleave.stage = Some(verdict.stage.clone());
    record.wayleave.digest = Some(verdict.digest.clone());
    record.message =
        format!("{} {action} stage {} at {}", verdict.person.name, verdict.stage, verdict.digest);
}

fn base(run: &RunContext, unit: Option<&UnitContext>, at: Timestamp) -> Record {
    Record {
        timestamp: at,
        ecs: Ecs { version: ECS_VERSION },
        event: event(),
        message: String::new(),
        log: Log { level: Level::Info },
        cloud: unit.map(cloud),
        organization: unit
            .and_then(|unit| unit.organizational_unit.clone())
            .map(|unit| Organization { unit }),
        user: run.author.as_ref().map(|User { name, id }| User { name: name.clone(), id: id.clone() }),
        source: run.source_ip.map(|ip| Source { ip }),
        rule: None,
        vcs: vcs(run),
        cicd: Cicd { pipeline: pipeline(run, unit) },
        wayleave: wayleave(run, unit),
    }
}

fn event() -> Event {
    Event {
        kind: "event",
        category: vec![Category::Process],
        types: vec![EventType::Info],
        action: String::new(),
        outcome: None,
        sequence: 0,
        id: None,
        hash: None,
        provider: "wayleave",
        dataset: "wayleave.audit",
        reason: None,
        duration: None,
    }
}

fn cloud(unit: &UnitContext) -> Cloud {
    let account = Account { id: unit.account_id.clone(), name: unit.account_name.clone() };
    Cloud { provider: "aws", region: unit.region.clone(), account }
}

fn vcs(run: &RunContext) -> Vcs {
    Vcs {
        repository: Repository { url: Url { full: run.repository_url.clone() } },
        reference: Reference { head: Head { name: run.branch.clone(), revision: run.commit.clone() } },
        change: run.change.map(|number| Change { id: number.to_string() }),
    }
}

fn pipeline(run: &RunContext, unit: Option<&UnitContext>) -> Pipeline {
    let url = run.run_url.clone().map(|full| Url { full });
    let task = unit.map(|unit| Task {
        name: unit.phase.map_or_else(|| unit.stack.clone(), |phase| phase.as_str().to_owned()),
        run: TaskRun { id: format!("{}/{}", run.run, unit.unit) },
    });
    Pipeline { name: run.repository.clone(), run: PipelineRun { id: run.run, url }, task, result: None }
}

fn wayleave(run: &RunContext, unit: Option<&UnitContext>) -> Wayleave {
    Wayleave {
        run: run.run,
        unit: unit.map(|unit| unit.unit.clone()),
        stack: unit.map(|unit| unit.stack.clone()),
        stage: unit.map(|unit| unit.stage.clone()),
        wave: unit.map(|unit| unit.wave),
        engine: unit.map(|unit| unit.engine.clone()),
        digest: unit.and_then(|unit| unit.digest.clone()),
        role_session: unit.and_then(|unit| unit.role_session.clone()),
    }
}
