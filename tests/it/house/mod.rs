//! The house keeps its own order: which folder may import which, which foreign crate lives where, how long a file
//! may grow, and that every diagnostic has its page.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod imports;
mod pages;
mod sizes;
mod source;
