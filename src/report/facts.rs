//! The facts that a rule read, and their digest: what waivers and reviews bind to.

use super::contract::Shown;
use super::settle::PathStep;
use super::shown;
use crate::compile::Program;
use crate::compile::layout::{Layout, TableId};
use crate::decode::declaration::{Content, Declaration, List, Place};
use crate::value::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// `sha256:…` over the facts, sorted by their pointers: each pointer with what stands there, or that nothing does.
pub(super) fn digest(program: &Program, declaration: &Declaration<'_>, facts: &[Place]) -> String {
    let mut lines: Vec<String> = facts.iter().map(|place| fact(program, declaration, *place)).collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update([b'\n']);
    }
    sha256(&hash.finalize())
}

/// `sha256:…` over bytes.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> String {
    sha256(&Sha256::digest(bytes))
}

fn sha256(digest: &[u8]) -> String {
    digest.iter().fold("sha256:".to_owned(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

fn fact(program: &Program, declaration: &Declaration<'_>, place: Place) -> String {
    let pointer = declaration.pointer(&program.layout, place);
    let value = match declaration.cell(&program.layout, place).content {
        Content::List(List::Elements { len, .. }) => format!("{len} elements"),
        Content::Record => "given".to_owned(),
        _ => match shown::at(program, declaration, place) {
            Some(shown) => serde_json::to_string(&shown).unwrap_or_default(),
            None => "unknown".to_owned(),
        },
    };
    format!("{pointer} {value}")
}

/// The way from the root to a place.
pub(super) fn path<'l>(layout: &'l Layout, declaration: &Declaration<'_>, place: Place) -> Vec<PathStep<'l>> {
    let mut steps = Vec::new();
    let mut at = Some(place);
    while let Some(place) = at {
        if let Some(column) = layout.column(place.table, place.column as usize) {
            steps.extend(column.path.iter().rev().map(|key| PathStep::Key(key)));
        }
        if place.table != TableId::ROOT {
            steps.push(PathStep::Element(Place { column: 0, ..place }));
        }
        at = declaration.parent(layout, place).map(|(list, _)| list);
    }
    steps.reverse();
    steps
}

/// Whether a field of an element has a text.
pub(super) fn has(program: &Program, declaration: &Declaration<'_>, element: Place, field: &str, text: &str) -> bool {
    let columns = program.layout.table(element.table).map(|table| table.columns.as_slice()).unwrap_or_default();
    let column = columns.iter().position(|column| matches!(column.path.as_slice(), [key] if key == field));
    let place = column.and_then(|column| u32::try_from(column).ok()).map(|column| Place { column, ..element });
    place.is_some_and(|place| match declaration.cell(&program.layout, place).content {
        Content::Value(Value::Text(own)) => own.as_str() == text,
        Content::Value(_) => shown::at(program, declaration, place) == Some(Shown::Text(text.to_owned())),
        _ => false,
    })
}
