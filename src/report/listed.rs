//! A finding on its way into a report.

use super::contract::{Finding, Outcome};
use crate::decode::declaration::Place;
use crate::eval::{self, Laid};

/// A finding of a rule, what it rests on, and how it is listed: a pass mostly is not.
pub(super) struct Listed<'f, 'v> {
    pub(super) found: &'f eval::Finding<'v>,
    pub(super) basis: Laid,
    /// Where it cannot be decided: what must be declared before it can.
    pub(super) missing: Vec<Place>,
    pub(super) finding: Option<Finding>,
}

impl Listed<'_, '_> {
    /// Its outcome, as people may have settled it.
    pub(super) fn outcome(&self) -> Outcome {
        self.finding.as_ref().map_or(self.found.outcome, |finding| finding.outcome)
    }
}
