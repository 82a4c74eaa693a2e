//! Follows a running program to its end.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use nix::sys::signal::Signal;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_util::sync::CancellationToken;

use super::command::{Command, Running, Spool};
use super::lines::Lines;
use super::{Exit, SandboxError, Stream, process};

const LOOK: Duration = Duration::from_millis(20);
const CHUNK: usize = 64 * 1024;

/// Where a program's output goes.
pub(super) struct Output<'a> {
    on_line: &'a mut (dyn FnMut(Stream, &str) + Send),
    out: Sink,
    err: Lines,
    bytes: u64,
}

enum Sink {
    Lines(Lines),
    Captured(Vec<u8>),
}

impl<'a> Output<'a> {
    pub(super) fn lines(on_line: &'a mut (dyn FnMut(Stream, &str) + Send)) -> Self {
        Self { on_line, out: Sink::Lines(Lines::default()), err: Lines::default(), bytes: 0 }
    }

    pub(super) fn capture(on_line: &'a mut (dyn FnMut(Stream, &str) + Send)) -> Self {
        Self { on_line, out: Sink::Captured(Vec::new()), err: Lines::default(), bytes: 0 }
    }

    pub(super) fn into_captured(self) -> Vec<u8> {
        match self.out {
            Sink::Captured(bytes) => bytes,
            Sink::Lines(_) => Vec::new(),
        }
    }

    /// Reads what was written since the last time, until all of it was read or there is more than `limit`.
    fn read(&mut self, running: &mut Running, limit: u64) -> Result<(), SandboxError> {
        self.drain(Stream::Out, &mut running.out, limit)?;
        self.drain(Stream::Err, &mut running.err, limit)
    }

    fn drain(&mut self, stream: Stream, spool: &mut Spool, limit: u64) -> Result<(), SandboxError> {
        let mut chunk = vec![0; CHUNK];
        while self.bytes <= limit {
            let read = spool.reader.read(&mut chunk);
            let read = read.map_err(|source| SandboxError::File { path: spool.path.clone(), source })?;
            if read == 0 {
                break;
            }
            self.bytes = self.bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            self.take(stream, chunk.get(..read).unwrap_or_default());
        }
        Ok(())
    }

    fn take(&mut self, stream: Stream, bytes: &[u8]) {
        let Self { on_line, out, err, .. } = self;
        match (stream, out) {
            (Stream::Out, Sink::Captured(captured)) => captured.extend_from_slice(bytes),
            (Stream::Out, Sink::Lines(lines)) => lines.push(bytes, &mut |line| on_line(Stream::Out, line)),
            (Stream::Err, _) => err.push(bytes, &mut |line| on_line(Stream::Err, line)),
        }
    }

    fn finish(&mut self) {
        let Self { on_line, out, err, .. } = self;
        if let Sink::Lines(lines) = out {
            lines.finish(&mut |line| on_line(Stream::Out, line));
        }
        err.finish(&mut |line| on_line(Stream::Err, line));
    }
}

/// Ends the group when the future that follows it is dropped. The record stays, so that the group is looked for later.
struct Guard(Option<i32>);

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            process::signal(group, Signal::SIGINT);
        }
    }
}

/// Follows a program until it is gone, and its group with it.
pub(super) async fn supervise(
    command: &Command,
    running: &mut Running,
    output: &mut Output<'_>,
    cancel: &CancellationToken,
) -> Result<Exit, SandboxError> {
    let mut guard = Guard(Some(running.group));
    let ended = follow(command, running, output, cancel).await;
    guard.0 = None;
    // What the program left behind in its group ends with it, however it ended.
    process::signal(running.group, Signal::SIGKILL);
    if let Some(record) = running.record.take() {
        record.remove();
    }
    let status = ended?;
    output.read(running, command.output)?;
    output.finish();
    if output.bytes > command.output {
        return Err(SandboxError::TooMuchOutput { program: command.name(), limit: command.output });
    }
    Ok(exit(status))
}

async fn follow(
    command: &Command,
    running: &mut Running,
    output: &mut Output<'_>,
    cancel: &CancellationToken,
) -> Result<ExitStatus, SandboxError> {
    let deadline = Instant::now() + command.deadline;
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let stop = tokio::select! {
            status = running.child.wait() => {
                return status.map_err(|source| SandboxError::Wait { program: command.name(), source });
            }
            () = cancel.cancelled() => SandboxError::Cancelled { program: command.name() },
            () = sleep_until(deadline) => SandboxError::Deadline { program: command.name(), after: command.deadline },
            _ = look.tick() => {
                output.read(running, command.output)?;
                if output.bytes <= command.output {
                    continue;
                }
                SandboxError::TooMuchOutput { program: command.name(), limit: command.output }
            }
        };
        end(command, running, output).await;
        return Err(stop);
    }
}

/// SIGINT to the group, and SIGKILL when it is not gone after the grace. Lines are delivered to the last.
async fn end(command: &Command, running: &mut Running, output: &mut Output<'_>) {
    let kill_at = Instant::now() + command.grace;
    process::signal(running.group, Signal::SIGINT);
    let mut look = interval(LOOK);
    loop {
        tokio::select! {
            _ = running.child.wait() => break,
            () = sleep_until(kill_at) => {
                process::signal(running.group, Signal::SIGKILL);
                running.child.wait().await.ok();
                break;
            }
            _ = look.tick() => drop(output.read(running, command.output)),
        }
    }
    output.read(running, command.output).ok();
    output.finish();
}

fn exit(status: ExitStatus) -> Exit {
    status.code().map_or_else(|| Exit::Signal(status.signal().unwrap_or_default()), Exit::Code)
}
