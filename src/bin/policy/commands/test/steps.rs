//! How far a long job is, shown where standard error is a terminal, and nowhere else.

use indicatif::{ProgressBar, ProgressStyle};

/// A job of known length, and how far it is.
pub struct Steps(ProgressBar);

impl Steps {
    /// A job of so many parts.
    pub fn new(what: &'static str, parts: usize) -> Self {
        let bar = ProgressBar::new(u64::try_from(parts).unwrap_or(u64::MAX));
        let style = ProgressStyle::with_template("{pos}/{len} {msg} {wide_bar}");
        Self(style.map_or(bar.clone(), |style| bar.with_style(style)).with_message(what))
    }

    /// Does a part.
    pub fn after<T>(&self, part: impl FnOnce() -> T) -> T {
        let result = part();
        self.0.inc(1);
        result
    }

    /// The job is done: its traces are wiped away.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}
