//! What the events of a run mean for its audit record.

use jiff::Timestamp;
use landing_zone::Zone;
use pipeline_core::event::UnitSpec;
use pipeline_core::{Event, Recorded, Run, RunView, UnitId};

use super::Inner;
use super::drive::Drive;
use crate::audit::{Fact, Finding, Level, Phase, Rule, SpoolError, State, UnitContext, User, Verdict, What};
use crate::executor::Executor;
use crate::notify::outcome::Moment;
use crate::runs::SubmitError;
use crate::store::UnitReport;

impl<E: Executor> Inner<E> {
    pub(super) async fn unit_context(&self, unit: &UnitSpec, phase: Option<Phase>) -> UnitContext {
        let accounts = self.pipeline.accounts().await;
        let account = accounts.iter().find(|account| account.id == unit.account);
        let ou = account.and_then(|account| account.ou.as_ref()).map(ToString::to_string);
        UnitContext::of(unit, ou, phase)
    }

    /// Writes the audit records of the events that have none yet, in order.
    pub(super) async fn record_events(&self, drive: &Drive, version: u64) -> Result<(), RecordError> {
        let last = drive.log.last_event();
        if last >= version {
            return Ok(());
        }
        // The last one again: after a crash its facts may be there in part, and what is there is left out.
        for recorded in
            self.pipeline.events_since(drive.id, last.saturating_sub(1)).await.map_err(SubmitError::from)?
        {
            let facts = self.facts(drive, &recorded).await?;
            drive.log.record(recorded.number, facts).await?;
        }
        Ok(())
    }

    async fn facts(&self, drive: &Drive, recorded: &Recorded) -> Result<Vec<Fact>, SubmitError> {
        let at = recorded.at;
        let run = |what| Fact { at, unit: None, what };
        let facts = match &recorded.event {
            Event::Started { .. } => vec![run(state(State::Queued, None))],
            Event::Prepared { units, .. } => {
                vec![run(state(State::Planning, Some(format!("{} units", units.len()))))]
            }
            Event::Planned { unit, unchanged, digest, .. } => {
                let report = self.pipeline.store().report(drive.id, unit, digest).await?.unwrap_or_default();
                let mut context = self.context_of(drive, unit, Phase::Plan).await?;
                if let Some(context) = &mut context {
                    context.digest = Some(digest.clone());
                }
                let fact = |what| Fact { at, unit: context.clone(), what };
                let planned = if *unchanged { State::Unchanged } else { State::Planned };
                findings(self.pipeline.zone(), &report)
                    .map(What::Finding)
                    .chain([state(planned, None)])
                    .map(fact)
                    .collect()
            }
            Event::PlanFailed { unit, reason } => {
                self.unit_fact(drive, recorded, unit, Phase::Plan, State::Failed, Some(reason)).await?
            }
            Event::ApplyStarted { unit } => {
                self.unit_fact(drive, recorded, unit, Phase::Apply, State::Applying, None).await?
            }
            Event::Applied { unit } => {
                self.unit_fact(drive, recorded, unit, Phase::Apply, State::Applied, None).await?
            }
            Event::ApplyFailed { unit, reason } => {
                self.unit_fact(drive, recorded, unit, Phase::Apply, State::Failed, Some(reason)).await?
            }
            Event::PlanVoided { unit, reason } => {
                self.unit_fact(drive, recorded, unit, Phase::Apply, State::Queued, Some(reason)).await?
            }
            Event::Approved { stage, person, digest } => {
                vec![run(What::Verdict(verdict(true, stage.as_str(), person.as_str(), digest, None)))]
            }
            Event::Rejected { stage, person, digest, reason } => {
                vec![run(What::Verdict(verdict(
                    false,
                    stage.as_str(),
                    person.as_str(),
                    digest,
                    Some(reason.clone()),
                )))]
            }
            Event::Retried { by } => vec![run(state(State::Queued, Some(format!("tried again by {by}"))))],
            Event::PrepareFailed { .. }
            | Event::TargetsHeld
            | Event::Cancelled { .. }
            | Event::Superseded { .. }
            | Event::Woke => Vec::new(),
        };
        Ok(facts.into_iter().chain(self.end_fact(drive, recorded).await?).collect())
    }

