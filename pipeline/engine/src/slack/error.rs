//! What can go wrong between Wayleave and Slack, and what to do about it.

use std::time::Duration;

/// A call of Slack's Web API that did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the Web API is none.
    #[error("{text:?} is not an address of Slack: set `api` of the slack block, or leave it out")]
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
    #[error("Slack could not be reached at {host}: see that this machine may connect to it")]
    Unreachable {
        /// Where.
        host: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The call was sent and no answer came.
    #[error("Slack did not answer {method}: whether it was done is not known")]
    Unanswered {
        /// The method of the Web API.
        method: &'static str,
        /// Why.
        source: reqwest::Error,
    },
    /// An answer that Slack gives when it has trouble of its own.
    #[error("Slack answered {method} with status {status}; see https://slack-status.com")]
    Status {
        /// The method of the Web API.
        method: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// Too many calls; this one was not done.
    #[error("Slack asks to wait {} s before the next {method}", after.as_secs())]
    RateLimited {
        /// The method of the Web API.
        method: &'static str,
        /// How long.
        after: Duration,
    },
    /// Slack understood and refused.
    #[error("Slack refused {method}: {code}. {}", remedy(code))]
    Refused {
        /// The method of the Web API.
        method: &'static str,
        /// Slack's code.
        code: String,
    },
    /// An address to answer at that is not Slack's.
    #[error("the response address is not on Slack's host; the answer was not sent")]
    ForeignResponseUrl,
}

impl Error {
    /// True when doing the same again later may succeed.
    pub const fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Unanswered { .. } | Self::RateLimited { .. } => true,
            Self::Status { status, .. } => *status >= 500,
            _ => false,
        }
    }

    /// True when nothing was done, so that the call may be made again without doing it twice.
    pub const fn was_not_done(&self) -> bool {
        match self {
            Self::Unanswered { .. } => false,
            Self::Status { status, .. } => *status < 500,
            _ => true,
        }
    }

    /// How long Slack asks to wait.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { after, .. } => Some(*after),
            _ => None,
        }
    }

    /// Slack's code, where it refused.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }
}

/// What to do about a code, after the lists of errors of
/// [chat.postMessage](https://docs.slack.dev/reference/methods/chat.postMessage) and `chat.update`.
fn remedy(code: &str) -> &'static str {
    match code {
        "invalid_auth" | "not_authed" | "token_revoked" | "token_expired" | "account_inactive" => {
            "Set the variable that `bot_token` names to the bot token (xoxb-…) of an app that is installed"
        }
        "not_in_channel" | "restricted_action" => "Invite the app to the channel: /invite @wayleave",
        "channel_not_found" => {
            "Set `channel` of the slack block to a channel that the app can see; a private one needs an invitation"
        }
        "is_archived" => "The channel is archived: set `channel` of the slack block to another",
        "missing_scope" | "no_permission" => "Give the app the scope chat:write and install it again",
        "message_not_found" | "cant_update_message" | "edit_window_closed" => {
            "The message is gone or may no longer be edited; a new one is posted"
        }
        "invalid_blocks" | "msg_too_long" | "msg_blocks_too_long" | "invalid_blocks_format" => {
            "This is a defect of Wayleave: please report it with the run's id"
        }
        "internal_error" | "fatal_error" | "service_unavailable" | "request_timeout" => {
            "This is a trouble of Slack's own; it is tried again"
        }
        _ => "Look the code up at https://docs.slack.dev/reference/methods",
    }
}
