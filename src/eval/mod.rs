//! Evaluation: a program over a declaration, to a verdict. Total, deterministic, without clock, randomness or I/O.
//!
//! It knows nothing of JSON, files, languages of people or output formats.

mod arithmetic;
mod check;
mod closure;
mod compare;
mod distinct;
mod filing;
mod kleene;
mod list;
mod machine;
mod operand;
mod provenance;
mod rule;
mod snapshot;
mod verdict;

pub use closure::Outcomes;
pub use filing::{contradictions, filing, void_fields};
pub use kleene::Truth;
pub use operand::Operand;
pub use provenance::{Basis, Cause, Grade, Laid};
pub use verdict::{Finding, Outcome, Reason, RuleVerdict, Said, SaidPiece, StageAt, Verdict};

use crate::compile::{NodeId, Program};
use crate::decode::declaration::Declaration;
use crate::function::Registry;
use crate::ir::{MemberId, RuleId};
use crate::value::{Date, Value};
use machine::Machine;

/// What a declaration is judged against.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The functions that the program calls.
    pub registry: &'a Registry,
    /// The evaluation date.
    pub as_of: Date,
    /// The stage, where it does not follow from the declaration.
    pub stage: Option<MemberId>,
}

/// Judges the rules that `selects` over a declaration.
#[must_use]
pub fn evaluate<'a>(
    program: &'a Program,
    declaration: &'a Declaration<'a>,
    setting: Setting<'a>,
    selects: impl Fn(RuleId) -> bool,
) -> Verdict<'a> {
    let mut machine = Machine::new(program, declaration, setting.registry, setting.as_of);
    let stage = stage(&mut machine, setting.stage);
    let rules = program.rules.iter().filter(|code| selects(code.rule));
    let rules = rules.map(|code| machine.rule(code, &stage)).collect();
    Verdict { stage, rules, stuck: machine.calls.stuck().cloned() }
}

/// One step of a derivation: a node, and what it came to. A node in the body of a quantifier comes once for each element.
pub type Step<'a> = (NodeId, Operand<'a, Basis>);

/// Judges one rule, and keeps what each of its expressions came to, in the order of evaluation.
#[must_use]
pub fn derive<'a>(
    program: &'a Program,
    declaration: &'a Declaration<'a>,
    setting: Setting<'a>,
    rule: RuleId,
) -> Option<(RuleVerdict<'a>, Vec<Step<'a>>)> {
    let mut machine = Machine::new(program, declaration, setting.registry, setting.as_of);
    let stage = stage(&mut machine, setting.stage);
    machine.steps = Some(Vec::new());
    let verdict = machine.rule(program.rules.get(rule.index())?, &stage);
    Some((verdict, machine.steps.take().unwrap_or_default()))
}

fn stage(machine: &mut Machine<'_, Basis>, given: Option<MemberId>) -> StageAt {
    if let Some(member) = given {
        return StageAt::Known(member);
    }
    let Some((routine, _)) = machine.program.stage else { return StageAt::None };
    match machine.call(routine, &[]) {
        (Operand::Known(Value::Member(member)), _) => StageAt::Known(member),
        (_, basis) => StageAt::Unknown(basis),
    }
}
