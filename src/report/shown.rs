//! Values as people and machines are shown them: members by their JSON spelling or label, numbers in the unit of their
//! field, each value once in one way.

use super::contract::{Shown, Words};
use super::public::{Public, WITHHELD};
use crate::compile::layout::{Column, ColumnKind};
use crate::compile::{Node, NodeId, Program};
use crate::decode::declaration::{Content, Declaration, List, Place};
use crate::eval::{Basis, Operand, Said, SaidPiece};
use crate::ir::{Bounds, Constant, DurationUnit, Field, Label, ParamValue, Type};
use crate::value::{Number, Value};

/// The languages of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    En,
    Zh,
}

/// A label as words; where there is no English, `name` stands in.
pub(super) fn words(label: &Label, name: &str) -> Words {
    Words { en: label.en.clone().unwrap_or_else(|| name.to_owned()), zh: label.zh.clone() }
}

/// What stands at a place, as the contract shows it; none where nothing is known there, or it is a record.
pub(super) fn at(program: &Program, declaration: &Declaration<'_>, place: Place) -> Option<Shown> {
    let column = program.layout.column(place.table, place.column as usize)?;
    let field = field(program, declaration, place, column);
    match declaration.cell(&program.layout, place).content {
        Content::Null => Some(Shown::Null),
        Content::Value(value) => Some(scalar(program, &value, &column.ty, field)),
        Content::List(List::Empty) => Some(Shown::List(Vec::new())),
        Content::List(List::Elements { first, len }) => elements(program, declaration, column, first, len),
        Content::Unknown | Content::Record => None,
    }
}

fn elements(program: &Program, declaration: &Declaration<'_>, column: &Column, first: u32, len: u32) -> Option<Shown> {
    let ColumnKind::List(table) = column.kind else { return None };
    let rows = first..first.saturating_add(len);
    let items = rows.map(|row| at(program, declaration, Place::element(table, row)));
    let records = matches!(program.layout.table(table)?.element, Type::Record(_));
    (!records).then(|| Shown::List(items.map(|item| item.unwrap_or(Shown::Null)).collect()))
}

/// The field whose unit a cell's number has: its own, or for an element of a list of scalars the list's.
fn field<'p>(program: &'p Program, declaration: &Declaration<'_>, place: Place, column: &Column) -> Option<&'p Field> {
    let own = column.field.or_else(|| {
        let (list, _) = declaration.parent(&program.layout, place)?;
        program.layout.column(list.table, list.column as usize)?.field
    });
    let (record, field) = own?;
    program.policy.model.record(record)?.field(field)
}

fn scalar(program: &Program, value: &Value<'_>, ty: &Type, field: Option<&Field>) -> Shown {
    match value {
        Value::Bool(value) => Shown::Bool(*value),
        Value::Number(number) => Shown::Text(in_json_unit(number, field).to_string()),
        Value::Date(date) => Shown::Text(date.to_string()),
        Value::Text(text) => Shown::Text(text.as_str().to_owned()),
        Value::Member(member) => {
            let members = match ty {
                Type::Enum(id) => program.policy.model.enumeration(*id).map(|declared| &declared.members),
                _ => None,
            };
            Shown::Text(
                members
                    .and_then(|members| members.get(member.index()))
                    .map_or_else(String::new, |m| m.spelling.clone()),
            )
        }
    }
}

/// A number in the unit in which JSON gives it.
fn in_json_unit(number: &Number, field: Option<&Field>) -> Number {
    let Some(field) = field else { return number.clone() };
    if field.percent {
        return number.multiply(&Number::from(100_i64)).unwrap_or_else(|_| number.clone());
    }
    let per_unit = field.unit.map_or(1, size);
    if per_unit == 1 {
        return number.clone();
    }
    number.divide(&Number::from(per_unit)).unwrap_or_else(|_| number.clone())
}

/// How many minutes or months a unit has.
const fn size(unit: DurationUnit) -> i64 {
    match unit {
        DurationUnit::Minutes | DurationUnit::Months => 1,
        DurationUnit::Hours => 60,
        DurationUnit::Days => 24 * 60,
        DurationUnit::Years => 12,
    }
}

/// A parameter's value as the contract shows it.
pub(super) fn parameter(program: &Program, value: &ParamValue, ty: &Type) -> Shown {
    match value {
        ParamValue::Scalar(constant) => Shown::Text(constant_words(program, constant, ty)),
        ParamValue::List(constants) => {
            let element = match ty {
                Type::List(element) => element.as_ref(),
                other => other,
            };
            Shown::List(
                constants.iter().map(|constant| Shown::Text(constant_words(program, constant, element))).collect(),
            )
        }
        ParamValue::Table(id, values) => {
            let members = program.policy.model.enumeration(*id).map(|declared| declared.members.as_slice());
            let names = members.unwrap_or_default().iter().map(|member| member.spelling.clone());
            Shown::Table(names.zip(values.iter().map(|value| parameter(program, value, ty))).collect())
        }
    }
}

