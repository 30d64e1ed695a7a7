//! What a report for the public leaves out: values that the model marks confidential, wherever they would be shown. It is
//! decided here, once, before any format sees the report.

use super::contract::{Report, Words};
use crate::compile::Program;
use crate::compile::layout::{Layout, TableId};
use crate::decode::declaration::{Cell, Content, Declaration, Place};
use crate::eval::{Basis, Operand};
use crate::value::Value;
use std::ops::Range;

/// What stands where something is withheld.
pub const WITHHELD: &str = "…";

/// Shorter texts are not looked for in what people wrote: they would be found everywhere.
const TELLING: usize = 2;

/// What of a declaration is confidential.
#[derive(Debug)]
pub struct Public<'a> {
    program: &'a Program,
    declaration: &'a Declaration<'a>,
    /// The bytes of confidential values, in order, none inside another.
    cuts: Vec<Range<usize>>,
    /// Confidential texts that could stand in what people wrote elsewhere.
    texts: Vec<String>,
}

impl<'a> Public<'a> {
    /// Finds what is confidential.
    #[must_use]
    pub fn new(program: &'a Program, declaration: &'a Declaration<'a>) -> Self {
        let mut public = Self { program, declaration, cuts: Vec::new(), texts: Vec::new() };
        let mut cuts = Vec::new();
        for place in places(&program.layout, declaration) {
            let cell = declaration.cell(&program.layout, place);
            if cell.at == Cell::NOWHERE || !public.hides(place) {
                continue;
            }
            let start = cell.at as usize;
            cuts.push(start..start + value_length(declaration.text.get(start..).unwrap_or_default()));
            if let Content::Value(Value::Text(text)) = &cell.content {
                public.texts.push(text.as_str().to_owned());
            }
        }
        public.texts.retain(|text| text.chars().count() >= TELLING);
        cuts.sort_by_key(|cut| (cut.start, std::cmp::Reverse(cut.end)));
        for cut in cuts {
            if public.cuts.last().is_none_or(|last| cut.start >= last.end) {
                public.cuts.push(cut);
            }
        }
        public
    }

    /// Whether a place is confidential: its field is, or something that it stands in.
    #[must_use]
    pub fn hides(&self, place: Place) -> bool {
        is_confidential(self.program, place.table, place.column as usize)
    }

    /// Whether a value rests on something confidential.
    pub(super) fn hides_value(&self, operand: &Operand<'_, Basis>, basis: &Basis) -> bool {
        self.hides_basis(basis)
            || match operand {
                Operand::Record(place) => self.hides(*place),
                Operand::List(elements) => elements.items.iter().any(|element| {
                    self.hides_value(&element.value, &element.basis) || self.hides_basis(&element.member_basis)
                }),
                _ => false,
            }
    }

    /// Whether something rests on something confidential.
    pub(super) fn hides_basis(&self, basis: &Basis) -> bool {
        basis.lay_out().places().any(|place| self.hides(place))
    }

    /// The declaration with its confidential values left out: what places of the report are counted in.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.declaration.text.len());
        let mut at = 0;
        for cut in &self.cuts {
            text += self.declaration.text.get(at..cut.start).unwrap_or_default();
            text += WITHHELD;
            at = cut.end;
        }
        text + self.declaration.text.get(at..).unwrap_or_default()
    }

    /// Where a byte of the declaration stands in that text.
    pub(super) fn offset(&self, offset: usize) -> usize {
        let mut shifted = offset;
        for cut in self.cuts.iter().take_while(|cut| cut.start < offset) {
            let kept = if offset < cut.end { offset - cut.start } else { cut.end - cut.start };
            shifted = shifted - kept + WITHHELD.len();
        }
        shifted
    }

    /// Leaves confidential texts out of what people wrote: waivers, reviews, names.
    pub(super) fn withhold(&self, report: &mut Report) {
        let declaration = &mut report.declaration;
        self.withhold_names([&mut declaration.id, &mut declaration.name, &mut declaration.institution]);
        let waivers = &mut report.waivers;
        for waiver in waivers.applied.iter_mut().chain(&mut waivers.expired).chain(&mut waivers.unused) {
            let scope = waiver.scope.iter_mut();
            let texts = [&mut waiver.reason, &mut waiver.control, &mut waiver.approver, &mut waiver.role];
            for text in texts.into_iter().chain(scope) {
                self.clear(text);
            }
        }
        for review in &mut report.reviews {
            for text in [&mut review.grounds, &mut review.reviewer, &mut review.role] {
                self.clear(text);
            }
        }
        for finding in report.rules.iter_mut().flat_map(|rule| &mut rule.findings) {
            self.clear_words(&mut finding.message);
            finding.remedy.iter_mut().for_each(|words| self.clear_words(words));
        }
        report.warnings.iter_mut().for_each(|warning| self.clear_words(&mut warning.message));
    }

    /// Leaves out names that have a confidential text in them.
    pub(super) fn withhold_names(&self, names: [&mut Option<String>; 3]) {
        for name in names {
            if name.as_deref().is_some_and(|text| self.tells(text)) {
                *name = None;
            }
        }
    }

    fn clear_words(&self, words: &mut Words) {
        self.clear(&mut words.en);
        words.zh.iter_mut().for_each(|text| self.clear(text));
    }

    fn clear(&self, text: &mut String) {
        if self.tells(text) {
            WITHHELD.clone_into(text);
        }
    }

    /// Whether a text has a confidential one in it.
    fn tells(&self, text: &str) -> bool {
        self.texts.iter().any(|secret| text.contains(secret.as_str()))
    }
}

fn places(layout: &Layout, declaration: &Declaration<'_>) -> impl Iterator<Item = Place> {
    layout.tables.iter().enumerate().flat_map(|(id, table)| {
        let id = TableId::new(id);
        let width = u32::try_from(table.columns.len()).unwrap_or(u32::MAX);
        let columns = move |row| (0..width).map(move |column| Place { table: id, row, column });
        (0..declaration.rows(id)).flat_map(columns)
    })
}

fn is_confidential(program: &Program, table: TableId, column: usize) -> bool {
    let Some(own) = program.layout.column(table, column) else { return false };
    let field = own.field.and_then(|(record, field)| program.policy.model.record(record)?.field(field));
    if field.is_some_and(|field| field.confidential) {
        return true;
    }
    if own.record != column {
        return is_confidential(program, table, own.record);
    }
    let parent = program.layout.table(table).and_then(|table| table.parent);
    parent.is_some_and(|(table, column)| is_confidential(program, table, column))
}

/// How many bytes the JSON value at the start of a valid text takes.
fn value_length(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => {
                quoted = !quoted;
                if !quoted && depth == 0 {
                    return at + 1;
                }
            }
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::value_length;

    #[test]
    fn a_value_ends_where_json_says() {
        let cases = [
            (r#""a\"]b" , 1"#, 7),
            (r#"{"a": ["}"], "b": {}} ,"#, 21),
            ("[1, [2]]]", 8),
            ("12.5}", 4),
            ("null\n", 4),
            ("true,", 4),
            ("7", 1),
        ];
        for (text, length) in cases {
            assert_eq!(value_length(text), length, "{text}");
        }
    }
}
