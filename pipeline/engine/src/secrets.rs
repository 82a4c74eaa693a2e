//! Secrets, read from the variables that the zone names.

use std::collections::BTreeMap;
use std::sync::Arc;

use landing_zone::{ForgeKind, Secret, Zone};
use secrecy::{ExposeSecret, SecretString};

/// A variable that the zone names and the environment lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment lacks {} (for {}); set {} and start again", .0.variable, .0.purpose, .0.variable)]
pub struct MissingSecret(pub Missing);

/// Which variable is missing, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The variable.
    pub variable: String,
    /// What the zone uses it for.
    pub purpose: String,
}

/// What a forge needs.
#[derive(Debug, Clone)]
pub struct ForgeSecrets {
    /// The API's token.
    pub token: SecretString,
    /// The key of webhook signatures.
    pub webhook: SecretString,
}

/// What Slack needs.
#[derive(Debug, Clone)]
pub struct SlackSecrets {
    /// The bot's token.
    pub bot_token: SecretString,
    /// The key of request signatures.
    pub signing: SecretString,
}

/// All secrets of a zone. They never print.
#[derive(Debug, Clone, Default)]
pub struct Secrets(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    forges: BTreeMap<ForgeKind, ForgeSecrets>,
    slack: Option<SlackSecrets>,
}

impl Secrets {
    /// Reads every secret that the zone names.
    ///
    /// # Errors
    /// All missing ones at once.
    pub fn read(zone: &Zone, variable: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<MissingSecret>> {
        let mut missing = Vec::new();
        let mut get = |secret: &Secret, purpose: String| {
            variable(&secret.env).filter(|value| !value.is_empty()).map(SecretString::from).unwrap_or_else(
                || {
                    missing.push(MissingSecret(Missing { variable: secret.env.clone(), purpose }));
                    SecretString::default()
                },
            )
        };
        let mut inner = Inner::default();
        for forge in &zone.forges {
            let kind = forge.kind.as_str();
            let token = get(&forge.token, format!("the token of forge {kind:?}"));
            let webhook = get(&forge.webhook_secret, format!("the webhook secret of forge {kind:?}"));
            inner.forges.insert(forge.kind, ForgeSecrets { token, webhook });
        }
        if let Some(slack) = &zone.slack {
            let bot_token = get(&slack.bot_token, "Slack's bot token".to_owned());
            let signing = get(&slack.signing_secret, "Slack's signing secret".to_owned());
            inner.slack = Some(SlackSecrets { bot_token, signing });
        }
        if missing.is_empty() { Ok(Self(Arc::new(inner))) } else { Err(missing) }
    }

    /// A forge's secrets, where the zone has the forge.
    pub fn forge(&self, kind: ForgeKind) -> Option<&ForgeSecrets> {
        self.0.forges.get(&kind)
    }

    /// Slack's secrets, where the zone has Slack.
    pub fn slack(&self) -> Option<&SlackSecrets> {
        self.0.slack.as_ref()
    }

    /// The values themselves, for the redactor only.
    pub fn values(&self) -> Vec<String> {
        let forges = self.0.forges.values().flat_map(|forge| [&forge.token, &forge.webhook]);
        let slack = self.0.slack.iter().flat_map(|slack| [&slack.bot_token, &slack.signing]);
        forges.chain(slack).map(|secret| secret.expose_secret().to_owned()).collect()
    }
}
