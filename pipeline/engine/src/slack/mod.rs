//! Slack: its Web API, the message of a run, and the value of its buttons.

mod button;
mod client;
mod error;
mod message;

pub use button::{APPROVE, ButtonValue, InvalidButton, REJECT};
pub use client::{Client, Pace, Posted};
pub use error::Error;
pub use message::render;
