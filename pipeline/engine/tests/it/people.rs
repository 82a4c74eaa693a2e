//! What people are told: Slack, a forge's statuses and comments.

mod commands;
mod comment;
mod follow;
mod github;
mod message;
mod notifier;
mod sample;
mod slack;
