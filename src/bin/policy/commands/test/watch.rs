//! Runs again whenever a file of the packs changes, until somebody interrupts. It needs no terminal.

use super::Arguments;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::terminal::Terminal;
use notify::{EventKind, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long files must be quiet before they are read: editors write in several steps.
const QUIET: Duration = Duration::from_millis(200);

pub(super) fn run(
    arguments: &Arguments,
    terminal: Terminal,
    once: impl Fn() -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let folders = folders(arguments)?;
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // What was only read is no change. Nobody hears it after the end.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            let _ = sender.send(());
        }
    })
    .map_err(|error| unwatched(&error))?;
    for folder in &folders {
        watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| unwatched(&error))?;
    }
    loop {
        if let Err(failure) = once() {
            terminal.tell(&failure.shown(&terminal.err()));
        }
        terminal.tell("waiting for changes; Ctrl-C ends\n");
        if !changed(&changes) {
            return Ok(Exit::Good);
        }
    }
}

/// Waits for a change, and then until nothing changes any more.
fn changed(changes: &Receiver<()>) -> bool {
    let heard = changes.recv().is_ok();
    while changes.recv_timeout(QUIET).is_ok() {}
    heard
}

fn folders(arguments: &Arguments) -> Result<Vec<PathBuf>, Failure> {
    let folders = packs::folders(&arguments.packs, &Settings::find()?);
    if folders.is_empty() {
        return Err(
            Failure::new("there is no folder to watch").help("name the pack's folder: `policy test my-plan --watch`")
        );
    }
    Ok(folders)
}

fn unwatched(error: &notify::Error) -> Failure {
    Failure::new(format!("cannot watch the packs: {error}"))
}
