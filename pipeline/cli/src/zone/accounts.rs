//! `wayleave zone accounts`: the accounts of the landing zone, named and discovered.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use landing_zone::{Account, AccountId, Source, StageName, Zone, render_all};
use pipeline_engine::aws::Aws;
use pipeline_engine::organizations::{Discovery, DiscoveryCache, discover};
use serde::Serialize;

use super::{discovered, has_errors, kept};
use crate::output::{self, Format};
use crate::style;
use crate::table::Table;
use crate::zone_file::ZoneArgument;

/// List the accounts: those that zone.hcl names and those that AWS Organizations has.
///
/// With `discover = true` in zone.hcl, AWS Organizations is asked, and what it says is kept in the data directory if there
/// is one. Exit code 1 when a stage names an account or unit that does not exist.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Ask nobody: use zone.hcl and what was last kept of AWS Organizations.
    #[arg(long)]
    offline: bool,
}

#[derive(Serialize)]
struct Listing {
    accounts: Vec<Listed>,
    /// When AWS Organizations was read; null when it was not.
    discovered_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    account: Account,
    stages: BTreeSet<StageName>,
}

pub(super) async fn run(
    arguments: &Arguments,
    argument: &ZoneArgument,
    format: Format,
) -> anyhow::Result<ExitCode> {
    let source = argument.source()?;
    let zone = argument.read()?;
    let discovery =
        if arguments.offline { kept(&zone, argument).await } else { ask(&zone, argument).await? };
    if zone.organization.discover && discovery.is_none() {
        output::notice("nothing is kept of AWS Organizations, so these are the accounts of zone.hcl alone");
    }
    let listing = listing(&zone, discovery.as_ref());
    match format {
        Format::Json => output::json(&listing)?,
        Format::Human => show(&listing)?,
    }
    check(&zone, &source, discovery.as_ref())
}

/// Reads AWS Organizations, or what was kept of it when it does not answer.
async fn ask(zone: &Zone, argument: &ZoneArgument) -> anyhow::Result<Option<Discovery>> {
    if !zone.organization.discover {
        return Ok(None);
    }
    let aws = Aws::from_env(&zone.organization.region).await;
    let data = argument.base().join(&zone.server.data);
    if !data.is_dir() {
        let accounts =
            discover(aws.config()).await.context("cannot discover accounts; --offline asks nobody")?;
        return Ok(Some(Discovery { accounts, at: Timestamp::now() }));
    }
    let asked = Timestamp::now();
    let discovery = DiscoveryCache::new(&data).refresh(aws.config(), SignedDuration::from_secs(-1)).await;
    let discovery = discovery.context("cannot discover accounts; --offline asks nobody")?;
    if discovery.at < asked {
        output::notice(&format!(
            "AWS Organizations does not answer; it looked like this at {}",
            discovery.at
        ));
    }
    Ok(Some(discovery))
}

fn listing(zone: &Zone, discovery: Option<&Discovery>) -> Listing {
    let found = discovered(discovery);
    let mut stages: BTreeMap<AccountId, BTreeSet<StageName>> = BTreeMap::new();
    for stage in &zone.stages {
        for account in zone.stage_accounts(&stage.name, found) {
            stages.entry(account.id).or_default().insert(stage.name.clone());
        }
    }
    let listed = |account: Account| {
        let stages = stages.remove(&account.id).unwrap_or_default();
        Listed { account, stages }
    };
    Listing {
        accounts: zone.accounts(found).into_iter().map(listed).collect(),
        discovered_at: discovery.map(|discovery| discovery.at),
    }
}

fn show(listing: &Listing) -> anyhow::Result<()> {
    let mut table = Table::new(["ID", "NAME", "OU", "TAGS", "STAGES"]);
    for Listed { account, stages } in &listing.accounts {
        let tags: Vec<String> = account.tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let stages: Vec<&str> = stages.iter().map(StageName::as_str).collect();
        let ou = account.ou.as_ref().map_or("", landing_zone::OuPath::as_str);
        table.row([
            account.id.as_str().into(),
            account.name.as_str().into(),
            ou.into(),
            tags.join(" ").into(),
            stages.join(" ").into(),
        ]);
    }
    output::lines(&table.lines(style::is_coloured()))
}

/// What the stages name and is not there.
fn check(zone: &Zone, source: &Source, discovery: Option<&Discovery>) -> anyhow::Result<ExitCode> {
    if zone.organization.discover && discovery.is_none() {
        return Ok(ExitCode::SUCCESS);
    }
    let found = zone.check_accounts(discovered(discovery));
    if !found.is_empty() {
        let text = render_all(&found, source, output::is_coloured());
        writeln!(std::io::stderr().lock(), "\n{text}").context("cannot write to standard error")?;
    }
    Ok(if has_errors(&found) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
