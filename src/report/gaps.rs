//! The gap list: what stands against the decision, by the field in which it has its root. A field is listed once, with
//! everything that it blocks, gravest first. It computes nothing that is not in the report.

use super::contract::{Finding, Grade, Outcome, Report, Rule, Shown, Undeclared};
use super::read::{Gravity, gravity};
use crate::source::Position;
use indexmap::IndexMap;

/// A root field, with what it blocks.
#[derive(Debug, Clone)]
pub struct Gap<'r> {
    /// JSON Pointer; empty for the whole declaration.
    pub pointer: &'r str,
    /// Where it stands.
    pub at: Position,
    /// Label and expected values, where it is still to declare.
    pub undeclared: Option<&'r Undeclared>,
    /// The value seen.
    pub value: Option<&'r Shown>,
    /// What it blocks, gravest first; never empty.
    pub blocks: Vec<(&'r Rule, &'r Finding)>,
}

impl Gap<'_> {
    /// The gravest that it blocks.
    #[must_use]
    pub fn gravity(&self) -> Option<Gravity> {
        self.blocks.iter().map(|(rule, finding)| gravity(rule.kind, finding.outcome)).min()
    }

    /// The weakest grade of proof of what was declared.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.value?;
        self.blocks.iter().filter_map(|(_, finding)| finding.proof).min()
    }
}

/// All gaps of a report, gravest first; what is waived comes last, and stays visible.
#[must_use]
pub fn gaps(report: &Report) -> Vec<Gap<'_>> {
    let mut gaps: IndexMap<&str, Gap<'_>> = IndexMap::new();
    for (rule, finding) in report.gravest_first() {
        if finding.outcome > Outcome::Waived {
            continue;
        }
        for pointer in roots(finding) {
            let gap = gaps.entry(pointer).or_insert_with(|| gap(report, pointer, finding));
            if !gap.blocks.iter().any(|(other, found)| other.id == rule.id && found.message == finding.message) {
                gap.blocks.push((rule, finding));
            }
        }
    }
    let mut gaps: Vec<Gap<'_>> = gaps.into_values().collect();
    gaps.sort_by_key(Gap::gravity);
    gaps
}

fn gap<'r>(report: &'r Report, pointer: &'r str, finding: &'r Finding) -> Gap<'r> {
    let undeclared = report.undeclared.iter().find(|field| field.pointer == pointer);
    let at = undeclared.map_or(finding.at, |field| field.at);
    Gap { pointer, at, undeclared, value: finding.values.get(pointer), blocks: Vec::new() }
}

/// The fields that a finding has its root in: what is missing, else what it points at.
fn roots(finding: &Finding) -> Vec<&str> {
    if finding.missing.is_empty() {
        vec![finding.pointer.as_str()]
    } else {
        finding.missing.iter().map(String::as_str).collect()
    }
}
