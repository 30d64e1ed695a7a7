//! The pass over a declaration: events of the scanner into rows of cells, by the shape of the model. It checks what it skips as
//! well, and goes on after every error but one of syntax.

use super::cells::{Cells, Packed, PackedCell};
use super::corrections::Correction;
use super::declaration::Declaration;
use super::form;
use super::hints;
use super::limits::Limits;
use super::plain::{Run, Stands};
use super::problems::Problems;
use super::scalar::{self, Wrong};
use super::scanner::{Event, Raw, Scanner, SyntaxError};
use super::shape::{Element, Field, Kind, Record, Scalar, Shape};
use super::words::{Name, quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::FileId;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Nothing more can be read; why has been noted.
struct Stop;

type Step<T = ()> = Result<T, Stop>;

/// A cell on its way to be filled.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) table: usize,
    pub(super) row: u32,
    pub(super) column: usize,
    /// Its index among the cells of the table.
    index: usize,
}

impl Slot {
    pub(super) const fn field(self, offset: usize) -> Self {
        Self { column: self.column + offset, index: self.index + offset, ..self }
    }
}

pub(super) struct Pass<'d, 't> {
    pub(super) shape: &'d Shape,
    limits: &'d Limits,
    /// Whether `required` is not asked for.
    pub(super) draft: bool,
    pub(super) scanner: Scanner<'t>,
    pub(super) text: &'t str,
    pub(super) cells: Cells,
    pub(super) problems: Problems,
    elements: usize,
}

impl<'d, 't> Pass<'d, 't> {
    pub(super) fn new(
        shape: &'d Shape,
        limits: &'d Limits,
        text: &'t str,
        file: FileId,
        draft: bool,
        mut cells: Cells,
    ) -> Self {
        cells.clear(shape.tables.len());
        let memory = std::mem::take(&mut cells.scanner);
        Self {
            shape,
            limits,
            draft,
            scanner: Scanner::with_memory(text, limits.nesting, memory),
            text,
            cells,
            problems: Problems::new(file, limits.diagnostics.max(1)),
            elements: 0,
        }
    }

