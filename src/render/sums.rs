//! Sums over many declarations: counted here, and written when all have been seen. What is written of them is each format's
//! own; none makes a report.

use super::Options;
use super::format::{Item, Reads, Run, Writer};
use crate::report::portfolio::Portfolio;
use crate::report::verdict::Verdict;

/// Writes the sums.
type Write = fn(&Portfolio, &Options) -> String;

struct Sums {
    run: Run,
    portfolio: Portfolio,
    write: Write,
}

/// A format that has nothing to say of single declarations.
pub(super) fn start(run: Run, write: Write) -> Box<dyn Writer> {
    Box::new(Sums { run, portfolio: Portfolio::default(), write })
}

/// Counts a result.
pub(super) fn note(portfolio: &mut Portfolio, item: Item<'_>) {
    match item {
        Item::Report(report, _) => portfolio.add(&Verdict::from(report)),
        Item::Rejected(rejected) => portfolio.add_rejected(&rejected.declaration),
    }
}

impl Writer for Sums {
    fn reads(&self) -> Reads {
        Reads::Verdicts
    }

    fn piece(&self, _item: Item<'_>) -> String {
        String::new()
    }

    fn note(&mut self, item: Item<'_>) {
        note(&mut self.portfolio, item);
    }

    fn count(&mut self, verdict: &Verdict) {
        self.portfolio.add(verdict);
    }

    fn end(&self) -> String {
        (self.write)(&self.portfolio, &self.run.options)
    }
}
