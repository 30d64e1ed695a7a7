//! Lists as they are walked: rows of a table, values taken of them, joined or filtered, each with whether it is sure to belong.

use super::super::distinct::Places;
use super::super::kleene::Truth;
use super::super::operand::Operand;
use super::Fetch;
use super::compiler::Binding;
use super::rows::Rows;
use super::slot::Run;
use super::test::Test;
use super::truths::bits;
use crate::decode::cells::{Packed, PackedCell};
use crate::value::{MemberId, Number, Value, add_decimals};
use smallvec::SmallVec;
use std::ops::ControlFlow;
use std::sync::Arc;

/// A list of which elements or values are wanted.
pub(super) enum Values {
    /// Rows as they stand, or filtered.
    Rows(Rows),
    /// `list[].field`: what is taken of each, and what stands for it.
    Taken { of: Box<Self>, take: Fetch, binding: Binding, filters: Vec<Test> },
    /// `list[].list`: lists inside, joined.
    Joined { of: Box<Self>, inner: Box<Self> },
    /// `[a, b]`, and the register that says which one is at hand; where all are members, these by bits.
    Items { items: Arc<[Fetch]>, register: u8, members: Option<u64> },
    /// `distinct(list)`
    Distinct(Box<Self>),
    /// A parameter that has a list for each member.
    Lookup { key: Fetch, rows: Box<[Self]> },
}

impl Values {
    /// Visits each element that belongs or may belong, with what stands for it in its register. Says whether there may be more.
    #[inline]
    pub(super) fn each<'r>(
        &self,
        run: &'r Run<'r>,
        outer: Truth,
        mut visit: impl FnMut(Truth) -> ControlFlow<()>,
    ) -> bool {
        match self {
            Self::Rows(rows) => rows.walk(run, |member| visit(within(outer, member))),
            _ => self.walk(run, outer, &mut |_, member| visit(member)),
        }
    }

    /// Visits each value that is not void, and whether it belongs. Says whether there may be more.
    pub(super) fn walk<'r>(&self, run: &'r Run<'r>, outer: Truth, visit: Visit<'_, 'r>) -> bool {
        match self {
            Self::Rows(rows) => rows.walk(run, |member| {
                let value = rows.value(run);
                let own = if matches!(value, Operand::Unknown) { Truth::Unknown } else { member };
                visit(value, within(outer, own))
            }),
            Self::Taken { of, take, filters, .. } => of.each(run, outer, |member| {
                let value = take(run);
                if matches!(value, Operand::Void) {
                    return ControlFlow::Continue(());
                }
                let own = if matches!(value, Operand::Unknown) { Truth::Unknown } else { member };
                match filtered(filters, run, own) {
                    Truth::False => ControlFlow::Continue(()),
                    own => visit(value, own),
                }
            }),
            Self::Joined { of, inner } => {
                let mut open = false;
                let own = of.each(run, outer, |member| {
                    let mut flow = ControlFlow::Continue(());
                    open |= inner.walk(run, member, &mut |value, member| {
                        flow = visit(value, member);
                        flow
                    });
                    flow
                });
                own || open
            }
            Self::Items { items, register, .. } => {
                for (index, item) in (0..).zip(items.iter()) {
                    run.bind(*register, index);
                    let own = match item(run) {
                        Operand::Void => continue,
                        Operand::Unknown => visit(Operand::Unknown, Truth::Unknown),
                        value => visit(value, outer),
                    };
                    if own.is_break() {
                        break;
                    }
                }
                false
            }
            Self::Distinct(of) => walk_distinct(of, run, outer, visit),
            Self::Lookup { key, rows } => match key(run) {
                Operand::Known(Value::Member(member)) => {
                    rows.get(member.index()).is_none_or(|row| row.walk(run, outer, visit))
                }
                Operand::Void => false,
                _ => true,
            },
        }
    }

    /// The sum of a column, where all of it is surely there and fits into machine words.
    pub(super) fn sum(&self, run: &Run<'_>) -> Option<Number> {
        let (mantissa, scale) = self.fold(run, (0, 0), |sum, cell| add_decimals(sum, cell.decimal()?))?;
        Number::decimal(mantissa, scale)
    }

    /// The members of an enum in it, by bits, where all of it is surely there and each has a bit.
    pub(super) fn members(&self, run: &Run<'_>) -> Option<u64> {
        match self {
            Self::Items { members, .. } => *members,
            Self::Lookup { key, rows } => match key(run) {
                Operand::Known(Value::Member(member)) => rows.get(member.index())?.members(run),
                _ => None,
            },
            _ => self.fold(run, 0, |members, cell| match cell.content {
                Packed::Member(member) => Some(members | bit(member)?),
                _ => None,
            }),
        }
    }

    /// What the cells of a column come to, where all of it is surely there; none also where one of them has no place in that.
    fn fold<T>(&self, run: &Run<'_>, start: T, next: impl Fn(T, PackedCell) -> Option<T>) -> Option<T> {
        let (rows, column) = self.column()?;
        let mut result = Some(start);
        let open = rows.chunks(run, |chunk, members| {
            let sure = chunk.wanted & members.yes;
            let cells = bits(sure).map(|(row, _)| chunk.cell(row, column));
            let so_far = result.take().filter(|_| sure == chunk.wanted);
            result = cells.fold(so_far, |so_far, cell| next(so_far?, cell));
            if result.is_none() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        result.filter(|_| !open)
    }

    /// The column that it is, where it is one.
    fn column(&self) -> Option<(&Rows, u32)> {
        match self {
            Self::Rows(rows) if !rows.is_record => Some((rows, rows.table.element.column)),
            Self::Taken { of, binding: Binding::Scalar(source), filters, .. } => {
                let Self::Rows(rows) = of.as_ref() else { return None };
                let plain = filters.is_empty() && source.guards.is_empty();
                (plain && source.slot.register == rows.table.element.register).then_some((rows, source.slot.column))
            }
            _ => None,
        }
    }

    /// What stands for an element; none where it is a value that stands nowhere.
    pub(super) fn binding(&self) -> Option<Binding> {
        match self {
            Self::Rows(rows) => Some(rows.binding()),
            Self::Taken { binding, .. } => Some(binding.clone()),
            Self::Joined { inner, .. } => inner.binding(),
            Self::Items { items, register, .. } => {
                let (items, register) = (Arc::clone(items), *register);
                let item = move |run: &Run<'_>| items.get(run.row(register) as usize).cloned();
                Some(Binding::Computed(Arc::new(move |run| item(run).map_or(Operand::Unknown, |item| item(run)))))
            }
            Self::Distinct(_) | Self::Lookup { .. } => None,
        }
    }

    /// Without the elements of which a test, made with [`Self::binding`], does not hold.
    pub(super) fn filtered(self, test: Test) -> Option<Self> {
        Some(match self {
            Self::Rows(mut rows) => {
                rows.filters.push(test);
                Self::Rows(rows)
            }
            Self::Taken { of, take, binding, mut filters } => {
                filters.push(test);
                Self::Taken { of, take, binding, filters }
            }
            Self::Joined { of, inner } => Self::Joined { of, inner: Box::new(inner.filtered(test)?) },
            Self::Items { .. } | Self::Distinct(_) | Self::Lookup { .. } => return None,
        })
    }
}

/// What is done with each value of a list.
pub(super) type Visit<'v, 'r> = &'v mut dyn FnMut(Operand<'r, ()>, Truth) -> ControlFlow<()>;

