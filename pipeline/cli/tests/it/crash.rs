//! The server is killed at every point of a run's life, and started again: one delivery is one run, each unit is applied once,
//! and nothing stays locked.
//!
//! Only the server dies. A Terraform that it had started lives on, as it would when the kernel's out-of-memory killer chooses.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use pipeline_core::{Event, Recorded, RunId};
use pipeline_engine::store::Store;
use serde_json::Value;

use crate::here::Ran;
use crate::site::{DEADLINE, Repository, Server, Site, has_ended, within};

pub(crate) const DEV: &str = "222222222222";
pub(crate) const PRD: &str = "333333333333";
const DELIVERY: &str = "7f000001-0000-4000-8000-000000000002";
/// A lease that is not renewed holds at least this much longer; to have gone on sooner is to have known that its holder is dead.
const SOONER: SignedDuration = SignedDuration::from_secs(19);

pub(crate) const ZONE: &str = r#"
account "dev" { id = "222222222222" }
account "prd" { id = "333333333333" }
stage "dev" { accounts = ["dev"] }
stage "prd" {
  accounts  = ["prd"]
  after     = ["dev"]
  approvals = 1
}
"#;

pub(crate) const STACKS: &str = r#"stack "ledger" {
  engine    = "terraform"
  path      = "ledger"
  stages    = ["dev", "prd"]
  variables = { owner = account.name }
}
stack "settings" {
  engine     = "cloudformation"
  path       = "settings"
  template   = "template.yaml"
  stages     = ["dev", "prd"]
  parameters = { Stage = stage.name }
}
"#;

/// Nothing that has to be downloaded; its id is made by its creation, so that to create it twice would show.
pub(crate) const LEDGER: &str = r#"variable "owner" {
  type = string
}
resource "terraform_data" "book" {
  input = var.owner
}
resource "terraform_data" "page" {
  input = terraform_data.book.output
}
"#;

pub(crate) const SETTINGS: &str = r#"AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage:
    Type: String
Resources:
  Level:
    Type: AWS::SSM::Parameter
    Properties:
      Name: !Sub "/${Stage}/level"
      Type: String
      Value: info
  Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub "/${Stage}/settings"
      RetentionInDays: 7
"#;

/// A site whose repository has one push to be told.
struct Story {
    site: Site,
    repository: Repository,
    before: String,
    after: String,
    token: String,
}

impl Story {
    async fn new() -> Self {
        let site = Site::new(&[DEV, PRD]).await;
        let repository = site.repository("acme/infra");
        site.write_zone(&format!("{ZONE}{}", repository.block(&["dev", "prd"])));
        let before = repository.head();
        let files =
            [("wayleave.hcl", STACKS), ("ledger/main.tf", LEDGER), ("settings/template.yaml", SETTINGS)];
        let after = site.commit(&repository, &files);
        let Ran { code, stdout: token, .. } = site.run(&["token", "create", "--person", "hong"]).await;
        assert_eq!(code, 0, "{token}");
        Self { site, repository, before, after, token: token.trim().to_owned() }
    }

    async fn push(&self, server: &Server) {
        server.push(&self.repository, DELIVERY, &self.before, &self.after).await;
    }

    /// The run's id, as soon as it has one.
    async fn run(&self, server: &Server) -> String {
        server.until(&self.after, |_| true).await["id"].as_str().unwrap().to_owned()
    }

    async fn store(&self) -> Store {
        Store::open(&self.site.path("wayleave.db")).await.unwrap()
    }

    async fn events(&self) -> Vec<Recorded> {
        let store = self.store().await;
        let mut events = Vec::new();
        for run in store.run_ids(None, 10).await.unwrap() {
            events.extend(store.events_since(run, 0).await.unwrap());
        }
        store.close().await;
        events
    }

    /// Approves until the run has ended.
    async fn to_the_end(&self, server: &Server) -> Value {
        loop {
            let run = server.until(&self.after, |run| has_ended(run) || !run["waiting_for"].is_null()).await;
            if has_ended(&run) {
                return run;
            }
            server.approve(&run, &self.token).await;
        }
    }

