//! What a field is given: for each constant that the rules compare with the values at, under and over it; every member
//! of an enum; nothing; lists that are empty, short or long. It knows no rules, only their constants.

use super::edit::{Edit, Pointer, Step, get};
use super::sites::Site;
use crate::ir::{Constant, DurationUnit, Field, Model, Type};
use crate::value::{Date, Number};
use indexmap::IndexSet;
use serde_json::Value;

/// How many values a field is given at most.
pub const VALUES: usize = 160;

/// What values are made from.
pub(crate) struct Material<'a> {
    /// What the rules compare with.
    pub(crate) constants: &'a IndexSet<(Type, Constant)>,
    /// Values that stand elsewhere in the declaration, with their types.
    pub(crate) neighbours: Vec<(Type, Value)>,
}

/// One way to vary a declaration: edits that belong together.
pub(crate) type Variation = Vec<Edit>;

/// Every way to vary one place of a site.
pub(crate) fn variations(site: &Site<'_>, at: &Pointer, json: &Value, material: &Material<'_>) -> Vec<Variation> {
    let present = get(json, at);
    let mut values: IndexSet<Option<Value>> = IndexSet::new();
    match &site.field.ty {
        Type::List(element) => list(site, element, present, material, &mut values),
        Type::Record(_) => {}
        ty => values.extend(scalars(site.model, site.field, ty, present, material).into_iter().map(Some)),
    }
    if site.field.null_word.is_some() {
        values.insert(Some(Value::Null));
    }
    values.insert(None);
    values.truncate(VALUES);
    let changes =
        values.into_iter().filter(|value| value.as_ref() != present && (value.is_some() || present.is_some()));
    let mut found: Vec<Variation> = changes.map(|to| vec![Edit { at: at.clone(), to }]).collect();
    found.extend(stated_empty(site, at));
    found
}

/// The list away, and the statement that there is none.
fn stated_empty(site: &Site<'_>, at: &Pointer) -> Option<Variation> {
    let flag = site.states_none?;
    let (_, before) = at.split_last()?;
    let mut flag_at = before.to_vec();
    flag_at.push(Step::Key(flag.to_owned()));
    Some(vec![Edit { at: at.clone(), to: None }, Edit { at: flag_at, to: Some(Value::Bool(true)) }])
}

fn scalars(model: &Model, field: &Field, ty: &Type, present: Option<&Value>, material: &Material<'_>) -> Vec<Value> {
    let constants: Vec<&Constant> =
        material.constants.iter().filter(|(own, _)| comparable(own, ty)).map(|(_, constant)| constant).collect();
    let beside = material.neighbours.iter().filter(|(own, _)| own == ty).map(|(_, value)| value);
    match ty {
        Type::Bool => vec![Value::Bool(true), Value::Bool(false)],
        Type::Enum(id) => {
            let members = model.enumeration(*id).map(|it| it.members.as_slice()).unwrap_or_default();
            members.iter().map(|member| Value::String(member.spelling.clone())).collect()
        }
        Type::Date => dates(present, beside, material),
        Type::Number | Type::Ratio | Type::Money(_) | Type::ExactDuration | Type::CalendarDuration => {
            numbers(field, ty, present, &constants, beside)
        }
        Type::Text | Type::Name | Type::Prose | Type::Ref(_) => texts(&constants, beside),
        Type::List(_) | Type::Record(_) => Vec::new(),
    }
}

/// A number may be compared with a ratio.
fn comparable(constant: &Type, field: &Type) -> bool {
    let plain = |ty: &Type| matches!(ty, Type::Number | Type::Ratio);
    let words = |ty: &Type| matches!(ty, Type::Text | Type::Name);
    constant == field || (plain(constant) && plain(field)) || (words(constant) && words(field))
}

fn texts<'v>(constants: &[&Constant], beside: impl Iterator<Item = &'v Value>) -> Vec<Value> {
    let constants = constants.iter().filter_map(|constant| match constant {
        Constant::Text(text) => Some(Value::String(text.clone())),
        _ => None,
    });
    constants.chain(beside.cloned()).chain([Value::String("x".to_owned())]).collect()
}

/// At, under and over each anchor: constants, what stands beside, what stands there.
fn numbers<'v>(
    field: &Field,
    ty: &Type,
    present: Option<&Value>,
    constants: &[&Constant],
    beside: impl Iterator<Item = &'v Value>,
) -> Vec<Value> {
    let constants = constants.iter().filter_map(|constant| match constant {
        Constant::Number(number) => in_json_unit(number, field),
        _ => None,
    });
    let anchors: IndexSet<Number> =
        constants.chain(beside.filter_map(read)).chain(present.and_then(read)).chain([Number::ZERO]).collect();
    let step = step(field, ty);
    let mut found = IndexSet::new();
    for anchor in &anchors {
        for number in [Ok(anchor.clone()), anchor.subtract(&step), anchor.add(&step)].into_iter().flatten() {
            found.extend(write(&number, ty));
        }
    }
    if let Some(own) = present.and_then(read) {
        for (times, by) in [(1_i64, 2_i64), (2, 1), (10, 1)] {
            let scaled = own.multiply(&Number::from(times)).and_then(|number| number.divide(&Number::from(by)));
            found.extend(scaled.ok().and_then(|number| write(&number, ty)));
        }
    }
    found.into_iter().collect()
}

