//! What a report for the public leaves out: values that the model marks confidential, wherever they would be shown. It is
//! decided here, once, before any format sees the report.

use super::contract::{Report, Words};
use super::told::Told;
use crate::compile::Program;
use crate::compile::layout::{Layout, TableId};
use crate::decode::declaration::{Cell, Content, Declaration, Place};
use crate::decode::scanner;
use crate::eval::{Basis, Operand};
use crate::value::Value;
use std::ops::Range;

/// What stands where something is withheld.
pub const WITHHELD: &str = "…";

/// What of a declaration is confidential.
#[derive(Debug)]
pub struct Public<'a> {
    program: &'a Program,
    declaration: &'a Declaration<'a>,
    /// What is left out, in order, none inside another.
    cuts: Vec<Cut>,
    /// Confidential texts that could stand in what people wrote elsewhere.
    told: Told,
}

/// Something that is left out of the declaration's text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    bytes: Range<usize>,
    /// Where what stands for it begins in the text for the public.
    at: usize,
}

impl<'a> Public<'a> {
    /// Finds what is confidential.
    #[must_use]
    pub fn new(program: &'a Program, declaration: &'a Declaration<'a>) -> Self {
        let mut public = Self { program, declaration, cuts: Vec::new(), told: Told::default() };
        let mut values = Vec::new();
        let mut texts = Vec::new();
        for place in places(&program.layout, declaration) {
            let cell = declaration.cell(&program.layout, place);
            if cell.at == Cell::NOWHERE || !public.hides(place) {
                continue;
            }
            let start = cell.at as usize;
            let json = declaration.text.get(start..).unwrap_or_default();
            let length = scanner::whole(json);
            values.push(start..start + length);
            if let Content::Value(Value::Text(_)) = &cell.content {
                texts.push(json.get(..length).unwrap_or_default());
            }
        }
        public.cuts = cuts(values);
        public.told = Told::new(&texts);
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
            text += self.declaration.text.get(at..cut.bytes.start).unwrap_or_default();
            text += WITHHELD;
            at = cut.bytes.end;
        }
        text + self.declaration.text.get(at..).unwrap_or_default()
    }

    /// Where a byte of the declaration stands in that text.
    pub(super) fn offset(&self, offset: usize) -> usize {
        shifted(&self.cuts, offset)
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
            if name.as_deref().is_some_and(|text| self.told.is_in(text)) {
                *name = None;
            }
        }
    }

    fn clear_words(&self, words: &mut Words) {
        self.clear(&mut words.en);
        words.zh.iter_mut().for_each(|text| self.clear(text));
    }

    fn clear(&self, text: &mut String) {
        if self.told.is_in(text) {
            WITHHELD.clone_into(text);
        }
    }
}

/// What is left out where these values are.
fn cuts(mut values: Vec<Range<usize>>) -> Vec<Cut> {
    values.sort_by_key(|value| (value.start, std::cmp::Reverse(value.end)));
    let mut cuts: Vec<Cut> = Vec::with_capacity(values.len());
    for bytes in values {
        let (end, after) = cuts.last().map_or((0, 0), |last| (last.bytes.end, last.at + WITHHELD.len()));
        if bytes.start >= end {
            cuts.push(Cut { at: after + (bytes.start - end), bytes });
        }
    }
    cuts
}

/// Where a byte stands once the cuts are made.
fn shifted(cuts: &[Cut], offset: usize) -> usize {
    let before = cuts.partition_point(|cut| cut.bytes.start < offset);
    let cut = before.checked_sub(1).and_then(|last| cuts.get(last));
    cut.map_or(offset, |cut| cut.at + WITHHELD.len() + offset.saturating_sub(cut.bytes.end))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_do_not_stand_in_each_other_and_what_follows_moves() {
        // Two bytes longer than what stands for it; one inside; one shorter, at once behind.
        let cuts = cuts(vec![20..21, 10..15, 12..13, 15..16]);
        let made: Vec<_> = cuts.iter().map(|cut| (cut.bytes.clone(), cut.at)).collect();
        assert_eq!(made, [(10..15, 10), (15..16, 13), (20..21, 20)]);
        let moved = [0, 10, 11, 15, 16, 19, 20, 21, 30].map(|offset| shifted(&cuts, offset));
        assert_eq!(moved, [0, 10, 13, 13, 16, 19, 20, 23, 32]);
    }

    /// As a walk over all cuts says it.
    #[test]
    fn sums_say_what_walking_says() {
        let cuts = cuts((0..200).map(|at| at * 7..at * 7 + at % 7).collect());
        for offset in 0..1_500 {
            let mut walked = offset;
            for cut in cuts.iter().take_while(|cut| cut.bytes.start < offset) {
                walked = walked + WITHHELD.len() - (offset.min(cut.bytes.end) - cut.bytes.start);
            }
            assert_eq!(shifted(&cuts, offset), walked, "{offset}");
        }
    }
}
