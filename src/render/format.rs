//! The formats of results: one table, and what a format is.
//!
//! A format is one file of this folder and one line of [`FORMATS`]. It sees results one by one, in their order, and may
//! say something before the first and after the last. It knows nothing of where its text goes.

use super::{
    Options, checklist, concise, evidence, github, html, human, json, junit, markdown, oscal, sarif, summary, verdicts,
};
use crate::report::Digests;
use crate::report::contract::{Rejected, Report};
use crate::report::verdict::Verdict;

/// Every format, in the order in which help lists them.
pub static FORMATS: &[Format] = &[
    human::FORMAT,
    concise::FORMAT,
    html::FORMAT,
    json::FORMAT,
    json::LINES,
    sarif::FORMAT,
    junit::FORMAT,
    github::FORMAT,
    markdown::FORMAT,
    checklist::FORMAT,
    oscal::FORMAT,
    evidence::FORMAT,
    summary::FORMAT,
    super::portfolio::FORMAT,
    verdicts::FORMAT,
    verdicts::LINES,
    #[cfg(feature = "parquet")]
    super::parquet::FORMAT,
];

/// A format of results.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// As it is asked for.
    pub name: &'static str,
    /// What it is, for help: lower case apart from the first letter, no final stop.
    pub about: &'static str,
    /// Begins to write.
    pub start: fn(Run) -> Box<dyn Writer>,
}

/// What a format knows before the first result.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// How people want to see it.
    pub options: Options,
    /// Whether there may be more than one result.
    pub several: bool,
}

/// What a declaration came to.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// It was judged; with its text.
    Report(&'a Report, &'a str),
    /// It could not be judged.
    Rejected(&'a Rejected),
}

/// What a declaration came to, for formats that are no text.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    /// It was judged.
    Verdict(&'a Verdict),
    /// It could not be judged.
    Rejected(&'a Rejected),
}

/// Of which declarations a format needs the whole report, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reads {
    /// Of none: what each rule came to is enough.
    Verdicts,
    /// Of those that [are open](Verdict::is_open).
    Open,
    /// Of all.
    Reports,
}

/// Writes a run in one format: [`begin`](Self::begin), the pieces with what stands [`between`](Self::between) them,
/// [`end`](Self::end).
pub trait Writer: Send + Sync {
    /// What stands before the first piece.
    fn begin(&self) -> String {
        String::new()
    }

    /// Of which declarations it needs the whole report.
    fn reads(&self) -> Reads {
        Reads::Reports
    }

    /// Of which rules it shows the digest of their facts.
    fn digests(&self) -> Digests {
        Digests::All
    }

    /// What a result adds. Depends on nothing that was written before, so that pieces can be made on several threads.
    fn piece(&self, item: Item<'_>) -> String;

    /// The same of a declaration of which only the verdict is known: one whose report it does not [read](Self::reads).
    fn brief(&self, _verdict: &Verdict) -> String {
        String::new()
    }

    /// What stands between two pieces that are not empty.
    fn between(&self) -> String {
        String::new()
    }

    /// Notes what the end has to say; called once for each result, in their order.
    fn note(&mut self, _item: Item<'_>) {}

    /// The same for a declaration of which only the verdict is known: one whose report it does not read, or that is not
    /// shown.
    fn count(&mut self, _verdict: &Verdict) {}

    /// Whether a text of a run can go on where that of another has ended: without [`begin`](Self::begin), and with
    /// [`between`](Self::between) first.
    fn can_go_on(&self) -> bool {
        !self.is_binary() && self.begin().is_empty() && self.end().is_empty()
    }

    /// Whether it is no text: then it has no pieces, and [`bytes`](Self::bytes) instead.
    fn is_binary(&self) -> bool {
        false
    }

    /// What a format that is no text has to write by now: called with each result that is shown, in their order, and with
    /// none after the last.
    ///
    /// # Errors
    ///
    /// Why it cannot be written.
    fn bytes(&mut self, _shown: Option<Shown<'_>>) -> Result<Vec<u8>, String> {
        Ok(Vec::new())
    }

    /// What stands after the last piece.
    fn end(&self) -> String {
        String::new()
    }
}

/// The format of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Writes a run whose results are all known.
#[must_use]
pub fn write(format: &Format, run: Run, items: &[Item<'_>]) -> String {
    let mut writer = (format.start)(run);
    let mut text = writer.begin();
    let mut first = true;
    for item in items {
        let piece = writer.piece(*item);
        writer.note(*item);
        if !piece.is_empty() {
            if !first {
                text += &writer.between();
            }
            first = false;
            text += &piece;
        }
    }
    text + &writer.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_and_differ() {
        for (at, format) in FORMATS.iter().enumerate() {
            assert!(format.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", format.name);
            assert!(!format.about.ends_with('.'), "{}", format.about);
            assert_eq!(named(format.name).map(|found| found.about), Some(format.about));
            assert!(FORMATS[at + 1..].iter().all(|other| other.name != format.name), "{} twice", format.name);
        }
    }
}
