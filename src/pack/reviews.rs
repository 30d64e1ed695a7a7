//! Reviews: what a named person judged where a rule asks for a person. It knows no rules; what a review settles is found after the
//! verdict.

use super::table::{Placed, Table, document};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::value::Date;

/// What the reviewer found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// `positive`: the requirement is met.
    Positive,
    /// `negative`: it is not.
    Negative,
}

/// One `[[review]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// `rule`: its id.
    pub rule: Placed<String>,
    /// `product`: the id of the declaration.
    pub product: Placed<String>,
    /// `verdict`
    pub verdict: Placed<Judgement>,
    /// `reviewer`
    pub reviewer: Placed<String>,
    /// `role` of the reviewer.
    pub role: Placed<String>,
    /// `date`
    pub date: Placed<Date>,
    /// `grounds`
    pub grounds: Placed<String>,
    /// `facts`: digest of the facts that the rule read.
    pub facts: Placed<String>,
    /// Where it stands.
    pub span: Span,
}

/// A reviews file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviews {
    /// Its reviews, in order.
    pub reviews: Vec<Review>,
}

impl Reviews {
    /// Reads a reviews file.
    pub fn parse(file: FileId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut reviews = Vec::new();
        let found = document(file, text, "a reviews file", |table| {
            reviews = table.tables("review", "a review", review);
        });
        // A review that lacks something has been reported: with nothing found, none is missing.
        if found.is_empty() { Ok(Self { reviews: reviews.into_iter().flatten().collect() }) } else { Err(found) }
    }
}

fn review(table: &mut Table<'_>) -> Option<Review> {
    let rule = table.required_text("rule", "\"T22-R13\"");
    let product = table.required_text("product", "\"the id of the declaration\"");
    let verdict = table.choice("verdict", &[("positive", Judgement::Positive), ("negative", Judgement::Negative)]);
    let reviewer = table.required_text("reviewer", "\"…\"");
    let reviewer_role = table.required_text("role", "\"…\"");
    let date = table.required_date("date");
    let grounds = table.required_text("grounds", "\"…\"");
    let facts = table.facts();
    let span = table.span();
    Some(Review { rule, product, verdict: verdict?, reviewer, role: reviewer_role, date: date?, grounds, facts, span })
}
