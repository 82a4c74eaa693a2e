//! AWS STS: short sessions in the accounts, named after the run.
