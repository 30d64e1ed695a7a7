//! Reading fields of the declaration: the section "The model" of the language brief.

use super::value::{Elem, ListVal, Missing, RecordVal, Truth, Val, blank, date, decimal, fold, whole};
use super::world::{Scope, World};
use hongxian::syntax::ast::{self, ModifierKind, TypeKind};
use serde_json::Value as Json;

impl<'a> World<'a> {
    /// `record.field`
    pub fn field(&self, record: &RecordVal<'a>, name: &str) -> Val<'a> {
        let Some(field) = record.ty.fields.iter().find(|field| field.name.text == name) else {
            let (ty, home) = self.extension(name).expect("a field of the record, or an extension");
            let (pointer, json) = (below(record, name), child(record, name));
            return Val::Record(RecordVal { ty, home, pointer, json, doubt: None });
        };
        if let Some(missing) = &record.doubt {
            return self.doubtful(record, field, missing.clone());
        }
        match self.condition(record, field) {
            // "Where the condition is false the field is void"
            Truth::False => Val::Void,
            // "Where the condition is unknown, the field is unknown."
            Truth::Unknown(missing) => self.doubtful(record, field, missing),
            Truth::True => self.given_field(record, field),
        }
    }

    /// A field of which nobody knows whether it applies: of a record, each field below; of a list, what is in it.
    fn doubtful(&self, record: &RecordVal<'a>, field: &'a ast::Field, missing: Missing) -> Val<'a> {
        if is_list(field) {
            return Val::List(ListVal { elems: Vec::new(), open: Some(missing) });
        }
        match self.record_type(&field.ty, record.home) {
            Some((ty, home)) => {
                let pointer = below(record, &field.name.text);
                Val::Record(RecordVal { ty, home, pointer, json: None, doubt: Some(missing) })
            }
            None => Val::unknown(missing),
        }
    }

    fn condition(&self, record: &RecordVal<'a>, field: &'a ast::Field) -> Truth {
        let scope = Scope { siblings: Some(record.clone()), ..Scope::of_module(record.home, false) };
        Truth::all(field.modifiers.iter().map(|modifier| match &modifier.kind {
            ModifierKind::When(condition) => self.truth(condition, &scope),
            _ => Truth::True,
        }))
    }

