//! Where a declaration can be varied: the fields that rules read, also through `let`s, functions, references and the
//! conditions of fields, with the lists on the way to them. It knows no values.

use super::edit::{Pointer, Step};
use crate::ir::{Emptiness, Expr, ExprKind, Field, FieldId, Model, Policy, Record, RecordId, Rule, Type};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// How many elements of a list are varied one by one.
const ELEMENTS: usize = 3;

/// A field that can be varied, as `product.data.items[].security_level`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Site<'p> {
    pub(crate) name: String,
    pub(crate) steps: Vec<SiteStep>,
    pub(crate) field: &'p Field,
    /// The field that states that the list is empty, beside it.
    pub(crate) states_none: Option<&'p str>,
    /// For a list of records: the field that tells its elements apart.
    pub(crate) key: Option<&'p str>,
    pub(crate) model: &'p Model,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SiteStep {
    Key(String),
    Each,
}

impl Site<'_> {
    /// The places in a declaration that are of this site. Where a list has no element, its first one to be.
    pub(crate) fn pointers(&self, json: &Value) -> Vec<Pointer> {
        let mut found: Vec<Pointer> = vec![Vec::new()];
        for step in &self.steps {
            found = match step {
                SiteStep::Key(key) => found.into_iter().map(|at| with(at, Step::Key(key.clone()))).collect(),
                SiteStep::Each => found.into_iter().flat_map(|at| elements(json, &at)).collect(),
            };
        }
        found
    }
}

fn with(mut pointer: Pointer, step: Step) -> Pointer {
    pointer.push(step);
    pointer
}

fn elements(json: &Value, list: &Pointer) -> Vec<Pointer> {
    let length = super::edit::get(json, list).and_then(Value::as_array).map_or(0, Vec::len);
    (0..length.clamp(1, ELEMENTS)).map(|index| with(list.clone(), Step::Index(index))).collect()
}

/// The sites of a rule.
pub(crate) fn sites<'p>(policy: &'p Policy, rule: &Rule) -> IndexMap<String, Site<'p>> {
    let mut paths: IndexSet<String> = policy.reads(rule).fields;
    if let Some(stage) = policy.model.handles.stage.as_ref().filter(|_| rule.stages.is_some()) {
        let mut known = paths.clone();
        fields_of(&policy.model, &stage.body, "product", &mut known);
        paths = known;
    }
    paths.extend(handle(&policy.model, policy.model.handles.as_of.as_deref()));
    let mut found = IndexMap::new();
    let mut at = 0;
    while let Some(path) = paths.get_index(at).cloned() {
        at += 1;
        for (name, site) in along(policy, &path) {
            paths.extend(condition_reads(&policy.model, &name, site.field));
            found.entry(name).or_insert(site);
        }
    }
    found
}

/// The path of a handle from the root.
pub(crate) fn handle(model: &Model, steps: Option<&[FieldId]>) -> Option<String> {
    let mut record = model.record(model.root)?;
    let mut path = "product".to_owned();
    for step in steps? {
        let field = record.field(*step)?;
        path = path + "." + &field.name;
        if let Type::Record(next) = &field.ty {
            record = model.record(*next)?;
        }
    }
    Some(path)
}

/// The site at the end of a path, and before it those of the lists on its way.
fn along<'p>(policy: &'p Policy, path: &str) -> Vec<(String, Site<'p>)> {
    let model = &policy.model;
    let mut found = Vec::new();
    let (mut record, mut steps, mut name) = (model.record(model.root), Vec::new(), "product".to_owned());
    let mut parts = path.split('.').skip(1).peekable();
    while let Some(part) = parts.next() {
        let (key, each) = part.strip_suffix("[]").map_or((part, false), |key| (key, true));
        let Some((owner, field)) = record.and_then(|owner| Some((owner, owner.fields.get(key)?))) else { break };
        steps.push(SiteStep::Key(key.to_owned()));
        name = name + "." + key;
        let is_list = matches!(field.ty, Type::List(_));
        if parts.peek().is_none() || is_list {
            found.push((name.clone(), site(model, owner, field, &name, &steps)));
        }
        record = element(&field.ty).and_then(|id| model.record(id));
        if each {
            steps.push(SiteStep::Each);
            name += "[]";
        }
    }
    found
}

fn site<'p>(model: &'p Model, owner: &'p Record, field: &'p Field, name: &str, steps: &[SiteStep]) -> Site<'p> {
    let states_none = match field.emptiness {
        Emptiness::NoneWhen(flag) => owner.field(flag).map(|flag| flag.name.as_str()),
        _ => None,
    };
    let inside = element(&field.ty).and_then(|id| model.record(id));
    let key = inside.zip(field.key).and_then(|(record, key)| record.field(key)).map(|key| key.name.as_str());
    Site { name: name.to_owned(), steps: steps.to_vec(), field, states_none, key, model }
}

/// The record that a type is, or is a list of.
pub(crate) fn element(ty: &Type) -> Option<RecordId> {
    match ty {
        Type::Record(id) => Some(*id),
        Type::List(inside) => element(inside),
        _ => None,
    }
}

/// The siblings that a field's condition reads.
fn condition_reads(model: &Model, name: &str, field: &Field) -> Vec<String> {
    let (Some(condition), Some((enclosing, _))) = (&field.condition, name.rsplit_once('.')) else { return Vec::new() };
    let mut found = IndexSet::new();
    fields_of(model, &condition.code.body, enclosing, &mut found);
    found.into_iter().collect()
}

/// Fields of the record that an expression begins at: the root, or the record of a condition.
fn fields_of(model: &Model, expr: &Expr, enclosing: &str, found: &mut IndexSet<String>) {
    if let Some(path) = path_of(model, expr, enclosing) {
        if path != enclosing {
            found.insert(path);
        }
        return;
    }
    let shape = crate::ir::shape::shape(expr);
    for part in shape.operands.into_iter().chain(shape.body.map(|(_, body)| body)) {
        fields_of(model, part, enclosing, found);
    }
}

fn path_of(model: &Model, expr: &Expr, enclosing: &str) -> Option<String> {
    match &expr.kind {
        ExprKind::Root => Some("product".to_owned()),
        ExprKind::Local(_) => Some(enclosing.to_owned()),
        ExprKind::Field(record, field) => {
            let Type::Record(id) = record.ty else { return None };
            let name = &model.record(id)?.field(*field)?.name;
            Some(path_of(model, record, enclosing)? + "." + name)
        }
        _ => None,
    }
}
