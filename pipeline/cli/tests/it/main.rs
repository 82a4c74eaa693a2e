//! The program as people run it, in a directory of its own and with no network.

mod audit;
mod client;
mod crash;
mod demo;
mod doctor;
mod from_terrascan;
mod help;
mod here;
mod policies;
mod refusals;
mod scan;
mod site;
mod terminal;
mod world;
mod zone;
