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

/// Of which rules a report has the digest of their facts: what reviews and waivers bind to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Digests {
    /// Of those that a person must judge, and those that somebody has settled something of: most pages show no other, and a
    /// digest costs as much as judging a rule.
    ForReview,
    /// Of all.
    #[default]
    All,
}

/// The facts of a declaration in words, each made once.
pub(super) struct Facts<'a> {
    program: &'a Program,
    declaration: &'a Declaration<'a>,
    /// For each table its cells; empty where nobody has asked yet.
    lines: Vec<Vec<String>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(program: &'a Program, declaration: &'a Declaration<'a>) -> Self {
        let tables = program.layout.tables.iter().enumerate();
        let cells = tables.map(|(id, table)| declaration.rows(TableId::new(id)) as usize * table.columns.len());
        Self { program, declaration, lines: cells.map(|cells| vec![String::new(); cells]).collect() }
    }

    /// `sha256:…` over facts, sorted by their pointers: each pointer with what stands there, or that nothing does.
    pub(super) fn digest(&mut self, facts: &[Place]) -> String {
        for place in facts {
            self.make(*place);
        }
        let mut lines: Vec<&str> = facts.iter().filter_map(|place| self.line(*place)).collect();
        lines.sort_unstable();
        let mut hash = Sha256::new();
        for line in lines {
            hash.update(line);
            hash.update([b'\n']);
        }
        sha256(&hash.finalize())
    }

    fn index(&self, place: Place) -> usize {
        let width = self.program.layout.table(place.table).map_or(0, |table| table.columns.len());
        place.row as usize * width + place.column as usize
    }

    fn line(&self, place: Place) -> Option<&str> {
        self.lines.get(place.table.index())?.get(self.index(place)).map(String::as_str)
    }

    fn make(&mut self, place: Place) {
        let index = self.index(place);
        let line = self.lines.get_mut(place.table.index()).and_then(|lines| lines.get_mut(index));
        if let Some(line) = line.filter(|line| line.is_empty()) {
            *line = fact(self.program, self.declaration, place);
        }
    }
}

/// `sha256:…` over bytes.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> String {
    sha256(&Sha256::digest(bytes))
}

fn sha256(digest: &[u8]) -> String {
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16));
    "sha256:".chars().chain(digits).collect()
}

fn fact(program: &Program, declaration: &Declaration<'_>, place: Place) -> String {
    let mut line = declaration.pointer(&program.layout, place);
    line.push(' ');
    match declaration.cell(&program.layout, place).content {
        Content::List(List::Elements { len, .. }) => {
            let _infallible = write!(line, "{len} elements");
        }
        Content::Record => line += "given",
        _ => match shown::at(program, declaration, place) {
            Some(shown) => line += &serde_json::to_string(&shown).unwrap_or_default(),
            None => line += "unknown",
        },
    }
    line
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
    let column = columns.iter().position(|column| matches!(column.path.as_slice(), [key] if **key == *field));
    let place = column.and_then(|column| u32::try_from(column).ok()).map(|column| Place { column, ..element });
    place.is_some_and(|place| match declaration.cell(&program.layout, place).content {
        Content::Value(Value::Text(own)) => own.as_str() == text,
        Content::Value(_) => shown::at(program, declaration, place) == Some(Shown::Text(text.to_owned())),
        _ => false,
    })
}
