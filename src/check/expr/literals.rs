//! Literals: what is written, as exact values.

use super::{Lowered, Lowering, Want, typed};
use crate::check::notes::Notes;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constant, ExprKind, Type};
use crate::source::Span;
use crate::syntax::ast::Literal;
use crate::value::{Date, Number, NumberError, fold_name};

/// Units of durations: minutes or months that one of them has.
const UNITS: &[(&str, Type, i64)] = &[
    ("minute", Type::ExactDuration, 1),
    ("hour", Type::ExactDuration, 60),
    ("day", Type::ExactDuration, 1440),
    ("month", Type::CalendarDuration, 1),
    ("year", Type::CalendarDuration, 12),
];

/// The kind of duration that a unit counts, and how many minutes or months one of it has.
pub(in crate::check) fn unit(word: &str) -> Option<(Type, i64)> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    UNITS.iter().find(|(name, ..)| *name == singular).map(|(_, ty, factor)| (ty.clone(), *factor))
}

impl Lowering<'_, '_> {
    pub(super) fn literal(&mut self, literal: &Literal, span: Span, want: Want<'_>) -> Lowered {
        let (constant, ty) = match literal {
            Literal::Bool(value) => (Constant::Bool(*value), Type::Bool),
            Literal::Number(text) => (Constant::Number(self.number(text, span)?), Type::Number),
            Literal::Percent(text) => (Constant::Number(self.percent(text, span)?), Type::Ratio),
            Literal::Quantity { number, unit } => self.quantity(number, unit, span)?,
            Literal::Date(text) => (Constant::Date(date(text, span, self.notes)?), Type::Date),
            Literal::Text(text) if matches!(want, Want::Type(Type::Name)) => {
                (Constant::Text(fold_name(text).into_owned()), Type::Name)
            }
            Literal::Text(text) => (Constant::Text(text.clone()), Type::Text),
        };
        Some(typed(ExprKind::Constant(constant), ty, span))
    }

    pub(in crate::check) fn number(&mut self, text: &str, span: Span) -> Option<Number> {
        let message = match Number::parse_decimal(text) {
            Ok(number) => return Some(number),
            Err(NumberError::Syntax) => format!("expected a number, found `{text}`"),
            Err(NumberError::TooManyDigits | NumberError::ExponentTooLarge) => {
                format!("expected a number of at most {} digits, found a longer one", crate::value::MAX_DIGITS)
            }
        };
        self.notes.error(Code::BAD_VALUE_LITERAL, span, message)
    }

    fn percent(&mut self, text: &str, span: Span) -> Option<Number> {
        self.number(text, span)?.divide(&Number::from(100_i64)).ok()
    }

    fn quantity(&mut self, number: &str, unit: &str, span: Span) -> Option<(Constant, Type)> {
        let count = self.number(number, span)?;
        let Some((ty, factor)) = self::unit(unit) else {
            return Some((Constant::Number(count), Type::Money(unit.to_owned())));
        };
        let amount = count.multiply(&Number::from(factor)).ok()?;
        if ty == Type::CalendarDuration && !amount.is_whole() {
            let message = format!("expected a whole number of months, found `{number} {unit}`");
            return self.notes.refuse(
                Diagnostic::error(Code::BAD_VALUE_LITERAL, span, message).help("months are not divided: count days"),
            );
        }
        Some((Constant::Number(amount), ty))
    }
}

/// A day of the calendar.
pub(in crate::check) fn date(text: &str, span: Span, notes: &mut Notes) -> Option<Date> {
    let date = Date::parse(text);
    if date.is_none() {
        let message = format!("`{text}` is no day of the calendar");
        notes.report(Diagnostic::error(Code::BAD_VALUE_LITERAL, span, message).help("days are `YYYY-MM-DD`"));
    }
    date
}
