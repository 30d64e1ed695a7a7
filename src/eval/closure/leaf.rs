//! Tests of one cell: what is usual by a few instructions, for a cell or for a column of them, and what is seldom as the
//! machine does it.

use super::super::compare::holds;
use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::look::{Bools, Dates, Given, Look, Members, Numbers, Starts};
use super::rows::Chunk;
use super::slot::Run;
use super::truths::{Truths, bits};
use crate::decode::cells::PackedCell;
use crate::decode::declaration::Declaration;
use crate::syntax::ast::CompareOp;
use crate::value::Value;
use std::sync::Arc;

/// What a cell comes to that holds something seldom: nothing, a named null, a number that is too long for a machine word.
type Seldom = Box<dyn Fn(&Run<'_>, PackedCell) -> Truth + Send + Sync>;

/// A test of one cell.
pub(super) struct Leaf {
    usual: Usual,
    seldom: Seldom,
    /// What it comes to where there is no such cell.
    pub(super) void: Truth,
}

/// What is decided without the machine.
pub(super) enum Usual {
    /// A number, by an interval for each count of decimals.
    Number(Arc<Numbers>),
    /// A date, by the first and the last one for which it holds.
    Date(Dates),
    /// A member, by the bits of those for which it holds.
    Member(Members),
    /// Whether something is true.
    True(Bools),
    /// A text, by its first bytes.
    Start(Arc<Starts>),
    /// Whether anything is given.
    Given(Given),
    /// A text, by something that takes its time.
    Text(Box<dyn Fn(&str) -> bool + Send + Sync>),
    /// Nothing.
    Never,
}

/// What is asked of a cell or of many, or made for them, whichever way they are looked at.
pub(super) trait Question {
    type Answer;
    fn ask(self, look: &impl Look) -> Self::Answer;
}

impl Leaf {
    pub(super) fn new(
        usual: Usual,
        void: Truth,
        seldom: impl Fn(&Run<'_>, PackedCell) -> Truth + Send + Sync + 'static,
    ) -> Self {
        Self { usual, seldom: Box::new(seldom), void }
    }

    /// What a look at cells answers; none where there is more to it than that.
    #[inline]
    pub(super) fn ask<Q: Question>(&self, question: Q) -> Option<Q::Answer> {
        match &self.usual {
            Usual::Number(numbers) => Some(question.ask(numbers)),
            Usual::Date(dates) => Some(question.ask(dates)),
            Usual::Member(members) => Some(question.ask(members)),
            Usual::True(bools) => Some(question.ask(bools)),
            Usual::Start(starts) => Some(question.ask(starts)),
            Usual::Given(given) => Some(question.ask(given)),
            Usual::Text(_) | Usual::Never => None,
        }
    }

    /// Whether it holds of a cell.
    #[inline]
    pub(super) fn of(&self, run: &Run<'_>, cell: PackedCell) -> Truth {
        match self.ask(OfCell { cell, declaration: run.declaration }) {
            None | Some(Truth::Unknown) => self.of_seldom(run, cell),
            Some(truth) => truth,
        }
    }

    /// Whether it holds of a cell that a look does not decide.
    fn of_seldom(&self, run: &Run<'_>, cell: PackedCell) -> Truth {
        match &self.usual {
            Usual::Text(holds) if let Some(text) = run.declaration.packed_text(cell) => holds(text).into(),
            _ => (self.seldom)(run, cell),
        }
    }

    /// Whether it holds of something computed; none where that is for the machine's comparison to say.
    pub(super) fn of_operand(&self, operand: &Operand<'_, ()>) -> Option<bool> {
        match (&self.usual, operand) {
            (Usual::Number(numbers), Operand::Known(Value::Number(number))) => {
                number.as_decimal().map(|number| numbers.hold(number))
            }
            (Usual::Date(dates), Operand::Known(Value::Date(date))) => Some(dates.hold(*date)),
            _ => None,
        }
    }

    /// Whether it holds of the cells of a column, for the rows that are wanted.
    #[inline]
    pub(super) fn of_rows(&self, run: &Run<'_>, rows: &Chunk<'_>, column: u32) -> Truths {
        let seen = self.ask(OfRows { rows, column, declaration: run.declaration });
        let mut truths = seen.unwrap_or(Truths::all(Truth::Unknown));
        for (index, bit) in bits(rows.wanted & truths.which(Truth::Unknown)) {
            truths.set(bit, self.of_seldom(run, rows.cell(index, column)));
        }
        truths
    }
}

struct OfCell<'a> {
    cell: PackedCell,
    declaration: &'a Declaration<'a>,
}

impl Question for OfCell<'_> {
    type Answer = Truth;

    #[inline]
    fn ask(self, look: &impl Look) -> Truth {
        look.truth(&self.cell, self.declaration)
    }
}

struct OfRows<'a> {
    rows: &'a Chunk<'a>,
    column: u32,
    declaration: &'a Declaration<'a>,
}

impl Question for OfRows<'_> {
    type Answer = Truths;

    #[inline]
    fn ask(self, look: &impl Look) -> Truths {
        const LAST: u32 = u64::BITS - 1;
        let (mut yes, mut known, mut rows) = (0_u64, 0_u64, 0_u32);
        for cell in self.rows.column(self.column) {
            let holds = look.holds(cell, self.declaration);
            yes = yes >> 1 | u64::from(holds) << LAST;
            known = known >> 1 | u64::from(look.knows(cell)) << LAST;
            rows = rows.wrapping_add(1);
        }
        // The first row has come to its place when there are sixty-four.
        let placed = |bits: u64| bits.checked_shr(u64::BITS.wrapping_sub(rows)).unwrap_or(0);
        Truths { yes: placed(yes), no: placed(known & !yes) }
    }
}

impl Usual {
    /// A comparison with a constant, other than `!=`.
    pub(super) fn compare(op: CompareOp, constant: &Value<'static>) -> Self {
        match constant {
            Value::Number(number) => match number.as_decimal() {
                Some(own) => Self::Number(Arc::new(Numbers::new(op, own))),
                None => Self::Never,
            },
            Value::Date(own) => Dates::new(op, *own).map_or(Self::Never, Self::Date),
            Value::Member(own) => Self::Member(Members::new(|member| holds(op, member.cmp(own)))),
            Value::Bool(_) => Self::Never,
            Value::Text(own) => Self::Start(Arc::new(Starts::whole([own.as_str()]))),
        }
    }
}
