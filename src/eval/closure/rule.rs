//! Rules as closures: whether one applies, what it requires of which elements, and the gravest outcome.

use super::super::kleene::Truth;
use super::super::verdict::{Outcome, StageAt};
use super::compiler::Compiler;
use super::rows::{Chunk, Rows};
use super::sight::{Of, Sight, all};
use super::slot::Run;
use super::test::Test;
use super::truths::Truths;
use super::values::Values;
use crate::compile::{Requirement, RuleCode};
use crate::ir::{Effective, Stages};
use std::ops::ControlFlow;

/// A rule.
pub(super) struct Rule {
    /// Whether it applies to every declaration.
    always: bool,
    /// Whether all that is required surely holds; none where a look cannot tell.
    sight: Option<Sight>,
    effective: Effective,
    pub(super) stages: Option<Stages>,
    when: Option<Test>,
    body: Vec<Item>,
    /// When a review is asked for.
    review: Option<Test>,
}

enum Item {
    Require(Test),
    /// Requirements on each row of a table.
    Rows(Rows, Vec<Test>),
    For(Values, Vec<Self>),
}

impl Compiler<'_> {
    pub(super) fn rule(mut self, code: &RuleCode) -> Option<Rule> {
        let when = match code.when {
            Some((when, _)) => Some(self.test(when)?),
            None => None,
        };
        let body = self.items(&code.body)?;
        let review: Option<Test> = match code.review.as_ref().map(|review| review.condition) {
            Some(Some(condition)) => Some(self.test(condition)?),
            Some(None) => Some(Test::always(Truth::True)),
            None => None,
        };
        let effective = self.program.policy.rules.get(code.rule.index())?.effective;
        let always = effective == Effective::default() && code.stages.is_none() && when.is_none();
        let sight = if review.is_none() { sight(&body) } else { None };
        Some(Rule { always, sight, effective, stages: code.stages.clone(), when, body, review })
    }

    fn items(&mut self, items: &[Requirement]) -> Option<Vec<Item>> {
        let items = items.iter().map(|item| match item {
            Requirement::Require { condition, .. } => self.test(*condition).map(Item::Require),
            // A check from outside says more than whether something holds.
            Requirement::Check(_) => None,
            Requirement::For { binder, list, filter, body } => {
                let mut values = self.values(*list)?;
                if let Some(filter) = filter {
                    values = self.filtered(values, *binder, *filter)?;
                }
                self.bind_element(*binder, &values)?;
                let body = self.items(body)?;
                Some(match (values, requirements(&body)) {
                    (Values::Rows(rows), Some(tests)) => Item::Rows(rows, tests),
                    (values, _) => Item::For(values, body),
                })
            }
        });
        items.collect()
    }
}

/// The tests of a body that requires and does nothing else.
fn requirements(body: &[Item]) -> Option<Vec<Test>> {
    let tests = body.iter().map(|item| match item {
        Item::Require(test) => Some(test.clone()),
        Item::Rows(..) | Item::For(..) => None,
    });
    tests.collect()
}

/// Whether all that a body requires surely holds: none where a look cannot tell.
fn sight(body: &[Item]) -> Option<Sight> {
    let mut sights = Vec::new();
    for item in body {
        match item {
            Item::Require(test) => sights.push(test.sight()?),
            Item::Rows(rows, tests) => {
                for test in tests {
                    sights.push(rows.sight(test, Of::Each)?);
                }
            }
            Item::For(..) => return None,
        }
    }
    all(sights)
}

/// What has been found of a rule.
struct Tally {
    worst: Outcome,
    /// Whether something surely had to be examined.
    surely: bool,
}

