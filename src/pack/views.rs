//! The keys of a manifest that lay rules and declarations out for people: `[sections]`, `[[family]]`, `[[form]]` and
//! `institution`. It knows neither the rules nor the model; whether they are there is checked later.

use super::scope::Scope;
use super::table::{Placed, Table};
use super::wildcard::Glob;
use crate::ir::Label;
use crate::source::Span;

/// What a manifest says about groups and forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Views {
    /// `[sections]`
    pub sections: Vec<Section>,
    /// `[[family]]`
    pub families: Vec<Family>,
    /// `[[form]]`
    pub form: Vec<FormPart>,
    /// `institution`: the field that names who declares.
    pub institution: Option<Placed<Scope>>,
}

/// A group of modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What the locators of its modules begin with.
    pub locator: Placed<String>,
    /// Its title.
    pub title: Label,
}

/// A group of red lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// `title`
    pub title: Label,
    /// `rules`: globs over ids.
    pub rules: Vec<Placed<Glob>>,
}

/// A part of the form in which a declaration is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPart {
    /// `title`
    pub title: Label,
    /// `fields`: pointers into a declaration.
    pub fields: Vec<Placed<Scope>>,
}

pub(super) fn read(table: &mut Table<'_>) -> Views {
    let sections = table.table("sections", "the sections", |inner| inner.named_tables("a section", Table::words));
    let sections = sections.unwrap_or_default().into_iter().map(|(locator, title)| Section { locator, title });
    let institution = table.text("institution").and_then(|text| scope(table, &text));
    Views {
        sections: sections.collect(),
        families: table.tables("family", "a family", family),
        form: table.tables("form", "a part of the form", part),
        institution,
    }
}

fn family(table: &mut Table<'_>) -> Family {
    table.require("title", "{ en = \"…\" }");
    let title = table.label("title");
    let rules = filled(table, "rules", "[\"T17-*\"]");
    let glob = |text: Placed<String>| Placed::new(Glob::new(&text.value), text.span);
    Family { title, rules: rules.into_iter().map(glob).collect() }
}

fn part(table: &mut Table<'_>) -> FormPart {
    table.require("title", "{ en = \"…\" }");
    let title = table.label("title");
    let fields = filled(table, "fields", "[\"/service\"]");
    FormPart { title, fields: fields.iter().filter_map(|text| scope(table, text)).collect() }
}

/// A list of texts that must be there and hold something.
fn filled(table: &mut Table<'_>, key: &'static str, example: &str) -> Vec<Placed<String>> {
    table.require(key, example);
    let is_there = table.has(key);
    let (texts, span): (_, Span) = (table.texts(key), table.span());
    if is_there && texts.is_empty() {
        table.wrong(span, format!("expected at least one text in `{key}`, found none"));
    }
    texts
}

fn scope(table: &mut Table<'_>, text: &Placed<String>) -> Option<Placed<Scope>> {
    match Scope::parse(&text.value) {
        Ok(scope) => Some(Placed::new(scope, text.span)),
        Err(wrong) => {
            table.wrong(text.span, wrong);
            None
        }
    }
}
