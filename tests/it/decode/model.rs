//! A small model with every type, and a product that it describes.

use hongxian::compile::layout::{ColumnKind, Layout, TableId};
use hongxian::decode::declaration::{Content, Declaration, Place};
use hongxian::decode::{Decoder, Limits};
use hongxian::diagnostic::Diagnostic;
use hongxian::ir::{
    Bounds, Condition, Deferred, DurationUnit, Emptiness, Enum, EnumId, Expr, ExprKind, Field, FieldId, Handles, Label,
    Member, Model, Record, RecordId, Type,
};
use hongxian::source::{FileId, SourceMap, Span};
use hongxian::value::Number;

const NOWHERE: Span = Span::new(FileId::new(0), 0, 0);

pub fn field(name: &str, ty: Type) -> Field {
    Field {
        name: name.to_owned(),
        doc: Deferred::default(),
        label: Deferred::default(),
        ty,
        required: false,
        filing: false,
        confidential: false,
        condition: None,
        proof: None,
        null_word: None,
        emptiness: Emptiness::Unknown,
        key: None,
        whole: false,
        bounds: Bounds::default(),
        percent: false,
        unit: None,
        pattern: None,
        span: NOWHERE,
    }
}

fn list(name: &str, ty: Type) -> Field {
    field(name, Type::List(Box::new(ty)))
}

fn required(field: Field) -> Field {
    Field { required: true, ..field }
}

fn bounded(field: Field, low: Option<i64>, high: Option<i64>) -> Field {
    Field { bounds: Bounds { low: low.map(Number::from), high: high.map(Number::from) }, ..field }
}

fn in_unit(name: &str, unit: DurationUnit) -> Field {
    let calendar = matches!(unit, DurationUnit::Months | DurationUnit::Years);
    let ty = if calendar { Type::CalendarDuration } else { Type::ExactDuration };
    Field { unit: Some(unit), ..field(name, ty) }
}

fn record(name: &str, fields: Vec<Field>) -> Record {
    Record {
        name: name.to_owned(),
        doc: Deferred::default(),
        label: Deferred::default(),
        fields: fields.into_iter().map(|field| (field.name.clone(), field)).collect(),
        span: NOWHERE,
    }
}

fn enumeration(name: &str, members: &[(&str, &str, &str)]) -> Enum {
    let member = |(name, spelling, zh): &(&str, &str, &str)| Member {
        name: (*name).to_owned(),
        spelling: (*spelling).to_owned(),
        label: Label { en: None, zh: Some((*zh).to_owned()) }.into(),
        doc: Deferred::default(),
    };
    Enum {
        name: name.to_owned(),
        doc: Deferred::default(),
        label: Deferred::default(),
        ordered: false,
        members: members.iter().map(member).collect(),
        span: NOWHERE,
    }
}

/// A condition that the decoder must not look at.
fn some_condition() -> Condition {
    let body = Expr { kind: ExprKind::Root, ty: Type::Bool, span: NOWHERE };
    Condition { code: hongxian::ir::Code { locals: Vec::new(), body }.into(), span: NOWHERE }
}

const NETWORK: usize = 0;
const METHOD: usize = 1;
const PRODUCT: usize = 0;
const STORE: usize = 1;
const PROTECTION: usize = 2;
const ITEM: usize = 3;
const OWNER: usize = 4;
const EVIDENCE: usize = 5;

fn one(record: usize) -> Type {
    Type::Record(RecordId::new(record))
}

fn product() -> Record {
    let items = Field { emptiness: Emptiness::MayBeEmpty, ..list("tags", Type::Text) };
    let evidence = Field { key: Some(FieldId::new(0)), ..list("evidence", one(EVIDENCE)) };
    record(
        "Product",
        vec![
            required(Field { pattern: Some("[A-Z]+-[0-9]+".to_owned()), ..field("id", Type::Text) }),
            field("title", Type::Prose),
            field("as_of", Type::Date),
            Field { null_word: Some("open".to_owned()), ..field("closed_on", Type::Date) },
            field("network", Type::Enum(EnumId::new(NETWORK))),
            items,
            field("store", one(STORE)),
            evidence,
            list("notes", Type::Prose),
            list("levels", Type::Number),
        ],
    )
}

fn store() -> Record {
    let items = Field {
        emptiness: Emptiness::NoneWhen(FieldId::new(0)),
        key: Some(FieldId::new(0)),
        ..list("items", one(ITEM))
    };
    record("Store", vec![field("none_declared", Type::Bool), items, field("protection", one(PROTECTION))])
}

