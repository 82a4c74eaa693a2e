//! What can go wrong between Wayleave and a forge, and what to do about it.

use std::time::Duration;

/// A call of a forge's API that did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the API is none.
    #[error("{text:?} is not an address of an API: set `api` of the forge block, or leave it out")]
    Address {
        /// What was given.
        text: String,
    },
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be made")]
    Setup {
        /// Why.
        source: reqwest::Error,
    },
    /// No connection: nothing was sent.
    #[error("the forge could not be reached at {host}: see that this machine may connect to it")]
    Unreachable {
        /// Where.
        host: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The call was sent and no answer came.
    #[error("the forge did not answer when asked to {doing}: whether it was done is not known")]
    Unanswered {
        /// What was asked.
        doing: &'static str,
        /// Why.
        source: reqwest::Error,
    },
    /// Trouble of the forge's own.
    #[error("the forge answered with status {status} when asked to {doing}")]
    Server {
        /// What was asked.
        doing: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// The token is not accepted.
    #[error(
        "the forge does not accept the token: set the variable that `token` of the forge block names to a valid one"
    )]
    Unauthorized,
    /// The token may not do this.
    #[error(
        "the token may not {doing}: it needs write access to commit statuses and pull requests of {repository}"
    )]
    Forbidden {
        /// What was asked.
        doing: &'static str,
        /// Where.
        repository: String,
    },
    /// It is not there, or the token may not see it.
    #[error(
        "the forge finds nothing when asked to {doing} in {repository}: it is gone, or the token may not see it"
    )]
    NotFound {
        /// What was asked.
        doing: &'static str,
        /// Where.
        repository: String,
    },
    /// The forge understood and refused.
    #[error("the forge refused to {doing} (status {status}): {message}")]
    Refused {
        /// What was asked.
        doing: &'static str,
        /// The HTTP status.
        status: u16,
        /// What the forge said.
        message: String,
    },
    /// Too many calls; this one was not done.
    #[error("the forge asks to wait {} s before the next call", after.as_secs())]
    RateLimited {
        /// How long.
        after: Duration,
    },
    /// An answer that cannot be read.
    #[error("the forge's answer cannot be read: {what}")]
    Unreadable {
        /// What is wrong with it.
        what: String,
    },
}

impl Error {
    /// True when doing the same again later may succeed.
    pub const fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Unanswered { .. }
                | Self::Server { .. }
                | Self::RateLimited { .. }
        )
    }

    /// True when nothing was done, so that the call may be made again without doing it twice.
    pub const fn was_not_done(&self) -> bool {
        !matches!(self, Self::Unanswered { .. } | Self::Server { .. } | Self::Unreadable { .. })
    }

    /// How long the forge asks to wait.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { after } => Some(*after),
            _ => None,
        }
    }
}
