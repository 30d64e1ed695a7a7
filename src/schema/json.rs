//! The JSON Schema (2020-12) of a declaration.
//!
//! It says what such a schema can say. The decoder is stricter where it can't (days that exist, keys of lists, bounds of amounts,
//! doubled keys), and more lenient in one thing: a blank text is absent, whatever the field's type.

use crate::ir::{DurationUnit, Emptiness, Enum, Field, Label, Member, Policy, Record, RecordId, Type};
use crate::source::SourceMap;
use crate::value::Number;
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

/// The schema of the declarations of a policy. Keywords that begin with `x-` carry what the standard has no word for: units, confidentiality, references.
/// Conditions are shown in the words of the policy, from `sources`.
#[must_use]
pub fn json_schema(policy: &Policy, sources: &SourceMap) -> Value {
    let schema = Schema::new(policy, sources);
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    let pack = policy.packs.first();
    let id = pack.map_or_else(String::new, |pack| format!(":{}:{}", pack.name, pack.version));
    root.insert("$id".to_owned(), json!(format!("urn:hongxian:declaration{id}")));
    if let Some(record) = policy.model.record(policy.model.root) {
        root.extend(schema.record(record));
    }
    if let Some(title) = pack.and_then(|pack| title(&pack.title)) {
        root.insert("title".to_owned(), json!(title));
    }
    let packs = policy.packs.iter().map(|pack| json!({"name": pack.name, "version": pack.version}));
    root.insert("x-packs".to_owned(), packs.collect());
    root.insert("$defs".to_owned(), Value::Object(schema.definitions()));
    Value::Object(root)
}

struct Schema<'p> {
    policy: &'p Policy,
    sources: &'p SourceMap,
    /// The names of the definitions of enums and records.
    enums: Vec<String>,
    records: Vec<String>,
}

impl<'p> Schema<'p> {
    /// Names the definitions: of one name, the later ones get a number.
    fn new(policy: &'p Policy, sources: &'p SourceMap) -> Self {
        let mut uses: IndexMap<&str, usize> = IndexMap::new();
        let mut name = |declared: &'p str| {
            let count = uses.entry(declared).or_default();
            *count += 1;
            if *count == 1 { declared.to_owned() } else { format!("{declared}_{count}") }
        };
        let enums = policy.model.enums.iter().map(|declared| name(&declared.name)).collect();
        let records = policy.model.records.iter().map(|declared| name(&declared.name)).collect();
        Self { policy, sources, enums, records }
    }
}