/// The smallest step that matters.
fn step(field: &Field, ty: &Type) -> Number {
    let text = match ty {
        Type::Ratio if field.percent => "0.01",
        Type::Ratio => "0.0001",
        Type::Money(_) => "0.01",
        _ => "1",
    };
    Number::parse_decimal(text).unwrap_or(Number::ZERO)
}

/// A number as JSON gives it.
pub(crate) fn read(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Number::parse_json(&number.to_string()).ok(),
        Value::String(text) => Number::parse_decimal(text).ok(),
        _ => None,
    }
}

/// A number as JSON gives it; none where it has no decimal end.
pub(crate) fn write(number: &Number, ty: &Type) -> Option<Value> {
    let text = number.to_string();
    if text.starts_with('≈') {
        return None;
    }
    if matches!(ty, Type::Money(_)) { Some(Value::String(text)) } else { serde_json::from_str(&text).ok() }
}

/// A constant in the unit in which the field's JSON gives it.
fn in_json_unit(number: &Number, field: &Field) -> Option<Number> {
    if field.percent {
        return number.multiply(&Number::from(100_i64)).ok();
    }
    let size = match field.unit {
        None | Some(DurationUnit::Minutes | DurationUnit::Months) => 1_i64,
        Some(DurationUnit::Hours) => 60,
        Some(DurationUnit::Days) => 24 * 60,
        Some(DurationUnit::Years) => 12,
    };
    number.divide(&Number::from(size)).ok()
}

/// Anchors, each also a period earlier and later, each also a day earlier and later.
fn dates<'v>(present: Option<&Value>, beside: impl Iterator<Item = &'v Value>, material: &Material<'_>) -> Vec<Value> {
    let read = |value: &Value| value.as_str().and_then(Date::parse);
    let constants = material.constants.iter().filter_map(|(_, constant)| match constant {
        Constant::Date(date) => Some(*date),
        _ => None,
    });
    let anchors: IndexSet<Date> = constants.chain(beside.filter_map(read)).chain(present.and_then(read)).collect();
    let mut found: IndexSet<Date> = anchors.clone();
    for anchor in &anchors {
        found.extend(material.constants.iter().flat_map(|(ty, constant)| moved(*anchor, ty, constant)));
    }
    let around = |date: &Date| [Some(*date), date.add_days(-1), date.add_days(1)];
    let days: IndexSet<Date> = found.iter().flat_map(around).flatten().collect();
    days.into_iter().map(|date| Value::String(date.to_string())).collect()
}

/// A date a period earlier and later.
fn moved(anchor: Date, ty: &Type, constant: &Constant) -> Vec<Date> {
    let Constant::Number(period) = constant else { return Vec::new() };
    let (add, count): (fn(Date, i64) -> Option<Date>, _) = match ty {
        Type::CalendarDuration => (Date::add_months, period.to_i64()),
        Type::ExactDuration => {
            (Date::add_days, period.divide(&Number::from(24 * 60_i64)).ok().and_then(|days| days.to_i64()))
        }
        _ => return Vec::new(),
    };
    let Some(count) = count else { return Vec::new() };
    [add(anchor, -count), add(anchor, count)].into_iter().flatten().collect()
}

/// Lists: empty, without each element, with each more; of records also with one twice.
fn list(
    site: &Site<'_>,
    element: &Type,
    present: Option<&Value>,
    material: &Material<'_>,
    values: &mut IndexSet<Option<Value>>,
) {
    let items = present.and_then(Value::as_array).cloned().unwrap_or_default();
    if let (Type::Record(_), Some(first)) = (element, items.first()) {
        let mut twice = items.clone();
        twice.push(told_apart(first, site.key));
        values.insert(Some(Value::Array(twice)));
        values.insert(Some(Value::Array(vec![first.clone()])));
    }
    for at in 0..items.len().min(VALUES / 4) {
        let mut fewer = items.clone();
        fewer.remove(at);
        values.insert(Some(Value::Array(fewer)));
    }
    let choice = scalars(site.model, site.field, element, None, material);
    for item in &choice {
        values.insert(Some(Value::Array(vec![item.clone()])));
        if !items.contains(item) {
            let mut more = items.clone();
            more.push(item.clone());
            values.insert(Some(Value::Array(more)));
        }
    }
    if matches!(element, Type::Enum(_)) {
        values.insert(Some(Value::Array(choice.clone())));
        for at in 0..choice.len() {
            let mut fewer = choice.clone();
            fewer.remove(at);
            values.insert(Some(Value::Array(fewer)));
        }
    }
    values.insert(Some(Value::Array(Vec::new())));
}

/// The same element under another key.
fn told_apart(element: &Value, key: Option<&str>) -> Value {
    let mut other = element.clone();
    if let Some(slot) = key.and_then(|key| other.get_mut(key)) {
        *slot = Value::String(format!("{}-2", slot.as_str().unwrap_or_default()));
    }
    other
}
