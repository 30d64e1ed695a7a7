//! The evidence for a verdict, `hongxian.evidence/1`: what [`crate::evidence`] makes of a report, written. A declaration
//! that could not be judged came to no verdict; in its place stands why, as in the JSON contract.

use super::format::{Format, Item, Run, Writer};
use super::json;
use crate::evidence::{Evidence, bare};
use crate::report::contract::Rejected;
use serde::Serialize;

/// Evidence: a document; of several declarations one on each line.
pub(super) const FORMAT: Format = Format {
    name: "evidence",
    about: "What the verdict rests on, by digests, for `policy verify`",
    start: |run: Run| Box::new(Lines(run.several)),
};

struct Lines(bool);

impl Writer for Lines {
    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => self.written(&Evidence::of(report)),
            Item::Rejected(rejected) => self.written(&without_folders(rejected)),
        }
    }
}

impl Lines {
    fn written(&self, value: &impl Serialize) -> String {
        if self.0 { json::line(value) } else { json::document(value) }
    }
}

fn without_folders(rejected: &Rejected) -> Rejected {
    let mut rejected = rejected.clone();
    rejected.declaration.file = bare(&rejected.declaration.file);
    for problem in &mut rejected.diagnostics {
        for place in problem.at.iter_mut().chain(&mut problem.related) {
            place.file = bare(&place.file);
        }
    }
    rejected
}
