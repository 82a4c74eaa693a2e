//! The commands that people give in comments on a pull request.

use pipeline_core::trigger::CommentCommand;

/// How much of what is no command is kept, in characters.
const UNKNOWN: usize = 80;

/// The command in a comment's first line, if that begins with the word `wayleave`. Case does not count, but for the
/// reason and the digest.
pub(crate) fn parse(comment: &str) -> Option<CommentCommand> {
    let line = comment.lines().next()?.trim();
    let (name, rest) = word(line);
    if !name.eq_ignore_ascii_case("wayleave") {
        return None;
    }
    let (command, argument) = word(rest);
    Some(match command.to_ascii_lowercase().as_str() {
        "plan" => CommentCommand::Plan,
        "apply" => CommentCommand::Apply,
        "approve" => CommentCommand::Approve { digest: digest(argument) },
        "reject" => CommentCommand::Reject { reason: argument.to_owned() },
        "cancel" => CommentCommand::Cancel,
        "" | "help" => CommentCommand::Help,
        _ => CommentCommand::Unknown { words: rest.chars().take(UNKNOWN).collect() },
    })
}

/// The first word of a text, and the rest without the space between.
pub(crate) fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(char::is_whitespace).map_or((text, ""), |(first, rest)| (first, rest.trim_start()))
}

fn digest(argument: &str) -> Option<String> {
    let (digest, _) = word(argument);
    (!digest.is_empty()).then(|| digest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(comment: &str, expected: Option<&CommentCommand>) {
        assert_eq!(parse(comment).as_ref(), expected, "{comment:?}");
    }

    #[test]
    fn the_first_line_commands() {
        check("wayleave plan", Some(&CommentCommand::Plan));
        check("  WayLeave\tPLAN  \nplease", Some(&CommentCommand::Plan));
        check("wayleave apply", Some(&CommentCommand::Apply));
        check("wayleave cancel", Some(&CommentCommand::Cancel));
        check("wayleave approve", Some(&CommentCommand::Approve { digest: None }));
        check(
            "wayleave approve sha256:AB",
            Some(&CommentCommand::Approve { digest: Some("sha256:AB".into()) }),
        );
        check("wayleave reject Too  Big", Some(&CommentCommand::Reject { reason: "Too  Big".into() }));
    }

    #[test]
    fn what_is_no_command_is_told_from_asking_for_help() {
        let unknown = |words: &str| CommentCommand::Unknown { words: words.into() };
        check("wayleave", Some(&CommentCommand::Help));
        check("wayleave help", Some(&CommentCommand::Help));
        check("wayleave Destroy everything", Some(&unknown("Destroy everything")));
        check(&format!("wayleave {}", "é".repeat(81)), Some(&unknown(&"é".repeat(80))));
    }

    #[test]
    fn other_comments_are_left_alone() {
        check("", None);
        check("looks good", None);
        check("wayleaves plan", None);
        check("please\nwayleave apply", None);
        check("> wayleave apply", None);
        check("\nwayleave apply", None);
    }
}
