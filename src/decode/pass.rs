//! The pass over a declaration: events of the scanner into rows of cells, by the shape of the model. It checks what it skips as
//! well, and goes on after every error but one of syntax.

use super::declaration::{Cell, Content, Declaration, List, Rows};
use super::hints;
use super::limits::Limits;
use super::problems::Problems;
use super::scalar::{self, Wrong};
use super::scanner::{Event, Scanner};
use super::shape::{Element, Field, Kind, Scalar, Shape};
use super::words::{Name, quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::FileId;
use crate::value::{Text, Value};
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
    pub(super) tables: Vec<Rows<'t>>,
    pub(super) problems: Problems,
    elements: usize,
}

impl<'d, 't> Pass<'d, 't> {
    pub(super) fn new(shape: &'d Shape, limits: &'d Limits, text: &'t str, file: FileId, draft: bool) -> Self {
        Self {
            shape,
            limits,
            draft,
            scanner: Scanner::new(text, limits.nesting),
            text,
            tables: vec![Rows::default(); shape.tables.len()],
            problems: Problems::new(file, limits.diagnostics.max(1)),
            elements: 0,
        }
    }

    /// The declaration, or all that is wrong.
    pub(super) fn run(mut self) -> Result<Declaration<'t>, Vec<Diagnostic>> {
        let _stopped = self.root();
        if self.problems.is_empty() {
            Ok(Declaration { text: self.text, tables: self.tables })
        } else {
            Err(self.problems.finish())
        }
    }

    fn next(&mut self) -> Step<Event<'t>> {
        match self.scanner.next() {
            Ok(event) => Ok(event),
            Err(error) => {
                let text = self.text;
                self.problems.add(|problems| hints::syntax(problems, text, &error));
                Err(Stop)
            }
        }
    }

    fn root(&mut self) -> Step {
        let event = self.next()?;
        let slot = self.add_row(0, (0, 0));
        if event == Event::ObjectStart {
            self.set(slot, Content::Record);
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
        while let Event::Key(raw) = self.next()? {
            let at = self.scanner.span();
            let key = raw.text();
            if let Some((index, field)) =
                declared.find(&key, likely).and_then(|at| Some((at, declared.fields.get(at)?)))
            {
                likely = index + 1;
                self.field(field, slot, at)?;
            } else {
                self.unknown_field(record, declared, slot, &key, at);
                self.skip_value()?;
            }
        }
        self.settle(declared, slot);
        Ok(())
    }

    /// A field whose key was read.
    fn field(&mut self, field: &'d Field, record: Slot, key: Range<usize>) -> Step {
        let slot = record.field(field.offset);
        if let Some(first) = self.cell(slot).map(|cell| cell.at).filter(|at| *at != Cell::NOWHERE) {
            let first = self.key_before(first, &field.name);
            self.duplicate_key(&field.name, key, first);
            return self.skip_value();
        }
        let event = self.next()?;
        self.set(slot, Content::Unknown);
        let name = Name { field: &field.name, element: None };
        match (&field.kind, event) {
            (_, Event::Null) if field.null_is_value => self.set(slot, Content::Null),
            (_, Event::Null) => self.not_given(field, &event),
            (Kind::Scalar(scalar), event) => {
                if !self.scalar(scalar, event, name, slot)? {
                    self.not_given(field, &event);
                }
            }
            (Kind::Record(inner), Event::ObjectStart) => {
                self.set(slot, Content::Record);
                self.object(*inner, slot)?;
            }
            (Kind::List(element), Event::ArrayStart) => self.list(field, element, slot)?,
            (Kind::Record(_), event) => self.wrong(&Wrong::of_type("an object", &event), name, event)?,
            (Kind::List(_), event) => self.wrong(&Wrong::of_type("a list", &event), name, event)?,
        }
        Ok(())
    }

    /// Fills a cell with a scalar; false where it is blank.
    fn scalar(&mut self, scalar: &Scalar, event: Event<'t>, name: Name<'_>, slot: Slot) -> Step<bool> {
        let read = match (scalar, event) {
            (Scalar::Prose, Event::ObjectStart) => Ok(self.prose(name)?.map(Value::Text)),
            _ => scalar::read(self.shape, scalar, &event),
        };
        match read {
            Ok(Some(value)) => self.fill(slot, Content::Value(value)),
            Ok(None) => return Ok(false),
            Err(wrong) => self.wrong(&wrong, name, event)?,
        }
        Ok(true)
    }

    /// Texts by language, whose bracket was read: the Chinese one, else the English one, else the first.
    fn prose(&mut self, name: Name<'_>) -> Step<Option<Text<'t>>> {
        let mut keys = HashMap::new();
        let mut best: Option<(u8, Cow<'t, str>)> = None;
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
                    let text = scalar::present(raw).filter(|_| best.as_ref().is_none_or(|(other, _)| rank < *other));
                    best = text.map(|text| (rank, text)).or(best);
                }
                Event::Null => {}
                event => self.wrong(&Wrong::of_type("a text", &event), name, event)?,
            }
        }
        Ok(best.map(|(_, text)| text.into()))
    }

    /// The elements of a list whose bracket was read.
    fn list(&mut self, field: &'d Field, element: &'d Element, slot: Slot) -> Step {
        let shape = self.shape;
        let tables = |table: usize| shape.tables.get(table);
        let Some(table) = tables(slot.table).and_then(|table| table.lists.get(slot.column).copied().flatten()) else {
            return self.skip(Event::ArrayStart);
        };
        let table = table.index();
        let first = self.tables.get(table).map_or(0, |rows| index(rows.parents.len()));
        let mut len = 0;
        loop {
            let event = self.next()?;
            if event == Event::ArrayEnd {
                break;
            }
            self.count_element()?;
            let own = self.add_row(table, (slot.row, len));
            self.element(field, element, event, own, len)?;
            len += 1;
        }
        let content = match len {
            0 if field.may_be_empty => Content::List(List::Empty),
            0 => Content::Unknown,
            _ => Content::List(List::Elements { first, len }),
        };
        self.fill(slot, content);
        if let Some((offset, key)) = &field.key {
            self.unique(table, first, len, *offset, key, &field.name);
        }
        Ok(())
    }

    fn element(&mut self, field: &Field, element: &Element, event: Event<'t>, slot: Slot, index: u32) -> Step {
        self.set(slot, Content::Unknown);
        let name = Name { field: &field.name, element: Some(index) };
        match (element, event) {
            (_, Event::Null) => Ok(()),
            (Element::Scalar(scalar), event) => self.scalar(scalar, event, name, slot).map(|_| ()),
            (Element::Record(record), Event::ObjectStart) => {
                self.set(slot, Content::Record);
                self.object(*record, slot)
            }
            (Element::Record(_), event) => self.wrong(&Wrong::of_type("an object", &event), name, event),
        }
    }

    fn count_element(&mut self) -> Step {
        self.elements += 1;
        if self.elements <= self.limits.elements {
            return Ok(());
        }
        let most = self.limits.elements;
        self.problems.error(Code::DECLARATION_LIMIT, self.scanner.span(), || {
            format!("expected at most {most} elements in all lists together, found more")
        });
        Err(Stop)
    }

    /// Notes a wrong value, and reads over it.
    fn wrong(&mut self, wrong: &Wrong, name: Name<'_>, event: Event<'t>) -> Step {
        let at = self.scanner.span();
        self.problems.add(|problems| {
            let message = format!("expected {} for {name}, found {}", wrong.expected, wrong.found);
            let diagnostic = Diagnostic::error(wrong.code, problems.span(at), message);
            match &wrong.help {
                Some(help) => diagnostic.help(help.as_str()),
                None => diagnostic,
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
        let mut open: Vec<HashMap<Cow<'t, str>, Range<usize>>> = Vec::new();
        let mut event = event;
        loop {
            match event {
                Event::ObjectStart | Event::ArrayStart => open.push(HashMap::new()),
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
        let Some(rows) = self.tables.get_mut(table) else { return Slot { table, row: 0, column: 0, index: 0 } };
        let start = rows.cells.len();
        rows.cells.resize(start + width, Cell::ABSENT);
        rows.parents.push(parent);
        let row = start.checked_div(width).map_or(0, index);
        Slot { table, row, column: 0, index: start }
    }

    pub(super) fn cell(&self, slot: Slot) -> Option<&Cell<'t>> {
        self.tables.get(slot.table)?.cells.get(slot.index)
    }

    /// Fills a cell with what begins at the last event.
    fn set(&mut self, slot: Slot, content: Content<'t>) {
        let at = index(self.scanner.start());
        if let Some(cell) = self.tables.get_mut(slot.table).and_then(|rows| rows.cells.get_mut(slot.index)) {
            *cell = Cell { at, content };
        }
    }

    /// Fills a cell that has its place.
    pub(super) fn fill(&mut self, slot: Slot, content: Content<'t>) {
        if let Some(cell) = self.tables.get_mut(slot.table).and_then(|rows| rows.cells.get_mut(slot.index)) {
            cell.content = content;
        }
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
