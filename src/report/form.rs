//! A declaration laid out in the parts of its form, as its pack names them: what was declared, in the words of the
//! declaration, and what was not. It invents nothing and judges nothing.

use super::contract::Words;
use super::public::Public;
use super::{facts, pick, shown, views};
use crate::compile::Program;
use crate::compile::layout::ColumnKind;
use crate::decode::declaration::{Content, Declaration, List, Place};
use crate::ir::{Field, FieldId, FormPart, Pick, RecordId, Type};
use indexmap::IndexMap;
use std::collections::HashSet;

/// The draft of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What identifies the declaration.
    pub id: Option<String>,
    /// What names it.
    pub name: Option<String>,
    /// Who declares.
    pub institution: Option<String>,
    /// `sha256:…` over the declaration.
    pub digest: String,
    /// The pack whose form it is, with its version; none where no pack names a form.
    pub pack: Option<(Words, String)>,
    /// The parts.
    pub parts: Vec<Part>,
    /// Whether it is for the public: confidential fields are withheld.
    pub public: bool,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its title.
    pub title: Words,
    /// What stands in it.
    pub entries: Vec<Entry>,
    /// Whether anything of it is declared.
    pub declared: bool,
}

/// A field with what was declared there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its label.
    pub label: Words,
    /// What stands there.
    pub content: Said,
}

/// What stands at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nothing was declared.
    NotDeclared,
    /// Declared to be none.
    None,
    /// Declared, and not for the public.
    Withheld,
    /// One value.
    Value(Words),
    /// Several values.
    Values(Vec<Words>),
    /// Prose in more languages than one: the language as it is given, and the text.
    Texts(Vec<(String, String)>),
    /// The fields of a record.
    Fields(Vec<Entry>),
    /// A list of records, the fields of each.
    Items(Vec<Vec<Entry>>),
}

/// What a form needs beside the declaration.
#[derive(Debug, Clone, Copy)]
pub struct FormContext<'a> {
    /// The declaration's bytes.
    pub bytes: &'a [u8],
    /// The fields that do not apply.
    pub void: &'a [Place],
    /// Whether it is for the public.
    pub public: bool,
}

/// Lays a declaration out.
#[must_use]
pub fn form(program: &Program, declaration: &Declaration<'_>, context: &FormContext<'_>) -> Form {
    let handles = &program.policy.model.handles;
    let pack = program.policy.packs.iter().find(|pack| !pack.views.form.is_empty());
    let void = context.void.iter().copied().collect();
    let filler = Filler { program, declaration, void, public: context.public };
    let parts = pack.map(|pack| pack.views.form.iter().map(|part| filler.part(part)).collect());
    let mut form = Form {
        id: super::build::handle(program, declaration, &handles.id),
        name: super::build::handle(program, declaration, &handles.name),
        institution: views::institution(program, declaration),
        digest: facts::digest_of(context.bytes),
        pack: pack.map(|pack| (shown::words(&pack.title, &pack.name), pack.version.clone())),
        parts: parts.unwrap_or_default(),
        public: context.public,
    };
    if context.public {
        let names = [&mut form.id, &mut form.name, &mut form.institution];
        Public::new(program, declaration).withhold_names(names);
    }
    form
}

struct Filler<'a> {
    program: &'a Program,
    declaration: &'a Declaration<'a>,
    void: HashSet<Place>,
    public: bool,
}

