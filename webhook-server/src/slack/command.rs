//! What people write after `/wayleave`.

use crate::webhook::word;

/// One command. Runs are as people write them, whole or by their first digits.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Status {
        run: Option<String>,
    },
    Approve {
        run: String,
        digest: Option<String>,
    },
    Reject {
        run: String,
        reason: String,
    },
    /// A command without what it takes; the text says what that is.
    Incomplete(&'static str),
}

impl Command {
    /// Reads a command; what is none asks for help.
    pub(super) fn parse(text: &str) -> Self {
        let (name, rest) = word(text);
        let (run, rest) = word(rest);
        match name.to_ascii_lowercase().as_str() {
            "status" => Self::Status { run: given(run) },
            "approve" => match given(run) {
                Some(run) => Self::Approve { run, digest: given(word(rest).0) },
                None => {
                    Self::Incomplete("Say which run: `/wayleave approve RUN`. `/wayleave status` lists them.")
                }
            },
            "reject" => match (given(run), given(rest)) {
                (Some(run), Some(reason)) => Self::Reject { run, reason },
                _ => Self::Incomplete("Say which run and why: `/wayleave reject RUN REASON`."),
            },
            _ => Self::Help,
        }
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &Command) {
        assert_eq!(&Command::parse(text), expected, "{text:?}");
    }

    #[test]
    fn commands_are_read() {
        check("", &Command::Help);
        check("dance", &Command::Help);
        check("status", &Command::Status { run: None });
        check(" STATUS  r-01234567 ", &Command::Status { run: Some("r-01234567".into()) });
        check("approve r-01234567", &Command::Approve { run: "r-01234567".into(), digest: None });
        check(
            "approve r-01234567 sha256:ab please",
            &Command::Approve { run: "r-01234567".into(), digest: Some("sha256:ab".into()) },
        );
        check(
            "reject r-01234567 it is  Friday",
            &Command::Reject { run: "r-01234567".into(), reason: "it is  Friday".into() },
        );
    }

    #[test]
    fn what_is_left_out_is_asked_for() {
        for text in ["approve", "reject", "reject r-01234567"] {
            assert!(matches!(Command::parse(text), Command::Incomplete(_)), "{text}");
        }
    }
}
