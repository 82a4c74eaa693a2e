//! `/accounts`: the accounts of the landing zone.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use landing_zone::{Account, Zone};

use crate::app::App;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    rows: Vec<Row>,
    discover: bool,
}

struct Row {
    id: String,
    name: String,
    ou: Option<String>,
    tags: Vec<String>,
    stages: Vec<String>,
    management: bool,
}

pub(super) async fn show(State(app): State<App>) -> Response {
    let zone = app.pipeline().zone();
    let accounts = app.pipeline().accounts().await;
    let rows = accounts.iter().map(|account| row(zone, &accounts, account)).collect();
    super::page(Ok::<_, Problem>(AccountsPage { rows, discover: zone.organization.discover }))
}

fn row(zone: &Zone, all: &[Account], account: &Account) -> Row {
    let has = |stage: &&landing_zone::Stage| {
        zone.stage_accounts(&stage.name, all).iter().any(|chosen| chosen.id == account.id)
    };
    Row {
        id: account.id.to_string(),
        name: account.name.to_string(),
        ou: account.ou.as_ref().map(ToString::to_string),
        tags: account.tags.iter().map(|(name, value)| format!("{name}={value}")).collect(),
        stages: zone.stages.iter().filter(has).map(|stage| stage.name.to_string()).collect(),
        management: account.id == zone.organization.management_account,
    }
}
