//! The model as the decoder wants it: for each record the keys and where their values go, for each scalar what it accepts. Made once,
//! used for every declaration; it keeps nothing of the model but words.

use super::plain;
use crate::compile::Pattern;
use crate::compile::layout::{ColumnKind, Layout, TableId};
use crate::ir::{self, Deferred, DurationUnit, Emptiness, FieldId, Model, Type};
use crate::value::Number;
use std::collections::HashMap;
use std::sync::Arc;

/// From a word of the model to its index. The words are the model's, so nobody can choose them to collide.
type Index = HashMap<Box<str>, usize, foldhash::fast::FixedState>;

/// All of a model.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) records: Vec<Record>,
    pub(super) enums: Vec<Enum>,
    pub(super) tables: Vec<Table>,
    pub(super) root: usize,
}

/// A table of the layout.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// How many cells a row has.
    pub(super) width: usize,
    /// For each column: the table of the list's elements.
    pub(super) lists: Vec<Option<TableId>>,
    /// The columns that hold records, with their paths as people write them, `data.items[]`.
    pub(super) records: Vec<(usize, usize, String)>,
}

/// A record type.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) fields: Vec<Field>,
    /// The same, as they are read where they are plain.
    pub(super) plain: plain::Fields,
    index: Index,
    /// The fields that are looked at once more when the object ends.
    pub(super) settled: Vec<usize>,
}

/// A field.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the language that stands or does not")]
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    /// From the record's own cell.
    pub(super) offset: usize,
    pub(super) kind: Kind,
    /// Whether a declaration is invalid without it; a conditional field is never.
    pub(super) required: bool,
    /// Whether it stands under a condition.
    pub(super) conditional: bool,
    /// Whether `null` is a value.
    pub(super) null_is_value: bool,
    /// For lists: whether `[]` is an answer.
    pub(super) may_be_empty: bool,
    /// For lists: the offset of the boolean that states that there are none, and its name.
    pub(super) none_when: Option<(usize, String)>,
    /// For lists of records: the offset of the key in an element, and its name.
    pub(super) key: Option<(usize, String)>,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Scalar(Scalar),
    Record(usize),
    List(Element),
}

/// What a list holds.
#[derive(Debug, Clone)]
pub(super) enum Element {
    /// With how it is read where it is plain.
    Scalar(Scalar, plain::Kind),
    Record(usize),
}

/// What a scalar accepts.
#[derive(Debug, Clone)]
pub(super) enum Scalar {
    Bool,
    Number(Numeric),
    Money { currency: String, bounds: ir::Bounds },
    Date,
    Text { pattern: Option<Pattern>, folded: bool },
    Prose,
    Enum(usize),
    Reference { list: String, folded: bool },
}

/// A JSON number.
#[derive(Debug, Clone)]
pub(super) struct Numeric {
    /// As people call it, `a number of days`.
    pub(super) noun: String,
    pub(super) whole: bool,
    pub(super) bounds: ir::Bounds,
    /// What the number is multiplied by.
    pub(super) factor: Option<Number>,
    /// Whether the product must be whole, and of what: calendar months.
    pub(super) whole_product: Option<&'static str>,
    pub(super) measure: Measure,
}

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Nothing but itself.
    Count,
    Ratio,
    /// Minutes, hours, days.
    Exact,
    /// Months, years.
    Calendar,
}

/// An enum.
#[derive(Debug, Clone)]
pub(super) struct Enum {
    /// JSON spellings in the order of the members.
    pub(super) spellings: Vec<String>,
    index: Index,
    /// Other words for each member: its name and its labels.
    names: Vec<(String, Deferred<ir::Label>)>,
}

impl Enum {
    fn new(declared: &ir::Enum) -> Self {
        let spellings: Vec<String> = declared.members.iter().map(|member| member.spelling.clone()).collect();
        let index = spellings.iter().enumerate().map(|(at, word)| (word.as_str().into(), at)).collect();
        let names = declared.members.iter().map(|member| (member.name.clone(), member.label.clone())).collect();
        Self { spellings, index, names }
    }

    /// Other words for a member (its name, its labels) and the member's index.
    pub(super) fn aliases(&self) -> impl Iterator<Item = (&str, usize)> {
        self.names.iter().enumerate().flat_map(|(at, (name, label))| {
            let words = [Some(name), label.en.as_ref(), label.zh.as_ref()];
            words.into_iter().flatten().map(move |word| (word.as_str(), at))
        })
    }

    pub(super) fn member(&self, spelling: &str) -> Option<usize> {
        self.index.get(spelling).copied()
    }
}

impl Record {
    /// A field by its key.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.index.get(key).copied()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }
}

impl Shape {
    pub(super) fn new(model: &Model, layout: &Layout) -> Self {
        let members: Vec<Members> = model.enums.iter().map(members).collect();
        let records = (0..model.records.len()).map(|id| record(model, layout, &members, id)).collect();
        Self {
            records,
            enums: model.enums.iter().map(Enum::new).collect(),
            tables: (0..layout.tables.len()).map(|id| table(layout, id)).collect(),
            root: model.root.index(),
        }
    }

