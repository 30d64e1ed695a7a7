//! Lists: quantifiers, counting bounds, sums, `is empty`.

use super::arithmetic;
use super::compare::{compare, equal, order};
use super::value::{CountVal, Elem, ListVal, Missing, Truth, Val, whole};
use hongxian::syntax::ast::{ArithmeticOp, CompareOp, Quantifier};
use num_rational::BigRational;
use std::cmp::Ordering;

/// "A void list counts as known-empty"; an unknown one may hold anything.
pub fn as_list(val: Val<'_>) -> ListVal<'_> {
    match val {
        Val::List(list) => list,
        Val::Void => ListVal::default(),
        Val::Unknown { missing, .. } => ListVal { elems: Vec::new(), open: Some(missing) },
        Val::Null { .. } => ListVal { elems: Vec::new(), open: Some(Missing::new()) },
        other => panic!("no list: {other:?}"),
    }
}

/// "An element of a list whose value is unknown never counts as sure."
pub fn element(val: Val<'_>, present: Truth, pointer: Option<String>) -> Elem<'_> {
    let known = val.missing().map_or(Truth::True, Truth::Unknown);
    Elem { present: present.and(known), val, pointer }
}

/// The fields that would settle which elements a list has.
pub fn missing(list: &ListVal<'_>) -> Missing {
    let elems = list.elems.iter().flat_map(|elem| elem.present.missing());
    elems.chain(list.open.iter().flatten().cloned()).collect()
}

/// "`all … where W` mean `W implies R` for each element; `any`/`at least` mean `W and R`."
pub fn quantify<'a>(quantifier: Quantifier, list: &ListVal<'a>, holds: impl Fn(&Elem<'a>) -> Truth) -> Truth {
    let open = || list.open.iter().cloned().map(Truth::Unknown);
    let some = || list.elems.iter().map(|elem| elem.present.clone().and(holds(elem)));
    let number = |op, bound| compare(op, &count(some(), list.open.as_ref()), &Val::Num(whole(bound)));
    match quantifier {
        Quantifier::All => {
            Truth::all(list.elems.iter().map(|elem| elem.present.clone().implies(holds(elem))).chain(open()))
        }
        Quantifier::Any => Truth::any(some().chain(open())),
        Quantifier::None => Truth::any(some().chain(open())).not(),
        Quantifier::Exactly(bound) => number(CompareOp::Equal, bound),
        Quantifier::AtLeast(bound) => number(CompareOp::GreaterEqual, bound),
        Quantifier::AtMost(bound) => number(CompareOp::LessEqual, bound),
    }
}

/// "Counts are bounds [sure, possible]."
fn count<'a>(truths: impl Iterator<Item = Truth>, open: Option<&Missing>) -> Val<'a> {
    let (mut sure, mut possible, mut missing) = (0, 0, Missing::new());
    for truth in truths {
        sure += u64::from(truth == Truth::True);
        possible += u64::from(truth != Truth::False);
        missing.extend(truth.missing());
    }
    if sure == possible && open.is_none() {
        return Val::Num(whole(sure));
    }
    missing.extend(open.into_iter().flatten().cloned());
    Val::Count(CountVal { sure: whole(sure), possible: open.is_none().then(|| whole(possible)), missing })
}

/// `is empty`: true of a list that is known to have no element, false of one that surely has one.
pub fn empty(val: Val<'_>) -> Truth {
    quantify(Quantifier::None, &as_list(val), |_| Truth::True)
}

/// `count(list) sum(list) min(list) max(list) distinct(list) length(text)`
pub fn builtin<'a>(name: &str, arg: Val<'a>) -> Val<'a> {
    match name {
        "count" => {
            let list = as_list(arg);
            count(list.elems.iter().map(|elem| elem.present.clone()), list.open.as_ref())
        }
        "sum" => {
            fold(&as_list(arg), Some(Val::Num(whole(0))), |sum, val| arithmetic::apply(ArithmeticOp::Add, sum, val))
        }
        "min" => fold(&as_list(arg), None, |least, val| pick(least, val, Ordering::Less)),
        "max" => fold(&as_list(arg), None, |greatest, val| pick(greatest, val, Ordering::Greater)),
        "distinct" => Val::List(distinct(as_list(arg))),
        "length" => match arg {
            Val::Text(text) | Val::Name(text) => Val::Num(BigRational::from_integer(text.chars().count().into())),
            other => Val::unknown(other.missing().unwrap_or_default()),
        },
        other => panic!("no function `{other}`"),
    }
}

/// "`sum`, `min`, `max` with an unknown element are unknown; empty `sum` is 0, empty `min`/`max` unknown."
fn fold<'a>(list: &ListVal<'a>, empty: Option<Val<'a>>, step: impl Fn(Val<'a>, Val<'a>) -> Val<'a>) -> Val<'a> {
    if list.open.is_some() || list.elems.iter().any(|elem| elem.present != Truth::True) {
        return Val::unknown(missing(list));
    }
    let mut vals = list.elems.iter().map(|elem| elem.val.clone());
    let first = empty.or_else(|| vals.next());
    first.map_or_else(Val::undefined, |first| vals.fold(first, step))
}

fn pick<'a>(a: Val<'a>, b: Val<'a>, wanted: Ordering) -> Val<'a> {
    match (&a, &b) {
        (Val::Unknown { .. }, _) => a,
        _ => match order(&b, &a) {
            Some(order) if order == wanted => b,
            Some(_) => a,
            None => Val::undefined(),
        },
    }
}

/// Equal elements count once; unknown ones may each be another.
fn distinct(list: ListVal<'_>) -> ListVal<'_> {
    let mut kept: Vec<Elem<'_>> = Vec::new();
    for elem in list.elems {
        let known = |val: &Val<'_>| val.missing().is_none();
        match kept.iter_mut().find(|other| known(&elem.val) && known(&other.val) && equal(&other.val, &elem.val)) {
            // one of the two is enough
            Some(other) => other.present = other.present.clone().or(elem.present),
            None => kept.push(elem),
        }
    }
    ListVal { elems: kept, open: list.open }
}
