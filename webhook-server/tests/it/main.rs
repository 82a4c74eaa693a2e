//! The server over HTTP, on a loopback listener, over a real pipeline with its store in a directory of its own.

mod access;
mod api;
mod events;
mod pages;
mod slack;
mod webhooks;
mod world;
