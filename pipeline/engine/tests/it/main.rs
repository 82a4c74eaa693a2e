//! The engine against real programs, one module for each part.

mod audit;
mod aws;
mod cloudformation;
mod cloudformation_moto;
mod git;
mod index;
mod moto;
mod organizations;
mod people;
mod rules;
mod s3;
mod sandbox;
mod stream;
mod sts;
mod terraform;
mod worker;
