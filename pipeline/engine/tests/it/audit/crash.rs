//! The spool under `kill -9`: this test program starts itself as a child that writes, and kills it.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use pipeline_engine::audit::{Ending, State, Stream, verify_lines};

use super::{context, run_id, spool, state, unit};

const DATA: &str = "WAYLEAVE_TEST_SPOOL";

/// The child: does nothing unless the variable names its directory. It says each event that is durable, until it is killed.
#[tokio::test(flavor = "multi_thread")]
async fn child_that_is_killed() {
    let Some(data) = std::env::var_os(DATA).map(PathBuf::from) else { return };
    let log = spool(&data).writer(context(run_id(1))).await.unwrap();
    let unit_log = log.unit(unit("network"));
    for event in log.last_event() + 1.. {
        for number in 0..20 {
            unit_log.line(Stream::Stdout, format!("line {number} before event {event}")).await.unwrap();
        }
        let facts = vec![state(0, None, State::Planning), state(0, Some(unit("network")), State::Planning)];
        log.record(event, facts).await.unwrap();
        // Not println!, which the test harness captures.
        std::io::Write::write_all(&mut std::io::stderr(), format!("durable {event}\n").as_bytes()).unwrap();
    }
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_by_kill_9() {
    let data = tempfile::tempdir().unwrap();
    let mut last = 0;
    for round in 1..=4 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "audit::crash::child_that_is_killed", "--nocapture", "--quiet"])
            .env(DATA, data.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap()).lines();
        let numbers =
            said.map_while(Result::ok).filter_map(|line| line.strip_prefix("durable ")?.parse::<u64>().ok());
        // The last number that it could say before it is killed.
        for number in numbers {
            last = number;
            if number >= round * 25 {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
    }
    let spool = spool(data.path());
    let log = spool.writer(context(run_id(1))).await.unwrap();
    assert!(log.last_event() >= last && last >= 100, "{} of {last}", log.last_event());
    log.record(log.last_event() + 1, vec![state(0, None, State::Applied)]).await.unwrap();
    let file = std::fs::read(spool.path(run_id(1))).unwrap();
    assert_eq!(verify_lines(run_id(1), &file, &Ending::Ended), []);
}
