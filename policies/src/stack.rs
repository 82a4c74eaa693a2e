//! Threads with room for the worst that can be read: expressions, references, modules and templates are followed by recursion, all of it
//! bounded.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

const BYTES: usize = 128 * 1024 * 1024;

thread_local! {
    /// Whether this thread has the room.
    static IS_DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Why something was not done to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDone {
    /// The system has no room for another thread.
    #[error("{0}")]
    NoThread(io::Error),
    /// It panicked.
    #[error("it broke off; this is a bug")]
    Panicked,
}

/// Starts a thread with enough room for any scan. A scan on another thread starts one of its own for each configuration that it evaluates.
///
/// # Errors
/// The system has no room for another thread.
pub fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, T>> {
    Builder::new().name("scan".to_owned()).stack_size(BYTES).spawn_scoped(scope, || {
        IS_DEEP.set(true);
        work()
    })
}

/// Does what needs the room: on this thread if it has it, else on one of its own.
pub(crate) fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, NotDone> {
    if IS_DEEP.get() {
        return catch_unwind(AssertUnwindSafe(work)).map_err(|_| NotDone::Panicked);
    }
    scope(|scope| {
        let thread = spawn(scope, work).map_err(NotDone::NoThread)?;
        thread.join().map_err(|_| NotDone::Panicked)
    })
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// Takes about 100 bytes and more for each.
    fn recursive(depth: usize) -> usize {
        if depth == 0 { 0 } else { std::hint::black_box(recursive(depth - 1)) + 1 }
    }

    #[test]
    fn there_is_room_wherever_it_is_asked_for() {
        let depth = 200_000;
        assert_eq!(deep(|| recursive(depth)).ok(), Some(depth));
        let both = thread::scope(|scope| {
            let nested = spawn(scope, || (thread::current().id(), deep(|| thread::current().id()).ok()));
            nested.expect("there is room for a thread").join().expect("it does not panic")
        });
        assert_eq!(both.1, Some(both.0), "no thread within a thread");
    }

    #[test]
    fn what_breaks_off_is_told() {
        let broken = || deep(|| panic!("as a defect would")).map_err(|error: NotDone| error.to_string());
        let expected: Result<(), _> = Err("it broke off; this is a bug".to_owned());
        assert_eq!(broken(), expected);
        let within = thread::scope(|scope| spawn(scope, broken).expect("there is room").join());
        assert_eq!(within.expect("it is caught"), expected);
    }
}