fn constant_words(program: &Program, constant: &Constant, ty: &Type) -> String {
    match constant {
        Constant::Bool(value) => value.to_string(),
        Constant::Number(number) => quantity(number, ty, None, Language::En),
        Constant::Date(date) => date.to_string(),
        Constant::Text(text) => text.clone(),
        Constant::Member(..) => {
            program.policy.model.member(constant).map_or_else(String::new, |member| member.spelling.clone())
        }
    }
}

/// A number with its unit, as people read it.
fn quantity(number: &Number, ty: &Type, field: Option<&Field>, language: Language) -> String {
    match ty {
        Type::Ratio => match number.multiply(&Number::from(100_i64)) {
            Ok(percent) => format!("{percent}%"),
            Err(_) => number.to_string(),
        },
        Type::Money(currency) => format!("{number} {currency}"),
        Type::ExactDuration => {
            duration(number, field, &[DurationUnit::Days, DurationUnit::Hours, DurationUnit::Minutes], language)
        }
        Type::CalendarDuration => duration(number, field, &[DurationUnit::Years, DurationUnit::Months], language),
        _ => number.to_string(),
    }
}

/// In the field's unit; without one, in the largest unit that leaves it whole.
fn duration(number: &Number, field: Option<&Field>, units: &[DurationUnit], language: Language) -> String {
    let whole = |unit: &DurationUnit| number.divide(&Number::from(size(*unit))).is_ok_and(|count| count.is_whole());
    let unit = field.and_then(|field| field.unit).or_else(|| units.iter().copied().find(whole));
    let Some(unit) = unit.or_else(|| units.last().copied()) else { return number.to_string() };
    let count = number.divide(&Number::from(size(unit))).unwrap_or_else(|_| number.clone());
    let one = count == Number::from(1_i64);
    let (singular, plural, zh) = match unit {
        DurationUnit::Minutes => ("minute", "minutes", "分钟"),
        DurationUnit::Hours => ("hour", "hours", "小时"),
        DurationUnit::Days => ("day", "days", "天"),
        DurationUnit::Months => ("month", "months", "个月"),
        DurationUnit::Years => ("year", "years", "年"),
    };
    match language {
        Language::En => format!("{count} {}", if one { singular } else { plural }),
        Language::Zh => format!("{count}{zh}"),
    }
}

/// What an expression came to, in words of both languages.
pub(super) fn both(program: &Program, node: NodeId, value: &Operand<'_, Basis>) -> Words {
    let words = |language| operand(program, node, value, language);
    Words { en: words(Language::En), zh: Some(words(Language::Zh)) }
}

/// What an expression came to, in words of one.
fn operand(program: &Program, node: NodeId, operand: &Operand<'_, Basis>, language: Language) -> String {
    let ty = program.ty(node).unwrap_or(&Type::Text);
    let field = match program.node(node) {
        Some(Node::Scalar(read) | Node::Rows(read)) => {
            program.policy.model.record(read.field.0).and_then(|record| record.field(read.field.1))
        }
        _ => None,
    };
    spoken(program, operand, ty, field, language)
}

fn spoken(
    program: &Program,
    operand: &Operand<'_, Basis>,
    ty: &Type,
    field: Option<&Field>,
    language: Language,
) -> String {
    let choose = |en: &str, zh: &str| if language == Language::En { en.to_owned() } else { zh.to_owned() };
    match operand {
        Operand::Known(Value::Bool(true)) => choose("true", "是"),
        Operand::Known(Value::Bool(false)) => choose("false", "否"),
        Operand::Known(Value::Number(number)) => quantity(number, ty, field, language),
        Operand::Known(Value::Member(member)) => member_words(program, ty, member.index(), language),
        Operand::Known(value) => match scalar(program, value, ty, field) {
            Shown::Text(text) => text,
            _ => String::new(),
        },
        Operand::Null => field.and_then(|field| field.null_word.clone()).unwrap_or_else(|| "null".to_owned()),
        Operand::Void => choose("not applicable", "不适用"),
        Operand::Unknown => choose("not declared", "未申报"),
        Operand::Record(_) => choose("declared", "已申报"),
        Operand::Count(low, Some(high)) => choose(&format!("{low} to {high}"), &format!("{low}至{high}")),
        Operand::Count(low, None) => choose(&format!("at least {low}"), &format!("至少{low}")),
        Operand::List(elements) => {
            let element = match ty {
                Type::List(element) => element.as_ref(),
                other => other,
            };
            let items = elements.items.iter().map(|item| spoken(program, &item.value, element, field, language));
            let items: Vec<String> = items.collect();
            if items.is_empty() {
                choose("none", "无")
            } else {
                items.join(if language == Language::En { ", " } else { "、" })
            }
        }
    }
}

