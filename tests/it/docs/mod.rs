//! The documentation runs: its examples are read, checked and judged as they stand in the text.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod blocks;
#[cfg(feature = "cli")]
mod console;
mod language;
mod limits;
mod links;
mod pages;
