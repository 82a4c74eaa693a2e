//! landing-zone
