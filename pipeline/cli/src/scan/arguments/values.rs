//! `--var` and `--var-file`.

/// `--var` and `--var-file` in the order of the command line: as for Terraform, the last one counts.
#[derive(Debug, Default)]
pub(in crate::scan) struct Values(pub(in crate::scan) Vec<Value>);

/// What gives variables their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::scan) enum Value {
    /// `NAME=VALUE`.
    One(String),
    /// A file.
    File(String),
}

impl clap::Args for Values {
    fn augment_args(command: clap::Command) -> clap::Command {
        let option = |name: &'static str, value: &'static str, help: &'static str| {
            clap::Arg::new(name).long(name).value_name(value).help(help).action(clap::ArgAction::Append)
        };
        command.arg(option("var", "NAME=VALUE", "The value of a variable or of a template's parameter")).arg(
            option("var-file", "FILE", "A file of values of variables; of it and `--var` the last counts"),
        )
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Values {
    fn from_arg_matches(matches: &clap::ArgMatches) -> Result<Self, clap::Error> {
        let given = |name: &str, value: fn(String) -> Value| {
            let at = matches.indices_of(name).into_iter().flatten();
            let texts = matches.get_many::<String>(name).into_iter().flatten().cloned();
            at.zip(texts.map(value)).collect::<Vec<_>>()
        };
        let mut values = given("var", Value::One);
        values.extend(given("var-file", Value::File));
        values.sort_by_key(|(at, _)| *at);
        Ok(Self(values.into_iter().map(|(_, value)| value).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &clap::ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
