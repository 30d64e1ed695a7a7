//! Declarations: every error with its place, values exact, places right.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod errors;
mod form;
mod hints;
mod limits;
pub mod model;
mod pages;
mod places;
mod plain;
pub mod random;
mod values;
