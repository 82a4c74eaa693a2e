use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_sdk_sts::config::Credentials;
use pipeline_core::Action;
use pipeline_engine::sandbox::Sandbox;
use pipeline_engine::terraform::{
    ApplyOutcome, Backend, Flavor, Installation, Passed, Places, PlanOutcome, SavedPlan, StateVersion, Step,
    Terraform, TerraformError, UnitWork, discover,
};
use pipeline_engine::testing::moto::Moto;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

const LONG: Duration = Duration::from_secs(300);

/// A data directory, and one unit whose state stays while its checkout is made anew for each step.
struct World {
    dir: tempfile::TempDir,
    terraform: Terraform,
    backend: Backend,
    variables: BTreeMap<String, Value>,
    credentials: Option<Credentials>,
    deadline: Duration,
    lines: Vec<String>,
}

impl World {
    fn new() -> Self {
        Self::with(Passed::from_env(), Installation::Mirrors(Vec::new()))
    }

    fn with(passed: Passed, installation: Installation) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::open(&dir.path().join("sandbox")).unwrap();
        let terraform = Terraform::new(Flavor::Terraform, sandbox, dir.path(), installation, passed).unwrap();
        let backend = Terraform::local_backend(dir.path(), "network.222222222222.eu-west-1");
        let variables = BTreeMap::new();
        Self { dir, terraform, backend, variables, credentials: None, deadline: LONG, lines: Vec::new() }
    }

    fn tree(&self, files: &[(&str, &str)]) -> PathBuf {
        let tree = tempfile::tempdir_in(self.dir.path()).unwrap().keep();
        for (path, text) in files {
            let path = tree.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        tree
    }

    fn unit<'a>(&'a self, tree: &'a Path) -> UnitWork<'a> {
        UnitWork {
            label: "network".into(),
            tree,
            stack: "stack",
            backend: self.backend.clone(),
            region: "eu-west-1",
            variables: &self.variables,
            credentials: self.credentials.as_ref(),
            deadline: self.deadline,
            cancel: CancellationToken::new(),
        }
    }

    async fn plan(&mut self, text: &str) -> Result<PlanOutcome, TerraformError> {
        self.plan_files(&[("stack/main.tf", text)]).await
    }

    async fn plan_files(&mut self, files: &[(&str, &str)]) -> Result<PlanOutcome, TerraformError> {
        let tree = self.tree(files);
        let mut lines = Vec::new();
        let planned =
            self.terraform.plan(&self.unit(&tree), &mut |_, line| lines.push(line.to_owned())).await;
        self.lines = lines;
        planned
    }

    async fn apply(&mut self, text: &str, plan: &SavedPlan) -> Result<ApplyOutcome, TerraformError> {
        let tree = self.tree(&[("stack/main.tf", text)]);
        let mut lines = Vec::new();
        let applied =
            self.terraform.apply(&self.unit(&tree), plan, &mut |_, line| lines.push(line.to_owned())).await;
        self.lines = lines;
        applied
    }

    async fn plan_and_apply(&mut self, text: &str) {
        let planned = self.plan(text).await.unwrap();
        assert_eq!(self.apply(text, &planned.plan).await.unwrap(), ApplyOutcome::Applied);
    }

    fn inits(&self) -> usize {
        self.lines.iter().filter(|line| line.starts_with("Initializing the backend")).count()
    }
}

fn actions(planned: &PlanOutcome) -> Vec<(&str, Action)> {
    planned.changes.resources.iter().map(|change| (change.address.as_str(), change.action)).collect()
}

const FIRST: &str = r#"
variable "size" { default = 1 }
variable "secret" {
  default   = "a-secret-nobody-may-see"
  sensitive = true
}
resource "terraform_data" "kept" { input = "same" }
resource "terraform_data" "changed" { input = var.size }
resource "terraform_data" "replaced" { triggers_replace = [var.size] }
resource "terraform_data" "gone" { input = "gone" }
resource "terraform_data" "old_name" { input = "moved" }
resource "terraform_data" "hidden" { input = { secret = var.secret, size = var.size } }
output "size" { value = var.size }
"#;

const SECOND: &str = r#"
variable "size" { default = 1 }
variable "secret" {
  default   = "a-secret-nobody-may-see"
  sensitive = true
}
resource "terraform_data" "kept" { input = "same" }
resource "terraform_data" "changed" { input = var.size }
resource "terraform_data" "replaced" { triggers_replace = [var.size] }
resource "terraform_data" "new" { input = "new" }
resource "terraform_data" "new_name" { input = "moved" }
moved {
  from = terraform_data.old_name
  to   = terraform_data.new_name
}
resource "terraform_data" "hidden" { input = { secret = var.secret, size = var.size } }
output "size" { value = var.size }
"#;

