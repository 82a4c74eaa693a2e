//! What a user sets for a bundle: parameters, severities, and which of its rules are judged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::finding::{RuleId, Severity};
use crate::metadata::Metadata;

/// What a user sets for a bundle. The default changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Values of rules' parameters, in place of the defaults in their metadata.
    pub parameters: BTreeMap<RuleId, Map<String, Value>>,
    /// Severities in place of those in the metadata and of those that a rule gives to single cases.
    pub severities: BTreeMap<RuleId, Severity>,
    /// Rules that are judged: those that match in every field that names something.
    pub only: Selection,
    /// Rules that are left out: those that match in any field.
    pub skip: Selection,
    /// What is less severe is no finding; none: everything found is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_severity: Option<Severity>,
    /// Whether what authors suppress in their files is found all the same.
    #[serde(skip_serializing_if = "is_false")]
    pub ignore_suppressions: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// Rules named in one of three ways.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// Rules by id, or by the id of the Terrascan rule that they succeed.
    pub ids: Vec<RuleId>,
    /// Rules by category, in any case.
    pub categories: Vec<String>,
    /// Rules by framework (`cis-aws-3.0`), or by one of its controls (`cis-aws-3.0:5.2`).
    pub frameworks: Vec<String>,
}

/// A setting that fits no rule. Each is reported, since a gate whose settings say nothing is not the gate that was meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// No rule has the id.
    #[error("there is no rule {id}{}; see the list of rules", meant(hint))]
    UnknownRule {
        /// What was written.
        id: RuleId,
        /// A rule's id that is like it.
        hint: Option<String>,
    },
    /// The rule has no such parameter.
    #[error("the rule {id} has no parameter `{name}`{}{}", meant(hint), known(names))]
    UnknownParameter {
        /// The rule.
        id: RuleId,
        /// What was written.
        name: String,
        /// A parameter's name that is like it.
        hint: Option<String>,
        /// All parameters of the rule.
        names: Vec<String>,
    },
    /// The value of a parameter has another type than its default.
    #[error("the parameter `{name}` of the rule {id} is {got}: give {expected}, as in its default {default}")]
    ParameterType {
        /// The rule.
        id: RuleId,
        /// The parameter.
        name: String,
        /// The type of the value that was given.
        got: String,
        /// The type of the default.
        expected: String,
        /// The default, as JSON.
        default: String,
    },
    /// No rule has the category.
    #[error("no rule has the category `{category}`{}", meant(hint))]
    UnknownCategory {
        /// What was written.
        category: String,
        /// A category that is like it.
        hint: Option<String>,
    },
    /// No rule checks the framework or the control.
    #[error("no rule belongs to the framework or control `{framework}`{}", meant(hint))]
    UnknownFramework {
        /// What was written.
        framework: String,
        /// A framework's name that is like it.
        hint: Option<String>,
    },
    /// The settings leave no rule to judge by, and a gate without rules would pass everything.
    #[error("the settings leave no rule: all are left out by `only` and `skip`")]
    Nothing,
}

fn meant(hint: &Option<String>) -> String {
    hint.as_ref().map(|hint| format!("; did you mean `{hint}`?")).unwrap_or_default()
}

fn known(names: &[String]) -> String {
    if names.is_empty() { "; it has none".to_owned() } else { format!("; it has {}", names.join(", ")) }
}

impl Settings {
    /// Everything in the settings that fits none of these rules.
    pub(crate) fn check(&self, rules: &[&Metadata]) -> Vec<SettingsError> {
        let known = self.parameters.keys().chain(self.severities.keys());
        let mut errors: Vec<_> = known.filter_map(|id| unknown_rule(rules, id)).collect();
        for (id, given) in &self.parameters {
            if let Some(rule) = rules.iter().find(|rule| rule.id == *id) {
                errors.extend(given.iter().filter_map(|(name, value)| bad_parameter(rule, name, value)));
            }
        }
        errors.extend([&self.only, &self.skip].into_iter().flat_map(|selection| selection.check(rules)));
        if errors.is_empty() && !rules.is_empty() && !rules.iter().any(|rule| self.selects(rule)) {
            errors.push(SettingsError::Nothing);
        }
        errors
    }

    /// Whether the rule is to be judged.
    pub(crate) fn selects(&self, rule: &Metadata) -> bool {
        let only = &self.only;
        (only.ids.is_empty() || only.has_id(rule))
            && (only.categories.is_empty() || only.has_category(rule))
            && (only.frameworks.is_empty() || only.has_framework(rule))
            && !(self.skip.has_id(rule) || self.skip.has_category(rule) || self.skip.has_framework(rule))
    }

