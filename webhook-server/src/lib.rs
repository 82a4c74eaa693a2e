//! The server's outside: webhooks, Slack, the API, the pages and the metrics, over one
//! [`Pipeline`](pipeline_engine::Pipeline).
//!
//! Everything here reads a request, calls one thing of the pipeline, and writes an answer. What is allowed and what happens
//! next is decided below, in `pipeline-core` and `pipeline-engine`.

mod access;
mod api;
mod app;
mod body;
mod find;
mod meter;
mod page;
mod problem;
mod records;
mod routes;
mod serve;
mod slack;
mod webhook;

pub use problem::Problem;
pub use routes::router;
pub use serve::serve;
