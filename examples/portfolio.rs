//! Writes a portfolio for measurements: so many declarations, one on each line, for the pack in `benches/common/pack`. The
//! same number gives the same bytes.
//!
//! ```sh
//! cargo build --release --example portfolio
//! target/release/examples/portfolio 1000000 | policy eval - --policy benches/common/pack --format summary
//! ```

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "shared with benches")]

#[path = "../benches/common/mod.rs"]
mod common;

use std::io::{BufWriter, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(Ok(count)) = std::env::args().nth(1).map(|count| count.parse::<u64>()) else {
        return ExitCode::from(2);
    };
    let mut out = BufWriter::with_capacity(1 << 18, std::io::stdout().lock());
    // A reader that has gone away has read enough.
    let written = (1..=count).try_for_each(|seed| writeln!(out, "{}", common::declaration(seed, 1)));
    if written.and_then(|()| out.flush()).is_ok() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
