//! The JSON Schema of declarations, and skeletons of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod agreement;
mod json;
mod packs;
mod policy;
mod skeleton;