    /// Kills the server where it stands, starts another, and looks at everything that is left in the end.
    async fn dies_and_goes_on(self, server: Server) {
        server.kill().await;
        let old = self.old_checkout();
        let before = self.events().await.len();
        let died = Timestamp::now();
        let server = self.site.serve().await;
        let again = pipeline_engine::testing::github::push(
            self.repository.name,
            "main",
            &self.before,
            &self.after,
            "kim",
        );
        let (status, body) = server.send(again.signed(DELIVERY)).await;
        assert_eq!((status, &body["duplicate"]), (200, &Value::Bool(true)), "{body}");
        let run = within(DEADLINE, self.to_the_end(&server)).await;
        assert_eq!(run["state"], "applied", "{run:#}\n{}", server.log_text());
        assert_eq!(server.runs().await.len(), 1);
        server.stop().await;
        assert!(!old.exists(), "what a killed server left is removed when it is old");
        let events = self.events().await;
        went_on_at_once(&events[before..], died);
        self.every_unit_was_applied_once(&events, &run);
        self.nothing_stays_locked().await;
        for account in [DEV, PRD] {
            self.terraform_created_once(account).await;
            self.cloudformation_made_all(account).await;
        }
        self.audit_is_whole(&run).await;
    }

    /// What a server that was killed days ago would have left.
    fn old_checkout(&self) -> PathBuf {
        let path = self.site.path("wayleave-data/checkouts/left-behind");
        std::fs::create_dir_all(&path).unwrap();
        let days_ago = SystemTime::now() - Duration::from_secs(3 * 24 * 3600);
        std::fs::File::open(&path).unwrap().set_modified(days_ago).unwrap();
        path
    }

    fn every_unit_was_applied_once(&self, events: &[Recorded], run: &Value) {
        let units = run["units"].as_array().unwrap();
        assert_eq!(units.len(), 4, "{run:#}");
        for unit in units {
            let mine = |id: &pipeline_core::UnitId| unit["id"] == id.as_str();
            let applied =
                events.iter().filter(|it| matches!(&it.event, Event::Applied { unit } if mine(unit)));
            let found_whole = events
                .iter()
                .any(|it| matches!(&it.event, Event::Planned { unit, unchanged: true, .. } if mine(unit)));
            // Without an event, its apply had ended unseen: the plan that was made again found nothing left to do.
            let seen = applied.count();
            assert!(seen == 1 || seen == 0 && found_whole, "{unit:#} {events:#?}");
            assert!(["applied", "unchanged"].contains(&unit["state"].as_str().unwrap()), "{unit:#}");
        }
    }

    async fn nothing_stays_locked(&self) {
        let store = self.store().await;
        assert_eq!(store.count_targets().await.unwrap(), 0);
        store.close().await;
    }

    /// One id of each resource in all versions of the state, and no lock beside it.
    async fn terraform_created_once(&self, account: &str) {
        let (s3, bucket) = (self.site.s3(account).await, format!("wayleave-state-{account}"));
        let listed = s3.list_objects_v2().bucket(&bucket).send().await.unwrap();
        let keys: Vec<&str> = listed.contents().iter().filter_map(|object| object.key()).collect();
        assert!(!keys.iter().any(|key| key.ends_with(".tflock")), "{keys:?}");
        let versions = s3.list_object_versions().bucket(&bucket).send().await.unwrap();
        let mut ids = BTreeSet::new();
        for version in versions.versions() {
            let (key, id) = (version.key().unwrap(), version.version_id().unwrap());
            if !key.ends_with("terraform.tfstate") {
                continue;
            }
            let object = s3.get_object().bucket(&bucket).key(key).version_id(id).send().await.unwrap();
            let state: Value =
                serde_json::from_slice(&object.body.collect().await.unwrap().to_vec()).unwrap();
            for resource in state["resources"].as_array().unwrap() {
                let id = &resource["instances"][0]["attributes"]["id"];
                ids.insert((resource["name"].to_string(), id.to_string()));
            }
        }
        assert_eq!(ids.len(), 2, "{ids:?}");
    }

