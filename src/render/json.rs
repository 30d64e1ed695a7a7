//! The JSON contract, written: one document, or one on a line.
//!
//! What it writes stays inside its own line on a terminal, too: besides what JSON escapes, characters that could move
//! the cursor or turn the reading direction are escaped, which changes no value.

use super::format::{Format, Item, Run, Writer};
use super::visible::hidden;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use std::io;

/// The contract: of one declaration a document to be read, of several one on each line.
pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "The JSON contract, hongxian.result/1; of several declarations, one on each line",
    start: |run: Run| Box::new(Json { lines: run.several }),
};

/// The contract, one document on each line.
pub(super) const LINES: Format =
    Format { name: "ndjson", about: "The JSON contract, one on each line", start: |_| Box::new(Json { lines: true }) };

struct Json {
    lines: bool,
}

impl Json {
    fn written(&self, value: &impl Serialize) -> String {
        if self.lines { line(value) } else { document(value) }
    }
}

impl Writer for Json {
    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => self.written(report),
            Item::Rejected(rejected) => self.written(rejected),
        }
    }
}

/// One document over several lines, with a line break at its end.
#[must_use]
pub fn document(value: &impl Serialize) -> String {
    written(value, PrettyFormatter::new())
}

/// One document on one line, with a line break at its end.
#[must_use]
pub fn line(value: &impl Serialize) -> String {
    written(value, CompactFormatter)
}

fn written(value: &impl Serialize, layout: impl Formatter) -> String {
    let mut bytes = Vec::with_capacity(4096);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Escaping(layout));
    // Reports hold nothing that JSON cannot say, and a vector takes every byte.
    let _ = value.serialize(&mut serializer);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// Another layout, with hidden characters escaped in strings.
struct Escaping<F>(F);

macro_rules! delegate {
    ($($name:ident($($argument:ident: $ty:ty),*);)*) => {$(
        fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W, $($argument: $ty),*) -> io::Result<()> {
            self.0.$name(writer, $($argument),*)
        }
    )*};
}

impl<F: Formatter> Formatter for Escaping<F> {
    delegate! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(hidden) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut characters = after.chars();
            if let Some(c) = characters.next() {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::render::diagnostics::problems;
    use crate::render::sample;
    use crate::report::contract::{DIAGNOSTICS, Diagnostics, REJECTED, Rejected, RejectedDeclaration};
    use crate::source::{SourceMap, Span};

    #[test]
    fn hidden_characters_are_escaped_and_read_back_the_same() {
        let value = serde_json::json!({"a\u{202e}": ["\u{1b}[2J\u{9b}\u{7f}文\n", "\u{e0041}", 1]});
        let line = line(&value);
        assert_eq!(line, "{\"a\\u202e\":[\"\\u001b[2J\\u009b\\u007f文\\n\",\"\\udb40\\udc41\",1]}\n");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), value);
        assert!(document(&value).starts_with("{\n  \"a\\u202e\": [\n"));
    }

    /// A schema in which every object has only the members that it describes.
    fn strict(schema: &mut serde_json::Value) {
        if let Some(object) = schema.as_object_mut() {
            if object.contains_key("properties") {
                object.insert("additionalProperties".into(), false.into());
            }
            object.values_mut().for_each(strict);
        } else if let Some(items) = schema.as_array_mut() {
            items.iter_mut().for_each(strict);
        }
    }

    fn follows(schema: &str, value: &impl Serialize) {
        let mut schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        strict(&mut schema);
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let value: serde_json::Value = serde_json::from_str(&line(value)).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }

    #[test]
    fn everything_that_is_written_follows_its_schema() {
        let mut sources = SourceMap::new();
        let file = sources.add("a.json", "{\"a\": 1}");
        let wrong = Diagnostic::error(Code::SYNTAX, Span::new(file, 6, 7), "a number").also(Span::new(file, 1, 4), "x");
        let diagnostics = problems(&[wrong, Diagnostic::placeless(Code::SYNTAX, "nowhere").help("this")], &sources);
        let rejected = RejectedDeclaration { file: "a.json".into(), line: Some(3), digest: None };
        follows(include_str!("../../schemas/result.schema.json"), &sample::report());
        follows(
            include_str!("../../schemas/rejected.schema.json"),
            &Rejected { schema: REJECTED, declaration: rejected, diagnostics: diagnostics.clone() },
        );
        follows(
            include_str!("../../schemas/diagnostics.schema.json"),
            &Diagnostics { schema: DIAGNOSTICS, diagnostics },
        );
    }

    #[test]
    fn members_stand_in_the_order_of_the_contract() {
        let report: serde_json::Value = serde_json::from_str(&document(&sample::report())).unwrap();
        let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let in_order = |value: &serde_json::Value, members: &[&str]| {
            let found = keys(value);
            let places: Vec<_> = members.iter().map(|name| found.iter().position(|key| key == name)).collect();
            assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{found:?}");
        };
        let top = "schema engine packs declaration as_of stage parameters notices decision summary rules upcoming waivers \
                   reviews warnings";
        let rule = "id kind title outcome reason proof argument addressee cites source findings";
        let finding = "outcome pointer at requirement related message remedy values missing";
        in_order(&report, &top.split_whitespace().collect::<Vec<_>>());
        in_order(&report["rules"][0], &rule.split(' ').collect::<Vec<_>>());
        in_order(&report["rules"][0]["findings"][0], &finding.split(' ').collect::<Vec<_>>());
    }
}
