//! Subprocesses: an empty environment and an allow-list, no standard input, a deadline, a process group that is killed whole.