    /// The declaration, or all that is wrong.
    pub(super) fn run(mut self) -> Result<Declaration<'t>, Vec<Diagnostic>> {
        let _stopped = self.root();
        if self.problems.is_empty() {
            self.cells.scanner = self.scanner.into_memory();
            Ok(Declaration { text: self.text, cells: self.cells })
        } else {
            Err(self.problems.finish(self.text))
        }
    }

    /// Goes on after a step of the scanner, or notes why nothing more can be read.
    #[inline]
    fn read<T>(&mut self, step: impl FnOnce(&mut Scanner<'t>) -> Result<T, Box<SyntaxError>>) -> Step<T> {
        step(&mut self.scanner).map_err(|error| self.stop(&error))
    }

    #[cold]
    fn stop(&mut self, error: &SyntaxError) -> Stop {
        let text = self.text;
        self.problems.add(|problems| hints::syntax(problems, text, error));
        Stop
    }

    fn next(&mut self) -> Step<Event<'t>> {
        self.read(Scanner::next)
    }

    fn root(&mut self) -> Step {
        let event = self.next()?;
        let slot = self.add_row(0, (0, 0));
        if event == Event::ObjectStart {
            self.set(slot, Packed::Record);
            self.object(self.shape.root, slot)?;
        } else {
            let wrong = Wrong::of_type("a declaration as an object", &event);
            self.problems.error(wrong.code, self.scanner.span(), || {
                format!("expected {}, found {}", wrong.expected, wrong.found)
            });
            self.skip(event)?;
        }
        self.next().map(|_end| ())
    }

    /// The fields of an object whose bracket was read.
    fn object(&mut self, record: usize, slot: Slot) -> Step {
        let shape = self.shape;
        let Some(declared) = shape.records.get(record) else { return self.skip(Event::ObjectStart) };
        let mut likely = 0;
        loop {
            let run = self.plain_fields(declared, slot, likely);
            likely = run.likely;
            if run.stands != Stands::Key {
                if self.scanner.ends_object() || !self.read(Scanner::next_key)? {
                    break;
                }
                let Some(index) = self.key(record, declared, slot)? else { continue };
                likely = index;
            }
            if let Some(field) = declared.fields.get(likely) {
                self.field(field, slot)?;
            }
            likely += 1;
        }
        if !declared.settled.is_empty() {
            self.settle(declared, slot);
        }
        Ok(())
    }

    /// Reads fields as long as they are plain.
    #[inline]
    fn plain_fields(&mut self, declared: &Record, slot: Slot, likely: usize) -> Run<'t> {
        let mut run = self.scanner.run(likely);
        let Cells { tables, conditional, .. } = &mut self.cells;
        let cells = tables.get_mut(slot.table).and_then(|rows| rows.cells.get_mut(slot.index..));
        let noted = |offset: usize| conditional.push((index(slot.table), slot.row, index(slot.column + offset)));
        run.fields(&declared.plain, self.scanner.end(), cells.unwrap_or_default(), noted);
        self.scanner.resume(&run);
        run
    }

    /// Which field the next key names. None for one that the model does not have.
    fn key(&mut self, id: usize, declared: &'d Record, slot: Slot) -> Step<Option<usize>> {
        let raw = self.read(Scanner::key)?;
        let index = declared.find(self.scanner.last_text(raw));
        if index.is_none() {
            let at = self.scanner.span();
            self.unknown_field(id, declared, slot, &raw.text(), at);
            self.skip_value()?;
        }
        Ok(index)
    }

    /// A field whose key was read.
    #[inline]
    fn field(&mut self, field: &'d Field, record: Slot) -> Step {
        let slot = record.field(field.offset);
        if let Some(first) = self.cell(slot).map(|cell| cell.at).filter(|at| *at != PackedCell::ABSENT.at) {
            let key = self.scanner.span();
            let first = self.key_before(first, &field.name);
            self.duplicate_key(&field.name, key, first);
            return self.skip_value();
        }
        let event = self.read(Scanner::value)?;
        if field.conditional {
            self.cells.conditional.push((index(slot.table), slot.row, index(slot.column)));
        }
        let name = Name { field: &field.name, element: None };
        match (&field.kind, event) {
            (_, Event::Null) if field.null_is_value => self.set(slot, Packed::Null),
            (_, Event::Null) => {
                self.set(slot, Packed::Unknown);
                self.not_given(field, &event);
            }
            (Kind::Scalar(scalar), event) => {
                if !self.scalar(scalar, event, name, slot)? {
                    self.not_given(field, &event);
                }
            }
            (Kind::Record(inner), Event::ObjectStart) => {
                self.set(slot, Packed::Record);
                self.object(*inner, slot)?;
            }
            (Kind::List(element), Event::ArrayStart) => {
                self.set(slot, Packed::Unknown);
                self.list(field, element, slot)?;
            }
            (Kind::Record(_), event) => self.wrong_type("an object", event, name, slot)?,
            (Kind::List(_), event) => self.wrong_type("a list", event, name, slot)?,
        }
        Ok(())
    }

    #[cold]
    fn wrong_type(&mut self, expected: &str, event: Event<'t>, name: Name<'_>, slot: Slot) -> Step {
        self.set(slot, Packed::Unknown);
        self.wrong(&Wrong::of_type(expected, &event), name, event)
    }

    /// Fills a cell with a scalar; false where it is blank.
    #[inline]
    fn scalar(&mut self, scalar: &Scalar, event: Event<'t>, name: Name<'_>, slot: Slot) -> Step<bool> {
        if matches!((scalar, event), (Scalar::Prose, Event::ObjectStart)) {
            return self.prose(name, slot);
        }
        let text = match event {
            Event::String(raw) => self.scanner.last_text(raw),
            _ => "",
        };
        match scalar::read(self.shape, scalar, &event, text, &mut self.cells) {
            Ok(content) => {
                self.set(slot, content);
                Ok(content != Packed::Unknown)
            }
            Err(mut wrong) => {
                self.set(slot, Packed::Unknown);
                wrong.corrected = form::corrected(self.shape, scalar, &event);
                self.wrong(&wrong, name, event)?;
                Ok(true)
            }
        }
    }

    /// Texts by language, whose bracket was read: the Chinese one, else the English one, else the first. False where there is
    /// none.
    fn prose(&mut self, name: Name<'_>, slot: Slot) -> Step<bool> {
        self.set(slot, Packed::Unknown);
        let mut keys = Keys::default();
        let mut best: Option<(u8, Raw<'t>)> = None;
        while let Event::Key(raw) = self.next()? {
            let at = self.scanner.span();
            let key = raw.text();
            let rank = match key.split('-').next() {
                Some("zh") => 0,
                Some("en") => 1,
                _ => 2,
            };
            if !is_language(&key) {
                self.problems.error(Code::UNKNOWN_FIELD, at.clone(), || {
                    format!("expected a language such as `zh` or `en` in {name}, found {}", quoted(&key))
                });
            }
            if let Some(first) = keys.insert(key.clone(), at.clone()) {
                self.duplicate_key(&key, at, first);
            }
            match self.next()? {
                Event::String(raw) => {
                    if !scalar::is_blank(self.scanner.last_text(raw)) && best.is_none_or(|(other, _)| rank < other) {
                        best = Some((rank, raw));
                    }
                }
                Event::Null => {}
                event => self.wrong(&Wrong::of_type("a text", &event), name, event)?,
            }
        }
        if let Some((_, raw)) = best {
            let made = scalar::make(&mut self.cells, |made| made.push_str(&raw.text()));
            self.fill(slot, made);
        }
        Ok(best.is_some())
    }

    /// The elements of a list whose bracket was read.
    fn list(&mut self, field: &'d Field, element: &'d Element, slot: Slot) -> Step {
        let shape = self.shape;
        let tables = |table: usize| shape.tables.get(table);
        let Some(table) = tables(slot.table).and_then(|table| table.lists.get(slot.column).copied().flatten()) else {
            return self.skip(Event::ArrayStart);
        };
        let table = table.index();
        let first = self.cells.tables.get(table).map_or(0, |rows| index(rows.parents.len()));
        let mut len = 0;
        while self.read(Scanner::next_element)? {
            self.next_in_list(field, element, table, (slot.row, len))?;
            len += 1;
        }
        let content = match len {
            0 if field.may_be_empty => Packed::Empty,
            0 => Packed::Unknown,
            _ => Packed::Elements { first, len },
        };
        self.fill(slot, content);
        if let Some((offset, key)) = &field.key {
            self.unique(table, first, len, *offset, key, &field.name);
        }
        Ok(())
    }

    /// Reads the element that is next, into a row of its own.
    #[inline]
    fn next_in_list(&mut self, field: &Field, element: &Element, table: usize, parent: (u32, u32)) -> Step {
        if let Element::Scalar(_, plain) = element
            && let Some(content) = self.scanner.plain(|text| plain.read(text))
        {
            self.count_element()?;
            let own = self.add_row(table, parent);
            self.set(own, content);
            return Ok(());
        }
        if let Element::Record(record) = element
            && self.scanner.enter_object()
        {
            self.count_element()?;
            let own = self.add_row(table, parent);
            self.set(own, Packed::Record);
            return self.object(*record, own);
        }
        let event = self.read(Scanner::value)?;
        self.count_element()?;
        let own = self.add_row(table, parent);
        self.element(field, element, event, own, parent.1)
    }

    fn element(&mut self, field: &Field, element: &Element, event: Event<'t>, slot: Slot, index: u32) -> Step {
        let name = Name { field: &field.name, element: Some(index) };
        match (element, event) {
            (_, Event::Null) => {
                self.set(slot, Packed::Unknown);
                Ok(())
            }
            (Element::Scalar(scalar, _), event) => self.scalar(scalar, event, name, slot).map(|_| ()),
            (Element::Record(record), Event::ObjectStart) => {
                self.set(slot, Packed::Record);
                self.object(*record, slot)
            }
            (Element::Record(_), event) => self.wrong_type("an object", event, name, slot),
        }
    }

    #[inline]
    fn count_element(&mut self) -> Step {
        self.elements += 1;
        if self.elements <= self.limits.elements { Ok(()) } else { self.too_many_elements() }
    }

    #[cold]
    fn too_many_elements(&mut self) -> Step {
        let most = self.limits.elements;
        self.problems.error(Code::DECLARATION_LIMIT, self.scanner.span(), || {
            format!("expected at most {most} elements in all lists together, found more")
        });
        Err(Stop)
    }

    /// Notes a wrong value, and reads over it.
    #[cold]
    fn wrong(&mut self, wrong: &Wrong, name: Name<'_>, event: Event<'t>) -> Step {
        let at = self.scanner.span();
        let correction = wrong.corrected.as_ref().map(|value| Correction::Value(value.clone()));
        self.problems.add_correctable(correction, |problems| {
            let message = format!("expected {} for {name}, found {}", wrong.expected, wrong.found);
            let diagnostic = Diagnostic::error(wrong.code, problems.span(at), message);
            match (&wrong.help, &wrong.corrected) {
                (Some(help), _) => diagnostic.help(help.as_str()),
                (None, Some(value)) => diagnostic.help(format!("write `{value}`")),
                (None, None) => diagnostic,
            }
        });
        self.skip(event)
    }

    fn skip_value(&mut self) -> Step {
        let event = self.next()?;
        self.skip(event)
    }

    /// Reads to the end of a value that began with an event: nothing is kept, duplicate keys are found all the same.
    fn skip(&mut self, event: Event<'t>) -> Step {
        let mut open: Vec<Keys<'t>> = Vec::new();
        let mut event = event;
        loop {
            match event {
                Event::ObjectStart | Event::ArrayStart => open.push(Keys::default()),
                Event::ObjectEnd | Event::ArrayEnd => {
                    open.pop();
                }
                Event::Key(raw) => {
                    let (key, at) = (raw.text(), self.scanner.span());
                    let first = open.last_mut().and_then(|keys| keys.insert(key.clone(), at.clone()));
                    if let Some(first) = first {
                        self.duplicate_key(&key, at, first);
                    }
                }
                _ => {}
            }
            if open.is_empty() {
                return Ok(());
            }
            event = self.next()?;
        }
    }

    fn add_row(&mut self, table: usize, parent: (u32, u32)) -> Slot {
        let width = self.shape.tables.get(table).map_or(0, |table| table.width);
        let Some(rows) = self.cells.tables.get_mut(table) else { return Slot { table, row: 0, column: 0, index: 0 } };
        let start = rows.cells.len();
        let row = index(rows.parents.len());
        rows.cells.resize(start + width, PackedCell::ABSENT);
        rows.parents.push(parent);
        Slot { table, row, column: 0, index: start }
    }

    #[inline]
    pub(super) fn cell(&self, slot: Slot) -> Option<PackedCell> {
        self.cells.tables.get(slot.table)?.cells.get(slot.index).copied()
    }

    /// Fills a cell with what begins at the last event.
    #[inline]
    fn set(&mut self, slot: Slot, content: Packed) {
        let at = index(self.scanner.start());
        if let Some(cell) = self.cells.tables.get_mut(slot.table).and_then(|rows| rows.cells.get_mut(slot.index)) {
            *cell = PackedCell { at, content };
        }
    }

    /// Fills a cell that has its place.
    #[inline]
    pub(super) fn fill(&mut self, slot: Slot, content: Packed) {
        if let Some(cell) = self.cells.tables.get_mut(slot.table).and_then(|rows| rows.cells.get_mut(slot.index)) {
            cell.content = content;
        }
    }
}

/// A key, and where it stands.
type Key<'t> = (Cow<'t, str>, Range<usize>);

/// The keys of one object. A few are compared one by one, and need no memory of their own.
#[derive(Default)]
struct Keys<'t> {
    few: SmallVec<[Key<'t>; 4]>,
    many: HashMap<Cow<'t, str>, Range<usize>>,
}

impl<'t> Keys<'t> {
    /// Notes a key; where it stood before, if it did.
    fn insert(&mut self, key: Cow<'t, str>, at: Range<usize>) -> Option<Range<usize>> {
        if let Some((_, other)) = self.few.iter_mut().find(|(other, _)| *other == key) {
            return Some(std::mem::replace(other, at));
        }
        if self.many.is_empty() && self.few.len() < self.few.inline_size() {
            self.few.push((key, at));
            return None;
        }
        self.many.extend(self.few.drain(..));
        self.many.insert(key, at)
    }
}

/// Whether a key has the form of a language tag: `zh`, `zh-Hans`.
fn is_language(key: &str) -> bool {
    let mut parts = key.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