    /// The run's own end, or its waiting for people, told once: at the event that brought it about.
    async fn end_fact(&self, drive: &Drive, recorded: &Recorded) -> Result<Option<Fact>, SubmitError> {
        let look = |run: &Run| {
            // A view is as large as the run: it is made where it is told, and not for each event of each unit.
            let known = State::parse(run.state().name())
                .filter(|state| state.is_end() || *state == State::Waiting)
                .filter(|_| run.version() == recorded.number)?;
            Some((known, run.view()))
        };
        let told = self.look(drive.id, look).await?.map(|(known, view)| {
            log(&view);
            let waits = view.waiting_for.map(|waits| {
                format!("stage {} waits for {} approvals of {}", waits.stage, waits.approvals, waits.digest)
            });
            Fact { at: recorded.at, unit: None, what: state(known, view.reason.or(waits)) }
        });
        Ok(told)
    }

    async fn unit_fact(
        &self,
        drive: &Drive,
        recorded: &Recorded,
        unit: &UnitId,
        phase: Phase,
        now: State,
        reason: Option<&String>,
    ) -> Result<Vec<Fact>, SubmitError> {
        let context = self.context_of(drive, unit, phase).await?;
        Ok(vec![Fact { at: recorded.at, unit: context, what: state(now, reason.cloned()) }])
    }

    async fn context_of(
        &self,
        drive: &Drive,
        unit: &UnitId,
        phase: Phase,
    ) -> Result<Option<UnitContext>, SubmitError> {
        let found = self
            .look(drive.id, |run| {
                run.unit(unit)
                    .map(|unit| (unit.spec().clone(), unit.state().plan().map(|plan| plan.digest.clone())))
            })
            .await?;
        let Some((spec, digest)) = found else { return Ok(None) };
        let context = self.unit_context(&spec, Some(phase)).await;
        Ok(Some(UnitContext { digest, ..context }))
    }
}

/// Why the audit record could not be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum RecordError {
    #[error(transparent)]
    Submit(#[from] SubmitError),
    #[error(transparent)]
    Spool(#[from] SpoolError),
}

/// Tells whoever runs the server how a run stands, once it needs people or has ended.
fn log(run: &RunView) {
    let happened = match Moment::of(run) {
        Moment::Asks(..) => "waits for approval",
        Moment::Planned => "is planned",
        Moment::Ended => "has ended",
        Moment::AtWork | Moment::Paused => "waits",
    };
    let (state, reason) = (run.state.name(), run.reason.as_deref().unwrap_or_default());
    let took = Timestamp::now().duration_since(run.id.started());
    tracing::info!(run = %run.id, repository = %run.repository, commit = %run.commit, state, reason, %took, "run {happened}");
}

fn user(name: &str) -> User {
    User { name: name.to_owned(), id: None }
}

fn state(state: State, reason: Option<String>) -> What {
    What::State { state, reason, duration: None, by: None }
}

fn verdict(
    approved: bool,
    stage: &str,
    person: &str,
    digest: &pipeline_core::Digest,
    reason: Option<String>,
) -> Verdict {
    Verdict {
        approved,
        person: user(person),
        stage: stage.to_owned(),
        digest: digest.clone(),
        reason,
        source_ip: None,
    }
}

fn findings<'a>(zone: &'a Zone, report: &'a UnitReport) -> impl Iterator<Item = Finding> + 'a {
    let bound = zone.policy.fail_on.severity();
    let told = move |finding: &policies::Finding, skipped: Option<String>| Finding {
        rule: Rule {
            id: finding.rule.to_string(),
            name: finding.title.to_string(),
            category: finding.category.to_string(),
        },
        level: if finding.severity == policies::Severity::Low { Level::Info } else { Level::Warn },
        message: format!("{}: {}", finding.address, finding.message),
        refuses: finding.severity >= bound && skipped.is_none(),
        skipped,
    };
    let counted = report.findings.iter().map(move |finding| told(finding, None));
    let skipped =
        report.skipped.iter().map(move |skipped| told(&skipped.finding, Some(skipped.comment.clone())));
    counted.chain(skipped)
}
