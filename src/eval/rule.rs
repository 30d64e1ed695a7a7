//! Rules: whether one applies, what it requires of which elements, and what was found.

use super::kleene::{Judged, Truth, both};
use super::machine::Machine;
use super::operand::{Element, Operand, Walk};
use super::provenance::{Basis, Cause, Provenance};
use super::verdict::{Finding, Outcome, Reason, RuleVerdict, Said, SaidPiece, StageAt};
use crate::compile::{Message, NodeId, Piece, Requirement, RuleCode};
use crate::decode::declaration::Place;
use crate::ir::{Effective, LocalId};
use crate::source::Span;

/// A finding, and whether there surely was something to examine.
struct Examined<'a> {
    finding: Finding<'a>,
    belongs: Judged<Basis>,
}

impl<'a> Examined<'a> {
    /// Of something that surely was to be examined.
    fn surely(finding: Finding<'a>) -> Self {
        Self { finding, belongs: (Truth::True, Basis::default()) }
    }
}

/// Where in nested `for` blocks a requirement is judged.
#[derive(Clone)]
struct Scope {
    /// Whether the elements belong.
    guard: Judged<Basis>,
    elements: Vec<Place>,
}

impl<'a> Machine<'a, Basis> {
    /// Judges one rule.
    pub(super) fn rule(&mut self, code: &'a RuleCode, stage: &StageAt) -> RuleVerdict<'a> {
        self.reads.clear();
        let outer = self.enter(code.locals);
        let mut findings = Vec::new();
        let mut reason = self.applies(code, stage, &mut findings);
        if reason.is_none() && findings.is_empty() {
            findings = self.examine(code);
            reason = findings.is_empty().then_some(Reason::NothingToExamine);
        }
        let outcome = findings.iter().map(|finding| finding.outcome).min().unwrap_or(Outcome::NotApplicable);
        let facts = self.facts();
        let mends = self.steps.is_some() || !matches!(outcome, Outcome::Pass | Outcome::NotApplicable);
        let remedy = code.remedy.as_ref().filter(|_| mends).map(|remedy| self.say(remedy));
        self.leave(outer);
        RuleVerdict { rule: code.rule, outcome, reason, findings, remedy, facts }
    }

    /// The cells that were read, each once.
    fn facts(&mut self) -> Vec<Place> {
        let mut facts = std::mem::take(&mut self.reads);
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// What a rule that applies finds, by requirement and element.
    fn examine(&mut self, code: &'a RuleCode) -> Vec<Finding<'a>> {
        let mut examined = Vec::new();
        let scope = Scope { guard: (Truth::True, Basis::default()), elements: Vec::new() };
        self.requirements(&code.body, &scope, &mut examined);
        examined.extend(self.review(code).map(Examined::surely));
        let mut findings = settle(examined);
        findings.sort_by_key(|finding| finding.requirement.start);
        findings
    }

    /// Why a rule does not apply. Where that cannot be said, a finding says so.
    fn applies(&mut self, code: &'a RuleCode, stage: &StageAt, findings: &mut Vec<Finding<'a>>) -> Option<Reason> {
        let rule = self.program.policy.rules.get(code.rule.index())?;
        if let Some(reason) = self.not_in_force(rule.effective) {
            return Some(reason);
        }
        if let Some(stages) = &code.stages {
            match stage {
                StageAt::Known(member) if stages.members.contains(member) => {}
                StageAt::Known(_) => return Some(Reason::Stage),
                StageAt::Unknown(basis) => findings.push(unknown(rule.span, basis.clone())),
                StageAt::None => findings.push(unknown(rule.span, Basis::default())),
            }
        }
        let (when, span) = code.when?;
        match self.truth(when) {
            (Truth::False, _) if findings.is_empty() => Some(Reason::When),
            (Truth::True | Truth::False, _) => None,
            (Truth::Unknown, basis) => {
                findings.push(unknown(span, basis));
                None
            }
        }
    }

    fn not_in_force(&self, effective: Effective) -> Option<Reason> {
        match effective {
            Effective { from: Some(from), .. } if self.as_of < from => Some(Reason::NotYetInForce(from)),
            Effective { until: Some(until), .. } if self.as_of > until => Some(Reason::NoLongerInForce(until)),
            _ => None,
        }
    }

    fn requirements(&mut self, items: &'a [Requirement], scope: &Scope, examined: &mut Vec<Examined<'a>>) {
        for item in items {
            match item {
                Requirement::Require { condition, message, span } => {
                    let finding = self.require(*condition, message.as_deref(), *span, scope);
                    examined.push(Examined { finding, belongs: scope.guard.clone() });
                }
                Requirement::Check(check) => {
                    let found = self.require_check(check, &scope.guard, &scope.elements).into_iter();
                    examined.extend(found.map(|finding| Examined { finding, belongs: scope.guard.clone() }));
                }
                Requirement::For { binder, list, filter, body } => {
                    self.for_each(*binder, *list, *filter, body, scope, examined);
                }
            }
        }
    }

    /// One finding. Where it is not known whether the element belongs, only what holds anyway is a pass.
    fn require(&mut self, condition: NodeId, message: Option<&'a Message>, span: Span, scope: &Scope) -> Finding<'a> {
        let (truth, basis) = self.truth(condition);
        let (belongs, guard) = &scope.guard;
        let (outcome, basis) = match (belongs, truth) {
            (_, Truth::True) => (Outcome::Pass, basis),
            (Truth::True, Truth::False) => (Outcome::Fail, basis),
            (Truth::True, Truth::Unknown) => (Outcome::Unknown, basis),
            (_, Truth::False) => (Outcome::Unknown, guard.clone()),
            (_, Truth::Unknown) => (Outcome::Unknown, guard.clone().and(basis)),
        };
        let said = message.filter(|_| outcome == Outcome::Fail).map(|message| self.say(message));
        let outcome = if outcome == Outcome::Unknown && has_fault(&basis) { Outcome::Error } else { outcome };
        Finding { outcome, requirement: span, basis, elements: scope.elements.clone(), message: said }
    }

    fn for_each(
        &mut self,
        binder: LocalId,
        list: NodeId,
        filter: Option<NodeId>,
        body: &'a [Requirement],
        scope: &Scope,
        examined: &mut Vec<Examined<'a>>,
    ) {
        let end = self.each(list, &mut |machine, Element { value, basis, member, member_basis }| {
            let place = element_place(&value, &basis);
            machine.bind(binder, (value, basis));
            let mut guard = both(scope.guard.clone(), (member, member_basis));
            if let Some(filter) = filter {
                let filtered = machine.truth(filter);
                guard = both(guard, filtered);
            }
            if guard.0 != Truth::False {
                let mut elements = scope.elements.clone();
                elements.extend(place);
                machine.requirements(body, &Scope { guard, elements }, examined);
            }
            Walk::On
        });
        if end.open {
            undeclared(body, &scope.elements, &both(scope.guard.clone(), (Truth::Unknown, end.basis)).1, examined);
        }
    }

    fn review(&mut self, code: &'a RuleCode) -> Option<Finding<'a>> {
        let review = code.review.as_ref()?;
        let judged =
            review.condition.map_or_else(|| (Truth::True, Basis::default()), |condition| self.truth(condition));
        let outcome = match judged.0 {
            Truth::True => Outcome::Review,
            Truth::Unknown if has_fault(&judged.1) => Outcome::Error,
            Truth::Unknown => Outcome::Unknown,
            Truth::False => return None,
        };
        let message = (outcome == Outcome::Review).then(|| self.say(&review.message));
        Some(Finding { outcome, requirement: review.span, basis: judged.1, elements: Vec::new(), message })
    }

    /// The values that a message shows. What it reads is no fact that the rule rests on.
    pub(super) fn say(&mut self, message: &'a Message) -> Said<'a> {
        self.notes_reads = false;
        let en = self.pieces(&message.en);
        let zh = message.zh.as_ref().map(|pieces| self.pieces(pieces));
        self.notes_reads = true;
        Said { en, zh }
    }

    fn pieces(&mut self, pieces: &'a [Piece]) -> Vec<SaidPiece<'a>> {
        let pieces = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => SaidPiece::Text(text),
            Piece::Value(node) => {
                let (value, basis) = self.operand(*node);
                SaidPiece::Value(*node, value, basis)
            }
        });
        pieces.collect()
    }
}

pub(super) fn unknown<'a>(requirement: Span, basis: Basis) -> Finding<'a> {
    let outcome = if has_fault(&basis) { Outcome::Error } else { Outcome::Unknown };
    Finding { outcome, requirement, basis, elements: Vec::new(), message: None }
}

fn has_fault(basis: &Basis) -> bool {
    basis.causes().iter().any(|cause| matches!(cause, Cause::Fault { .. }))
}

/// The element's own place, for the address of what is found of it.
fn element_place(value: &Operand<'_, Basis>, basis: &Basis) -> Option<Place> {
    match value {
        Operand::Record(place) => Some(*place),
        _ => basis.first(),
    }
}

/// The elements of a list that nobody declared: every requirement on them is unknown.
fn undeclared<'a>(body: &'a [Requirement], elements: &[Place], basis: &Basis, examined: &mut Vec<Examined<'a>>) {
    for item in body {
        let span = match item {
            Requirement::Require { span, .. } => *span,
            Requirement::Check(check) => check.span,
            Requirement::For { body, .. } => {
                undeclared(body, elements, basis, examined);
                continue;
            }
        };
        let finding = Finding { elements: elements.to_vec(), ..unknown(span, basis.clone()) };
        examined.push(Examined { finding, belongs: (Truth::Unknown, basis.clone()) });
    }
}

/// Where nobody knows whether anything had to be examined, what would have passed is unknown: otherwise a rule that might
/// not apply at all would pass by saying less.
fn settle(examined: Vec<Examined<'_>>) -> Vec<Finding<'_>> {
    let surely = examined.iter().any(|examined| examined.belongs.0 == Truth::True);
    let settled = examined.into_iter().map(|Examined { finding, belongs }| {
        if surely || finding.outcome != Outcome::Pass {
            return finding;
        }
        Finding { elements: finding.elements, ..unknown(finding.requirement, belongs.1) }
    });
    settled.collect()
}
