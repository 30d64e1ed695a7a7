//! What readers of a report ask it: its findings in the order in which people want them, and the sources behind
//! citations. It knows no format.

use super::contract::{Finding, Outcome, Report, Rule, Source};
use crate::ir::RuleKind;
use std::cmp::Reverse;

/// Where something stands between the gravest and the lightest: red lines before baselines before guidance, of each kind
/// the gravest outcome first; what is settled stands behind all that is not.
pub type Gravity = (bool, Reverse<RuleKind>, Outcome);

/// The gravity of an outcome of a rule of a kind.
#[must_use]
pub fn gravity(kind: RuleKind, outcome: Outcome) -> Gravity {
    (outcome >= Outcome::Waived, Reverse(kind), outcome)
}

impl Report {
    /// All findings listed, gravest first; of one gravity in the order of the report.
    #[must_use]
    pub fn gravest_first(&self) -> Vec<(&Rule, &Finding)> {
        let mut found: Vec<(&Rule, &Finding)> =
            self.rules.iter().flat_map(|rule| rule.findings.iter().map(move |finding| (rule, finding))).collect();
        found.sort_by_key(|(rule, finding)| gravity(rule.kind, finding.outcome));
        found
    }

    /// Whether something could not be evaluated because a function failed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.rules.iter().any(|rule| rule.findings.iter().any(|finding| finding.outcome == Outcome::Error))
    }

    /// The source that a citation of a rule is of: one of the rule's pack, else of another.
    #[must_use]
    pub fn cited(&self, rule: &Rule, citation: &str) -> Option<&Source> {
        let is_own = |source: &&Source| match citation.split_once(':') {
            Some((name, _)) => source.name == name,
            None => source.default,
        };
        let own = self.packs.iter().filter(|pack| pack.name == rule.pack);
        let others = self.packs.iter().filter(|pack| pack.name != rule.pack);
        own.chain(others).flat_map(|pack| &pack.sources).find(is_own)
    }
}
