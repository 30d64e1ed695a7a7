//! The one integration-test binary: tests by room.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod pack;
mod properties;
mod reference;
mod syntax;
