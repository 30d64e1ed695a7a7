//! The scanner on its own.

use super::*;

fn events(text: &str) -> Result<Vec<(Event<'_>, Range<usize>)>, Box<SyntaxError>> {
    let mut scanner = Scanner::new(text, 8);
    let mut events = Vec::new();
    loop {
        let event = scanner.next()?;
        events.push((event, scanner.span()));
        if event == Event::End {
            return Ok(events);
        }
    }
}

fn fault(text: &str) -> (Fault, &str) {
    let error = events(text).unwrap_err();
    (error.fault, &text[error.at])
}

fn string(text: &str) -> String {
    match events(text).unwrap()[0].0 {
        Event::String(raw) => raw.text().into_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn events_with_their_places() {
    let text = "\u{feff} {\"一\" : [1, true ,null,\"x\"] , \"b\":{}} ";
    let found = events(text).unwrap();
    let words: Vec<&str> = found.iter().map(|(_, at)| &text[at.clone()]).collect();
    assert_eq!(words, ["{", "\"一\"", "[", "1", "true", "null", "\"x\"", "]", "\"b\"", "{", "}", "}", ""]);
    assert!(matches!(found[1].0, Event::Key(key) if key.text() == "一"));
}

#[test]
fn strings() {
    assert_eq!(string(r#""a\"\\\/\b\f\n\r\t\u4e00\uD83D\uDE00z""#), "a\"\\/\u{8}\u{c}\n\r\t一😀z");
    assert_eq!(string("\"\u{7f}\u{80}一\""), "\u{7f}\u{80}一", "only C0 controls are forbidden");
    for length in 0..40 {
        let text = "x".repeat(length);
        assert_eq!(string(&format!("\"{text}\"")), text);
        assert_eq!(string(&format!("\"{text}\\n一\"")), format!("{text}\n一"));
        assert_eq!(fault(&format!("\"{text}\u{1f}\"")), (Fault::ControlCharacter, "\u{1f}"));
        assert_eq!(fault(&format!("\"{text}")), (Fault::OpenString, "\""));
    }
}

#[test]
fn escapes_that_are_none() {
    let cases = [
        (r#""\x""#, Fault::Escape, r"\x"),
        (r#""\一""#, Fault::Escape, r"\一"),
        (r#""\u12g4""#, Fault::Escape, r"\u"),
        (r#""\u+123""#, Fault::Escape, r"\u"),
        (r#""\ud800""#, Fault::Surrogate, r"\ud800"),
        (r#""\ud800\n""#, Fault::Surrogate, r"\ud800"),
        (r#""\ud800\ud800""#, Fault::Surrogate, r"\ud800"),
        (r#""\udc00""#, Fault::Surrogate, r"\udc00"),
        ("\"\\", Fault::Escape, "\\"),
    ];
    for (text, expected, word) in cases {
        assert_eq!(fault(text), (expected, word), "{text}");
    }
}

#[test]
fn numbers() {
    for good in ["0", "-0", "10", "1.5", "-1.50e+3", "0e0", "1E-2", "123456789012345678901234567890"] {
        assert_eq!(events(good).unwrap()[0].0, Event::Number(good));
    }
    for bad in
        ["01", "-", "-01", "1.", ".5", "+1", "1e", "1e+", "0x10", "1.2.3", "1_000", "--1", "-Infinity", "1a", "1-2"]
    {
        assert_eq!(fault(bad), (Fault::Number, bad));
    }
}

#[test]
fn words() {
    for bad in ["NaN", "True", "nul", "nulll", "truex", "undefined", "t"] {
        assert_eq!(fault(bad), (Fault::Word, bad));
    }
}

#[test]
fn structure() {
    let cases = [
        ("", Fault::Expected("a value"), ""),
        ("[1,]", Fault::TrailingComma, ","),
        ("{\"a\":1 , }", Fault::TrailingComma, ","),
        ("[,1]", Fault::Expected("a value"), ","),
        ("[1 2]", Fault::Expected("`,` or `]`"), "2"),
        ("[1}", Fault::Expected("`,` or `]`"), "}"),
        ("{\"a\" 1}", Fault::Expected("`:`"), "1"),
        ("{\"a\":1 \"b\":2}", Fault::Expected("`,` or `}`"), "\""),
        ("{a:1}", Fault::Expected("a key in double quotes, or `}`"), "a"),
        ("{\"a\":1, b:1}", Fault::Expected("a key in double quotes"), "b"),
        ("{\"a\"：1}", Fault::Expected("`:`"), "："),
        ("{} {}", Fault::Trailing, "{"),
        ("]", Fault::Expected("a value"), "]"),
        ("[", Fault::Expected("a value"), ""),
        ("[[[[[[[[[", Fault::Depth, "["),
        ("\u{feff}\u{feff}1", Fault::Expected("a value"), "\u{feff}"),
        ("1\u{a0}", Fault::Trailing, "\u{a0}"),
    ];
    for (text, expected, word) in cases {
        assert_eq!(fault(text), (expected, word), "{text}");
    }
    assert!(events("[[[[[[[[]]]]]]]]").is_ok(), "at the limit");
    assert_eq!(events("{\"a\": [1").unwrap_err().open, Some(6));
}

#[test]
fn a_value_ends_where_json_says() {
    let cases = [
        (r#""a\"]b" , 1"#, 7, 7),
        (r#"{"a": ["}"], "b": {}} ,"#, 1, 21),
        ("[1, [2]]]", 1, 8),
        ("12.5}", 4, 4),
        ("null\n", 4, 4),
        ("true,", 4, 4),
        ("7", 1, 1),
        ("\"open", 5, 5),
        ("…, 1", 3, 6),
        ("", 0, 0),
    ];
    for (text, first, all) in cases {
        assert_eq!((opening(text), whole(text)), (first, all), "{text}");
    }
}
