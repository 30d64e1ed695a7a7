//! The documentation runs: its examples are read, checked and judged as they stand in the text.

mod blocks;
#[cfg(feature = "cli")]
mod console;
mod language;
mod links;
mod pages;