    async fn cloudformation_made_all(&self, account: &str) {
        let client = aws_sdk_cloudformation::Client::new(&self.site.aws(account).await);
        let stacks = client.describe_stacks().send().await.unwrap();
        let names: Vec<_> = stacks.stacks().iter().filter_map(|stack| stack.stack_name()).collect();
        assert_eq!(names, ["settings"]);
        let resources = client.list_stack_resources().stack_name("settings").send().await.unwrap();
        let kinds: BTreeSet<_> =
            resources.stack_resource_summaries().iter().filter_map(|it| it.resource_type()).collect();
        assert_eq!(kinds, BTreeSet::from(["AWS::Logs::LogGroup", "AWS::SSM::Parameter"]));
    }

    async fn audit_is_whole(&self, run: &Value) {
        let verified = self.site.run(&["audit", "verify", run["id"].as_str().unwrap()]).await;
        assert_eq!(verified.code, 0, "{}", verified.shown());
    }
}

/// The first thing that the new server did of itself came before the dead one's lease ran out.
fn went_on_at_once(events: &[Recorded], died: Timestamp) {
    let own = events.iter().find(|it| !matches!(it.event, Event::Approved { .. })).unwrap();
    assert!(own.at.duration_since(died) < SOONER, "{own:?} came late; it died at {died}");
}

fn is_event(kind: &str, data: &Value, name: &str) -> bool {
    kind == "event" && data["event"] == name
}

#[tokio::test]
async fn killed_right_after_the_202() {
    let story = Story::new().await;
    let server = story.site.serve().await;
    story.push(&server).await;
    story.dies_and_goes_on(server).await;
}

#[tokio::test]
async fn killed_while_planning() {
    let story = Story::new().await;
    let server = story.site.serve().await;
    story.push(&server).await;
    let run = story.run(&server).await;
    // A line of Terraform's: it runs now.
    let terraform = |kind: &str, data: &Value| {
        kind == "log" && data["unit"].as_str().is_some_and(|unit| unit.starts_with("ledger."))
    };
    server.told(&run, "0.0", terraform).await;
    story.dies_and_goes_on(server).await;
}

#[tokio::test]
async fn killed_when_an_apply_has_just_begun() {
    let story = Story::new().await;
    let server = story.site.serve().await;
    story.push(&server).await;
    let run = story.run(&server).await;
    server.told(&run, "0.0", |kind, data| is_event(kind, data, "apply_started")).await;
    story.dies_and_goes_on(server).await;
}

#[tokio::test]
async fn killed_while_terraform_applies() {
    let story = Story::new().await;
    let server = story.site.serve().await;
    story.push(&server).await;
    let run = story.run(&server).await;
    let creates = |kind: &str, data: &Value| {
        kind == "log" && data["text"].as_str().is_some_and(|text| text.contains("terraform_data.book: Creat"))
    };
    server.told(&run, "0.0", creates).await;
    story.dies_and_goes_on(server).await;
}

#[tokio::test]
async fn killed_while_cloudformation_applies() {
    let story = Story::new().await;
    let server = story.site.serve().await;
    story.push(&server).await;
    let run = story.run(&server).await;
    let settings = |data: &Value| data["unit"].as_str().is_some_and(|unit| unit.starts_with("settings."));
    let begins = |kind: &str, data: &Value| is_event(kind, data, "apply_started") && settings(data);
    server.told(&run, "0.0", begins).await;
    story.dies_and_goes_on(server).await;
}

#[tokio::test]
async fn killed_while_it_waits_for_approval() {
    let story = Story::new().await;
    let server = story.site.serve().await;
    story.push(&server).await;
    let run = server.until(&story.after, |run| !run["waiting_for"].is_null()).await;
    let digest = run["waiting_for"]["digest"].clone();
    story.dies_and_goes_on(server).await;
    assert!(digest.is_string());
}

#[tokio::test]
async fn killed_in_production_after_the_approval() {
    let story = Story::new().await;
    let server = story.site.serve().await;
    story.push(&server).await;
    let run = server.until(&story.after, |run| !run["waiting_for"].is_null()).await;
    server.approve(&run, &story.token).await;
    let id: RunId = run["id"].as_str().unwrap().parse().unwrap();
    let production = |data: &Value| data["unit"].as_str().is_some_and(|unit| unit.contains(PRD));
    let begins = |kind: &str, data: &Value| is_event(kind, data, "apply_started") && production(data);
    within(Duration::from_secs(60), server.told(&id.to_string(), "0.0", begins)).await;
    story.dies_and_goes_on(server).await;
}
