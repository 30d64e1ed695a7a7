//! Scalars across the border, exactly, in both directions.

use super::wit::hongxian::plugin::values::{Date as WitDate, Decimal, Money, Value as Wit, ValueType};
use crate::function::Type;
use crate::value::{Date, Number, Text, Value, fold_name};

/// A value for a plugin; why it cannot cross, where it cannot.
pub(super) fn lower(value: &Value<'_>, ty: &Type) -> Result<Wit, String> {
    Ok(match (value, ty) {
        (Value::Bool(value), _) => Wit::Bool(*value),
        (Value::Number(number), Type::Ratio) => Wit::Ratio(decimal(number)?),
        (Value::Number(number), Type::Money(currency)) => {
            Wit::Money(Money { amount: decimal(number)?, currency: currency.clone() })
        }
        (Value::Number(number), Type::ExactDuration) => Wit::Minutes(decimal(number)?),
        (Value::Number(number), Type::CalendarDuration) => Wit::Months(number.to_i64().ok_or_else(|| inexact(number))?),
        (Value::Number(number), _) => Wit::Number(decimal(number)?),
        (Value::Date(date), _) => {
            let (year, month, day) = date.parts();
            Wit::Date(WitDate { year, month, day })
        }
        (Value::Text(text), _) => Wit::Text(text.as_str().to_owned()),
        (Value::Member(_), _) => return Err("a member of an enum cannot cross".to_owned()),
    })
}

/// A value of a plugin, of the type that it promised; none where it is of another one, or no value at all.
pub(super) fn lift(value: Wit, ty: &Type) -> Option<Value<'static>> {
    match (value, ty) {
        (Wit::Bool(value), Type::Bool) => Some(Value::Bool(value)),
        (Wit::Number(decimal), Type::Number)
        | (Wit::Ratio(decimal), Type::Ratio)
        | (Wit::Minutes(decimal), Type::ExactDuration) => number(&decimal).map(Value::Number),
        (Wit::Money(money), Type::Money(currency)) if money.currency == *currency => {
            number(&money.amount).map(Value::Number)
        }
        (Wit::Months(months), Type::CalendarDuration) => Some(Value::Number(Number::from(months))),
        (Wit::Date(date), Type::Date) => Date::new(date.year, date.month, date.day).map(Value::Date),
        (Wit::Text(text), Type::Text) => Some(shared(&text)),
        (Wit::Text(text), Type::Name) => Some(shared(&fold_name(&text))),
        _ => None,
    }
}

/// A type of a plugin's description.
pub(super) fn ty(given: ValueType) -> Type {
    match given {
        ValueType::Bool => Type::Bool,
        ValueType::Number => Type::Number,
        ValueType::Ratio => Type::Ratio,
        ValueType::Money(currency) => Type::Money(currency),
        ValueType::Date => Type::Date,
        ValueType::Minutes => Type::ExactDuration,
        ValueType::Months => Type::CalendarDuration,
        ValueType::Text => Type::Text,
        ValueType::Name => Type::Name,
    }
}

fn shared(text: &str) -> Value<'static> {
    Value::Text(Text::Shared(text.into()))
}

fn decimal(number: &Number) -> Result<Decimal, String> {
    let (mantissa, scale) = number.to_decimal().ok_or_else(|| inexact(number))?;
    let bits = mantissa.cast_unsigned();
    let half = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default();
    Ok(Decimal { high: half(bits >> 64).cast_signed(), low: half(bits), scale })
}

fn number(decimal: &Decimal) -> Option<Number> {
    let mantissa = (i128::from(decimal.high) << 64) | i128::from(decimal.low);
    Number::from_decimal(mantissa, decimal.scale)
}

fn inexact(number: &Number) -> String {
    format!("{number} cannot cross exactly: it is no decimal of 34 digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Number {
        Number::parse_json(text).unwrap()
    }

    #[test]
    fn what_crosses_comes_back_the_same() {
        let nines = "9".repeat(34);
        let numbers =
            ["0", "-1", "2.5", "-0.05", &nines, &format!("-{nines}"), "1e34", "1e-34", "18446744073709551616"];
        for given in numbers {
            for ty in [Type::Number, Type::Ratio, Type::Money("CNY".into()), Type::ExactDuration] {
                let value = Value::Number(text(given));
                assert_eq!(lift(lower(&value, &ty).unwrap(), &ty), Some(value), "{given} {ty}");
            }
        }
        let others = [
            (Value::Bool(true), Type::Bool),
            (Value::Date(Date::parse("2020-02-29").unwrap()), Type::Date),
            (Value::Date(Date::LAST), Type::Date),
            (Value::Number(text("-24")), Type::CalendarDuration),
            (shared("红线"), Type::Text),
        ];
        for (value, ty) in others {
            assert_eq!(lift(lower(&value, &ty).unwrap(), &ty), Some(value), "{ty}");
        }
    }

    #[test]
    fn what_is_not_exact_does_not_cross() {
        let third = text("1").divide(&text("3")).unwrap();
        let said = lower(&Value::Number(third), &Type::Number).unwrap_err();
        assert_eq!(said, "≈0.333333 cannot cross exactly: it is no decimal of 34 digits");
    }

    #[test]
    fn an_answer_must_be_what_was_promised() {
        let decimal = |high, low, scale| Decimal { high, low, scale };
        let money = |currency: &str| Wit::Money(Money { amount: decimal(0, 1, 0), currency: currency.into() });
        for (value, ty) in [
            (Wit::Bool(true), Type::Number),
            (Wit::Number(decimal(0, 1, 0)), Type::Ratio),
            (Wit::Number(decimal(i64::MAX, 0, 0)), Type::Number),
            (Wit::Number(decimal(0, 1, 35)), Type::Number),
            (money("USD"), Type::Money("CNY".into())),
            (Wit::Date(WitDate { year: 2019, month: 2, day: 29 }), Type::Date),
            (Wit::Date(WitDate { year: 0, month: 1, day: 1 }), Type::Date),
            (Wit::Date(WitDate { year: 40_000, month: 200, day: 200 }), Type::Date),
        ] {
            assert_eq!(lift(value, &ty), None, "{ty}");
        }
        assert_eq!(lift(Wit::Text(" ＩＣＢＣ ".into()), &Type::Name), Some(shared("ICBC")));
    }
}
