//! What a run found, shown: to people in two languages, to programs as JSON; and what is wrong in a text, shown.
//!
//! It decides nothing and computes no verdict: everything it prints stands in the report, in a diagnostic or in the
//! text that they point into. It writes no file; colours are put in only where [`Options::colour`] asks.

pub mod book;
pub mod change;
mod checklist;
mod concise;
pub mod diagnostics;
mod evidence;
pub mod explain;
pub mod filing;
pub mod format;
mod github;
pub mod html;
pub mod human;
pub mod json;
mod junit;
mod markdown;
mod oscal;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod portfolio;
#[cfg(test)]
mod sample;
mod sarif;
mod sheet;
pub mod style;
mod summary;
mod sums;
pub mod testing;
pub mod trace;
mod verdicts;
pub mod verification;
mod view;
mod visible;
mod words;
mod wrap;

pub use visible::{visible, visible_lines};
pub use words::{Lang, pick};

/// A file, with the line that a declaration stands on where there is one on each.
fn standing(file: &str, line: Option<u32>) -> String {
    line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
}

/// How much a report says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The decision only.
    Quiet,
    /// What a reader needs to act.
    #[default]
    Normal,
    /// Also what passed, what does not apply, and the parameters.
    Verbose,
}

/// How to show a report to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// In which language.
    pub lang: Lang,
    /// Columns of the terminal.
    pub width: usize,
    /// How much.
    pub detail: Detail,
    /// Whether to colour, by ANSI escape sequences.
    pub colour: bool,
}

impl Options {
    /// Columns where nobody knows better.
    pub const WIDTH: usize = 80;
}

impl Default for Options {
    fn default() -> Self {
        Self { lang: Lang::default(), width: Self::WIDTH, detail: Detail::default(), colour: false }
    }
}
