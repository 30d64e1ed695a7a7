//! The first pass: what each rule comes to, and nothing about why. Rules are closures that know their cells, constants and
//! lists, made once from the flat program; they allocate nothing. What they have no form for is judged by the machine,
//! which also says why where somebody asks.
//!
//! It must say what the machine says: the properties of the language hold both against each other.

mod compare;
mod compiler;
mod leaf;
mod list;
mod logic;
mod look;
mod operand;
mod rows;
mod rule;
mod sight;
mod slot;
mod test;
mod truths;
mod values;

use super::kleene::Truth;
use super::machine::Machine;
use super::operand::Operand;
use super::provenance::Basis;
use super::verdict::{Outcome, StageAt};
use super::{Setting, stage};
use crate::compile::Program;
use crate::decode::cells::Packed;
use crate::decode::declaration::{Declaration, Place};
use crate::function::Fault;
use crate::ir::RuleId;
use crate::value::Value;
use compiler::Compiler;
use rule::Rule;
use slot::Run;
use std::sync::Arc;
use test::Test;

/// What an expression comes to.
type Fetch = Arc<dyn for<'r> Fn(&'r Run<'r>) -> Operand<'r, ()> + Send + Sync>;

/// A program's rules, ready to be asked for their outcomes.
pub struct Outcomes {
    /// None where the machine has to judge.
    rules: Vec<Option<Rule>>,
    /// None where the program has no stage, or the machine has to find it.
    stage: Option<Fetch>,
    /// For each table and column: the condition under which it applies, none where the machine has to judge it.
    conditions: Vec<Vec<Option<Test>>>,
}

impl std::fmt::Debug for Outcomes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} rules as closures", self.rules.iter().flatten().count(), self.rules.len())
    }
}

impl Outcomes {
    /// Makes the closures of a program.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let stage = program.stage.and_then(|(routine, _)| Compiler::new(program).routine_operand(routine));
        let staged = program.stage.is_none() || stage.is_some();
        let rule = |code| Compiler::new(program).rule(code).filter(|rule: &Rule| staged || rule.stages.is_none());
        Self { rules: program.rules.iter().map(rule).collect(), stage, conditions: compiler::conditions(program) }
    }

    /// What the rules that `selects` come to, each with its outcome, in order; and the stage at which they were judged.
    ///
    /// # Errors
    ///
    /// The call in which the machine was stuck, where one was: then no outcome counts.
    pub fn judge(
        &self,
        program: &Program,
        declaration: &Declaration<'_>,
        setting: Setting<'_>,
        selects: impl Fn(RuleId) -> bool,
        mut each: impl FnMut(RuleId, Outcome),
    ) -> Result<StageAt, Fault> {
        let run = Run::new(program, declaration, setting.as_of);
        let at = self.stage(&run, setting);
        let mut machine: Option<Machine<'_, Basis>> = None;
        for (code, rule) in program.rules.iter().zip(&self.rules).filter(|(code, _)| selects(code.rule)) {
            let outcome = if let Some(rule) = rule {
                rule.outcome(&run, &at)
            } else {
                let new = || Machine::new(program, declaration, setting.registry, setting.as_of);
                machine.get_or_insert_with(new).rule(code, &at).outcome
            };
            each(code.rule, outcome);
        }
        machine.and_then(|machine| machine.calls.stuck().cloned()).map_or(Ok(at), Err)
    }

    /// Whether no field was given that does not apply; false also where that has to be looked into.
    #[must_use]
    pub fn all_apply(&self, program: &Program, declaration: &Declaration<'_>, setting: Setting<'_>) -> bool {
        let run = Run::new(program, declaration, setting.as_of);
        declaration.conditional().all(|place| {
            if matches!(declaration.packed_cell(&program.layout, place).content, Packed::Empty | Packed::Unknown) {
                return true;
            }
            let conditions = self.conditions.get(place.table.index());
            let test = conditions.and_then(|conditions| conditions.get(place.column as usize));
            test.and_then(Option::as_ref).is_some_and(|test| {
                let width = program.layout.table(place.table).map_or(0, |table| table.columns.len());
                run.bind(slot::FIRST, u32::try_from(place.row as usize * width).unwrap_or(u32::MAX));
                test.holds(&run) != Truth::False
            })
        })
    }

    fn stage(&self, run: &Run<'_>, setting: Setting<'_>) -> StageAt {
        match (setting.stage, &self.stage) {
            (Some(member), _) => StageAt::Known(member),
            (None, Some(stage)) => match stage(run) {
                Operand::Known(Value::Member(member)) => StageAt::Known(member),
                _ => StageAt::Unknown(Basis::default()),
            },
            (None, None) => {
                let machine = Machine::new(run.program, run.declaration, setting.registry, setting.as_of);
                stage(&mut { machine }, None)
            }
        }
    }
}

/// The first row of the root's table.
const ROOT: Place = Place::ROOT;
