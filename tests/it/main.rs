//! The one integration-test binary: tests by room.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod allocations;
mod chance;
mod change;
mod check;
mod cli;
mod decode;
mod docs;
mod evidence;
mod formats;
mod house;
mod ir;
mod pack;
mod pages;
mod plan;
mod plugin;
mod properties;
mod reference;
mod schema;
mod syntax;
mod testing;