    /// Where a record stands, as people write it; empty for the root.
    pub(super) fn path(&self, table: usize, column: usize) -> &str {
        let record = self.tables.get(table).and_then(|table| table.records.iter().find(|(at, ..)| *at == column));
        record.map_or("", |(_, _, path)| path)
    }

    /// Where else a field of this name stands: the paths of other records that have it.
    pub(super) fn elsewhere(&self, key: &str, record: usize) -> Vec<&str> {
        let all = self.tables.iter().flat_map(|table| &table.records);
        all.filter(|(_, id, _)| {
            *id != record && self.records.get(*id).is_some_and(|other| other.index.contains_key(key))
        })
        .map(|(_, _, path)| path.as_str())
        .collect()
    }
}

/// The spellings of an enum's members as they are read where they are plain; all fields of the enum share them.
type Members = Arc<plain::Words>;

fn members(declared: &ir::Enum) -> Members {
    Arc::new(plain::Words::quoted(declared.members.iter().map(|member| member.spelling.as_str())))
}

fn record(model: &Model, layout: &Layout, members: &[Members], id: usize) -> Record {
    let id = ir::RecordId::new(id);
    let declared: Vec<&ir::Field> = model.record(id).map(|record| record.fields.values().collect()).unwrap_or_default();
    let sibling = |field: FieldId| {
        let name = declared.get(field.index()).map(|field| field.name.clone()).unwrap_or_default();
        (layout.offset(id, field), name)
    };
    let mut fields = Vec::new();
    let mut settled = Vec::new();
    for (at, field) in declared.iter().enumerate() {
        let none_when = match field.emptiness {
            Emptiness::NoneWhen(flag) => Some(sibling(flag)),
            _ => None,
        };
        let required = field.required && field.condition.is_none();
        if required || none_when.is_some() {
            settled.push(at);
        }
        fields.push(Field {
            name: field.name.clone(),
            offset: layout.offset(id, FieldId::new(at)),
            kind: kind(model, members, field),
            required,
            conditional: field.condition.is_some(),
            null_is_value: field.null_word.is_some(),
            may_be_empty: field.emptiness == Emptiness::MayBeEmpty,
            none_when,
            key: key(model, layout, field),
        });
    }
    let index = fields.iter().enumerate().map(|(at, field)| (field.name.as_str().into(), at)).collect();
    let names = fields.iter().map(|field| field.name.as_str());
    let plain = plain::Fields::new(names, fields.iter().map(|field| plain_field(members, field)).collect());
    Record { fields, plain, index, settled }
}

fn plain_field(members: &[Members], field: &Field) -> plain::Field {
    let kind = match &field.kind {
        Kind::Scalar(scalar) => scalar.plain(members),
        Kind::Record(_) | Kind::List(_) => plain::Kind::Other,
    };
    plain::Field::new(&field.name, field.offset, kind, field.conditional)
}

impl Scalar {
    /// How it is read where it is plain.
    fn plain(&self, members: &[Members]) -> plain::Kind {
        match self {
            Self::Bool => plain::Kind::Bool,
            Self::Number(numeric) => numeric.plain().map_or(plain::Kind::Other, plain::Kind::Number),
            Self::Money { bounds, .. } => between(bounds).map_or(plain::Kind::Other, plain::Kind::Amount),
            Self::Date => plain::Kind::Date,
            Self::Enum(id) => {
                members.get(*id).map_or(plain::Kind::Other, |words| plain::Kind::Member(Arc::clone(words)))
            }
            Self::Text { pattern: Some(pattern), folded: false } => plain::Kind::Matching(pattern.clone()),
            Self::Text { pattern: Some(_), .. } => plain::Kind::Other,
            Self::Text { folded: true, .. } | Self::Reference { folded: true, .. } => plain::Kind::Name,
            Self::Text { .. } | Self::Reference { .. } | Self::Prose => plain::Kind::Text,
        }
    }
}

impl Numeric {
    fn plain(&self) -> Option<plain::Numeric> {
        Some(plain::Numeric {
            between: between(&self.bounds)?,
            whole: self.whole,
            factor: self.factor.as_ref().map_or(Some((1, 0)), Number::as_decimal)?,
            whole_product: self.whole_product.is_some(),
        })
    }
}

/// Bounds in decimals, where they are such.
fn between(bounds: &ir::Bounds) -> Option<plain::Between> {
    let decimal = |bound: &Option<Number>| match bound {
        Some(bound) => bound.as_decimal().map(Some),
        None => Some(None),
    };
    Some(plain::Between { low: decimal(&bounds.low)?, high: decimal(&bounds.high)? })
}

fn key(model: &Model, layout: &Layout, field: &ir::Field) -> Option<(usize, String)> {
    let Type::List(element) = &field.ty else { return None };
    let Type::Record(record) = element.as_ref() else { return None };
    let key = field.key?;
    Some((layout.offset(*record, key), model.record(*record)?.field(key)?.name.clone()))
}

