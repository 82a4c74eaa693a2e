//! The store: the inbox, the events, the leases, in SQLite.