    fn given_field(&self, record: &RecordVal<'a>, field: &'a ast::Field) -> Val<'a> {
        let pointer = below(record, &field.name.text);
        let json = child(record, &field.name.text);
        // "Only then is an explicit `null` a value."
        if let (Some(Json::Null), Some(word)) = (json, null_word(field)) {
            return Val::Null { word, date: matches!(&field.ty.kind, TypeKind::Named(name) if name.text == "date") };
        }
        match &field.ty.kind {
            TypeKind::List(element) => Val::List(self.list(record, field, element, &pointer, json)),
            _ => self.value(&field.ty, record.home, &pointer, json),
        }
    }

    /// "Emptiness on purpose": `none_when`, `may_be_empty`; "any other empty list is unknown; an absent list always is,
    /// unless stated"; "a present non-empty list is taken as complete".
    fn list(
        &self,
        record: &RecordVal<'a>,
        field: &'a ast::Field,
        element: &'a ast::Type,
        pointer: &str,
        json: Option<&'a Json>,
    ) -> ListVal<'a> {
        let given = json.and_then(Json::as_array);
        let elems: Vec<_> = given
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, json)| self.element(element, record.home, format!("{pointer}/{index}"), json))
            .collect();
        let known = !elems.is_empty()
            || given.is_some() && modifiers(field).any(|kind| *kind == ModifierKind::MayBeEmpty)
            || self.stated_none(record, field);
        ListVal { elems, open: (!known).then(|| Missing::from([pointer.to_owned()])) }
    }

    /// "The boolean beside it states that there are none."
    fn stated_none(&self, record: &RecordVal<'a>, field: &ast::Field) -> bool {
        modifiers(field).any(|kind| match kind {
            ModifierKind::NoneWhen(flag) => matches!(self.field(record, &flag.text), Val::Bool(true)),
            _ => false,
        })
    }

    /// "An element that is `null`, blank or undeclared is an unknown element and never counts as sure."
    fn element(&self, ty: &'a ast::Type, home: &'a ast::File, pointer: String, json: &'a Json) -> Elem<'a> {
        let val = self.value(ty, home, &pointer, Some(json));
        let known = self.is_given(ty, home, json);
        let present = if known { Truth::True } else { Truth::Unknown(Missing::from([pointer.clone()])) };
        Elem { val, present, pointer: Some(pointer) }
    }

    /// A field or an element of any type but a list: unknown where it is absent, `null` or blank.
    fn value(&self, ty: &'a ast::Type, home: &'a ast::File, pointer: &str, json: Option<&'a Json>) -> Val<'a> {
        if let Some((ty, home)) = self.record_type(ty, home) {
            return Val::Record(RecordVal { ty, home, pointer: pointer.to_owned(), json, doubt: None });
        }
        let given = json.filter(|json| self.is_given(ty, home, json));
        given.map_or_else(|| Val::absent(pointer), |json| self.scalar(ty, home, json))
    }

    /// "Numbers with a unit in the JSON are typed by the model."
    fn scalar(&self, ty: &'a ast::Type, home: &'a ast::File, json: &Json) -> Val<'a> {
        match &ty.kind {
            TypeKind::Number { .. } | TypeKind::Ratio { percent: false, .. } => Val::Num(decimal(&json.to_string())),
            TypeKind::Ratio { percent: true, .. } => Val::Num(decimal(&json.to_string()) / whole(100)),
            TypeKind::Money { .. } => Val::Num(decimal(json.as_str().expect("money is a string"))),
            TypeKind::Duration { unit, .. } => {
                duration(decimal(&json.to_string()), &unit.as_ref().expect("a field's duration has a unit").text)
            }
            TypeKind::Ref(path) => Val::Ref(text(json).to_owned(), path),
            TypeKind::Named(name) => match name.text.as_str() {
                "bool" => Val::Bool(json.as_bool().expect("a boolean")),
                "date" => Val::Date(date(text(json))),
                "text" => Val::Text(text(json).to_owned()),
                "name" => Val::Name(fold(text(json))),
                "prose" => Val::Prose,
                other => member_spelt(self.enum_named(home, other).expect("an enum"), text(json)),
            },
            TypeKind::List(_) | TypeKind::Table { .. } => unreachable!("no scalar"),
        }
    }

    fn record_type(&self, ty: &ast::Type, home: &'a ast::File) -> Option<(&'a ast::Record, &'a ast::File)> {
        match &ty.kind {
            TypeKind::Named(name) => self.record_named(home, &name.text),
            _ => None,
        }
    }

    /// Whether something was said: "blank text is absent. A record is declared if one of its fields is."
    fn is_given(&self, ty: &ast::Type, home: &'a ast::File, json: &Json) -> bool {
        if let Some((record, home)) = self.record_type(ty, home) {
            return self.record_is_given(record, home, json);
        }
        match json {
            Json::Null => false,
            Json::String(text) => !blank(text),
            // prose in several languages
            Json::Object(languages) => languages.values().any(|text| text.as_str().is_some_and(|text| !blank(text))),
            _ => true,
        }
    }

    pub fn record_is_given(&self, record: &ast::Record, home: &'a ast::File, json: &Json) -> bool {
        record.fields.iter().any(|field| match (json.get(&field.name.text), &field.ty.kind) {
            (None, _) => false,
            (Some(Json::Null), _) => null_word(field).is_some(),
            (Some(Json::Array(elems)), TypeKind::List(element)) => {
                elems.iter().any(|elem| self.is_given(element, home, elem))
                    || elems.is_empty() && modifiers(field).any(|kind| *kind == ModifierKind::MayBeEmpty)
            }
            (Some(json), _) => self.is_given(&field.ty, home, json),
        })
    }

    /// "Following a dangling reference is unknown." None: it dangles.
    pub fn follow(&self, id: &str, path: &[ast::Name]) -> Option<RecordVal<'a>> {
        let (last, steps) = path.split_last()?;
        let holder = steps.iter().try_fold(self.product(), |record, step| match self.field(&record, &step.text) {
            Val::Record(inner) => Some(inner),
            _ => None,
        })?;
        let field = holder.ty.fields.iter().find(|field| field.name.text == last.text)?;
        let key = modifiers(field).find_map(|kind| match kind {
            ModifierKind::Key(key) => Some(&key.text),
            _ => None,
        })?;
        let Val::List(list) = self.field(&holder, &last.text) else { return None };
        list.elems.into_iter().find_map(|elem| match elem.val {
            Val::Record(record) => match self.field(&record, key) {
                Val::Text(key) if key == id => Some(record),
                Val::Name(key) if key == fold(id) => Some(record),
                _ => None,
            },
            _ => None,
        })
    }
}

