use std::path::Path;
use std::time::Duration;

use pipeline_engine::sandbox::{Command, Exit, Sandbox, SandboxError, Stream};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

const SOON: Duration = Duration::from_secs(20);

fn sandbox() -> (tempfile::TempDir, Sandbox) {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::open(dir.path()).unwrap();
    (dir, sandbox)
}

fn shell(sandbox: &Sandbox, script: &str) -> Command {
    sandbox.command("/bin/sh").args(["-c", script]).env("PATH", "/usr/bin:/bin")
}

async fn run(command: &Command) -> (Result<Exit, SandboxError>, Vec<(Stream, String)>) {
    let (mut lines, never) = (Vec::new(), CancellationToken::new());
    let exit = command.run(|stream, line| lines.push((stream, line.to_owned())), &never).await;
    (exit, lines)
}

fn is_running(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

async fn gone(pid: &str) {
    let gone = async {
        while is_running(pid) {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, gone).await.unwrap_or_else(|_| panic!("process {pid} still runs"));
}

#[tokio::test]
async fn a_program_gets_what_it_is_given_and_nothing_else() {
    let (_dir, sandbox) = sandbox();
    let (exit, lines) = run(&sandbox.command("env").env("GIVEN", "yes")).await;
    assert_eq!(exit.unwrap(), Exit::Code(0));
    assert_eq!(lines, [(Stream::Out, "GIVEN=yes".to_owned())]);
}

#[tokio::test]
async fn standard_input_is_empty() {
    let (_dir, sandbox) = sandbox();
    let (exit, lines) = run(&sandbox.command("cat").deadline(SOON)).await;
    assert_eq!((exit.unwrap(), lines), (Exit::Code(0), Vec::new()));
}

#[tokio::test]
async fn statuses_signals_and_both_streams_are_told() {
    let (_dir, sandbox) = sandbox();
    let (exit, lines) = run(&shell(&sandbox, "printf 'no end'; echo bad >&2; exit 3")).await;
    assert_eq!(exit.unwrap(), Exit::Code(3));
    let of =
        |wanted| lines.iter().filter(move |(stream, _)| *stream == wanted).map(|(_, line)| line.as_str());
    assert_eq!(of(Stream::Out).collect::<Vec<_>>(), ["no end"]);
    assert_eq!(of(Stream::Err).collect::<Vec<_>>(), ["bad"]);

    let (exit, _) = run(&shell(&sandbox, "kill -TERM $$")).await;
    assert_eq!(exit.unwrap(), Exit::Signal(15));
}

#[tokio::test]
async fn lines_arrive_while_the_program_runs() {
    let (_dir, sandbox) = sandbox();
    let cancel = CancellationToken::new();
    let seen = cancel.clone();
    // The interrupt may come before `sleep` is there, which then ends with the grace.
    let command = shell(&sandbox, "echo first; sleep 600").deadline(Duration::from_secs(600));
    let command = command.grace(Duration::from_millis(100));
    let exit =
        timeout(SOON, command.run(move |_, line| assert_eq!((line, seen.cancel()), ("first", ())), &cancel));
    assert!(matches!(exit.await.unwrap(), Err(SandboxError::Cancelled { .. })));
}

#[tokio::test]
async fn a_deadline_ends_grandchildren_that_ignore_sigint() {
    let (dir, sandbox) = sandbox();
    let pids = dir.path().join("pids");
    let script = format!(
        "trap '' INT; /bin/sh -c 'trap \"\" INT; while :; do sleep 1; done' & echo $! $$ >{}; wait; wait; sleep 600",
        pids.display()
    );
    let command =
        shell(&sandbox, &script).deadline(Duration::from_millis(700)).grace(Duration::from_millis(100));
    let (exit, _) = run(&command).await;
    assert!(matches!(exit, Err(SandboxError::Deadline { .. })), "{exit:?}");
    let pids = std::fs::read_to_string(pids).unwrap();
    assert_eq!(pids.split_whitespace().count(), 2);
    for pid in pids.split_whitespace() {
        gone(pid).await;
    }
}

#[tokio::test]
async fn what_a_program_leaves_behind_ends_with_it() {
    let (_dir, sandbox) = sandbox();
    let (exit, lines) = run(&shell(&sandbox, "sleep 600 & echo $!")).await;
    assert_eq!(exit.unwrap(), Exit::Code(0));
    gone(&lines[0].1).await;
}

#[tokio::test]
async fn sigint_comes_first_and_last_words_are_heard() {
    let (_dir, sandbox) = sandbox();
    let cancel = CancellationToken::new();
    let mut lines = Vec::new();
    let command = shell(&sandbox, "trap 'echo saved; exit 0' INT; echo ready; while :; do sleep 0.05; done");
    let on_line = |_: Stream, line: &str| {
        lines.push(line.to_owned());
        cancel.cancel();
    };
    let exit = timeout(SOON, command.run(on_line, &cancel)).await.unwrap();
    assert!(matches!(exit, Err(SandboxError::Cancelled { .. })));
    assert_eq!(lines, ["ready", "saved"]);
}

#[tokio::test]
async fn long_output_is_bounded() {
    let (_dir, sandbox) = sandbox();
    let (exit, lines) = run(&shell(&sandbox, "head -c 200000 /dev/zero | tr '\\0' x")).await;
    assert!(exit.unwrap().success());
    assert!(lines.iter().all(|(_, line)| line.len() <= 65536));
    assert_eq!(lines.iter().map(|(_, line)| line.len()).sum::<usize>(), 200_000);

    let (exit, _) = run(&sandbox.command("yes").output_limit(1 << 20).grace(SOON)).await;
    assert!(matches!(exit, Err(SandboxError::TooMuchOutput { limit: 1_048_576, .. })), "{exit:?}");
}

#[tokio::test]
async fn captured_output_is_whole_or_refused() {
    let (_dir, sandbox) = sandbox();
    let none = CancellationToken::new();
    let command = shell(&sandbox, "printf '\\033[1mraw\\n\\n'; echo word >&2");
    let mut words = Vec::new();
    let (exit, bytes) = command.capture(100, |_, line| words.push(line.to_owned()), &none).await.unwrap();
    assert_eq!((exit, bytes.as_slice()), (Exit::Code(0), b"\x1b[1mraw\n\n".as_slice()));
    assert_eq!(words, ["word"]);

    let refused = shell(&sandbox, "echo 123456789").capture(5, |_, _| (), &none).await;
    assert!(matches!(refused, Err(SandboxError::TooMuchOutput { limit: 5, .. })), "{refused:?}");
}

#[tokio::test]
async fn a_missing_program_and_a_missing_directory_are_told_apart() {
    let (_dir, sandbox) = sandbox();
    let (exit, _) = run(&sandbox.command("wayleave-has-no-such-program")).await;
    assert!(
        matches!(exit, Err(SandboxError::Missing { program }) if program == "wayleave-has-no-such-program")
    );
    let (exit, _) = run(&sandbox.command("/bin/sh").dir("/nonexistent/dir")).await;
    assert!(matches!(exit, Err(SandboxError::File { path, .. }) if path == Path::new("/nonexistent/dir")));
}

#[tokio::test]
async fn nothing_stays_on_disk_after_a_program_has_ended() {
    let (dir, sandbox) = sandbox();
    run(&shell(&sandbox, "echo a")).await.0.unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

/// The starter of the orphans in the tests below: this very test binary, run once more and killed.
#[tokio::test]
async fn starter_of_orphans() {
    let Ok(dir) = std::env::var("WAYLEAVE_TEST_ORPHANS") else { return };
    let sandbox = Sandbox::open(Path::new(&dir)).unwrap();
    let script =
        "trap 'echo interrupted >orphan.end; exit 0' INT; echo up; while :; do sleep 0.05; echo; done";
    let command = shell(&sandbox, script).dir(&dir).label("unit-1");
    command.run(|_, line| eprintln!("{line}"), &CancellationToken::new()).await.unwrap();
}

#[tokio::test]
async fn an_orphan_is_found_still_running_and_ended_in_order() {
    let (dir, sandbox) = sandbox();
    let mut starter = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "sandbox::starter_of_orphans"])
        .env("WAYLEAVE_TEST_ORPHANS", dir.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(starter.stderr.take().unwrap()).lines();
    let first = timeout(SOON, lines.next_line()).await.unwrap().unwrap();
    assert_eq!(first.as_deref(), Some("up"));
    assert_eq!(sandbox.orphans().unwrap().len(), 0, "its starter lives");
    starter.kill().await.unwrap();

    let orphans = sandbox.orphans().unwrap();
    assert_eq!(
        orphans.iter().map(|orphan| (orphan.label(), orphan.is_running())).collect::<Vec<_>>(),
        [("unit-1", true)]
    );
    assert_eq!(sandbox.reap(SOON).await.unwrap(), ["unit-1"]);
    assert_eq!(std::fs::read_to_string(dir.path().join("orphan.end")).unwrap(), "interrupted\n");
    assert_eq!(sandbox_records(dir.path()), 0);
}

fn sandbox_records(dir: &Path) -> usize {
    let entries = std::fs::read_dir(dir).unwrap().flatten();
    entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json")).count()
}
