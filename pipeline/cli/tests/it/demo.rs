//! `wayleave demo`, whole: the report as the contract has it, nothing secret left behind, and a whole audit record.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

use crate::here::ran;
use crate::site::{self, files, within};

/// All that the environment keeps secret in the demo.
const SECRETS: [&str; 4] =
    ["fake-github-webhook-secret", "ghp_fake_token", "xoxb-fake-token", "fake-slack-signing-secret"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

#[tokio::test]
async fn a_change_goes_from_a_push_to_production_and_is_on_record() {
    let _turn = site::turn().await;
    let kept = TempDir::new().unwrap();
    let report = kept.path().join("report.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_wayleave"));
    command.args(["demo", "--exit", "--report"]).arg(&report).arg("--keep").arg(kept.path());
    // There the emulator is installed already.
    command.current_dir(workspace()).stdin(Stdio::null()).kill_on_drop(true);
    let ran = ran(&within(Duration::from_secs(420), command.output()).await.unwrap());
    let log = || std::fs::read_to_string(kept.path().join("serve.log")).unwrap_or_default();
    assert_eq!(ran.code, 0, "{}\n{}", ran.shown(), log());
    let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    check_run(&report);
    check_approvals(&report);
    check_records(&report, kept.path());
    nothing_secret(kept.path());
    let verified = verify(kept.path()).await;
    assert_eq!(verified["whole"], true, "{verified:#}");
    assert_eq!(verified["runs"][0]["records"], report["records"]);
}

fn check_run(report: &Value) {
    assert_eq!(report["state"], "applied", "{report:#}");
    assert_eq!(report["repository"], "acme/infra");
    assert_eq!(report["author"], "kim");
    assert_eq!(report["trigger"], "push");
    assert_eq!(report["waiting_for"], Value::Null);
    assert!(report["seconds"].as_f64().unwrap() > 0.0);
    let units = report["units"].as_array().unwrap();
    assert_eq!(units.len(), 12, "{report:#}");
    for unit in units {
        assert_eq!(unit["state"], "applied", "{unit:#}");
        assert!(is_digest(&unit["digest"]), "{unit:#}");
        assert!(unit["changes"]["create"].as_u64().unwrap() > 0, "{unit:#}");
        assert_eq!(unit["findings"]["high"], 0, "{unit:#}");
    }
    let all = |field: &str| units.iter().map(|unit| text(&unit[field])).collect::<BTreeSet<_>>();
    assert_eq!(all("account").len(), 3);
    assert_eq!(all("stage"), BTreeSet::from(["dev", "stg", "prd"]));
    assert_eq!(all("engine"), BTreeSet::from(["terraform", "cloudformation"]));
    assert_eq!(all("digest").len(), 12);
}

fn check_approvals(report: &Value) {
    let approvals = report["approvals"].as_array().unwrap();
    let of = |stage: &str| -> Vec<&str> {
        let these = approvals.iter().filter(|approval| approval["stage"] == stage);
        these.map(|approval| text(&approval["person"])).collect()
    };
    assert_eq!((of("dev").len(), of("stg").len(), of("prd").len()), (0, 1, 2), "{approvals:#?}");
    assert_eq!(of("prd").iter().collect::<BTreeSet<_>>().len(), 2);
    for approval in approvals {
        assert_ne!(approval["person"], "kim");
        assert!(is_digest(&approval["digest"]) && text(&approval["at"]).ends_with('Z'), "{approval:#}");
    }
}

/// As many records are in the index as the spool numbered.
fn check_records(report: &Value, kept: &Path) {
    let spool = kept.join("wayleave-data/spool");
    let run = text(&report["id"]);
    let mine = files(&spool).into_iter().filter(|file| file.to_string_lossy().contains(run));
    let highest = mine
        .flat_map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .filter_map(|line| serde_json::from_str::<Value>(&line).ok())
        .filter_map(|record| record["event"]["sequence"].as_u64())
        .max();
    assert!(highest.is_some_and(|highest| highest > 100), "{highest:?}");
    assert_eq!(report["records"].as_u64(), highest);
}

fn nothing_secret(kept: &Path) {
    let looked = files(kept);
    assert!(looked.iter().any(|file| file.ends_with("serve.log")), "{looked:?}");
    assert!(looked.iter().any(|file| file.to_string_lossy().contains("/spool/")), "{looked:?}");
    for file in looked {
        // Providers are larger than anything that Wayleave writes.
        if file.metadata().unwrap().len() > 32 << 20 {
            continue;
        }
        let bytes = std::fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} is in {}", file.display());
        }
    }
}

/// `audit verify`, without any of the zone's secrets: none is needed to read.
async fn verify(kept: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wayleave"));
    command.args(["audit", "verify", "--format", "json", "--zone"]).arg(kept.join("zone.hcl")).env_clear();
    let ran = ran(&within(site::DEADLINE, command.output()).await.unwrap());
    assert_eq!(ran.code, 0, "{}", ran.shown());
    ran.json()
}

fn is_digest(value: &Value) -> bool {
    text(value).strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