fn member_words(program: &Program, ty: &Type, index: usize, language: Language) -> String {
    let Type::Enum(id) = ty else { return String::new() };
    let Some(member) = program.policy.model.enumeration(*id).and_then(|declared| declared.members.get(index)) else {
        return String::new();
    };
    let label = if language == Language::En { &member.label.en } else { &member.label.zh };
    label.clone().unwrap_or_else(|| member.spelling.clone())
}

/// A value in words of both languages.
pub(super) fn value(program: &Program, value: &Value<'_>, ty: &Type, field: Option<&Field>) -> Words {
    let value = Operand::Known(value.clone());
    let words = |language| spoken(program, &value, ty, field, language);
    match value {
        Operand::Known(Value::Bool(yes)) => {
            let (en, zh) = if yes { ("yes", "是") } else { ("no", "否") };
            Words { en: en.to_owned(), zh: Some(zh.to_owned()) }
        }
        _ => Words { en: words(Language::En), zh: Some(words(Language::Zh)) },
    }
}

/// A member of an enum by its spelling, in words.
pub(super) fn member(program: &Program, ty: &Type, spelling: &str) -> Words {
    let members = match ty {
        Type::Enum(id) => program.policy.model.enumeration(*id).map(|declared| declared.members.as_slice()),
        _ => None,
    };
    let found = members.unwrap_or_default().iter().find(|member| member.spelling == spelling);
    found.map_or_else(|| Words { en: spelling.to_owned(), zh: None }, |member| words(&member.label, spelling))
}

/// A message as it was said; for the public without what is confidential.
pub(super) fn said(program: &Program, said: &Said<'_>, public: Option<&Public<'_>>) -> Words {
    let speak = |pieces: &[SaidPiece<'_>], language| {
        let pieces = pieces.iter().map(|piece| match (piece, public) {
            (SaidPiece::Text(text), _) => (*text).to_owned(),
            // What a plugin says may hold anything that it was shown.
            (SaidPiece::Told(_), Some(_)) => WITHHELD.to_owned(),
            (SaidPiece::Told(text), None) => text.clone(),
            (SaidPiece::Value(_, value, basis), Some(public)) if public.hides_value(value, basis) => {
                WITHHELD.to_owned()
            }
            (SaidPiece::Value(node, value, _), _) => operand(program, *node, value, language),
        });
        pieces.collect()
    };
    Words { en: speak(&said.en, Language::En), zh: said.zh.as_ref().map(|pieces| speak(pieces, Language::Zh)) }
}

/// What may be given for a field, in the words of the language.
pub(super) fn expects(program: &Program, field: &Field) -> String {
    let bounds = bounds(&field.bounds);
    match &field.ty {
        Type::List(element) => format!("list of {}", type_words(program, element, field, &bounds)),
        ty => type_words(program, ty, field, &bounds),
    }
}

fn type_words(program: &Program, ty: &Type, field: &Field, bounds: &str) -> String {
    let unit = field.unit.map_or("", |unit| match unit {
        DurationUnit::Minutes => " in minutes",
        DurationUnit::Hours => " in hours",
        DurationUnit::Days => " in days",
        DurationUnit::Months => " in months",
        DurationUnit::Years => " in years",
    });
    match ty {
        Type::Bool => "true or false".to_owned(),
        Type::Number => format!("number{}{bounds}", if field.whole { " whole" } else { "" }),
        Type::Ratio => format!("ratio{}{bounds}", if field.percent { " in percent" } else { "" }),
        Type::Money(currency) => format!("money in {currency}{bounds}"),
        Type::Date => "date".to_owned(),
        Type::ExactDuration | Type::CalendarDuration => format!("duration{unit}{bounds}"),
        Type::Text => "text".to_owned(),
        Type::Name => "name".to_owned(),
        Type::Prose => "prose".to_owned(),
        Type::Enum(id) => {
            let members = program.policy.model.enumeration(*id).map(|declared| declared.members.as_slice());
            members.unwrap_or_default().iter().map(|member| member.spelling.as_str()).collect::<Vec<_>>().join(", ")
        }
        Type::Record(id) => program.policy.model.record(*id).map_or_else(String::new, |record| record.name.clone()),
        Type::List(element) => format!("list of {}", type_words(program, element, field, bounds)),
        Type::Ref(_) => "id of evidence".to_owned(),
    }
}

fn bounds(bounds: &Bounds) -> String {
    let show = |bound: &Option<Number>| bound.as_ref().map_or_else(String::new, ToString::to_string);
    match bounds {
        Bounds { low: None, high: None } => String::new(),
        Bounds { low, high } => format!(" {}..{}", show(low), show(high)),
    }
}
