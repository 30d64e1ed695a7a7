//! Ways to give a field that is missing: what [`super::values`] knows, and for what holds other fields an element, a record or
//! a proof to begin with. It knows no rules, only their constants.

use super::edit::{Edit, Pointer, Step, get};
use super::sites::Site;
use super::values::{Material, VALUES, Variation, variations, write};
use crate::ir::{Field, Model, RecordId, Type};
use indexmap::IndexSet;
use serde_json::{Map, Value, json};

/// How deep in each other records of a made element are.
const DEPTH: usize = 4;

/// Every way to give a field that is missing at a place.
pub(crate) fn fillings(
    site: &Site<'_>,
    at: &Pointer,
    declaration: &Value,
    material: &Material<'_>,
    day: &str,
) -> Vec<Variation> {
    let made = Made { model: site.model, day };
    let mut found = match &site.field.ty {
        Type::Ref(target) => made.proofs(*target, at, declaration),
        Type::Record(record) => vec![vec![set(at, made.record(*record, true, 0))]],
        Type::List(element) => made.lists(site, element, at),
        _ => Vec::new(),
    };
    let given = variations(site, at, declaration, material);
    found.extend(given.into_iter().filter(|edits| edits.iter().any(|edit| edit.to.is_some())));
    found.extend(made.more(site.field, &found).map(|value| vec![set(at, value)]));
    found.truncate(VALUES);
    found
}

fn set(at: &[Step], value: Value) -> Edit {
    Edit { at: at.to_vec(), to: Some(value) }
}

/// Makes records that say something.
struct Made<'a> {
    model: &'a Model,
    /// A day that is never too early or too late.
    day: &'a str,
}

impl Made<'_> {
    /// Lists of records: an element for a member of an enum, one for each; one, two. What else is in them stays open, and
    /// then the same with something in every field.
    fn lists(&self, site: &Site<'_>, element: &Type, at: &Pointer) -> Vec<Variation> {
        let Type::Record(id) = element else { return Vec::new() };
        let key = |number: usize| site.key.map(|key| (key.to_owned(), json!(format!("x-{number}"))));
        let mut lists: Vec<Vec<Map<String, Value>>> = Vec::new();
        for (name, values) in self.model.record(*id).into_iter().flat_map(|it| &it.fields).map(|it| self.members(it)) {
            let said = |value: &Value| Map::from_iter([(name.clone(), value.clone())]);
            lists.extend(values.iter().map(|value| vec![said(value)]));
            lists.extend((values.len() > 1).then(|| values.iter().map(said).collect()));
        }
        lists.extend([1, 2].map(|count| vec![Map::new(); count]));
        let whole = self.record(*id, true, 0).as_object().cloned().unwrap_or_default();
        let filled = |element: &Map<String, Value>| whole.clone().into_iter().chain(element.clone()).collect();
        let wholes: Vec<Vec<_>> = lists.iter().map(|list| list.iter().map(filled).collect()).collect();
        let keyed = |(at, mut element): (usize, Map<String, Value>)| {
            element.extend(key(at + 1));
            Value::Object(element)
        };
        let all = lists.into_iter().chain(wholes);
        all.map(|list| vec![set(at, list.into_iter().enumerate().map(keyed).collect())]).collect()
    }

    /// A field's name, and the members of its enum.
    fn members<'f>(&self, (name, field): (&'f String, &Field)) -> (&'f String, Vec<Value>) {
        let declared = if let Type::Enum(id) = &field.ty { self.model.enumeration(*id) } else { None };
        let members = declared.into_iter().flat_map(|declared| &declared.members);
        (name, members.map(|member| json!(member.spelling)).collect())
    }

    /// What other searches leave out: the bounds of a number, and the year; all texts of some at once, and another.
    fn more(&self, field: &Field, known: &[Variation]) -> impl Iterator<Item = Value> + use<> {
        let numbers =
            [&field.bounds.low, &field.bounds.high].into_iter().flatten().filter_map(|it| write(it, &field.ty));
        let mut more: Vec<Value> = numbers.collect();
        if field.whole {
            let year = self.day.get(..4).and_then(|year| year.parse::<u32>().ok()).unwrap_or_default();
            more.extend([json!(year), json!(year.saturating_sub(1))]);
        }
        if matches!(&field.ty, Type::List(element) if matches!(**element, Type::Text | Type::Name | Type::Prose)) {
            let lists = known.iter().flatten().filter_map(|edit| edit.to.as_ref()?.as_array());
            let mut all: IndexSet<Value> = lists.flatten().cloned().collect();
            all.insert(json!("y"));
            more.push(all.into_iter().collect());
        }
        more.into_iter()
    }

    /// A reference to each element that there is, and to new ones.
    fn proofs(&self, target: RecordId, at: &Pointer, declaration: &Value) -> Vec<Variation> {
        let Some((list, key)) = self.keyed(target) else { return Vec::new() };
        let items = get(declaration, &list).and_then(Value::as_array).cloned().unwrap_or_default();
        let known = items.iter().filter_map(|item| item.get(&key).cloned());
        let mut found: Vec<Variation> = known.map(|id| vec![set(at, id)]).collect();
        for truth in [false, true] {
            let id = format!("x-{}", items.len() + 1);
            let mut item = self.record(target, truth, 0);
            if let Some(object) = item.as_object_mut() {
                object.insert(key.clone(), Value::String(id.clone()));
            }
            let longer = items.iter().cloned().chain([item]).collect();
            found.push(vec![set(&list, longer), set(at, Value::String(id))]);
        }
        found
    }

    /// Where the list stands that references to a record lead into, and the field that they name.
    fn keyed(&self, target: RecordId) -> Option<(Pointer, String)> {
        let mut record = self.model.record(self.model.root)?;
        let (mut list, mut key) = (Vec::new(), None);
        for id in self.model.keyed_lists.get(&target)? {
            let field = record.field(*id)?;
            list.push(Step::Key(field.name.clone()));
            key = field.key;
            if let Type::Record(inner) = &field.ty {
                record = self.model.record(*inner)?;
            }
        }
        let key = self.model.record(target)?.field(key?)?.name.clone();
        Some((list, key))
    }

    /// A record with something in each field that applies anyway.
    fn record(&self, id: RecordId, truth: bool, depth: usize) -> Value {
        let fields = self.model.record(id).into_iter().flat_map(|record| record.fields.values());
        let plain = fields.filter(|field| field.condition.is_none());
        let given = plain.filter_map(|field| Some((field.name.clone(), self.value(field, truth, depth)?)));
        Value::Object(given.collect::<Map<_, _>>())
    }

    fn value(&self, field: &Field, truth: bool, depth: usize) -> Option<Value> {
        if field.null_word.is_some() {
            return Some(Value::Null);
        }
        match &field.ty {
            Type::Bool => Some(Value::Bool(truth)),
            Type::Number | Type::Ratio | Type::ExactDuration | Type::CalendarDuration => Some(json!(1)),
            Type::Money(_) => Some(json!("1")),
            Type::Date => Some(json!(self.day)),
            Type::Text | Type::Name | Type::Prose if field.pattern.is_none() => Some(json!("x")),
            Type::Enum(id) => Some(json!(self.model.enumeration(*id)?.members.first()?.spelling)),
            Type::Record(id) if depth < DEPTH => Some(self.record(*id, truth, depth + 1)),
            _ => None,
        }
    }
}
