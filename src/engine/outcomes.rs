//! Judging without a report: what rules came to and where, for those who compare many verdicts and show few.

use super::{Decoded, Engine, Input, Options, Refusal};
use crate::decode::cells::Cells;
use crate::decode::declaration::{Declaration, Place};
use crate::eval::{self, Finding, Outcome, RuleVerdict};
use crate::ir::RuleId;
use crate::report;

/// What a rule came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The rule.
    pub rule: RuleId,
    /// The gravest of its findings.
    pub outcome: Outcome,
    /// Every finding that did not pass: its outcome, and the JSON Pointer of the first field that it rests on.
    pub findings: Vec<(Outcome, String)>,
}

/// How a rule stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The gravest of its findings.
    pub outcome: Outcome,
    /// JSON Pointers of the fields that each undecided finding misses.
    pub missing: Vec<Vec<String>>,
}

/// Whether an outcome says that a finding could not be decided.
const fn is_undecided(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Unknown | Outcome::Error)
}

impl Engine {
    /// Judges a declaration, and says only what each rule came to. Waivers and reviews are not looked at.
    ///
    /// # Errors
    ///
    /// As [`Self::evaluate`].
    pub fn outcomes(&self, declaration: Input<'_>, options: &Options<'_>) -> Result<Vec<RuleOutcome>, Refusal> {
        let Decoded { declaration: decoded, setting } = &self.decoded(Cells::default(), declaration, options)?;
        let selects = |rule: RuleId| options.rules.is_none_or(|rules| rules.contains(&rule));
        let verdict = eval::evaluate(&self.program, decoded, *setting, selects);
        let judged = verdict.rules.iter().map(|rule| self.judged(decoded, rule)).collect();
        verdict.stuck.map_or(Ok(judged), |fault| Err(Refusal::Stuck(fault)))
    }

    /// Judges one rule, and says for each finding that could not be decided which fields it misses, as JSON Pointers.
    /// Waivers and reviews are not looked at; none where there is no such rule.
    ///
    /// # Errors
    ///
    /// As [`Self::evaluate`].
    pub fn standing(
        &self,
        declaration: Input<'_>,
        options: &Options<'_>,
        rule: RuleId,
    ) -> Result<Option<Standing>, Refusal> {
        let Decoded { declaration: decoded, setting } = &self.decoded(Cells::default(), declaration, options)?;
        let verdict = eval::evaluate(&self.program, decoded, *setting, |own| own == rule);
        let pointer = |place| decoded.pointer(&self.program.layout, place);
        let missing = |finding: &Finding<'_>| {
            report::missing(&self.program, decoded, &finding.basis.lay_out()).into_iter().map(pointer).collect()
        };
        let standing = verdict.rules.first().map(|judged| Standing {
            outcome: judged.outcome,
            missing: judged.findings.iter().filter(|found| is_undecided(found.outcome)).map(missing).collect(),
        });
        verdict.stuck.map_or(Ok(standing), |fault| Err(Refusal::Stuck(fault)))
    }

    fn judged(&self, declaration: &Declaration<'_>, verdict: &RuleVerdict<'_>) -> RuleOutcome {
        let open = verdict.findings.iter().filter(|finding| finding.outcome != Outcome::Pass);
        let findings =
            open.map(|finding| (finding.outcome, declaration.pointer(&self.program.layout, first_place(finding))));
        RuleOutcome { rule: verdict.rule, outcome: verdict.outcome, findings: findings.collect() }
    }
}

/// Where a report would point: the first cell, else the innermost element, else the whole.
fn first_place(finding: &Finding<'_>) -> Place {
    let cell = finding.basis.first_cell();
    cell.or_else(|| finding.elements.last().copied()).unwrap_or(Place::ROOT)
}
