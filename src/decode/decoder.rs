//! The pass over a declaration: events of the scanner into rows of cells, by the shape of the model. It checks what it skips as well, and
//! goes on after every error but one of syntax.

use super::declaration::{Cell, Content, Declaration, List, Rows};
use super::hints;
use super::limits::Limits;
use super::problems::Problems;
use super::scalar::{self, Wrong};
use super::scanner::{Event, Scanner};
use super::shape::{Element, Field, Kind, Record, Scalar, Shape};
use super::words::{Name, quoted};
use crate::compile::layout::Layout;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::ir::Model;
use crate::source::FileId;
use crate::value::{Text, Value};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Reads declarations of one model. Made once, used for any number of declarations, by any number of threads.
#[derive(Debug, Clone)]
pub struct Decoder {
    shape: Shape,
    limits: Limits,
}

impl Decoder {
    /// A decoder for a model and its layout.
    #[must_use]
    pub fn new(model: &Model, layout: &Layout, limits: Limits) -> Self {
        Self { shape: Shape::new(model, layout), limits }
    }

    /// Reads a declaration; otherwise all that is wrong with it. Places are offsets in `text`, in the file `file`.
    pub fn decode<'t>(&self, text: &'t [u8], file: FileId) -> Result<Declaration<'t>, Vec<Diagnostic>> {
        let limit = self.limits.bytes.min(u32::MAX as usize - 1);
        if text.len() > limit {
            let mut problems = Problems::new(file, 1);
            problems.error(Code::DECLARATION_LIMIT, 0..0, || {
                format!("expected at most {limit} bytes, found {}", text.len())
            });
            return Err(problems.finish());
        }
        let text = match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(error) => return Err(vec![hints::not_utf8(file, text, error.valid_up_to())]),
        };
        let mut run = Run {
            shape: &self.shape,
            limits: &self.limits,
            scanner: Scanner::new(text, self.limits.nesting),
            text,
            tables: vec![Rows::default(); self.shape.tables.len()],
            problems: Problems::new(file, self.limits.diagnostics.max(1)),
            elements: 0,
        };
        let _stopped = run.root();
        if run.problems.is_empty() { Ok(Declaration { text, tables: run.tables }) } else { Err(run.problems.finish()) }
    }
}

/// Nothing more can be read; why has been noted.
struct Stop;

type Step<T = ()> = Result<T, Stop>;

/// A cell on its way to be filled.
#[derive(Clone, Copy)]
struct Slot {
    table: usize,
    row: u32,
    column: usize,
    /// Its index among the cells of the table.
    index: usize,
}

impl Slot {
    const fn field(self, offset: usize) -> Self {
        Self { column: self.column + offset, index: self.index + offset, ..self }
    }
}

struct Run<'d, 't> {
    shape: &'d Shape,
    limits: &'d Limits,
    scanner: Scanner<'t>,
    text: &'t str,
    tables: Vec<Rows<'t>>,
    problems: Problems,
    elements: usize,
}

