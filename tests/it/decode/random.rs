//! Any text: the scanner accepts what another reader of JSON accepts, and reads the same; the decoder never panics, and says where.

use super::model::{COMPLETE, diagnostics, layout, places};
use crate::chance::cases;
use hongxian::decode::Limits;
use hongxian::decode::declaration::{Content, Declaration};
use hongxian::decode::scanner::{Event, Scanner};
use proptest::prelude::*;
use serde_json::Value;

/// The value that the scanner reads; the last of equal keys counts, as it does for the other reader.
fn scanned(text: &str) -> Option<Value> {
    let mut scanner = Scanner::new(text, 100);
    let event = scanner.next().ok()?;
    let value = build(&mut scanner, event)?;
    matches!(scanner.next(), Ok(Event::End)).then_some(value)
}

fn build(scanner: &mut Scanner<'_>, event: Event<'_>) -> Option<Value> {
    Some(match event {
        Event::ObjectStart => {
            let mut object = serde_json::Map::new();
            while let Event::Key(key) = scanner.next().ok()? {
                let event = scanner.next().ok()?;
                object.insert(key.text().into_owned(), build(scanner, event)?);
            }
            Value::Object(object)
        }
        Event::ArrayStart => {
            let mut array = Vec::new();
            loop {
                match scanner.next().ok()? {
                    Event::ArrayEnd => break Value::Array(array),
                    event => array.push(build(scanner, event)?),
                }
            }
        }
        Event::String(raw) => Value::String(raw.text().into_owned()),
        Event::Number(text) => serde_json::from_str(text).unwrap(),
        Event::Bool(value) => Value::Bool(value),
        Event::Null => Value::Null,
        Event::Key(_) | Event::ObjectEnd | Event::ArrayEnd | Event::End => return None,
    })
}

/// Small pieces of JSON, good and bad, one after the other.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["{", "}", "[", "]", ",", ":", "\"a\"", "\"b\":", "1", "null", "true", "false", " ", "\n"]),
        1 => prop::sample::select(vec![
            "-", "0", "01", "1.", ".5", "1e5", "1E+05", "-0.0", "\"", "\\", "\\u", "\\ud83d\\ude00", "\\ud83d", "\"\\u00e9\"", "\u{1}",
            "\t", "\u{7f}", "é", "一", "\u{feff}", "tru", "NaN", "\"\\/\"", "\r\n", "\u{2028}", "\u{a0}", "/*", "'",
        ]),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// What stands between the quotes of a string: escapes of every kind, some wrong, with runs of all lengths between them.
fn escapes() -> impl Strategy<Value = String> {
    let good = [
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b",
        "\\f",
        "\\r",
        "\\t",
        "\\u4e2d",
        "\\u00E9",
        "\\u0000",
        "\\uFFFF",
        "\\ud83d\\ude00",
    ];
    let bad = [
        "\\",
        "\\x",
        "\\一",
        "\\u12g4",
        "\\u123",
        "\\ud83d",
        "\\ude00",
        "\\ud83d\\u4e2d",
        "\\ud83d\\n",
        "\\U0041",
        "\n",
        "\u{1f}",
        "\"",
    ];
    let piece = prop_oneof![
        60 => prop::sample::select(good.to_vec()).prop_map(str::to_owned),
        30 => "[a-z ]{0,20}",
        30 => "[一-龥é😀]{0,6}",
        1 => prop::sample::select(bad.to_vec()).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A value, and white space here and there.
fn document() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?"
            .prop_map(|text| serde_json::from_str(&text).unwrap()),
        any::<String>().prop_map(Value::String),
    ];
    let value = leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((any::<String>(), inner), 0..6).prop_map(|fields| fields.into_iter().collect()),
        ]
    });
    (value, any::<bool>()).prop_map(|(value, pretty)| {
        if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() }
    })
}

/// A good text with a few changes.
pub fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0..12_usize, pieces(), any::<prop::sample::Index>(), 0..4_u8);
    prop::collection::vec(change, 1..4).prop_map(move |changes| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, length, piece, other, kind) in changes {
            let start = at.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            let insert = match kind {
                0 => piece.into_bytes(),
                1 => Vec::new(),
                2 => {
                    let from = other.index(bytes.len() + 1);
                    bytes[from..(from + 30).min(bytes.len())].to_vec()
                }
                _ => vec![u8::try_from(other.index(256)).unwrap()],
            };
            bytes.splice(start..end, insert);
        }
        bytes
    })
}

/// The title that a declaration comes to.
fn title(declaration: &Declaration<'_>) -> Option<String> {
    let layout = layout();
    let (place, _) =
        places(declaration, &layout).into_iter().find(|(place, _)| declaration.pointer(&layout, *place) == "/title")?;
    match declaration.cell(&layout, place).content {
        Content::Value(hongxian::value::Value::Text(text)) => Some(text.as_str().to_owned()),
        _ => None,
    }
}

fn agree(text: &str) {
    let ours = scanned(text);
    let theirs = serde_json::from_str::<Value>(text).ok();
    assert_eq!(ours, theirs, "{text:?}");
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn documents_are_read_alike(text in document()) {
        agree(&text);
    }

    #[test]
    fn pieces_are_judged_alike(text in pieces().prop_filter("a mark is ours alone", |text| !text.starts_with('\u{feff}'))) {
        agree(&text);
    }

    #[test]
    fn escapes_are_resolved_alike(inner in escapes()) {
        agree(&format!("\"{inner}\""));
        let text = format!("{{\"id\":\"A-1\",\"title\":\"{inner}\"}}");
        agree(&text);
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            let theirs = value["title"].as_str().filter(|title| !title.trim().is_empty());
            let ours = diagnostics(text.as_bytes(), Limits::DEFAULT);
            let ours = ours.map(|declaration| title(&declaration)).map_err(|found| format!("{found:?}"));
            prop_assert_eq!(ours, Ok(theirs.map(str::to_owned)));
        }
    }

    #[test]
    fn mutations_are_errors_with_a_place_or_good(text in mutated(COMPLETE)) {
        match diagnostics(&text, Limits::DEFAULT) {
            Ok(declaration) => {
                let json = declaration.text.trim_start_matches('\u{feff}');
                prop_assert!(serde_json::from_str::<Value>(json).is_ok_and(|value| value.is_object()));
            }
            Err(found) => {
                prop_assert!(!found.is_empty());
                for diagnostic in found {
                    let span = diagnostic.primary.unwrap().span;
                    prop_assert!(span.start <= span.end && span.end as usize <= text.len());
                    if let Ok(text) = std::str::from_utf8(&text) {
                        prop_assert!(text.get(span.range()).is_some(), "{} {span:?}", diagnostic.message);
                    }
                }
            }
        }
    }
}
