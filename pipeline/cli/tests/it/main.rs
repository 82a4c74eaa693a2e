//! The program as people run it, in a directory of its own and with no network.

mod audit;
mod client;
mod doctor;
mod help;
mod here;
mod world;
mod zone;
