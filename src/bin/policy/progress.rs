//! How far a long run has come, on a terminal whose standard output goes elsewhere.

use crate::declarations::{self, Declarations};
use crate::terminal::Terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::Cell;
use std::io::IsTerminal;
use std::time::Duration;

/// A bar on standard error; nothing where nobody would see it.
pub struct Progress {
    bar: ProgressBar,
    done: Cell<u64>,
    read: declarations::Progress,
}

impl Progress {
    /// Begins to show, where there may be several declarations and there is a terminal to show it on.
    pub fn start(declarations: &Declarations, terminal: Terminal, quiet: bool) -> Self {
        let read = declarations.progress();
        let is_seen = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let bar = ProgressBar::with_draw_target(read.total, ProgressDrawTarget::hidden());
        if declarations.several && is_seen && !quiet {
            bar.set_style(style(read.total.is_some(), terminal.err().colour));
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, done: Cell::new(0), read }
    }

    /// A declaration is done.
    pub fn step(&self) {
        self.bar.set_position(self.read.read());
        self.done.set(self.done.get() + 1);
        self.bar.set_message(self.done.get().to_string());
    }

    /// Writes something else to the terminal.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(is_bounded: bool, colour: bool) -> ProgressStyle {
    let template = match (is_bounded, colour) {
        (true, true) => "{msg} declarations  [{wide_bar:.cyan}]  {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left",
        (true, false) => "{msg} declarations  [{wide_bar}]  {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left",
        (false, _) => "{spinner} {msg} declarations  {bytes}  {bytes_per_sec}  {elapsed}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// A line on standard error that counts up, and is gone at the end; nothing where there is no terminal.
pub fn counter(what: &str, total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(u64::try_from(total).ok(), ProgressDrawTarget::hidden());
    if std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
    let style = ProgressStyle::with_template("{msg}  [{wide_bar}]  {pos}/{len}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what.to_owned());
    bar
}
