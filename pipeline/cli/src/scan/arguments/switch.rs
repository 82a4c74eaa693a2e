//! Switches as Terrascan reads them: `--switch` and `--switch=true`, and the last one counts.

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command};

/// Lets all switches of a command take a value, behind `=`. Declared they are without it, so that completions know them for
/// switches.
pub(crate) fn with_values(command: Command) -> Command {
    command.mut_args(|argument| match argument.get_action() {
        ArgAction::SetTrue => with_value(argument),
        _ => argument,
    })
}

fn with_value(argument: Arg) -> Arg {
    argument
        .action(ArgAction::Set)
        .num_args(0..=1)
        .require_equals(true)
        .value_name("BOOL")
        .default_value("false")
        .default_missing_value("true")
        .hide_default_value(true)
        .value_parser(ValueParser::new(truth))
}

/// The words of Go's [`ParseBool`](https://pkg.go.dev/strconv#ParseBool).
fn truth(word: &str) -> Result<bool, String> {
    match word {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err("write true or false".to_owned()),
    }
}
