//! `wayleave token`: tokens for the API.

use std::process::ExitCode;

use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};
use landing_zone::PersonName;
use pipeline_engine::Pipeline;

use crate::output::{self, Format};
use crate::zone_file::{ZoneArgument, secrets};

/// Make, list and revoke tokens for the API.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    zone: ZoneArgument,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a token; it is shown once and kept as a hash.
    Create {
        /// Whose it is: the name of a person block of the zone.
        #[arg(long)]
        person: PersonName,
        /// How long it counts, such as 30d or 12h; without this, until it is revoked.
        #[arg(long, value_name = "DURATION")]
        expires: Option<String>,
    },
    /// List the tokens, without the tokens themselves.
    List,
    /// Revoke a token.
    Revoke {
        /// Its id, as `token list` shows it.
        id: String,
    },
}

pub(crate) async fn run(arguments: Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let zone = arguments.zone.read()?;
    let secrets = secrets(&zone)?;
    let pipeline = Pipeline::open(zone, secrets, &arguments.zone.base()).await?;
    let now = Timestamp::now();
    match arguments.command {
        Command::Create { person, expires } => {
            create(&pipeline, &person, expires.as_deref(), now, format).await?;
        }
        Command::List => list(&pipeline, format).await?,
        Command::Revoke { id } => {
            if !pipeline.store().revoke_token(&id, now).await? {
                bail!("there is no token {id} that counts; `wayleave token list` shows them");
            }
            output::line(&format!("revoked {id}"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn create(
    pipeline: &Pipeline,
    person: &PersonName,
    expires: Option<&str>,
    now: Timestamp,
    format: Format,
) -> anyhow::Result<()> {
    if !pipeline.zone().persons.iter().any(|known| known.name == *person) {
        bail!("the zone has no person {person}; add a person block to it");
    }
    let until = expires.map(|text| lasting(text, now)).transpose()?;
    let token = pipeline.store().create_token(person, now, until).await?;
    match format {
        Format::Human => output::line(&token),
        Format::Json => {
            output::json(&serde_json::json!({"token": token, "person": person, "expires_at": until}))
        }
    }
}

fn lasting(text: &str, now: Timestamp) -> anyhow::Result<Timestamp> {
    let wrong = || format!("{text:?} is not a duration; write it like 30d, 12h or 45m");
    let days = text
        .strip_suffix('d')
        .map(|days| days.parse::<i64>().map(|days| SignedDuration::from_hours(days.saturating_mul(24))));
    let duration = match days {
        Some(days) => days.with_context(wrong)?,
        None => text.parse().with_context(wrong)?,
    };
    if duration <= SignedDuration::ZERO {
        bail!("a token must count for some time; {text:?} is none");
    }
    now.checked_add(duration).with_context(wrong)
}

async fn list(pipeline: &Pipeline, format: Format) -> anyhow::Result<()> {
    let tokens = pipeline.store().tokens().await?;
    if format == Format::Json {
        return output::json(&tokens);
    }
    for token in &tokens {
        let expires = token.expires_at.as_deref().unwrap_or("never");
        let state = if token.revoked_at.is_some() { "revoked" } else { "counts" };
        output::line(&format!(
            "{}  {:<20} made {}  expires {expires}  {state}",
            token.id,
            token.person.as_str(),
            token.created_at
        ))?;
    }
    Ok(())
}
