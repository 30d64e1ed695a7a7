//! A TOML table read key by key: every key has a place, wrong values and keys that nobody asked for are collected.
//!
//! It knows no particular file; manifest, waivers and reviews say what they want.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::ir::Label;
use crate::source::{FileId, Span};
use crate::value::Date;
use serde_json::Value as Json;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// How many bytes a manifest, a waivers file or a reviews file may have.
pub const MAX_TOML_BYTES: usize = 1 << 20;

/// Something read from a text, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// What.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Placed<T> {
    /// `value` at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Reads a text as TOML; what is not TOML is reported, the rest is read all the same.
pub(super) fn document(
    file: FileId,
    text: &str,
    what: &'static str,
    read: impl FnOnce(&mut Table<'_>),
) -> Vec<Diagnostic> {
    if text.len() > MAX_TOML_BYTES {
        let message = format!("expected at most {MAX_TOML_BYTES} bytes, found {}", text.len());
        return vec![Diagnostic::error(Code::PACK_LIMIT, Span::new(file, 0, 0), message)];
    }
    let (parsed, errors) = DeTable::parse_recoverable(text);
    let broken: Vec<(Span, &str)> =
        errors.iter().map(|error| (span(file, error.span().unwrap_or(0..0)), error.message())).collect();
    let mut table = Table::new(file, what, Span::new(file, 0, 0), parsed.into_inner());
    read(&mut table);
    let mut found = table.finish();
    found.retain(|diagnostic| !follows(diagnostic, &broken));
    found.extend(broken.iter().map(|(at, message)| Diagnostic::error(Code::TOML_SYNTAX, *at, lower_first(message))));
    found.sort_by_key(|diagnostic| diagnostic.primary.as_ref().map_or(0, |label| label.span.start));
    found
}

/// Whether something may be wrong only because the text is not TOML: a key is missing whose line was not understood, or
/// a value is not what it must be where it could not be read.
fn follows(diagnostic: &Diagnostic, broken: &[(Span, &str)]) -> bool {
    let at = diagnostic.primary.as_ref().map(|label| label.span);
    let touched = broken.iter().any(|(span, _)| at.is_some_and(|at| at.start <= span.end && span.start <= at.end));
    touched || (diagnostic.code == Code::MISSING_KEY && !broken.is_empty())
}

/// A table: keys are taken out, and those left at the end are unknown.
pub(super) struct Table<'t> {
    file: FileId,
    what: &'static str,
    span: Span,
    entries: DeTable<'t>,
    asked: Vec<&'static str>,
    missing: Vec<(&'static str, Diagnostic)>,
    found: Vec<Diagnostic>,
}

impl<'t> Table<'t> {
    fn new(file: FileId, what: &'static str, span: Span, entries: DeTable<'t>) -> Self {
        Self { file, what, span, entries, asked: Vec::new(), missing: Vec::new(), found: Vec::new() }
    }

    /// Where the table stands.
    pub(super) const fn span(&self) -> Span {
        self.span
    }

    /// Notes something wrong.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Notes that a key's value is not as it must be.
    pub(super) fn wrong(&mut self, at: Span, message: impl Into<String>) {
        self.found.push(Diagnostic::error(Code::BAD_VALUE, at, message));
    }

    fn take(&mut self, key: &'static str) -> Option<(DeValue<'t>, Span)> {
        self.asked.push(key);
        let value = self.entries.remove(key)?;
        let at = span(self.file, value.span());
        Some((value.into_inner(), at))
    }

    fn take_as<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: impl FnOnce(DeValue<'t>) -> Result<T, DeValue<'t>>,
    ) -> Option<Placed<T>> {
        let (value, at) = self.take(key)?;
        match read(value) {
            Ok(value) => Some(Placed::new(value, at)),
            Err(other) => {
                self.wrong(at, format!("expected {expected} for `{key}`, found {}", kind(&other)));
                None
            }
        }
    }

    /// Whether a key stands in the table and was not yet taken.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Reports a key that must be there and is not.
    pub(super) fn require(&mut self, key: &'static str, example: &str) {
        if !self.has(key) {
            let message = format!("missing key `{key}` in {}", self.what);
            let diagnostic = Diagnostic::error(Code::MISSING_KEY, self.span, message);
            self.missing.push((key, diagnostic.help(format!("add `{key} = {example}`"))));
        }
    }

    /// A string that is not blank.
    pub(super) fn text(&mut self, key: &'static str) -> Option<Placed<String>> {
        let placed = self.take_as(key, "a string", |value| match value {
            DeValue::String(text) => Ok(text.into_owned()),
            other => Err(other),
        })?;
        if placed.value.trim().is_empty() {
            self.wrong(placed.span, format!("expected a text for `{key}`, found a blank one"));
            return None;
        }
        Some(placed)
    }

    /// A string that must be there.
    pub(super) fn required_text(&mut self, key: &'static str, example: &str) -> Placed<String> {
        self.require(key, example);
        let span = self.span;
        self.text(key).unwrap_or_else(|| Placed::new(String::new(), span))
    }

    /// A JSON Pointer to something below the root.
    pub(super) fn pointer(&mut self, key: &'static str) -> Option<Placed<String>> {
        let text = self.text(key)?;
        if !text.value.starts_with('/') {
            let message = format!("expected a JSON Pointer for `{key}`, found `{}`", text.value);
            let steps = text.value.trim_start_matches("product.").replace(['.', '['], "/").replace(']', "");
            let help = format!("a pointer begins with `/`: `/{steps}`");
            self.report(Diagnostic::error(Code::BAD_VALUE, text.span, message).help(help));
            return None;
        }
        Some(text)
    }

    /// Any value, as JSON. Dates become texts.
    pub(super) fn json(&mut self, key: &'static str) -> Option<Json> {
        let (value, at) = self.take(key)?;
        let json = json(&value);
        if json.is_none() {
            self.wrong(at, format!("expected a value that JSON has for `{key}`, found {}", kind(&value)));
        }
        json
    }

    /// A text of JSON, for what TOML has no words for.
    pub(super) fn json_text(&mut self, key: &'static str) -> Option<Json> {
        let text = self.text(key)?;
        match serde_json::from_str(&text.value) {
            Ok(json) => Some(json),
            Err(error) => {
                self.wrong(text.span, format!("expected JSON in `{key}`: {error}"));
                None
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<Placed<bool>> {
        self.take_as(key, "`true` or `false`", |value| match value {
            DeValue::Boolean(flag) => Ok(flag),
            other => Err(other),
        })
    }

    /// A whole number from 1.
    pub(super) fn count(&mut self, key: &'static str) -> Option<Placed<u64>> {
        let placed = self.take_as(key, "a whole number", |value| match value {
            DeValue::Integer(integer) => Ok(u64::from_str_radix(integer.as_str(), integer.radix()).unwrap_or(0)),
            other => Err(other),
        })?;
        if placed.value == 0 {
            self.wrong(placed.span, format!("expected a whole number from 1 for `{key}`"));
            return None;
        }
        Some(placed)
    }

    /// A day, written without quotes.
    pub(super) fn date(&mut self, key: &'static str) -> Option<Placed<Date>> {
        let (value, at) = self.take(key)?;
        let quoted = value.as_str().is_some_and(|text| Date::parse(text).is_some());
        let date = value.as_datetime().and_then(|datetime| Date::parse(&datetime.to_string()));
        if date.is_none() {
            let message = format!("expected a date such as 2021-12-31 for `{key}`, found {}", kind(&value));
            let help = if quoted { "write the date without quotes" } else { "a date is `YYYY-MM-DD`, without a time" };
            self.report(Diagnostic::error(Code::BAD_VALUE, at, message).help(help));
        }
        date.map(|date| Placed::new(date, at))
    }

    /// A day that must be there.
    pub(super) fn required_date(&mut self, key: &'static str) -> Option<Placed<Date>> {
        self.require(key, "2021-12-31");
        self.date(key)
    }

    /// One of some words, which must be there.
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<Placed<T>> {
        self.require(key, &format!("\"{}\"", words.first().map_or("", |(word, _)| word)));
        let text = self.text(key)?;
        let chosen = words.iter().find(|(word, _)| *word == text.value);
        if chosen.is_none() {
            let known = words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
            self.wrong(text.span, format!("expected {known} for `{key}`, found `{}`", text.value));
        }
        chosen.map(|(_, value)| Placed::new(*value, text.span))
    }

    /// `facts`: the digest of the facts that a rule read, as reports print it.
    pub(super) fn facts(&mut self) -> Placed<String> {
        let facts = self.required_text("facts", "\"sha256:…\"");
        if !facts.value.is_empty() && !facts.value.strip_prefix("sha256:").is_some_and(is_sha256) {
            let message = format!("expected the digest of a report's facts, `sha256:…`, found `{}`", facts.value);
            self.wrong(facts.span, message);
        }
        facts
    }

    /// A list of strings that are not blank.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(list) = self.take_as(key, "a list of strings", |value| match value {
            DeValue::Array(items) => Ok(items),
            other => Err(other),
        }) else {
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list.value {
            let at = span(self.file, item.span());
            match item.into_inner() {
                DeValue::String(text) if !text.trim().is_empty() => texts.push(Placed::new(text.into_owned(), at)),
                other => self.wrong(at, format!("expected a string in `{key}`, found {}", kind(&other))),
            }
        }
        texts
    }

    /// A table below a key.
    pub(super) fn table<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        read: impl FnOnce(&mut Table<'t>) -> T,
    ) -> Option<T> {
        let placed = self.take_as(key, "a table", |value| match value {
            DeValue::Table(table) => Ok(table),
            other => Err(other),
        })?;
        Some(self.inner(what, placed.span, placed.value, read))
    }

    /// `[[key]]`: a list of tables.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        mut read: impl FnMut(&mut Table<'t>) -> T,
    ) -> Vec<T> {
        let Some(list) = self.take_as(key, &format!("a list of tables, `[[{key}]]`,"), |value| match value {
            DeValue::Array(items) => Ok(items),
            other => Err(other),
        }) else {
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in list.value {
            let at = span(self.file, item.span());
            match item.into_inner() {
                DeValue::Table(table) => tables.push(self.inner(what, at, table, &mut read)),
                other => {
                    let message = format!("expected a table in `{key}`, found {}", kind(&other));
                    self.report(Diagnostic::error(Code::BAD_VALUE, at, message).help(format!("write `[[{key}]]`")));
                }
            }
        }
        tables
    }

    /// A table of tables whose keys are free, in the order of the text.
    pub(super) fn named_tables<T>(
        &mut self,
        what: &'static str,
        mut read: impl FnMut(&mut Table<'t>) -> T,
    ) -> Vec<(Placed<String>, T)> {
        let mut entries: Vec<_> = std::mem::take(&mut self.entries).into_iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut tables = Vec::new();
        for (key, value) in entries {
            let at = span(self.file, value.span());
            let name = Placed::new(key.get_ref().to_string(), span(self.file, key.span()));
            match value.into_inner() {
                DeValue::Table(table) => tables.push((name, self.inner(what, at, table, &mut read))),
                other => {
                    let message = format!("expected {what} for `{}`, found {}", name.value, kind(&other));
                    self.report(Diagnostic::error(Code::BAD_VALUE, at, message));
                }
            }
        }
        tables
    }

    /// `{ en = "…", zh = "…" }`; English must be there.
    pub(super) fn label(&mut self, key: &'static str) -> Label {
        self.table(key, "a text in two languages", Self::words).unwrap_or_default()
    }

    /// The keys of a label.
    pub(super) fn words(&mut self) -> Label {
        let en = self.required_text("en", "\"…\"").value;
        let zh = self.text("zh").map(|text| text.value);
        Label { en: Some(en), zh }
    }

    fn inner<T>(
        &mut self,
        what: &'static str,
        at: Span,
        entries: DeTable<'t>,
        read: impl FnOnce(&mut Table<'t>) -> T,
    ) -> T {
        let mut table = Table::new(self.file, what, at, entries);
        let result = read(&mut table);
        self.found.append(&mut table.finish());
        result
    }

    /// What was found, unknown keys included. A missing key of which a misspelt one stands there is one mistake, not two.
    fn finish(mut self) -> Vec<Diagnostic> {
        for key in self.entries.keys() {
            let message = format!("unknown key `{}` in {}", key.get_ref(), self.what);
            let near = nearest(key.get_ref(), self.asked.iter().copied());
            let help = match near {
                Some(candidate) => format!("did you mean `{candidate}`?"),
                None => format!("known keys: {}", self.asked.join(", ")),
            };
            self.missing.retain(|(missing, _)| Some(*missing) != near);
            self.found.push(Diagnostic::error(Code::UNKNOWN_KEY, span(self.file, key.span()), message).help(help));
        }
        self.found.extend(self.missing.into_iter().map(|(_, diagnostic)| diagnostic));
        self.found
    }
}

/// Whether a text is a SHA-256 as digits.
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(text) if text.trim().is_empty() => "a blank string",
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn span(file: FileId, range: Range<usize>) -> Span {
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(file, at(range.start), at(range.end))
}

/// A value as JSON, digit by digit; nothing where JSON has no such number.
fn json(value: &DeValue<'_>) -> Option<Json> {
    match value {
        DeValue::String(text) => Some(Json::String(text.to_string())),
        DeValue::Integer(integer) if integer.radix() == 10 => number(integer.as_str()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(Json::from),
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Boolean(flag) => Some(Json::Bool(*flag)),
        DeValue::Datetime(date) => Some(Json::String(date.to_string())),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect::<Option<_>>().map(Json::Array),
        DeValue::Table(table) => {
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            let entries =
                entries.into_iter().map(|(key, value)| Some((key.get_ref().to_string(), json(value.get_ref())?)));
            entries.collect::<Option<_>>().map(Json::Object)
        }
    }
}

fn number(text: &str) -> Option<Json> {
    serde_json::from_str(text.trim_start_matches('+')).ok()
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