impl Tally {
    fn note(&mut self, outcome: Outcome, belongs: Truth) -> ControlFlow<()> {
        self.worst = self.worst.min(outcome);
        self.surely |= belongs == Truth::True;
        // Nothing is graver than a failure.
        if outcome == Outcome::Fail { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Takes in what is required of some rows.
    fn note_rows(&mut self, rows: &Chunk<'_>, members: Truths, test: &Test, run: &Run<'_>) -> ControlFlow<()> {
        let holds = test.of_rows(run, rows);
        let sure = rows.wanted & members.yes;
        if sure & holds.no != 0 {
            return self.note(Outcome::Fail, Truth::True);
        }
        let (passed, surely) = (rows.wanted & holds.yes, if sure == 0 { Truth::Unknown } else { Truth::True });
        if passed != rows.wanted {
            self.note(Outcome::Unknown, surely)?;
        }
        if passed != 0 {
            self.note(Outcome::Pass, surely)?;
        }
        ControlFlow::Continue(())
    }

    /// Takes in how a list ended: what is required of elements that nobody declared is unknown.
    fn note_end(&mut self, open: bool) -> ControlFlow<()> {
        if open { self.note(Outcome::Unknown, Truth::Unknown) } else { ControlFlow::Continue(()) }
    }
}

impl Rule {
    /// The outcome.
    #[inline]
    pub(super) fn outcome(&self, run: &Run<'_>, stage: &StageAt) -> Outcome {
        if self.always { self.examine(run) } else { self.where_it_applies(run, stage) }
    }

    fn where_it_applies(&self, run: &Run<'_>, stage: &StageAt) -> Outcome {
        let in_force = self.effective.from.is_none_or(|from| run.as_of >= from)
            && self.effective.until.is_none_or(|until| run.as_of <= until);
        if !in_force {
            return Outcome::NotApplicable;
        }
        let staged = match (&self.stages, stage) {
            (None, _) => true,
            (Some(stages), StageAt::Known(member)) if stages.members.contains(member) => true,
            (Some(_), StageAt::Known(_)) => return Outcome::NotApplicable,
            (Some(_), StageAt::Unknown(_) | StageAt::None) => false,
        };
        match self.when.as_ref().map_or(Truth::True, |when| when.holds(run)) {
            Truth::False if staged => Outcome::NotApplicable,
            Truth::Unknown => Outcome::Unknown,
            _ if !staged => Outcome::Unknown,
            _ => self.examine(run),
        }
    }

    /// Mostly all is as it should be.
    #[inline]
    fn examine(&self, run: &Run<'_>) -> Outcome {
        match &self.sight {
            Some(sight) if sight(run) => Outcome::Pass,
            _ => self.look_into(run),
        }
    }

    fn look_into(&self, run: &Run<'_>) -> Outcome {
        if let ([Item::Require(test)], None) = (self.body.as_slice(), &self.review) {
            return require(test.holds(run), Truth::True);
        }
        let mut tally = Tally { worst: Outcome::NotApplicable, surely: false };
        if examine(&self.body, run, Truth::True, &mut tally).is_break() {
            return Outcome::Fail;
        }
        if let Some(condition) = &self.review {
            let _on = match condition.holds(run) {
                Truth::True => tally.note(Outcome::Review, Truth::True),
                Truth::Unknown => tally.note(Outcome::Unknown, Truth::True),
                Truth::False => ControlFlow::Continue(()),
            };
        }
        match tally.worst {
            // Where nobody knows whether anything had to be examined, what would have passed is unknown.
            Outcome::Pass if !tally.surely => Outcome::Unknown,
            worst => worst,
        }
    }
}

fn examine(items: &[Item], run: &Run<'_>, belongs: Truth, tally: &mut Tally) -> ControlFlow<()> {
    for item in items {
        match item {
            Item::Require(test) => tally.note(require(test.holds(run), belongs), belongs)?,
            Item::Rows(rows, tests) => {
                let mut flow = ControlFlow::Continue(());
                let open = rows.chunks(run, |chunk, members| {
                    flow = tests.iter().try_for_each(|test| tally.note_rows(chunk, members.within(belongs), test, run));
                    flow
                });
                flow?;
                tally.note_end(open && !tests.is_empty())?;
            }
            Item::For(values, body) => {
                let mut flow = ControlFlow::Continue(());
                let open = values.each(run, belongs, |member| {
                    flow = examine(body, run, member, tally);
                    flow
                });
                flow?;
                tally.note_end(open && has_require(body))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// Where it is not known whether the element belongs, only what holds anyway is a pass.
const fn require(truth: Truth, belongs: Truth) -> Outcome {
    match (belongs, truth) {
        (_, Truth::True) => Outcome::Pass,
        (Truth::True, Truth::False) => Outcome::Fail,
        _ => Outcome::Unknown,
    }
}

fn has_require(body: &[Item]) -> bool {
    body.iter().any(|item| match item {
        Item::Require(_) => true,
        Item::Rows(_, tests) => !tests.is_empty(),
        Item::For(_, body) => has_require(body),
    })
}
