//! `==`, `<`, `in`, `covers`: when they are decided, and which way.

use super::lists;
use super::value::{CountVal, Missing, Truth, Val, fold};
use hongxian::syntax::ast::{self, CompareOp};
use num_rational::BigRational;
use std::cmp::Ordering;

/// "`==`, `<`, `in` with void are false, `!=` and `not in` true"; with an unknown, unknown: also `x == x`.
pub fn compare(op: CompareOp, a: &Val<'_>, b: &Val<'_>) -> Truth {
    if a.is_void() || b.is_void() {
        return Truth::of(op == CompareOp::NotEqual);
    }
    match (a, b) {
        (Val::Unknown { .. }, _) | (_, Val::Unknown { .. }) => Truth::Unknown(both_missing(a, b)),
        (Val::Count(_), _) | (_, Val::Count(_)) => compare_bounds(op, a, b),
        _ => match op {
            CompareOp::Equal => Truth::of(equal(a, b)),
            CompareOp::NotEqual => Truth::of(!equal(a, b)),
            CompareOp::Less => ordered(a, b, |order| order == Ordering::Less),
            CompareOp::LessEqual => ordered(a, b, |order| order != Ordering::Greater),
            CompareOp::Greater => ordered(a, b, |order| order == Ordering::Greater),
            CompareOp::GreaterEqual => ordered(a, b, |order| order != Ordering::Less),
        },
    }
}

fn ordered(a: &Val<'_>, b: &Val<'_>, holds: impl Fn(Ordering) -> bool) -> Truth {
    order(a, b).map_or_else(|| Truth::Unknown(Missing::new()), |order| Truth::of(holds(order)))
}

fn both_missing(a: &Val<'_>, b: &Val<'_>) -> Missing {
    [a, b].into_iter().filter_map(Val::missing).flatten().collect()
}

/// Two known values; the checker has seen to it that exact durations never meet calendar ones.
pub fn equal(a: &Val<'_>, b: &Val<'_>) -> bool {
    match (a, b) {
        (Val::Bool(a), Val::Bool(b)) => a == b,
        (Val::Num(a) | Val::Exact(a) | Val::Calendar(a), Val::Num(b) | Val::Exact(b) | Val::Calendar(b)) => a == b,
        (Val::Date(a), Val::Date(b)) => a == b,
        (Val::Text(a), Val::Text(b)) | (Val::Name(a), Val::Name(b)) => a == b,
        (Val::Text(text), Val::Name(name)) | (Val::Name(name), Val::Text(text)) => fold(text) == *name,
        (Val::Member(..) | Val::BareMember(_), Val::Member(..) | Val::BareMember(_)) => member(a) == member(b),
        (Val::Ref(a, ..), Val::Ref(b, ..)) => a == b,
        // an explicit `null` with a meaning is a value, like itself alone
        (Val::Null { .. }, Val::Null { .. }) => true,
        (Val::Null { .. }, _) | (_, Val::Null { .. }) => false,
        _ => panic!("these do not compare: {a:?} and {b:?}"),
    }
}

/// Two known values; none where a named `null` has no place in the order: "for dates, later than every date".
pub fn order(a: &Val<'_>, b: &Val<'_>) -> Option<Ordering> {
    match (a, b) {
        (Val::Num(a) | Val::Exact(a) | Val::Calendar(a), Val::Num(b) | Val::Exact(b) | Val::Calendar(b)) => {
            Some(a.cmp(b))
        }
        (Val::Date(a), Val::Date(b)) => Some(a.cmp(b)),
        (Val::Member(of, _), _) | (_, Val::Member(of, _)) if is_member(a) && is_member(b) => {
            Some(member_rank(of, a).cmp(&member_rank(of, b)))
        }
        (Val::Null { date: true, .. }, Val::Null { date: true, .. }) => Some(Ordering::Equal),
        (Val::Null { date: true, .. }, Val::Date(_)) => Some(Ordering::Greater),
        (Val::Date(_), Val::Null { date: true, .. }) => Some(Ordering::Less),
        (Val::Null { .. }, _) | (_, Val::Null { .. }) => None,
        _ => panic!("these have no order: {a:?} and {b:?}"),
    }
}

fn is_member(val: &Val<'_>) -> bool {
    matches!(val, Val::Member(..) | Val::BareMember(_))
}

fn member<'v>(val: &'v Val<'_>) -> &'v str {
    match val {
        Val::Member(of, index) => &of.members[*index].name.text,
        Val::BareMember(name) => name,
        other => panic!("no member: {other:?}"),
    }
}

fn member_rank(of: &ast::Enum, val: &Val<'_>) -> usize {
    of.members.iter().position(|found| found.name.text == member(val)).expect("a member of the other side's enum")
}

/// "Counts are bounds [sure, possible], and a comparison is decided when the bounds decide it."
fn compare_bounds(op: CompareOp, a: &Val<'_>, b: &Val<'_>) -> Truth {
    let (Some(x), Some(y)) = (bounds(a), bounds(b)) else { return Truth::Unknown(both_missing(a, b)) };
    let unsettled = || Truth::Unknown(both_missing(a, b));
    let less = |x: &CountVal, y: &CountVal| {
        if x.possible.as_ref().is_some_and(|x| *x < y.sure) {
            Truth::True
        } else if y.possible.as_ref().is_some_and(|y| x.sure >= *y) {
            Truth::False
        } else {
            unsettled()
        }
    };
    match op {
        CompareOp::Less => less(&x, &y),
        CompareOp::GreaterEqual => less(&x, &y).not(),
        CompareOp::Greater => less(&y, &x),
        CompareOp::LessEqual => less(&y, &x).not(),
        CompareOp::Equal | CompareOp::NotEqual => {
            let apart = less(&x, &y) == Truth::True || less(&y, &x) == Truth::True;
            let same = if apart { Truth::False } else { unsettled() };
            if op == CompareOp::Equal { same } else { same.not() }
        }
    }
}

fn bounds(val: &Val<'_>) -> Option<CountVal> {
    let exactly = |number: &BigRational| CountVal {
        sure: number.clone(),
        possible: Some(number.clone()),
        missing: Missing::new(),
    };
    match val {
        Val::Num(number) => Some(exactly(number)),
        Val::Count(count) => Some(count.clone()),
        _ => None,
    }
}

/// "`x in L`: true on a sure match; false when x and all of L are known and differ; else unknown (`x in []` is false)";
/// with void, false.
pub fn is_in(x: &Val<'_>, list: &Val<'_>) -> Truth {
    if x.is_void() || list.is_void() {
        return Truth::False;
    }
    let list = lists::as_list(list.clone());
    let matches = list.elems.iter().map(|elem| elem.present.clone().and(compare(CompareOp::Equal, x, &elem.val)));
    let more = list.open.iter().map(|open| {
        let both = open.iter().cloned().chain(x.missing().unwrap_or_default());
        Truth::Unknown(both.collect())
    });
    Truth::any(matches.chain(more))
}

/// Every element of the set is in the list; with void, false.
pub fn covers(list: &Val<'_>, set: &Val<'_>) -> Truth {
    if list.is_void() || set.is_void() {
        return Truth::False;
    }
    let set = lists::as_list(set.clone());
    let each = set.elems.iter().map(|elem| elem.present.clone().implies(is_in(&elem.val, list)));
    Truth::all(each.chain(set.open.iter().cloned().map(Truth::Unknown)))
}
