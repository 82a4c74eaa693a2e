//! What the packs show to be wrong with a `policy` block, once they are read.

use super::Policy;
use crate::diagnostic::Diagnostic;
use crate::ids::StageName;
use policies::{RuleId, SettingsError};

/// What the file names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The stage whose block it is in; none for what counts for all.
    pub(super) stage: Option<StageName>,
    pub(super) subject: Subject,
    /// The place alone.
    pub(super) at: Diagnostic,
}

/// What is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    Rule(RuleId),
    Parameter(RuleId, String),
    Category(String),
    Framework(String),
    /// The block itself.
    Nothing,
}

impl Policy {
    /// The errors of compiling a stage's settings, each with its place in `zone.hcl`. An error about what is written for every
    /// stage comes with each of them: [`Diagnostics::new`](crate::Diagnostics::new) takes all, so keep one of each.
    #[must_use]
    pub fn explain(&self, stage: Option<&StageName>, errors: &[SettingsError]) -> Vec<Diagnostic> {
        errors.iter().flat_map(|error| self.places(stage, error)).collect()
    }

    fn places(&self, stage: Option<&StageName>, error: &SettingsError) -> Vec<Diagnostic> {
        let (subject, message, help) = say(error);
        let concerns = |place: &&Place| {
            place.subject == subject && (place.stage.is_none() || place.stage.as_ref() == stage)
        };
        let at = |place: &Place| Diagnostic {
            message: message.clone(),
            help: Some(help.clone()),
            ..place.at.clone()
        };
        let mut places = self.places.iter().filter(concerns).map(at);
        match subject {
            // The block of the stage comes after that of all.
            Subject::Nothing => places.next_back().into_iter().collect(),
            _ => places.collect(),
        }
    }
}

fn say(error: &SettingsError) -> (Subject, String, String) {
    const LIST: &str = "`wayleave scan --list-rules` lists the rules";
    let meant = |hint: &Option<String>, other: &str| match hint {
        Some(hint) => format!("did you mean `{hint}`?"),
        None => other.to_owned(),
    };
    match error {
        SettingsError::UnknownRule { id, hint } => {
            (Subject::Rule(id.clone()), format!("there is no rule {:?}", id.as_str()), meant(hint, LIST))
        }
        SettingsError::UnknownParameter { id, name, hint, names } => {
            let known = if names.is_empty() {
                "it has none".to_owned()
            } else {
                format!("it has {}", names.join(", "))
            };
            let message = format!("the rule {id} has no parameter `{name}`");
            (Subject::Parameter(id.clone(), name.clone()), message, meant(hint, &known))
        }
        SettingsError::ParameterType { id, name, got, expected, default } => (
            Subject::Parameter(id.clone(), name.clone()),
            format!("the parameter `{name}` of the rule {id} is {got}"),
            format!("give {expected}, as in its default: {default}"),
        ),
        SettingsError::UnknownCategory { category, hint } => {
            let message = format!("no rule has the category {category:?}");
            (Subject::Category(category.clone()), message, meant(hint, LIST))
        }
        SettingsError::UnknownFramework { framework, hint } => {
            let message = format!("no rule belongs to the framework or control {framework:?}");
            (Subject::Framework(framework.clone()), message, meant(hint, LIST))
        }
        SettingsError::Nothing => (
            Subject::Nothing,
            "the block leaves no rule, and a gate without rules would pass everything".to_owned(),
            "take names out of `skip`, or widen `rules`, `categories` and `frameworks`".to_owned(),
        ),
    }
}
