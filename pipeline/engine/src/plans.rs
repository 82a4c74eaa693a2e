//! Saved plans: content-addressed and encrypted at rest.