impl<'d, 't> Run<'d, 't> {
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
        let slot = self.add_row(0, None);
        if event == Event::ObjectStart {
            self.set(slot, Content::Record);
            self.object(self.shape.root, slot)?;
        } else {
            let wrong = Wrong::of_type("a declaration as an object", &event);
            self.problems
                .error(wrong.code, self.span(&event), || format!("expected {}, found {}", wrong.expected, wrong.found));
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
            self.count_element(&event)?;
            let own = self.add_row(table, Some((slot.row, len)));
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

    fn count_element(&mut self, event: &Event<'t>) -> Step {
        self.elements += 1;
        if self.elements <= self.limits.elements {
            return Ok(());
        }
        let most = self.limits.elements;
        self.problems.error(Code::DECLARATION_LIMIT, self.span(event), || {
            format!("expected at most {most} elements in all lists together, found more")
        });
        Err(Stop)
    }

    /// What is known only when the object has ended.
    fn settle(&mut self, record: &Record, slot: Slot) {
        for field in record.settled.iter().filter_map(|at| record.fields.get(*at)) {
            if let Some((flag, flag_name)) = &field.none_when {
                self.settle_none(field, slot.field(field.offset), slot.field(*flag), flag_name);
            }
            if field.required {
                self.settle_required(field, slot);
            }
        }
    }

    /// `none_when`: the statement makes an absent or empty list known to be empty, and stands beside no elements.
    fn settle_none(&mut self, field: &Field, list: Slot, flag: Slot, flag_name: &str) {
        let Some((at, Content::Value(Value::Bool(true)))) = self.cell(flag).map(|cell| (cell.at, &cell.content)) else {
            return;
        };
        match self.cell(list).map(|cell| (cell.at, &cell.content)) {
            Some((list_at, Content::List(List::Elements { len, .. }))) => {
                let len = *len;
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
            Some(_) => self.fill(list, Content::List(List::Empty)),
            None => {}
        }
    }

    fn settle_required(&mut self, field: &Field, record: Slot) {
        let Some((at, Content::Unknown)) = self.cell(record.field(field.offset)).map(|cell| (cell.at, &cell.content))
        else {
            return;
        };
        if at == Cell::NOWHERE {
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
    fn not_given(&mut self, field: &Field, event: &Event<'t>) {
        if field.required {
            let at = self.span(event);
            self.problems.error(Code::MISSING_FIELD, at, || {
                format!("expected a value for `{}`, found {}", field.name, super::words::found(event))
            });
        }
    }

    fn unknown_field(&mut self, id: usize, record: &Record, slot: Slot, key: &str, at: Range<usize>) {
        let shape = self.shape;
        self.problems.add(|problems| {
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

    fn duplicate_key(&mut self, key: &str, second: Range<usize>, first: Range<usize>) {
        self.problems.add(|problems| {
            let message = format!("key {} stands twice in one object", quoted(key));
            Diagnostic::error(Code::DUPLICATE_KEY, problems.span(second), message)
                .also(problems.span(first), "the first one")
        });
    }

    /// Two elements of a keyed list may not have one key.
    fn unique(&mut self, table: usize, first: u32, len: u32, offset: usize, key: &str, list: &str) {
        let width = self.shape.tables.get(table).map_or(0, |table| table.width);
        let Some(rows) = self.tables.get(table).filter(|_| len > 1) else { return };
        let mut seen: HashMap<&Value<'t>, u32> = HashMap::new();
        let mut twice = Vec::new();
        for row in first..first + len {
            let Some(cell) = rows.cells.get(row as usize * width + offset) else { continue };
            let Content::Value(value) = &cell.content else { continue };
            match seen.get(value) {
                Some(other) => twice.push((cell.at, *other)),
                None => {
                    seen.insert(value, cell.at);
                }
            }
        }
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

    /// Notes a wrong value, and reads over it.
    fn wrong(&mut self, wrong: &Wrong, name: Name<'_>, event: Event<'t>) -> Step {
        let at = self.span(&event);
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

    fn add_row(&mut self, table: usize, parent: Option<(u32, u32)>) -> Slot {
        let width = self.shape.tables.get(table).map_or(0, |table| table.width);
        let Some(rows) = self.tables.get_mut(table) else { return Slot { table, row: 0, column: 0, index: 0 } };
        let start = rows.cells.len();
        rows.cells.resize(start + width, Cell::ABSENT);
        rows.parents.extend(parent);
        let row = start.checked_div(width).map_or(0, index);
        Slot { table, row, column: 0, index: start }
    }

    fn cell(&self, slot: Slot) -> Option<&Cell<'t>> {
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
    fn fill(&mut self, slot: Slot, content: Content<'t>) {
        if let Some(cell) = self.tables.get_mut(slot.table).and_then(|rows| rows.cells.get_mut(slot.index)) {
            cell.content = content;
        }
    }

    /// The bytes of the event that was read last.
    fn span(&self, _event: &Event<'t>) -> Range<usize> {
        self.scanner.span()
    }

    /// The bytes of the value that begins at an offset; of an object or a list, its bracket.
    fn value_at(&self, at: u32) -> Range<usize> {
        let start = at as usize;
        let rest = self.text.get(start..).unwrap_or_default();
        let mut scanner = Scanner::new(rest, 1);
        let length = scanner.next().map_or(0, |_| scanner.span().end);
        start..start + length
    }

    /// The bytes of the key before the value that begins at an offset.
    fn key_before(&self, value: u32, name: &str) -> Range<usize> {
        let before = self.text.get(..value as usize).unwrap_or_default();
        let quoted = format!("\"{name}\"");
        let key = before.trim_end().strip_suffix(':').map(str::trim_end).filter(|before| before.ends_with(&quoted));
        key.map_or_else(|| self.value_at(value), |key| key.len() - quoted.len()..key.len())
    }
}

fn unknown_field_help(shape: &Shape, id: usize, record: &Record, key: &str) -> Option<String> {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    let wanted = plain(key);
    if let Some(near) = record.names().find(|name| plain(name) == wanted).or_else(|| nearest(key, record.names())) {
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

/// Reads one declaration; [`Decoder`] is the way for many.
pub fn decode<'t>(
    text: &'t [u8],
    file: FileId,
    model: &Model,
    layout: &Layout,
    limits: &Limits,
) -> Result<Declaration<'t>, Vec<Diagnostic>> {
    Decoder::new(model, layout, *limits).decode(text, file)
}
