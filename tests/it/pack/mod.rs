//! Loading packs: every error with its place, in one run.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod digest;
mod limits;
mod manifest;
mod pages;
mod shown;

mod waivers;

pub use shown::shown;