impl Filler<'_> {
    fn part(&self, part: &FormPart) -> Part {
        let entries: Vec<Entry> = part.fields.iter().filter_map(|pick| self.picked(pick)).collect();
        let declared = entries.iter().any(|entry| declares(&entry.content));
        Part { title: shown::words(&part.title, ""), entries, declared }
    }

    /// What a pick leads to. A field that the form names stands there though nothing was declared, unless it does not apply.
    fn picked(&self, pick: &Pick) -> Option<Entry> {
        let (field, hidden) = self.field_of(pick)?;
        let label = self.label(pick, field);
        let places = pick::places(self.program, self.declaration, pick);
        if places.iter().any(|place| self.is_void(*place)) {
            return None;
        }
        let selected = pick.steps.last().is_some_and(|step| step.only.is_some());
        let content = if hidden && self.public {
            let given = places.iter().any(|place| self.is_declared(*place));
            if given { Said::Withheld } else { Said::NotDeclared }
        } else if selected {
            self.items(&places)
        } else {
            match places.as_slice() {
                [] => Said::NotDeclared,
                [place] => self.content(*place, field).unwrap_or(Said::NotDeclared),
                many => merged(many.iter().filter_map(|place| self.content(*place, field)).collect()),
            }
        };
        Some(Entry { label, content })
    }

    /// The field at the end of a pick, and whether something on the way is confidential.
    fn field_of(&self, pick: &Pick) -> Option<(&Field, bool)> {
        let model = &self.program.policy.model;
        let (mut record, mut found, mut hidden) = (Some(model.root), None, false);
        for step in &pick.steps {
            let field = model.record(record?)?.field(step.field)?;
            hidden |= field.confidential;
            record = record_of(&field.ty);
            found = Some(field);
        }
        found.map(|field| (field, hidden))
    }

    /// The label of a pick: the field's; where elements are selected, with what selects them.
    fn label(&self, pick: &Pick, field: &Field) -> Words {
        let label = shown::words(&field.label, &field.name);
        let selector = pick.steps.last().and_then(|step| step.only.as_ref());
        let Some((by, text)) = selector else { return label };
        let by = record_of(&field.ty).and_then(|record| self.program.policy.model.record(record)?.field(*by));
        let member =
            by.map_or_else(|| Words { en: text.clone(), zh: None }, |by| shown::member(self.program, &by.ty, text));
        let zh = member.zh.as_deref().unwrap_or(&member.en);
        Words { zh: label.zh.map(|label| format!("{label}（{zh}）")), en: format!("{} ({})", label.en, member.en) }
    }

    /// What stands at a place; none where nothing does and a complete filing does not need it.
    fn content(&self, place: Place, field: &Field) -> Option<Said> {
        if self.public && field.confidential && self.is_declared(place) {
            return Some(Said::Withheld);
        }
        let absent = || field.filing.then_some(Said::NotDeclared);
        let column = self.program.layout.column(place.table, place.column as usize)?;
        match (&column.kind, self.declaration.cell(&self.program.layout, place).content) {
            (ColumnKind::Record(record), _) => {
                let fields = self.fields(place, *record);
                if fields.is_empty() { absent() } else { Some(Said::Fields(fields)) }
            }
            (_, Content::Unknown | Content::Record) => absent(),
            (_, Content::Null) => {
                let word = field.null_word.clone().unwrap_or_default();
                Some(Said::Value(Words { en: word.replace('_', " "), zh: None }))
            }
            (_, Content::List(List::Empty)) => Some(Said::None),
            (_, Content::List(_)) => Some(self.list(place)),
            (_, Content::Value(value)) => Some(match self.texts(place, &column.ty) {
                Some(texts) => Said::Texts(texts),
                None => Said::Value(shown::value(self.program, &value, &column.ty, Some(field))),
            }),
        }
    }

    /// The texts of prose that was given in more languages than one. A verdict needs one of them; a filing has them all.
    fn texts(&self, place: Place, ty: &Type) -> Option<Vec<(String, String)>> {
        let at = self.declaration.cell(&self.program.layout, place).at as usize;
        let json = self.declaration.text.get(at..).filter(|json| *ty == Type::Prose && json.starts_with('{'))?;
        let texts: IndexMap<String, Option<String>> =
            serde_json::Deserializer::from_str(json).into_iter().next()?.ok()?;
        let given = texts.into_iter().filter_map(|(lang, text)| Some((lang, text?)));
        let given: Vec<(String, String)> = given.filter(|(_, text)| !text.trim().is_empty()).collect();
        (given.len() > 1).then_some(given)
    }

    fn list(&self, place: Place) -> Said {
        let elements = pick::elements(self.program, self.declaration, place);
        if pick::record_at(self.program, place).is_some() {
            return self.items(&elements);
        }
        let values = elements.iter().filter_map(|element| {
            let (table, column) = (element.table, element.column as usize);
            let column = self.program.layout.column(table, column)?;
            match self.declaration.cell(&self.program.layout, *element).content {
                Content::Value(value) => Some(shown::value(self.program, &value, &column.ty, None)),
                _ => None,
            }
        });
        Said::Values(values.collect())
    }

    fn items(&self, elements: &[Place]) -> Said {
        if elements.is_empty() {
            return Said::NotDeclared;
        }
        let items = elements.iter().filter_map(|element| {
            let record = pick::record_at(self.program, *element)?;
            Some(self.fields(*element, record))
        });
        Said::Items(items.collect())
    }

    fn fields(&self, place: Place, record: RecordId) -> Vec<Entry> {
        let Some(declared) = self.program.policy.model.record(record) else { return Vec::new() };
        let fields = declared.fields.values().enumerate().filter_map(|(at, field)| {
            let own = place.field(self.program.layout.offset(record, FieldId::new(at)));
            if self.void.contains(&own) {
                return None;
            }
            let content = self.content(own, field)?;
            Some(Entry { label: shown::words(&field.label, &field.name), content })
        });
        fields.collect()
    }

    fn is_void(&self, place: Place) -> bool {
        self.void.contains(&place)
    }

    fn is_declared(&self, place: Place) -> bool {
        let layout = &self.program.layout;
        match self.declaration.cell(layout, place).content {
            Content::Unknown => false,
            Content::Record => self.declaration.record_is_declared(layout, place),
            Content::List(list) => self.declaration.list_is_declared(layout, place, list),
            Content::Null | Content::Value(_) => true,
        }
    }
}

fn record_of(ty: &Type) -> Option<RecordId> {
    match ty {
        Type::Record(record) => Some(*record),
        Type::List(element) => record_of(element),
        _ => None,
    }
}

/// The contents of several places of one field.
fn merged(contents: Vec<Said>) -> Said {
    let mut values = Vec::new();
    for content in contents {
        match content {
            Said::Value(value) => values.push(value),
            Said::Values(more) => values.extend(more),
            other => return other,
        }
    }
    if values.is_empty() { Said::NotDeclared } else { Said::Values(values) }
}

/// Whether anything is declared there.
fn declares(content: &Said) -> bool {
    match content {
        Said::NotDeclared => false,
        Said::None | Said::Withheld | Said::Value(_) | Said::Values(_) | Said::Texts(_) => true,
        Said::Fields(entries) => entries.iter().any(|entry| declares(&entry.content)),
        Said::Items(items) => items.iter().flatten().any(|entry| declares(&entry.content)),
    }
}
