//! Values of a test's changes as JSON, spelt as the model has them: bare members, amounts with their currency,
//! durations and percentages with their unit.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::ir::{Field, Model, Type};
use crate::source::Span;
use crate::syntax::ast::{Literal, Value, ValueKind};
use crate::value::Number;
use serde_json::Value as Json;

type Refused = Box<Diagnostic>;

/// A value for a place of a type; the field says in which unit numbers are given.
pub(super) fn json(model: &Model, value: &Value, ty: &Type, field: Option<&Field>) -> Result<Json, Refused> {
    match (&value.kind, ty) {
        (ValueKind::Null, _) => Ok(Json::Null),
        (ValueKind::List(items), Type::List(element)) => {
            items.iter().map(|item| json(model, item, element, field)).collect::<Result<_, _>>().map(Json::Array)
        }
        (ValueKind::Object(entries), Type::Record(id)) => {
            let record = model.record(*id).ok_or_else(|| refused(value.span, "no such record".to_owned()))?;
            let entries = entries.iter().map(|(name, inner)| {
                let field = record
                    .fields
                    .get(&name.text)
                    .ok_or_else(|| refused(name.span, format!("`{}` has no field `{}`", record.name, name.text)))?;
                Ok((name.text.clone(), json(model, inner, &field.ty, Some(field))?))
            });
            entries.collect::<Result<_, _>>().map(Json::Object)
        }
        (ValueKind::Object(entries), Type::Prose) => {
            let entries =
                entries.iter().map(|(name, inner)| Ok((name.text.clone(), json(model, inner, &Type::Text, None)?)));
            entries.collect::<Result<_, _>>().map(Json::Object)
        }
        (ValueKind::Word(word), Type::Enum(id)) => member(model, *id, word, value.span),
        (ValueKind::Literal { negative, literal }, _) => scalar(*negative, literal, ty, field, value.span),
        _ => Err(refused(value.span, "the value is not of the type that the field has".to_owned())),
    }
}

fn refused(span: Span, message: String) -> Refused {
    Box::new(Diagnostic::error(Code::TEST_VALUE, span, message))
}

fn member(model: &Model, id: crate::ir::EnumId, word: &str, span: Span) -> Result<Json, Refused> {
    let members = model.enumeration(id).map(|declared| declared.members.as_slice()).unwrap_or_default();
    if let Some(member) = members.iter().find(|member| member.name == word) {
        return Ok(Json::String(member.spelling.clone()));
    }
    let diagnostic = Diagnostic::error(Code::TEST_VALUE, span, format!("`{word}` is no member of the field's enum"));
    Err(Box::new(match nearest(word, members.iter().map(|member| member.name.as_str())) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }))
}

fn scalar(negative: bool, literal: &Literal, ty: &Type, field: Option<&Field>, span: Span) -> Result<Json, Refused> {
    let sign = if negative { "-" } else { "" };
    let wrong = || refused(span, "the value is not of the type that the field has".to_owned());
    match (literal, ty) {
        (Literal::Bool(value), Type::Bool) if !negative => Ok(Json::Bool(*value)),
        (Literal::Date(date), Type::Date) if !negative => Ok(Json::String(date.clone())),
        (Literal::Text(text), Type::Text | Type::Name | Type::Prose | Type::Ref(_)) if !negative => {
            Ok(Json::String(text.clone()))
        }
        // A member whose JSON spelling is no word may be given by it.
        (Literal::Text(text), Type::Enum(_)) if !negative => Ok(Json::String(text.clone())),
        (Literal::Number(number), Type::Number | Type::Ratio | Type::ExactDuration | Type::CalendarDuration) => {
            exact(&format!("{sign}{}", number.replace('_', "")), span)
        }
        (Literal::Percent(number), Type::Ratio) => percent(&format!("{sign}{number}"), field, span),
        (Literal::Quantity { number, unit }, Type::Money(currency)) if unit == currency => {
            Ok(Json::String(format!("{sign}{}", number.replace('_', ""))))
        }
        (Literal::Quantity { number, unit }, Type::ExactDuration | Type::CalendarDuration) => {
            duration(&format!("{sign}{number}"), unit, field, span)
        }
        _ => Err(wrong()),
    }
}

/// A number as JSON, digit by digit.
fn exact(text: &str, span: Span) -> Result<Json, Refused> {
    serde_json::from_str(text).map_err(|_| refused(span, format!("`{text}` is no number of JSON")))
}

fn percent(text: &str, field: Option<&Field>, span: Span) -> Result<Json, Refused> {
    let number = Number::parse_decimal(text).map_err(|_| refused(span, format!("`{text}` is no number")))?;
    let per_unit = if field.is_some_and(|field| field.percent) { 1_i64 } else { 100 };
    quotient(&number, per_unit, span)
}

fn duration(text: &str, unit: &str, field: Option<&Field>, span: Span) -> Result<Json, Refused> {
    let number = Number::parse_decimal(text).map_err(|_| refused(span, format!("`{text}` is no number")))?;
    let (given, calendar) = size(unit);
    let (own, own_calendar) = field.and_then(|field| field.unit).map_or((given, calendar), |unit| size(unit.as_str()));
    if calendar != own_calendar {
        return Err(refused(span, "exact durations and calendar durations are not the same".to_owned()));
    }
    let minutes = number.multiply(&Number::from(given)).map_err(|_| refused(span, "too many digits".to_owned()))?;
    quotient(&minutes, own, span)
}

/// How many minutes or months a unit has, and whether it is of the calendar.
fn size(unit: &str) -> (i64, bool) {
    match unit.trim_end_matches('s') {
        "year" => (12, true),
        "month" => (1, true),
        "day" => (24 * 60, false),
        "hour" => (60, false),
        _ => (1, false),
    }
}

fn quotient(number: &Number, by: i64, span: Span) -> Result<Json, Refused> {
    match number.divide(&Number::from(by)) {
        Ok(quotient) => exact(&quotient.to_string(), span),
        Err(_) => Err(refused(span, "the value has no exact number in the field's unit".to_owned())),
    }
}
