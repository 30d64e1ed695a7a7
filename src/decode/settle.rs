//! What is known only at the end of an object or a list, and what is said about keys.

use super::cells::{Packed, PackedCell, key_hash};
use super::corrections::Correction;
use super::pass::{Pass, Slot};
use super::scanner::{self, Event};
use super::shape::{Field, Record, Shape};
use super::words::{found, quoted};
use crate::diagnostic::{Code, Diagnostic, nearest};
use std::ops::Range;

impl<'t> Pass<'_, 't> {
    /// What is known only when the object has ended.
    pub(super) fn settle(&mut self, record: &Record, slot: Slot) {
        for field in record.settled.iter().filter_map(|at| record.fields.get(*at)) {
            if let Some((flag, flag_name)) = &field.none_when {
                self.settle_none(field, slot.field(field.offset), slot.field(*flag), flag_name);
            }
            if field.required && !self.draft {
                self.settle_required(field, slot);
            }
        }
    }

    /// `none_when`: the statement makes an absent or empty list known to be empty, and stands beside no elements.
    pub(super) fn settle_none(&mut self, field: &Field, list: Slot, flag: Slot, flag_name: &str) {
        let Some(PackedCell { at, content: Packed::Bool(true) }) = self.cell(flag) else { return };
        match self.cell(list) {
            Some(PackedCell { at: list_at, content: Packed::Elements { len, .. } }) => {
                let (list_at, at) = (self.value_at(list_at), self.value_at(at));
                self.problems.add(|problems| {
                    let message = format!(
                        "`{flag_name}` states that there are none, and `{}` has {len} {}",
                        field.name,
                        if len == 1 { "element" } else { "elements" }
                    );
                    Diagnostic::error(Code::NONE_BESIDE_ELEMENTS, problems.span(list_at), message)
                        .also(problems.span(at), "the statement that there are none")
                        .help(format!("remove the elements, or write `\"{flag_name}\": false`"))
                });
            }
            Some(_) => self.fill(list, Packed::Empty),
            None => {}
        }
    }

    pub(super) fn settle_required(&mut self, field: &Field, record: Slot) {
        let Some(PackedCell { at, content: Packed::Unknown }) = self.cell(record.field(field.offset)) else { return };
        if at == PackedCell::ABSENT.at {
            let object = self.cell(record).map_or(0, |cell| cell.at);
            let object = self.value_at(object);
            let path = self.shape.path(record.table, record.column);
            self.problems.error(Code::MISSING_FIELD, object, || match path {
                "" => format!("expected the field `{}`, found none", field.name),
                path => format!("expected the field `{}` in `{path}`, found none", field.name),
            });
        } else if self.text.as_bytes().get(at as usize) == Some(&b'[') && self.is_empty_list(at) {
            let list = self.value_at(at);
            self.problems.error(Code::MISSING_FIELD, list, || {
                format!("expected at least one element for `{}`, found none", field.name)
            });
        }
    }

    fn is_empty_list(&self, at: u32) -> bool {
        let rest = self.text.get(at as usize + 1..).unwrap_or_default();
        rest.trim_start().starts_with(']')
    }

    /// A required field that is `null` or blank.
    pub(super) fn not_given(&mut self, field: &Field, event: &Event<'t>) {
        if field.required && !self.draft {
            let at = self.scanner.span();
            self.problems.error(Code::MISSING_FIELD, at, || {
                format!("expected a value for `{}`, found {}", field.name, found(event))
            });
        }
    }

    pub(super) fn unknown_field(&mut self, id: usize, record: &Record, slot: Slot, key: &str, at: Range<usize>) {
        let shape = self.shape;
        let correction = respelt(record, key).map(|name| Correction::Key(name.to_owned()));
        self.problems.add_correctable(correction, |problems| {
            let path = shape.path(slot.table, slot.column);
            let place = if path.is_empty() { String::new() } else { format!(" in `{path}`") };
            let message = format!("unknown field {}{place}", quoted(key));
            let diagnostic = Diagnostic::error(Code::UNKNOWN_FIELD, problems.span(at), message);
            match unknown_field_help(shape, id, record, key) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        });
    }

    pub(super) fn duplicate_key(&mut self, key: &str, second: Range<usize>, first: Range<usize>) {
        self.problems.add(|problems| {
            let message = format!("key {} stands twice in one object", quoted(key));
            Diagnostic::error(Code::DUPLICATE_KEY, problems.span(second), message)
                .also(problems.span(first), "the first one")
        });
    }

    /// Two elements of a keyed list may not have one key.
    pub(super) fn unique(&mut self, table: usize, first: u32, len: u32, offset: usize, key: &str, list: &str) {
        let order = self.cells.tables.get_mut(table).map(|rows| &mut rows.order);
        let mut order = order.map(std::mem::take).unwrap_or_default();
        order.clear();
        let rows = first..first.saturating_add(len);
        let text = |row: u32| self.row_text(table, row, offset);
        order.extend(rows.filter_map(|row| Some((key_hash(text(row)?), row))));
        order.sort_unstable_by(|(hash, row), (other_hash, other)| {
            hash.cmp(other_hash).then_with(|| text(*row).cmp(&text(*other))).then(row.cmp(other))
        });
        let mut twice: Vec<(u32, u32)> = Vec::new();
        let mut kept: Option<(u64, u32)> = None;
        for (hash, row) in &order {
            match kept.filter(|(kept_hash, kept)| kept_hash == hash && text(*kept) == text(*row)) {
                Some((_, kept)) => twice.push((*row, kept)),
                None => kept = Some((*hash, *row)),
            }
        }
        if let Some(rows) = self.cells.tables.get_mut(table) {
            rows.order = order;
        }
        twice.sort_unstable();
        let at = |row: u32| self.row_cell(table, row, offset).map_or(0, |cell| cell.at);
        let twice: Vec<(u32, u32)> = twice.into_iter().map(|(second, other)| (at(second), at(other))).collect();
        for (second, other) in twice {
            let (second, other) = (self.value_at(second), self.value_at(other));
            let text = self.text;
            self.problems.add(|problems| {
                let value = text.get(second.clone()).unwrap_or_default().trim_matches('"');
                let message = format!("{} is the `{key}` of two elements of `{list}`", quoted(value));
                Diagnostic::error(Code::DUPLICATE_ID, problems.span(second), message)
                    .also(problems.span(other), "the first one")
            });
        }
    }

    fn row_cell(&self, table: usize, row: u32, column: usize) -> Option<PackedCell> {
        let width = self.shape.tables.get(table)?.width;
        self.cells.tables.get(table)?.cells.get(row as usize * width + column).copied()
    }

    fn row_text(&self, table: usize, row: u32, column: usize) -> Option<&str> {
        self.cells.text(self.text, self.row_cell(table, row, column)?)
    }

    /// The bytes of the value that begins at an offset; of an object or a list, its bracket.
    pub(super) fn value_at(&self, at: u32) -> Range<usize> {
        let start = at as usize;
        let rest = self.text.get(start..).unwrap_or_default();
        start..start + scanner::opening(rest)
    }

    /// The bytes of the key before the value that begins at an offset.
    pub(super) fn key_before(&self, value: u32, name: &str) -> Range<usize> {
        let before = self.text.get(..value as usize).unwrap_or_default();
        let quoted = format!("\"{name}\"");
        let key = before.trim_end().strip_suffix(':').map(str::trim_end).filter(|before| before.ends_with(&quoted));
        key.map_or_else(|| self.value_at(value), |key| key.len() - quoted.len()..key.len())
    }
}

/// The field that a key spells in another case, or with other signs between its words.
fn respelt<'r>(record: &'r Record, key: &str) -> Option<&'r str> {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    let wanted = plain(key);
    record.names().find(|name| plain(name) == wanted)
}

fn unknown_field_help(shape: &Shape, id: usize, record: &Record, key: &str) -> Option<String> {
    if let Some(near) = respelt(record, key).or_else(|| nearest(key, record.names())) {
        return Some(format!("did you mean `{near}`?"));
    }
    let elsewhere = shape.elsewhere(key, id);
    if !elsewhere.is_empty() {
        let place = |path: &&str| {
            if path.is_empty() { "the declaration itself".to_owned() } else { format!("`{path}`") }
        };
        let places = elsewhere.iter().take(3).map(place).collect::<Vec<_>>().join(", ");
        return Some(format!("`{key}` is a field of {places}"));
    }
    let overlay = id == shape.root && key.starts_with("x_");
    overlay.then(|| "a field that begins with `x_` belongs to an overlay, which is not loaded".to_owned())
}