fn item() -> Record {
    let amount = bounded(field("amount", Type::Money("CNY".to_owned())), Some(0), Some(1_000_000));
    record(
        "Item",
        vec![
            required(field("name", Type::Name)),
            bounded(Field { whole: true, ..field("level", Type::Number) }, Some(1), Some(5)),
            bounded(in_unit("retention", DurationUnit::Days), Some(0), None),
            in_unit("pause", DurationUnit::Hours),
            in_unit("delay", DurationUnit::Minutes),
            in_unit("kept", DurationUnit::Years),
            in_unit("checked", DurationUnit::Months),
            bounded(Field { percent: true, ..field("fee", Type::Ratio) }, Some(0), Some(100)),
            field("share", Type::Ratio),
            amount,
            field("proof", Type::Ref(RecordId::new(EVIDENCE))),
            required(Field { condition: Some(some_condition()), ..field("class", Type::Text) }),
            list("owners", one(OWNER)),
        ],
    )
}

/// The model.
pub fn model() -> Model {
    let network = [
        ("wifi", "wifi", "无线"),
        ("wired", "wired", "有线"),
        ("five_g", "5g", "第五代"),
        ("four_g", "4g", "第四代"),
        ("satellite", "satellite", "卫星"),
        ("radio", "radio", "电台"),
        ("other", "other", "其他"),
    ];
    let method = [("none", "none", "无"), ("disk", "disk", "磁盘"), ("field", "field", "字段")];
    let records = vec![
        product(),
        store(),
        record(
            "Protection",
            vec![field("storage_encryption", Type::Enum(EnumId::new(METHOD))), field("digest", Type::Bool)],
        ),
        item(),
        record("Owner", vec![field("name", Type::Name), list("roles", Type::Text)]),
        record("Evidence", vec![field("id", Type::Name), field("issued_on", Type::Date)]),
    ];
    Model {
        enums: vec![enumeration("Network", &network), enumeration("Method", &method)],
        root: RecordId::new(PRODUCT),
        keyed_lists: [(RecordId::new(EVIDENCE), vec![FieldId::new(7)])].into_iter().collect(),
        handles: Handles::default(),
        records,
    }
}

/// A declaration that gives everything.
pub const COMPLETE: &str = r#"{
  "id": "EX-1",
  "title": {"en": "Loans", "zh": "贷款"},
  "as_of": "2020-05-01",
  "closed_on": null,
  "network": "5g",
  "tags": ["一", "b"],
  "store": {
    "none_declared": false,
    "items": [
      {
        "name": "Card number", "level": 3, "retention": 1.5, "pause": 2, "delay": 7, "kept": 1.5, "checked": 3,
        "fee": 12.5, "share": 0.05, "amount": "1000.50", "proof": "E-1", "class": "C3",
        "owners": [{"name": "Li", "roles": ["a", null, " "]}, null]
      },
      {"name": "Face", "owners": [{}, {"name": "Wang"}]}
    ],
    "protection": {"storage_encryption": "disk", "digest": true}
  },
  "evidence": [{"id": "E-1", "issued_on": "2020-03-01"}],
  "notes": ["x", {"en": "y"}],
  "levels": [1e2, 0.1]
}"#;

/// The model's layout.
pub fn layout() -> Layout {
    Layout::new(&model())
}

/// Decodes, and shows errors as lines.
pub fn decode(text: &str) -> Result<Declaration<'_>, String> {
    decode_within(text, Limits::DEFAULT)
}

/// Decodes within limits.
pub fn decode_within(text: &str, limits: Limits) -> Result<Declaration<'_>, String> {
    diagnostics(text.as_bytes(), limits).map_err(|found| {
        let mut sources = SourceMap::new();
        sources.add("d", text);
        crate::pack::shown(&sources, &found)
    })
}

/// Decodes bytes.
pub fn diagnostics(text: &[u8], limits: Limits) -> Result<Declaration<'_>, Vec<Diagnostic>> {
    Decoder::new(&model(), &layout(), limits).decode(text, FileId::new(0))
}

/// Errors as lines.
pub fn errors(text: &str) -> String {
    decode(text).expect_err("errors")
}

/// Every cell's pointer, offset and content, but the absent ones.
pub fn dump(declaration: &Declaration<'_>) -> Vec<String> {
    let layout = layout();
    let mut lines = Vec::new();
    for (place, _) in places(declaration, &layout) {
        let cell = declaration.cell(&layout, place);
        let content = match cell.content {
            Content::Value(value) => format!("{value:?}"),
            content => format!("{content:?}"),
        };
        if content != "Unknown" || cell.at != u32::MAX {
            lines.push(format!("{} {content}", declaration.pointer(&layout, place)));
        }
    }
    lines
}

/// Every place of a declaration.
pub fn places(declaration: &Declaration<'_>, layout: &Layout) -> Vec<(Place, ColumnKind)> {
    let mut places = Vec::new();
    for (index, table) in layout.tables.iter().enumerate() {
        let id = TableId::new(index);
        for row in 0..declaration.rows(id) {
            for (column, declared) in table.columns.iter().enumerate() {
                let place = Place { table: id, row, column: u32::try_from(column).unwrap() };
                places.push((place, declared.kind.clone()));
            }
        }
    }
    places
}
