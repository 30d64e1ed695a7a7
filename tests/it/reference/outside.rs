//! Functions from outside the language: what embedding programs and plugins lend. The reference knows a few, written
//! for it alone; those that judge beside it register the same under the same names.

use super::value::{Missing, Val, fold, whole};
use hongxian::syntax::ast::{self, ExprKind};
use num_traits::Zero;

/// What a function makes of its arguments, which are known.
type Outside = for<'a> fn(&[Val<'a>]) -> Val<'a>;

/// By what policies call them, and what they do.
const OUTSIDE: [(&str, Outside); 9] = [
    // is_even(number) -> bool
    ("is_even", |args| Val::Bool((number(&args[0]) / whole(2)).is_integer())),
    // outside.owed(money in CNY) -> money in CNY
    ("outside.owed", |args| Val::Num(number(&args[0]).max(num_rational::BigRational::zero()))),
    // outside.nearest(ratio) -> ratio
    ("outside.nearest", |args| Val::Num(whole(u64::from(number(&args[0]) * whole(2) >= whole(1))))),
    // outside.first_of_month(date) -> date
    ("outside.first_of_month", |args| match &args[0] {
        Val::Date(date) => Val::Date(date.first_of_month()),
        other => panic!("no date: {other:?}"),
    }),
    // outside.a_day(duration in minutes) -> bool
    ("outside.a_day", |args| Val::Bool(number(&args[0]) >= whole(24 * 60))),
    // outside.at_most_a_year(duration in months) -> duration in months; a year for what is no number of whole months
    ("outside.at_most_a_year", |args| {
        let months = number(&args[0]);
        Val::Calendar(if months.is_integer() { months.min(whole(12)) } else { whole(12) })
    }),
    // outside.starts_alike(text, name) -> bool
    ("outside.starts_alike", |args| Val::Bool(text(&args[0]).chars().next() == fold(&text(&args[1])).chars().next())),
    // outside.initial(name) -> name
    ("outside.initial", |args| Val::Name(fold(&text(&args[0])).chars().take(1).collect())),
    // outside.differ(bool, bool) -> bool
    ("outside.differ", |args| match args {
        [Val::Bool(one), Val::Bool(other)] => Val::Bool(one != other),
        other => panic!("no booleans: {other:?}"),
    }),
];

/// The function that a policy calls so, if it is one of these: `word(…)`, `namespace.word(…)`.
pub fn called(callee: &ast::Expr) -> Option<Outside> {
    let name = match &callee.kind {
        ExprKind::Name(word) => word.clone(),
        ExprKind::Field(space, word) => match &space.kind {
            ExprKind::Name(space) => format!("{space}.{}", word.text),
            _ => return None,
        },
        _ => return None,
    };
    OUTSIDE.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
}

/// "A scalar call with an unknown argument is unknown and not made"; nor with a known nothing, or a named `null`, which are
/// no scalars. Whatever the other arguments are then, there is no result.
pub fn call<'a>(function: Outside, args: &[Val<'a>]) -> Val<'a> {
    if args.iter().any(|arg| matches!(arg, Val::Void | Val::Null { .. })) {
        return Val::undefined();
    }
    let unknown: Vec<Missing> = args.iter().filter_map(Val::missing).collect();
    if unknown.is_empty() { function(args) } else { Val::unknown(unknown.into_iter().flatten().collect()) }
}

fn number(val: &Val<'_>) -> num_rational::BigRational {
    match val {
        Val::Num(number) | Val::Exact(number) | Val::Calendar(number) => number.clone(),
        other => panic!("no number: {other:?}"),
    }
}

fn text(val: &Val<'_>) -> String {
    match val {
        Val::Text(text) | Val::Name(text) => text.clone(),
        other => panic!("no text: {other:?}"),
    }
}
