//! The engine against real programs, one module for each part.

mod moto;
