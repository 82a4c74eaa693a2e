//! The zone's file, its secrets, and who this process is to AWS.

use std::time::Duration;

use landing_zone::{Region, Zone};
use pipeline_engine::aws::Aws;
use pipeline_engine::secrets::Secrets;
use pipeline_engine::sts::caller;

use super::Check;
use crate::zone_file::ZoneArgument;

/// How long AWS may take to say who this is, all places where credentials may be included.
const PATIENCE: Duration = Duration::from_secs(30);

/// The zone, if it can be read; and how it and its secrets stand.
pub(super) fn zone(argument: &ZoneArgument) -> (Option<Zone>, Vec<Check>) {
    const NAME: &str = "zone";
    let shown = argument.zone.display();
    if !argument.zone.exists() {
        let cost = "serve, worker, plan, apply and token need it (--zone FILE); scan and demo do not";
        return (None, vec![Check::lacks(NAME, format!("there is no {shown}"), cost)]);
    }
    let parsed = argument.source().map(|source| Zone::parse(&source));
    match parsed {
        Ok(Ok((zone, _))) => {
            let secrets = secrets(&zone);
            (Some(zone), vec![Check::has(NAME, format!("{shown} can be used")), secrets])
        }
        Ok(Err(_)) => {
            let cost = format!("`wayleave zone check --zone {shown}` shows them");
            (None, vec![Check::broken(NAME, format!("{shown} has errors"), cost)])
        }
        Err(error) => (None, vec![Check::broken(NAME, format!("{error:#}"), "nothing can be read of it")]),
    }
}

fn secrets(zone: &Zone) -> Check {
    const NAME: &str = "secrets";
    match Secrets::read(zone, |name| std::env::var(name).ok()) {
        Ok(_) => Check::has(NAME, "every variable that the zone names is set"),
        Err(missing) => {
            let names: Vec<String> = missing
                .iter()
                .map(|missing| format!("{} ({})", missing.0.variable, missing.0.purpose))
                .collect();
            let cost = "serve and worker do not start without them";
            Check::lacks(NAME, format!("not set: {}", names.join(", ")), cost)
        }
    }
}

/// Who this process is to AWS.
pub(super) async fn credentials(zone: Option<&Zone>, offline: bool) -> Check {
    const NAME: &str = "aws";
    if offline {
        return Check::skipped(NAME, "not asked, as --offline says");
    }
    let Some(region) = zone.map_or_else(fallback, |zone| Some(zone.organization.region.clone())) else {
        return Check::skipped(NAME, "no region to ask in");
    };
    let aws = Aws::from_env(&region).await;
    let answer = tokio::time::timeout(PATIENCE, caller(aws.config())).await;
    let failed = |found: String, remedy: &str| match zone {
        Some(_) => Check::broken(NAME, found, format!("no role can be assumed: {remedy}")),
        None => Check::lacks(NAME, found, format!("no role can be assumed: {remedy}")),
    };
    match answer {
        Err(_) => {
            let found = format!("no answer within {} seconds", PATIENCE.as_secs());
            failed(found, "check the network, the proxy and AWS_ENDPOINT_URL")
        }
        Ok(Err(error)) => failed(error.to_string(), error.kind.remedy()),
        Ok(Ok(caller)) => {
            let management = zone.map(|zone| &zone.organization.management_account);
            match management.filter(|id| id.as_str() != caller.account) {
                Some(id) => Check::lacks(
                    NAME,
                    format!("{} of account {}", caller.arn, caller.account),
                    format!(
                        "the zone's management account is {id}; discovery works from there or from a delegated administrator"
                    ),
                ),
                None => Check::has(NAME, format!("{} of account {}", caller.arn, caller.account)),
            }
        }
    }
}

/// A region that every account has, for where there is no zone.
fn fallback() -> Option<Region> {
    Region::parse("us-east-1").ok()
}
