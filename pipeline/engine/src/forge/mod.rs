//! Forges: where a repository's commits, statuses and comments live.
