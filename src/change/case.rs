//! A witness as a case: what a search found, kept as a test of the pack.

use super::contract::Witness;
use crate::testing::{NewCase, NewExpectation, case_text};
use crate::value::Date;

impl Witness {
    /// The text of a case file that expects what the rule came to before; `given` is the file of the declaration, relative
    /// to the pack. A person decides which of the two verdicts is meant, and the text says so.
    #[must_use]
    pub fn case(&self, rule: &str, given: &str) -> String {
        let (from, to) = (self.from.as_str(), self.to.as_str());
        case_text(&NewCase {
            notes: vec![
                format!("Found by a search: the old {rule} comes to {from} here, the new one to {to}."),
                format!("What is expected below is the old verdict. Where the new one is meant, write `{to}`."),
            ],
            title: format!("{rule} comes to {from}, as it did before"),
            given: given.to_owned(),
            changes: Vec::new(),
            as_of: self.as_of.as_deref().and_then(Date::parse),
            stage: self.stage.clone(),
            decision: None,
            rules: vec![NewExpectation { id: rule.to_owned(), outcome: from.to_owned(), at: None }],
        })
    }
}
