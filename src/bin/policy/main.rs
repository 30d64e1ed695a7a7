//! The `policy` command: reads files, asks the library, shows what it says.

mod archives;
mod commands;
mod declarations;
mod exit;
mod failure;
mod interrupt;
mod output;
mod packs;
#[cfg(feature = "plugins")]
mod plugins;
mod portfolio;
mod progress;
mod revisions;
mod select;
mod settings;
mod signature;
mod targets;
mod terminal;
mod toolchain;

use clap::Parser;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A run makes many small things and ends: an allocator that takes memory in large pieces is a quarter of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let policy = commands::Policy::parse();
    let terminal = policy.terminal();
    let exit = policy.run(terminal).unwrap_or_else(|failure| {
        terminal.tell(&failure.shown(&terminal.err()));
        exit::Exit::Failed
    });
    exit.into()
}
