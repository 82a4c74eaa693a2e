//! What the kernel knows of processes, read from `/proc`
//! ([proc_pid_stat(5)](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html)).

use std::fs;

use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::{Signal, killpg};
use nix::sys::stat::{Mode, umask};
use nix::unistd::Pid;
use serde::{Deserialize, Serialize};

/// A process that cannot be mistaken for a later one with the same number, not even after a reboot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ProcessId {
    pub(super) pid: i32,
    /// Clock ticks from boot to the process's start.
    start: u64,
    boot: String,
}

struct Stat {
    zombie: bool,
    group: i32,
    start: u64,
}

impl ProcessId {
    /// The process with this number now; none when there is no such process.
    pub(super) fn of(pid: i32) -> Option<Self> {
        Some(Self { pid, start: stat(pid)?.start, boot: boot() })
    }

    pub(super) fn this() -> Option<Self> {
        Self::of(i32::try_from(std::process::id()).ok()?)
    }

    pub(super) fn is_alive(&self) -> bool {
        self.boot == boot() && stat(self.pid).is_some_and(|stat| !stat.zombie && stat.start == self.start)
    }

    /// True while the group that this process leads, or led, has a living member. The kernel gives a group's number to
    /// no new process while the group has members, so a group whose leader is gone is still the same group.
    pub(super) fn group_is_alive(&self) -> bool {
        let replaced = stat(self.pid).is_some_and(|stat| stat.start != self.start);
        self.boot == boot() && !replaced && group_is_alive(self.pid)
    }
}

fn group_is_alive(group: i32) -> bool {
    let Ok(processes) = fs::read_dir("/proc") else { return false };
    processes
        .flatten()
        .filter_map(|entry| stat(entry.file_name().to_str()?.parse().ok()?))
        .any(|stat| stat.group == group && !stat.zombie)
}

fn stat(pid: i32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the program's name in parentheses and may hold anything, so fields count from its end.
    let (_, rest) = text.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    Some(Stat {
        zombie: matches!(*fields.first()?, "Z" | "X"),
        group: fields.get(2)?.parse().ok()?,
        start: fields.get(19)?.parse().ok()?,
    })
}

fn boot() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default().trim().to_owned()
}

/// Sends a signal to a whole group; a group that is gone already needs none.
pub(super) fn signal(group: i32, signal: Signal) {
    if group > 1 {
        killpg(Pid::from_raw(group), signal).ok();
    }
}

/// Sends a signal to the group that a process leads or led, when that group is still the same one.
pub(super) fn signal_if(leader: &ProcessId, signal_number: Signal) {
    if leader.group_is_alive() {
        signal(leader.pid, signal_number);
    }
}

/// Protects this process and what it starts; to be called once, before secrets are read. Other processes of the same user
/// cannot read its environment and memory through `/proc`, it leaves no core dumps, and files that it makes are private.
///
/// Not covered: root reads everything still, so the server should not run as root.
///
/// # Errors
/// What the kernel answered, when it refused one of them.
pub fn harden() -> std::io::Result<()> {
    prctl::set_dumpable(false)?;
    setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
    umask(Mode::from_bits_truncate(0o077));
    Ok(())
}
