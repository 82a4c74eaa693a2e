//! Secrets, read from the variables that the zone names.