impl<'a> World<'a> {
    /// Pointers of the fields that are void and given all the same, which "is an input error".
    pub fn void_but_given(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.void_below(&self.product(), &mut found);
        found
    }

    fn void_below(&self, record: &RecordVal<'a>, found: &mut Vec<String>) {
        for field in &record.ty.fields {
            let (pointer, Some(json)) = (below(record, &field.name.text), child(record, &field.name.text)) else {
                continue;
            };
            if self.condition(record, field) == Truth::False {
                found.push(pointer);
                continue;
            }
            match (&field.ty.kind, json) {
                (TypeKind::List(element), Json::Array(elems)) => {
                    for (index, json) in elems.iter().enumerate() {
                        self.void_inside(element, record.home, format!("{pointer}/{index}"), json, found);
                    }
                }
                _ => self.void_inside(&field.ty, record.home, pointer, json, found),
            }
        }
    }

    fn void_inside(
        &self,
        ty: &'a ast::Type,
        home: &'a ast::File,
        pointer: String,
        json: &'a Json,
        found: &mut Vec<String>,
    ) {
        if let Some((ty, home)) = self.record_type(ty, home) {
            self.void_below(&RecordVal { ty, home, pointer, json: Some(json), doubt: None }, found);
        }
    }
}

/// "12.5 is 12.5 %", minutes for exact durations, months for calendar ones: "the two don't compare".
pub fn duration<'a>(number: num_rational::BigRational, unit: &str) -> Val<'a> {
    match unit.trim_end_matches('s') {
        "minute" => Val::Exact(number),
        "hour" => Val::Exact(number * whole(60)),
        "day" => Val::Exact(number * whole(24 * 60)),
        "month" => Val::Calendar(number),
        "year" => Val::Calendar(number * whole(12)),
        other => unreachable!("a unit: {other}"),
    }
}

/// "Members that can't be words carry their JSON spelling: `five_g as \"5g\"`."
fn member_spelt<'a>(of: &'a ast::Enum, json: &str) -> Val<'a> {
    let spelling = |member: &'a ast::Member| member.spelling.as_ref().map_or(&member.name.text, |text| &text.text);
    let index = of.members.iter().position(|member| spelling(member) == json);
    Val::Member(of, index.unwrap_or_else(|| panic!("`{json}` is no member of `{}`", of.name.text)))
}

pub fn null_word(field: &ast::Field) -> Option<&str> {
    modifiers(field).find_map(|kind| match kind {
        ModifierKind::NullMeans(word) => Some(word.text.as_str()),
        _ => None,
    })
}

fn modifiers(field: &ast::Field) -> impl Iterator<Item = &ModifierKind> {
    field.modifiers.iter().map(|modifier| &modifier.kind)
}

fn is_list(field: &ast::Field) -> bool {
    matches!(field.ty.kind, TypeKind::List(_))
}

fn text(json: &Json) -> &str {
    json.as_str().expect("a string")
}

/// "An absent field has its full pointer."
fn below(record: &RecordVal<'_>, name: &str) -> String {
    format!("{}/{name}", record.pointer)
}

fn child<'a>(record: &RecordVal<'a>, name: &str) -> Option<&'a Json> {
    record.json.and_then(|json| json.get(name))
}