impl Schema<'_> {
    fn definitions(&self) -> Map<String, Value> {
        let model = &self.policy.model;
        let enums = self.enums.iter().zip(&model.enums).map(|(name, declared)| (name.clone(), enumeration(declared)));
        let records = self.records.iter().zip(&model.records).enumerate();
        let records = records.filter(|(at, _)| *at != model.root.index());
        let records = records.map(|(_, (name, record))| (name.clone(), Value::Object(self.record(record))));
        enums.chain(records).collect()
    }

    fn record(&self, record: &Record) -> Map<String, Value> {
        let mut schema = Map::new();
        describe(&mut schema, &record.label, &record.doc, &[]);
        schema.insert("type".to_owned(), json!("object"));
        let properties = record.fields.values().map(|field| (field.name.clone(), self.field(record, field)));
        schema.insert("properties".to_owned(), Value::Object(properties.collect()));
        let required: Vec<&str> =
            record.fields.values().filter(|field| is_required(field)).map(|field| field.name.as_str()).collect();
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema.insert("additionalProperties".to_owned(), json!(false));
        let statements: Vec<Value> = record.fields.values().filter_map(|field| statement(record, field)).collect();
        if !statements.is_empty() {
            schema.insert("allOf".to_owned(), json!(statements));
        }
        schema
    }

    fn field(&self, record: &Record, field: &Field) -> Value {
        let mut notes = Vec::new();
        if let Some(condition) = &field.condition {
            let words = self.sources.slice(condition.span).split_whitespace().collect::<Vec<_>>().join(" ");
            notes.push(if words.is_empty() {
                "Applies only under a condition.".to_owned()
            } else {
                format!("Applies only where `{words}`.")
            });
        }
        if let Some(word) = &field.null_word {
            notes.push(format!("`null` means: {word}."));
        }
        let mut schema = self.value(field, &field.ty);
        if is_required(field) {
            must_be_given(&mut schema, field);
        }
        if !is_required(field) || field.null_word.is_some() {
            schema = nullable(schema);
        }
        describe(&mut schema, &field.label, &field.doc, &notes);
        self.extras(&mut schema, record, field);
        Value::Object(schema)
    }

    /// What a field says beyond its type.
    fn extras(&self, schema: &mut Map<String, Value>, record: &Record, field: &Field) {
        let sibling = |id| record.field(id).map(|field| field.name.as_str());
        let none_when = match field.emptiness {
            Emptiness::NoneWhen(flag) => sibling(flag),
            _ => None,
        };
        let key = field.key.and_then(|key| match &field.ty {
            Type::List(element) => match element.as_ref() {
                Type::Record(id) => Some(self.policy.model.record(*id)?.field(key)?.name.as_str()),
                _ => None,
            },
            _ => None,
        });
        let words = [
            ("x-proof", field.proof.and_then(sibling)),
            ("x-none-when", none_when),
            ("x-key", key),
            ("x-null-means", field.null_word.as_deref()),
        ];
        for (keyword, word) in words {
            if let Some(word) = word {
                schema.insert(keyword.to_owned(), json!(word));
            }
        }
        let flags = [
            ("x-confidential", field.confidential),
            ("x-filing", field.filing),
            ("x-may-be-empty", field.emptiness == Emptiness::MayBeEmpty),
            ("x-conditional", field.condition.is_some()),
        ];
        for (keyword, _) in flags.into_iter().filter(|(_, flag)| *flag) {
            schema.insert(keyword.to_owned(), json!(true));
        }
    }

    /// A value of a field, or of an element of it, that is given.
    fn value(&self, field: &Field, ty: &Type) -> Map<String, Value> {
        let schema = match ty {
            Type::Bool => json!({"type": "boolean"}),
            Type::Number => number(field, None),
            Type::Ratio => number(field, Some(if field.percent { "percent" } else { "fraction" })),
            Type::ExactDuration | Type::CalendarDuration => number(field, field.unit.map(DurationUnit::as_str)),
            Type::Money(currency) => amount(field, currency),
            Type::Date => json!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
            Type::Text | Type::Name => text(field),
            Type::Prose => prose(),
            Type::Enum(id) => json!({"$ref": definition(&self.enums, id.index())}),
            Type::Record(id) => json!({"$ref": definition(&self.records, id.index())}),
            Type::Ref(id) => json!({"type": "string", "x-ref": self.list_path(*id)}),
            Type::List(element) => json!({"type": "array", "items": nullable(self.value(field, element))}),
        };
        match schema {
            Value::Object(schema) => schema,
            _ => Map::new(),
        }
    }

    /// The path of a keyed list, `evidence`.
    fn list_path(&self, id: RecordId) -> String {
        let model = &self.policy.model;
        let mut record = model.record(model.root);
        let mut steps = Vec::new();
        for step in model.keyed_lists.get(&id).map(Vec::as_slice).unwrap_or_default() {
            let Some(field) = record.and_then(|record| record.field(*step)) else { break };
            steps.push(field.name.as_str());
            record = match &field.ty {
                Type::Record(next) => model.record(*next),
                _ => None,
            };
        }
        steps.join(".")
    }
}

fn definition(names: &[String], at: usize) -> String {
    format!("#/$defs/{}", names.get(at).map_or("", String::as_str))
}

/// A conditional field can't be asked for where nobody knows whether it applies.
fn is_required(field: &Field) -> bool {
    field.required && field.condition.is_none()
}

fn must_be_given(schema: &mut Map<String, Value>, field: &Field) {
    let keyword = match &field.ty {
        Type::List(_) if field.emptiness == Emptiness::Unknown => ("minItems", json!(1)),
        Type::Text | Type::Name if field.pattern.is_none() => ("pattern", json!("\\S")),
        _ => return,
    };
    schema.insert(keyword.0.to_owned(), keyword.1);
}

/// `none_when f`: where `f` is true, the list has no elements.
fn statement(record: &Record, field: &Field) -> Option<Value> {
    let Emptiness::NoneWhen(flag) = field.emptiness else { return None };
    let (flag, list) = (&record.field(flag)?.name, &field.name);
    Some(json!({
        "if": {"properties": {flag: {"const": true}}, "required": [flag]},
        "then": {"properties": {list: {"maxItems": 0}}}
    }))
}