fn kind(model: &Model, members: &[Members], field: &ir::Field) -> Kind {
    match &field.ty {
        Type::Record(record) => Kind::Record(record.index()),
        Type::List(element) => Kind::List(match element.as_ref() {
            Type::Record(record) => Element::Record(record.index()),
            scalar_type => {
                let scalar = scalar(model, field, scalar_type);
                let plain = scalar.plain(members);
                Element::Scalar(scalar, plain)
            }
        }),
        scalar_type => Kind::Scalar(scalar(model, field, scalar_type)),
    }
}

fn scalar(model: &Model, field: &ir::Field, ty: &Type) -> Scalar {
    let text = |folded| Scalar::Text { pattern: field.pattern.as_deref().map(Pattern::new), folded };
    match ty {
        Type::Bool => Scalar::Bool,
        Type::Number | Type::Ratio | Type::ExactDuration | Type::CalendarDuration => Scalar::Number(numeric(field, ty)),
        Type::Money(currency) => Scalar::Money { currency: currency.clone(), bounds: field.bounds.clone() },
        Type::Date => Scalar::Date,
        Type::Text => text(false),
        Type::Name => text(true),
        Type::Enum(id) => Scalar::Enum(id.index()),
        Type::Ref(record) => reference(model, *record),
        // Lists of lists and the like are no types of fields.
        Type::Prose | Type::Record(_) | Type::List(_) => Scalar::Prose,
    }
}

fn numeric(field: &ir::Field, ty: &Type) -> Numeric {
    let whole = field.whole;
    let noun = match (ty, field.unit) {
        (Type::Ratio, _) if field.percent => "a number of percent".to_owned(),
        (Type::Ratio, _) => "a ratio as a number".to_owned(),
        (_, Some(unit)) => format!("a {}number of {}", if whole { "whole " } else { "" }, unit_name(unit)),
        _ if whole => "a whole number".to_owned(),
        _ => "a number".to_owned(),
    };
    let minutes = |count: i64| (count != 1).then(|| Number::from(count));
    let factor = match field.unit {
        _ if *ty == Type::Ratio && field.percent => Number::from(1_i64).divide(&Number::from(100_i64)).ok(),
        Some(DurationUnit::Hours) => minutes(60),
        Some(DurationUnit::Days) => minutes(60 * 24),
        Some(DurationUnit::Years) => minutes(12),
        Some(DurationUnit::Minutes | DurationUnit::Months) | None => None,
    };
    let whole_product = (*ty == Type::CalendarDuration).then_some("months");
    let measure = match ty {
        Type::Ratio => Measure::Ratio,
        Type::ExactDuration => Measure::Exact,
        Type::CalendarDuration => Measure::Calendar,
        _ => Measure::Count,
    };
    Numeric { noun, whole, bounds: field.bounds.clone(), factor, whole_product, measure }
}

/// The unit in the plural.
fn unit_name(unit: DurationUnit) -> &'static str {
    match unit {
        DurationUnit::Minutes => "minutes",
        DurationUnit::Hours => "hours",
        DurationUnit::Days => "days",
        DurationUnit::Months => "months",
        DurationUnit::Years => "years",
    }
}

/// A reference compares with the key of its list, so it is folded where the key is.
fn reference(model: &Model, target: ir::RecordId) -> Scalar {
    let path = model.keyed_lists.get(&target).map(Vec::as_slice).unwrap_or_default();
    let mut record = model.record(model.root);
    let mut steps = Vec::new();
    let mut list = None;
    for id in path {
        let Some(field) = record.and_then(|record| record.field(*id)) else { break };
        steps.push(field.name.as_str());
        list = Some(field);
        record = match &field.ty {
            Type::Record(next) => model.record(*next),
            _ => None,
        };
    }
    let key = list.and_then(|list| model.record(target)?.field(list.key?));
    Scalar::Reference { list: steps.join("."), folded: key.is_some_and(|key| key.ty == Type::Name) }
}

fn table(layout: &Layout, id: usize) -> Table {
    let columns = layout.table(TableId::new(id)).map(|table| table.columns.as_slice()).unwrap_or_default();
    let prefix = prefix(layout, TableId::new(id));
    let path = |column: &[Arc<str>]| {
        let inner = column.join(".");
        let dot = if prefix.is_empty() || inner.is_empty() { "" } else { "." };
        format!("{prefix}{dot}{inner}")
    };
    Table {
        width: columns.len(),
        lists: columns
            .iter()
            .map(|column| match column.kind {
                ColumnKind::List(table) => Some(table),
                _ => None,
            })
            .collect(),
        records: columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| match column.kind {
                ColumnKind::Record(record) => Some((at, record.index(), path(&column.path))),
                _ => None,
            })
            .collect(),
    }
}

/// The path of a table's list, `data.items[]`; empty for the root's.
fn prefix(layout: &Layout, id: TableId) -> String {
    let Some((parent, column)) = layout.table(id).and_then(|table| table.parent) else { return String::new() };
    let above = prefix(layout, parent);
    let own = layout.column(parent, column).map(|column| column.path.join(".")).unwrap_or_default();
    if above.is_empty() { format!("{own}[]") } else { format!("{above}.{own}[]") }
}