/// Whether an element belongs, of a list that may not be there itself.
#[inline]
fn within(outer: Truth, member: Truth) -> Truth {
    if outer == Truth::True { member } else { outer }
}

/// Whether an element belongs, with filters that say more.
#[inline]
fn filtered(filters: &[Test], run: &Run<'_>, mut member: Truth) -> Truth {
    for filter in filters {
        match filter.holds(run) {
            Truth::True => {}
            Truth::False => return Truth::False,
            Truth::Unknown => member = Truth::Unknown,
        }
    }
    member
}

/// Different values, each once, and as sure as the surest of them. Members of an enum are kept as bits.
fn walk_distinct<'r>(of: &Values, run: &'r Run<'r>, outer: Truth, visit: Visit<'_, 'r>) -> bool {
    let (mut sure, mut possible) = (0_u64, 0_u64);
    let mut others: SmallVec<[(Operand<'r, ()>, Truth); 8]> = SmallVec::new();
    let mut places = Places::default();
    let open = of.walk(run, outer, &mut |value, member| {
        if let Operand::Known(Value::Member(own)) = &value
            && let Some(bit) = bit(*own)
        {
            possible |= bit;
            sure |= if member == Truth::True { bit } else { 0 };
        } else {
            let found = places.find(&others, &value, |(other, _)| other);
            match found.and_then(|at| others.get_mut(at)) {
                Some((_, surest)) if member == Truth::True => *surest = member,
                Some(_) => {}
                None => others.push((value, member)),
            }
        }
        ControlFlow::Continue(())
    });
    let members = (0..64).filter(|index| possible & (1 << index) != 0);
    let members = members.map(|index| {
        let belongs = if sure & (1 << index) == 0 { Truth::Unknown } else { Truth::True };
        (Operand::Known(Value::Member(MemberId::new(index))), belongs)
    });
    for (value, member) in members.chain(others) {
        if visit(value, member).is_break() {
            break;
        }
    }
    open
}

/// The bit of a member; none for one of very many.
pub(super) fn bit(member: MemberId) -> Option<u64> {
    (member.index() < 64).then(|| 1 << member.index())
}
