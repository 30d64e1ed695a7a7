//! Loading packs: every error with its place, in one run.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod digest;
mod manifest;
mod shown;
pub use shown::shown;
mod waivers;
