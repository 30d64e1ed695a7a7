//! The functions from outside that generated policies call, as an embedding program lends them. The reference has its
//! own; neither knows the other's.

use hongxian::function::{Registry, Signature, Type};
use hongxian::value::{Date, Number, Text, Value, fold_name};
use std::cmp::{max, min};

type Answer = Result<Value<'static>, String>;

/// A registry with all of them.
pub fn registry() -> Registry {
    let mut registry = Registry::new();
    let money = || Type::Money("CNY".to_owned());
    let mut lend = |name: &str, params: &[Type], result: Type, function: fn(&[Value<'_>]) -> Answer| {
        let signature = Signature { name: name.to_owned(), params: params.to_vec(), result, doc: String::new() };
        registry.register(signature, function).unwrap();
    };
    lend("is_even", &[Type::Number], Type::Bool, |args| {
        let half = number(args)?.divide(&Number::from(2_i64)).map_err(|error| format!("{error:?}"))?;
        Ok(Value::Bool(half.is_whole()))
    });
    lend("outside.owed", &[money()], money(), |args| Ok(Value::Number(max(number(args)?, Number::ZERO))));
    lend("outside.nearest", &[Type::Ratio], Type::Ratio, |args| {
        let half = Number::parse_decimal("0.5").map_err(|error| format!("{error:?}"))?;
        Ok(Value::Number(Number::from(i64::from(number(args)? >= half))))
    });
    lend("outside.first_of_month", &[Type::Date], Type::Date, |args| match args {
        [Value::Date(date)] => {
            let (year, month, _) = date.parts();
            Date::new(year, month, 1).map(Value::Date).ok_or_else(|| "no such day".to_owned())
        }
        other => Err(format!("{other:?}")),
    });
    lend("outside.a_day", &[Type::ExactDuration], Type::Bool, |args| {
        Ok(Value::Bool(number(args)? >= Number::from(1440_i64)))
    });
    lend("outside.at_most_a_year", &[Type::CalendarDuration], Type::CalendarDuration, |args| {
        let year = Number::from(12_i64);
        let months = Some(number(args)?).filter(Number::is_whole);
        Ok(Value::Number(months.map_or(year.clone(), |months| min(months, year))))
    });
    lend("outside.starts_alike", &[Type::Text, Type::Name], Type::Bool, |args| match args {
        [Value::Text(text), Value::Text(name)] => {
            Ok(Value::Bool(text.as_str().chars().next() == name.as_str().chars().next()))
        }
        other => Err(format!("{other:?}")),
    });
    lend("outside.initial", &[Type::Name], Type::Name, |args| match args {
        [Value::Text(name)] if fold_name(name.as_str()) == name.as_str() => {
            let initial: String = name.as_str().chars().take(1).collect();
            Ok(Value::Text(Text::Shared(initial.into())))
        }
        other => Err(format!("no folded name: {other:?}")),
    });
    lend("outside.differ", &[Type::Bool, Type::Bool], Type::Bool, |args| match args {
        [Value::Bool(one), Value::Bool(other)] => Ok(Value::Bool(one != other)),
        other => Err(format!("{other:?}")),
    });
    registry
}

fn number(args: &[Value<'_>]) -> Result<Number, String> {
    match args {
        [Value::Number(number)] => Ok(number.clone()),
        other => Err(format!("no number: {other:?}")),
    }
}
