//! What people may do to a run, wherever they speak.

use landing_zone::{Person, PersonName, Role, StageName};
use pipeline_core::run::{Illegal, RunView};
use pipeline_core::trigger::Actor;
use pipeline_core::{Digest, Event, Run, RunId};

use super::Pipeline;
use crate::runs::SubmitError;

/// What somebody wants of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Approve a stage.
    Approve {
        /// The stage.
        stage: StageName,
        /// What they looked at.
        digest: Digest,
    },
    /// Reject a stage, which ends the run.
    Reject {
        /// The stage.
        stage: StageName,
        /// What they looked at.
        digest: Digest,
        /// Why.
        reason: String,
    },
    /// End the run; what is being applied is let finish.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Do again what failed.
    Retry,
}

impl Act {
    const fn role(&self) -> Role {
        match self {
            Self::Approve { .. } | Self::Reject { .. } => Role::Approver,
            Self::Cancel { .. } | Self::Retry => Role::Operator,
        }
    }

    fn event(self, person: &PersonName) -> Event {
        match self {
            Self::Approve { stage, digest } => Event::Approved { stage, person: person.clone(), digest },
            Self::Reject { stage, digest, reason } => {
                Event::Rejected { stage, person: person.clone(), digest, reason }
            }
            Self::Cancel { reason } => Event::Cancelled { by: person.to_string(), reason },
            Self::Retry => Event::Retried { by: person.to_string() },
        }
    }
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The zone knows nobody by that login.
    #[error("the landing zone knows nobody who is {login:?} there; add a person block to zone.hcl")]
    Unknown {
        /// The login.
        login: String,
    },
    /// They lack the role.
    #[error("{person} lacks the role {role:?} that this takes; zone.hcl gives roles")]
    Forbidden {
        /// Who.
        person: PersonName,
        /// What it takes.
        role: Role,
    },
    /// A newer run of the same branch has begun: to try the old one again would undo what the newer did.
    #[error("{newer} is newer on the same branch; try that one again, or push")]
    Overtaken {
        /// The newer run.
        newer: RunId,
    },
    /// The run did not take it.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl ActError {
    /// The run's own refusal, if that is what it was.
    pub const fn illegal(&self) -> Option<&Illegal> {
        match self {
            Self::Submit(SubmitError::Illegal(illegal)) => Some(illegal),
            _ => None,
        }
    }
}

impl Pipeline {
    /// The person of the zone that an actor is.
    ///
    /// # Errors
    /// [`ActError::Unknown`] when the zone does not know them.
    pub fn person(&self, actor: &Actor) -> Result<&Person, ActError> {
        let found = match actor.platform {
            Some(platform) => self.zone().person_by(platform, &actor.login),
            None => self.zone().persons.iter().find(|person| person.name.as_str() == actor.login),
        };
        found.ok_or_else(|| ActError::Unknown { login: actor.login.clone() })
    }

    /// The person that an actor is, if they have a role.
    ///
    /// # Errors
    /// [`ActError::Unknown`] when the zone does not know them; [`ActError::Forbidden`] when they lack the role.
    pub fn person_with(&self, actor: &Actor, role: Role) -> Result<&Person, ActError> {
        let person = self.person(actor)?;
        if person.may(role) {
            Ok(person)
        } else {
            Err(ActError::Forbidden { person: person.name.clone(), role })
        }
    }

    /// Does what somebody wants of a run, if they may; answers the run as it then is.
    ///
    /// # Errors
    /// [`ActError`] says why not: an unknown person, a lacking role, or the run's own refusal.
    pub async fn act(&self, run: RunId, who: &Actor, act: Act) -> Result<RunView, ActError> {
        let person = self.person_with(who, act.role())?;
        if act == Act::Retry {
            self.check_newest(run).await?;
        }
        let event = act.event(&person.name);
        Ok(self.runs_door().submit_one(run, event, None, Run::view).await?)
    }

    async fn check_newest(&self, run: RunId) -> Result<(), ActError> {
        let place = |run: &Run| (run.spec().repository.clone(), run.spec().branch.clone(), run.spec().change);
        let found = self.runs_door().look(run, place).await.map_err(SubmitError::from)?;
        let (repository, branch, change) = found.ok_or(SubmitError::NotFound(run))?;
        let rows = match change {
            Some(change) => self.store().change_runs(&repository, change).await,
            None => self.store().branch_runs(&repository, &branch).await,
        };
        match rows.map_err(SubmitError::from)?.first() {
            Some(newest) if newest.id > run => Err(ActError::Overtaken { newer: newest.id }),
            _ => Ok(()),
        }
    }
}
