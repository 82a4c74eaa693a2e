//! The audit record: its form, its hash chain, its spool on disk, and the check of all of it.