    /// The rule's parameters: its defaults, with what the user set.
    pub(crate) fn parameters_of(&self, rule: &Metadata) -> Map<String, Value> {
        let given = self.parameters.get(&rule.id);
        let value = |name: &String| given.and_then(|given| given.get(name)).cloned();
        let parameters = rule.parameters.iter();
        parameters
            .map(|(name, written)| (name.clone(), value(name).unwrap_or_else(|| written.default.clone())))
            .collect()
    }
}

impl Selection {
    fn has_id(&self, rule: &Metadata) -> bool {
        self.ids.iter().any(|id| is_named(rule, id))
    }

    fn has_category(&self, rule: &Metadata) -> bool {
        self.categories.iter().any(|category| category.eq_ignore_ascii_case(&rule.category))
    }

    fn has_framework(&self, rule: &Metadata) -> bool {
        self.frameworks.iter().any(|framework| belongs(rule, framework))
    }

    fn check(&self, rules: &[&Metadata]) -> Vec<SettingsError> {
        let ids = self.ids.iter().filter(|id| !rules.iter().any(|rule| is_named(rule, id)));
        let mut errors: Vec<_> = ids.map(|id| no_rule(rules, id)).collect();
        for category in &self.categories {
            if !rules.iter().any(|rule| rule.category.eq_ignore_ascii_case(category)) {
                let hint = nearest(category, rules.iter().map(|rule| rule.category.as_ref()));
                errors.push(SettingsError::UnknownCategory { category: category.clone(), hint });
            }
        }
        for framework in &self.frameworks {
            if !rules.iter().any(|rule| belongs(rule, framework)) {
                let names = rules.iter().flat_map(|rule| rule.frameworks.keys());
                let hint = nearest(framework, names.map(String::as_str));
                errors.push(SettingsError::UnknownFramework { framework: framework.clone(), hint });
            }
        }
        errors
    }
}

/// By its own id or by one of those that it succeeds.
fn is_named(rule: &Metadata, id: &RuleId) -> bool {
    rule.id == *id || rule.aliases().any(|alias| alias == id.as_str())
}

fn belongs(rule: &Metadata, framework: &str) -> bool {
    match framework.split_once(':') {
        Some((name, control)) => {
            rule.frameworks.get(name).is_some_and(|controls| controls.iter().any(|known| known == control))
        }
        None => rule.frameworks.contains_key(framework),
    }
}

fn unknown_rule(rules: &[&Metadata], id: &RuleId) -> Option<SettingsError> {
    (!rules.iter().any(|rule| rule.id == *id)).then(|| no_rule(rules, id))
}

fn no_rule(rules: &[&Metadata], id: &RuleId) -> SettingsError {
    let successor = rules.iter().find(|rule| is_named(rule, id)).map(|rule| rule.id.to_string());
    let hint = successor.or_else(|| nearest(id.as_str(), rules.iter().map(|rule| rule.id.as_str())));
    SettingsError::UnknownRule { id: id.clone(), hint }
}

fn bad_parameter(rule: &Metadata, name: &str, value: &Value) -> Option<SettingsError> {
    let id = rule.id.clone();
    let Some(parameter) = rule.parameters.get(name) else {
        let names: Vec<String> = rule.parameters.keys().cloned().collect();
        let hint = nearest(name, names.iter().map(String::as_str));
        return Some(SettingsError::UnknownParameter { id, name: name.to_owned(), hint, names });
    };
    let default = &parameter.default;
    (!has_type_of(value, default)).then(|| SettingsError::ParameterType {
        id,
        name: name.to_owned(),
        got: type_of(value),
        expected: type_of(default),
        default: default.to_string(),
    })
}

/// A default of null takes everything; a list's first element stands for all of its elements.
fn has_type_of(value: &Value, default: &Value) -> bool {
    match (value, default) {
        (_, Value::Null)
        | (Value::Bool(_), Value::Bool(_))
        | (Value::Number(_), Value::Number(_))
        | (Value::String(_), Value::String(_))
        | (Value::Object(_), Value::Object(_)) => true,
        (Value::Array(values), Value::Array(defaults)) => {
            defaults.first().is_none_or(|first| values.iter().all(|value| has_type_of(value, first)))
        }
        _ => false,
    }
}

fn type_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "true or false".to_owned(),
        Value::Number(_) => "a number".to_owned(),
        Value::String(_) => "a string".to_owned(),
        Value::Array(values) => match values.iter().map(type_of).collect::<Vec<_>>().as_slice() {
            [first, rest @ ..] if rest.iter().all(|kind| kind == first) => {
                format!("a list (each {first})")
            }
            [] => "a list".to_owned(),
            _ => "a list of several types".to_owned(),
        },
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The name most like the one that was written, if any is like it at all.
fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    const ALIKE: f64 = 0.7;
    let likeness =
        |name: &str| strsim::normalized_damerau_levenshtein(&written.to_lowercase(), &name.to_lowercase());
    let near = names.map(|name| (likeness(name), name)).filter(|(likeness, _)| *likeness >= ALIKE);
    near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name.to_owned())
}