#[tokio::test]
async fn a_stack_is_planned_applied_changed_and_then_unchanged() {
    let mut world = World::new();
    let planned = world.plan(FIRST).await.unwrap();
    assert_eq!(planned.changes.counts().create, 6);
    assert_eq!(planned.plan.state().unwrap(), StateVersion::default());
    assert_eq!(world.apply(FIRST, &planned.plan).await.unwrap(), ApplyOutcome::Applied);
    assert!(world.lines.iter().any(|line| line.starts_with("Apply complete!")));

    let unchanged = world.plan(FIRST).await.unwrap();
    assert!(unchanged.changes.is_empty(), "{:?}", unchanged.changes);

    world.variables =
        BTreeMap::from([("size".to_owned(), json!(2)), ("unknown_to_the_stack".to_owned(), json!("x"))]);
    let planned = world.plan(SECOND).await.unwrap();
    let expected = [
        ("terraform_data.changed", Action::Update),
        ("terraform_data.gone", Action::Delete),
        ("terraform_data.hidden", Action::Update),
        ("terraform_data.new", Action::Create),
        ("terraform_data.replaced", Action::Replace),
    ];
    assert_eq!(actions(&planned), expected);
    assert!(planned.changes.other, "an output changes and an address moves");
    let hidden = &planned.changes.resources[2];
    assert_eq!(hidden.after["input"], json!({"secret": "(sensitive)", "size": 2}));
    assert_eq!(hidden.after["output"], json!("(known after apply)"));
    let shown = serde_json::to_string(&planned.changes).unwrap();
    assert!(!shown.contains("a-secret-nobody-may-see"));
}

#[tokio::test]
async fn outputs_moves_and_imports_alone_are_changes() {
    let mut world = World::new();
    world.plan_and_apply("resource \"terraform_data\" \"a\" {}\noutput \"o\" { value = 1 }\n").await;
    let check = async |world: &mut World, text: &str| {
        let planned = world.plan(text).await.unwrap();
        assert_eq!((actions(&planned), planned.changes.other), (Vec::new(), true), "{text}");
    };
    check(&mut world, "resource \"terraform_data\" \"a\" {}\noutput \"o\" { value = 2 }\n").await;
    let moved = "resource \"terraform_data\" \"b\" {}\nmoved {\n  from = terraform_data.a\n  to = terraform_data.b\n}\noutput \"o\" { value = 1 }\n";
    check(&mut world, moved).await;
    let import = "resource \"terraform_data\" \"a\" {}\nresource \"terraform_data\" \"i\" {}\nimport {\n  to = terraform_data.i\n  id = \"x\"\n}\noutput \"o\" { value = 1 }\n";
    check(&mut world, import).await;
    let forget = "removed {\n  from = terraform_data.a\n  lifecycle { destroy = false }\n}\noutput \"o\" { value = 1 }\n";
    check(&mut world, forget).await;
}

#[tokio::test]
async fn a_plan_of_an_older_state_is_stale_and_does_nothing() {
    let mut world = World::new();
    let old = world.plan("resource \"terraform_data\" \"a\" {}\n").await.unwrap();
    world.plan_and_apply("resource \"terraform_data\" \"b\" {}\n").await;
    let outcome = world.apply("resource \"terraform_data\" \"a\" {}\n", &old.plan).await.unwrap();
    let ApplyOutcome::Stale { planned, now } = outcome else { panic!("{outcome:?}") };
    assert_eq!(planned, StateVersion::default());
    assert!(now.serial > 0 && !now.lineage.is_empty());
    assert!(!world.lines.iter().any(|line| line.contains("Apply complete")));
}

#[tokio::test]
async fn a_failed_apply_says_whether_a_part_was_applied() {
    let mut world = World::new();
    let fails =
        "resource \"terraform_data\" \"bad\" {\n  provisioner \"local-exec\" { command = \"exit 7\" }\n}\n";
    let planned = world.plan(fails).await.unwrap();
    let error = world.apply(fails, &planned.plan).await.unwrap_err();
    assert!(matches!(error, TerraformError::Apply { state_moved: true, .. }), "{error}");

    let garbage = world.apply(fails, &SavedPlan::new(b"not a plan".to_vec())).await.unwrap_err();
    assert!(matches!(garbage, TerraformError::SavedPlan(_)), "{garbage}");
}