fn number(field: &Field, unit: Option<&str>) -> Value {
    let whole = field.whole || field.unit == Some(DurationUnit::Months);
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!(if whole { "integer" } else { "number" }));
    for (keyword, bound) in [("minimum", &field.bounds.low), ("maximum", &field.bounds.high)] {
        if let Some(bound) = bound.as_ref().and_then(as_json) {
            schema.insert(keyword.to_owned(), bound);
        }
    }
    if let Some(unit) = unit {
        schema.insert("x-unit".to_owned(), json!(unit));
    }
    Value::Object(schema)
}

/// A number as JSON; none where its decimals do not end.
fn as_json(number: &Number) -> Option<Value> {
    serde_json::from_str(&number.to_string()).ok()
}

fn amount(field: &Field, currency: &str) -> Value {
    let mut schema = json!({"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", "x-unit": currency});
    for (keyword, bound) in [("x-minimum", &field.bounds.low), ("x-maximum", &field.bounds.high)] {
        if let (Some(bound), Some(object)) = (bound, schema.as_object_mut()) {
            object.insert(keyword.to_owned(), json!(bound.to_string()));
        }
    }
    schema
}

/// The pattern is of the whole text. One that other engines would read otherwise is only noted.
fn text(field: &Field) -> Value {
    match &field.pattern {
        None => json!({"type": "string"}),
        Some(pattern) if is_portable(pattern) => json!({"type": "string", "pattern": format!("^(?:{pattern})$")}),
        Some(pattern) => json!({"type": "string", "x-pattern": pattern}),
    }
}

/// Whether a pattern means the same in ECMAScript: no flags, named groups, anchors of texts, set operations or named classes.
fn is_portable(pattern: &str) -> bool {
    let plain_groups = pattern.matches("(?").count() == pattern.matches("(?:").count();
    let foreign = ["\\A", "\\z", "\\a", "\\x{", "\\u{", "\\U", "\\pL", "\\PL", "[[", "&&", "--", "~~"];
    plain_groups && !foreign.iter().any(|word| pattern.contains(word))
}

fn prose() -> Value {
    json!({"anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
            "additionalProperties": {"type": ["string", "null"]}
        }
    ]})
}

/// A value that may also be `null`.
fn nullable(mut schema: Map<String, Value>) -> Map<String, Value> {
    if let Some(ty) = schema.get_mut("type") {
        let name = ty.take();
        *ty = json!([name, "null"]);
        schema
    } else if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.push(json!({"type": "null"}));
        schema
    } else {
        let choices = json!([Value::Object(schema), {"type": "null"}]);
        Map::from_iter([("anyOf".to_owned(), choices)])
    }
}

fn enumeration(declared: &Enum) -> Value {
    let mut schema = Map::new();
    describe(&mut schema, &declared.label, &declared.doc, &[]);
    schema.insert("type".to_owned(), json!("string"));
    let spellings: Vec<&str> = declared.members.iter().map(|member| member.spelling.as_str()).collect();
    schema.insert("enum".to_owned(), json!(spellings));
    let labels: Map<String, Value> = declared.members.iter().filter_map(member_label).collect();
    if !labels.is_empty() {
        schema.insert("x-labels".to_owned(), Value::Object(labels));
    }
    if declared.ordered {
        schema.insert("x-ordered".to_owned(), json!(true));
    }
    Value::Object(schema)
}

fn member_label(member: &Member) -> Option<(String, Value)> {
    let label = label_value(&member.label)?;
    Some((member.spelling.clone(), label))
}

fn label_value(label: &Label) -> Option<Value> {
    let words = [("en", &label.en), ("zh", &label.zh)].into_iter();
    let words: Map<String, Value> =
        words.filter_map(|(lang, text)| Some((lang.to_owned(), text.clone()?.into()))).collect();
    (!words.is_empty()).then_some(Value::Object(words))
}

/// Title, description and label.
fn describe(schema: &mut Map<String, Value>, label: &Label, doc: &str, notes: &[String]) {
    if let Some(title) = title(label) {
        schema.insert("title".to_owned(), json!(title));
    }
    let paragraphs = [doc.trim()].into_iter().chain(notes.iter().map(String::as_str));
    let description = paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n");
    if !description.is_empty() {
        schema.insert("description".to_owned(), json!(description));
    }
    if let Some(label) = label_value(label) {
        schema.insert("x-label".to_owned(), label);
    }
}

/// `Data item / 数据项`
fn title(label: &Label) -> Option<String> {
    let words: Vec<&str> = [&label.en, &label.zh].into_iter().flatten().map(String::as_str).collect();
    (!words.is_empty()).then(|| words.join(" / "))
}