#[tokio::test]
async fn stacks_that_cannot_be_planned_are_told_apart() {
    let mut world = World::new();
    let error = world.plan("resource \"terraform_data\" {").await.unwrap_err();
    assert!(matches!(&error, TerraformError::Failed { step: Step::Init, .. }), "{error}");
    assert!(error.to_string().contains("main.tf"), "{error}");
    let error = world.plan("output \"o\" { value = file(\"absent\") }\n").await.unwrap_err();
    assert!(matches!(&error, TerraformError::Failed { step: Step::Plan, .. }), "{error}");

    let error = world.plan_files(&[("elsewhere/main.tf", "")]).await.unwrap_err();
    assert!(matches!(&error, TerraformError::NoStack { .. }), "{error}");
    let error = world.plan_files(&[("stack/README.md", "")]).await.unwrap_err();
    assert!(matches!(&error, TerraformError::NoStack { .. }), "{error}");

    let tree = world.tree(&[("stack/main.tf", "")]);
    for stack in ["../stack", "/etc"] {
        let unit = UnitWork { stack, ..world.unit(&tree) };
        let error = world.terraform.plan(&unit, &mut |_, _| ()).await.unwrap_err();
        assert!(matches!(error, TerraformError::Outside { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_stack_does_not_choose_where_its_state_is_kept() {
    let mut world = World::new();
    let own = "terraform {\n  backend \"local\" { path = \"mine.tfstate\" }\n}\nresource \"terraform_data\" \"a\" {}\n";
    world.plan_and_apply(own).await;
    let Backend::Local { path } = &world.backend else { panic!("a local backend") };
    assert!(path.is_file());

    let mut forced = async |settings: &str| {
        let text = format!("{{\"terraform\": {{\"backend\": {settings}}}}}");
        let files = [("stack/main.tf", own), ("stack/zzzzz_override.tf.json", text.as_str())];
        world.plan_files(&files).await.map(|planned| planned.changes.is_empty())
    };
    let same = forced("{\"local\": {\"path\": \"mine.tfstate\"}}").await;
    assert!(same.expect("the zone's path wins"), "the state is the one that was applied to");
    let more = forced("{\"local\": {\"workspace_dir\": \"mine\"}}").await.unwrap_err();
    assert!(matches!(more, TerraformError::Backend { .. }), "{more}");
    let other = forced("{\"http\": {\"address\": \"http://127.0.0.1:9\"}}").await.unwrap_err();
    assert!(matches!(other, TerraformError::Failed { step: Step::Init, .. }), "{other}");
}

#[tokio::test]
async fn units_share_an_init_and_never_a_state() {
    let mut world = World::new();
    let text = "resource \"terraform_data\" \"a\" {}\n";
    world.plan_and_apply(text).await;
    world.backend = Terraform::local_backend(world.dir.path(), "network.333333333333.eu-west-1");
    let planned = world.plan(text).await.unwrap();
    assert_eq!((planned.changes.counts().create, world.inits()), (1, 0));
    assert_eq!(world.apply(text, &planned.plan).await.unwrap(), ApplyOutcome::Applied);
    let Backend::Local { path } = &world.backend else { panic!("a local backend") };
    assert!(path.is_file());

    let tree = world.tree(&[("deeper/stack/main.tf", text)]);
    let mut lines = 0;
    let unit = UnitWork { stack: "deeper/stack", ..world.unit(&tree) };
    let planned = world.terraform.plan(&unit, &mut |_, _| lines += 1).await.unwrap();
    assert!(planned.changes.is_empty(), "it sees the state of its backend");
}

#[tokio::test]
async fn a_deadline_and_a_cancellation_end_a_plan() {
    let mut world = World::new();
    world.deadline = Duration::from_millis(1);
    let error = world.plan("resource \"terraform_data\" \"a\" {}\n").await.unwrap_err();
    assert!(matches!(error, TerraformError::Deadline { step: Step::Init, .. }), "{error}");

    world.deadline = LONG;
    let tree = world.tree(&[("stack/main.tf", "")]);
    let unit = world.unit(&tree);
    unit.cancel.cancel();
    let error = world.terraform.plan(&unit, &mut |_, _| ()).await.unwrap_err();
    assert!(matches!(error, TerraformError::Cancelled { .. }), "{error}");
}

#[tokio::test]
async fn init_runs_once_for_the_same_requirements() {
    let mut world = World::new();
    let stack = |input: &str| format!("module \"m\" {{\n  source = \"../m\"\n  input = \"{input}\"\n}}\n");
    let module = "variable \"input\" {}\nresource \"terraform_data\" \"a\" { input = var.input }\n";
    let mut plan = async |stack: &str, module: &str| {
        let planned = world.plan_files(&[("stack/main.tf", stack), ("m/main.tf", module)]).await;
        (planned.map(|planned| planned.changes.counts().create).ok(), world.inits())
    };
    assert_eq!(plan(&stack("1"), module).await, (Some(1), 1));
    assert_eq!(plan(&stack("2"), module).await, (Some(1), 0));
    let other = format!("{}{}", stack("2"), stack("3").replace("\"m\"", "\"n\""));
    assert_eq!(plan(&other, module).await, (Some(2), 1));
    // A failure over what was prepared asks an init whether that was at fault, and here it was not.
    assert_eq!(plan(&stack("${nothing}"), module).await, (None, 1));
}

#[tokio::test]
async fn units_at_once_share_nothing_that_is_written() {
    let world = World::new();
    let text = "resource \"terraform_data\" \"a\" {}\n";
    let plans = (0..6).map(|_| {
        let (tree, world) = (world.tree(&[("stack/main.tf", text)]), &world);
        async move {
            world
                .terraform
                .plan(&world.unit(&tree), &mut |_, _| ())
                .await
                .map(|planned| planned.changes.counts())
        }
    });
    for counts in futures::future::join_all(plans).await {
        assert_eq!(counts.unwrap().create, 1);
    }
}

/// Run below in a process of its own, whose environment holds what a stack must not see.
#[tokio::test]
async fn a_stack_that_reads_environments() {
    if std::env::var_os("WAYLEAVE_TEST_SECRET").is_none() {
        return;
    }
    let mut world = World::new();
    world.credentials = Some(Credentials::new("AKIAOWN", "own-key", None, None, "test"));
    let text = "output \"environment\" { value = split(\"\\u0000\", file(\"/proc/self/environ\")) }\n";
    let planned = world.plan(text).await.unwrap();
    println!("{}", planned.json["planned_values"]["outputs"]["environment"]["value"]);
}

#[tokio::test]
async fn a_stack_does_not_see_the_servers_environment() {
    let output = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "terraform::a_stack_that_reads_environments", "--nocapture"])
        .env("WAYLEAVE_TEST_SECRET", "the-secret-of-the-server")
        .env("GITHUB_WEBHOOK_SECRET", "the-secret-of-the-forge")
        .env("AWS_SECRET_ACCESS_KEY", "the-secret-of-aws")
        .env("TF_VAR_x", "the-variable")
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        .output();
    let output = output.await.unwrap();
    let seen = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{seen}");
    assert!(
        seen.contains("AWS_ENDPOINT_URL=http://127.0.0.1:9") && seen.contains("TF_IN_AUTOMATION=1"),
        "{seen}"
    );
    for hidden in ["the-secret", "the-variable", "WAYLEAVE_TEST", "own-key", "CARGO"] {
        assert!(!seen.contains(hidden), "{hidden} is seen: {seen}");
    }
}

const TOPIC: &str = r#"
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {}
data "aws_caller_identity" "current" {}
resource "aws_sns_topic" "news" { name = "news" }
output "account" { value = data.aws_caller_identity.current.account_id }
"#;

#[tokio::test]
async fn the_aws_provider_applies_with_its_state_in_s3() {
    let moto = Moto::for_tests().await.unwrap();
    let passed = Passed::from_env().with_endpoint(&moto.url());
    let mut world = World::with(passed, discover(&Places::of_this_machine()).installation);
    world.credentials = Some(Credentials::new("AKIAOWN", "own-key", None, None, "test"));
    world.backend =
        Backend::S3 { bucket: "state".into(), key: "network.tfstate".into(), region: "eu-west-1".into() };

    let error = world.plan(TOPIC).await.unwrap_err();
    assert!(matches!(error, TerraformError::Failed { .. }), "there is no bucket yet: {error}");
    make_bucket(&moto).await;

    let planned = world.plan(TOPIC).await.unwrap();
    assert_eq!(actions(&planned), [("aws_sns_topic.news", Action::Create)]);
    assert_eq!(planned.changes.resources[0].after["arn"], json!("(known after apply)"));
    assert_eq!(world.apply(TOPIC, &planned.plan).await.unwrap(), ApplyOutcome::Applied);
    assert!(world.plan(TOPIC).await.unwrap().changes.is_empty());
    assert_eq!(world.inits(), 0);
    let outcome = world.apply(TOPIC, &planned.plan).await.unwrap();
    assert!(matches!(outcome, ApplyOutcome::Stale { .. }), "{outcome:?}");
    moto.stop().await;
}

async fn make_bucket(moto: &Moto) {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version_latest()
        .endpoint_url(moto.url())
        .force_path_style(true)
        .region(aws_sdk_s3::config::Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIAOWN", "own-key", None, None, "test"));
    aws_sdk_s3::Client::from_conf(config.build()).create_bucket().bucket("state").send().await.unwrap();
}
