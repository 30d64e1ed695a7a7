//! What to say where a text is no JSON: what stands there, and what was probably meant.

use super::problems::Problems;
use super::scanner::{Fault, SyntaxError, is_number};
use super::words::{quoted, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Bytes that are not UTF-8, `valid` bytes from the start.
pub(super) fn not_utf8(file: FileId, bytes: &[u8], valid: usize) -> Diagnostic {
    let at = u32::try_from(valid).unwrap_or(u32::MAX);
    let diagnostic =
        Diagnostic::error(Code::NOT_UTF8, Span::new(file, at, at), "expected UTF-8 text, found another encoding");
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let help = match sniff_bytes(bytes) {
        Some(what) => format!("this looks like {what}; a declaration is JSON"),
        None if utf16 => "the file is UTF-16: save it as UTF-8".to_owned(),
        None => "save the file as UTF-8 (it may be GBK or another older encoding)".to_owned(),
    };
    diagnostic.help(help)
}

fn sniff_bytes(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 4] = [
        (b"%PDF", "a PDF document"),
        (b"PK\x03\x04", "an Office document or another archive"),
        (b"\xd0\xcf\x11\xe0", "an Office document"),
        (b"\x1f\x8b", "a compressed file"),
    ];
    kinds.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Where and why a text is no JSON.
pub(super) fn syntax(problems: &Problems, text: &str, error: &SyntaxError) -> Diagnostic {
    let before = text.get(..error.at.start).unwrap_or_default();
    let at_start = before.trim_start_matches('\u{feff}').trim().is_empty();
    let whole = if at_start && error.fault != Fault::Depth { whole_text(text) } else { None };
    let code = match error.fault {
        Fault::Depth => Code::DECLARATION_LIMIT,
        _ if whole.is_some() => Code::NOT_A_DECLARATION,
        _ => Code::JSON_SYNTAX,
    };
    let word = text.get(error.at.clone()).unwrap_or_default();
    let (message, help) = match whole {
        Some((found, help)) => (format!("expected a declaration as JSON, found {found}"), help),
        None => (message(&error.fault, word), help(&error.fault, word)),
    };
    let mut diagnostic = Diagnostic::error(code, problems.span(error.at.clone()), message);
    if let (Some(open), true) = (error.open, word.is_empty()) {
        diagnostic = diagnostic.also(problems.span(open..open + 1), "this bracket is still open");
    }
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

fn message(fault: &Fault, word: &str) -> String {
    let found = if word.is_empty() { "the end of the text".to_owned() } else { quoted(word) };
    match fault {
        Fault::Expected(expected) => format!("expected {expected}, found {found}"),
        Fault::Trailing => format!("expected the end of the text, found {found}"),
        Fault::TrailingComma => "expected no comma before the closing bracket".to_owned(),
        Fault::ControlCharacter if word == "\n" || word == "\r" => {
            "expected the text's closing quote on this line, found the line's end".to_owned()
        }
        Fault::ControlCharacter => format!("expected an escape in a text, found the control character {found}"),
        Fault::OpenString => "expected the text's closing quote, found the end of the file".to_owned(),
        Fault::Escape => {
            format!("expected one of the escapes `\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX`, found {found}")
        }
        Fault::Surrogate => format!("expected both halves of a surrogate pair, found {found} alone"),
        Fault::Number => format!("expected a number as JSON writes it, found {found}"),
        Fault::Word => format!("expected a value, found {found}"),
        Fault::Depth => "expected fewer open brackets: the declaration is nested deeper than the limit".to_owned(),
    }
}

fn help(fault: &Fault, word: &str) -> Option<String> {
    match fault {
        Fault::Number => number_help(word),
        Fault::Word => Some(word_help(word)),
        Fault::TrailingComma => Some("remove the comma".to_owned()),
        Fault::ControlCharacter if word == "\n" || word == "\r" => {
            Some("write a line break in a text as `\\n`".to_owned())
        }
        Fault::ControlCharacter if word == "\t" => Some("write a tab in a text as `\\t`".to_owned()),
        Fault::Escape => Some("write a backslash in a text as `\\\\`".to_owned()),
        Fault::Trailing if word == ":" => Some("write `{` before the first key and `}` at the end".to_owned()),
        Fault::Trailing => Some(
            "a file holds one declaration; several stand in one file as NDJSON, each on a line of its own".to_owned(),
        ),
        Fault::Expected(expected) => punctuation_help(expected, word),
        _ => None,
    }
}

/// Signs that people type for those of JSON.
fn punctuation_help(expected: &str, word: &str) -> Option<String> {
    let first = word.chars().next()?;
    let meant = match first {
        '：' | '=' => ":",
        '，' | '、' => ",",
        '“' | '”' | '„' | '＂' | '「' | '」' | '\'' | '`' | '‘' | '’' => "\"",
        '｛' => "{",
        '｝' => "}",
        '［' | '【' => "[",
        '］' | '】' => "]",
        '/' | '#' => return Some("JSON has no comments".to_owned()),
        _ if expected.starts_with("a key") && (first.is_alphanumeric() || first == '_') => {
            return Some(format!("write `\"{}\"`, in double quotes", short(word)));
        }
        _ if expected.starts_with("`,`") && (first == '"' || first == '{' || first == '[') => {
            return Some("is a comma missing before it?".to_owned());
        }
        _ => return None,
    };
    Some(format!("write `{meant}`"))
}

fn number_help(word: &str) -> Option<String> {
    let (sign, digits) =
        word.strip_prefix('-').map_or(("", word.strip_prefix('+').unwrap_or(word)), |rest| ("-", rest));
    let trimmed = digits.trim_start_matches('0').replace('_', "");
    let mut likely = trimmed.trim_end_matches('.').to_owned();
    if !likely.starts_with(|c: char| c.is_ascii_digit()) {
        likely.insert(0, '0');
    }
    let likely = format!("{sign}{likely}");
    if is_number(&likely) && word.len() <= 40 {
        Some(format!("write `{likely}`"))
    } else {
        matches!(digits, "Infinity" | "inf" | "NaN").then(|| NO_NUMBER.to_owned())
    }
}

const NO_NUMBER: &str = "JSON has no such number; leave the field out where it is not known";

fn word_help(word: &str) -> String {
    match word.to_lowercase().as_str() {
        "true" | "yes" | "t" => "write `true`".to_owned(),
        "false" | "no" | "f" => "write `false`".to_owned(),
        "null" | "none" | "nil" | "undefined" | "n" => "write `null`, or leave the field out".to_owned(),
        "nan" | "infinity" | "inf" => NO_NUMBER.to_owned(),
        _ => format!("write a text in double quotes, `\"{}\"`", short(word)),
    }
}

/// What a whole text is that is no JSON from its first character on, and what to do about it.
fn whole_text(text: &str) -> Option<(&'static str, Option<String>)> {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    let line = body.lines().next().unwrap_or_default();
    let help = |text: &str| Some(text.to_owned());
    let as_json = "write it as JSON: `{ \"key\": \"value\" }`";
    if body.is_empty() {
        let what = if text.is_empty() { "an empty file" } else { "a blank file" };
        return Some((what, help("`policy init --declaration` writes one to fill in")));
    }
    if line.starts_with("///") || is_key(line.strip_prefix("module ").unwrap_or_default()) {
        return Some(("a policy", help("`policy check` reads policies; `policy eval --policy` judges by one")));
    }
    if line.starts_with("---") || line.starts_with("%YAML") || line.starts_with("- ") || has_key(line, ':') {
        return Some(("YAML", help(as_json)));
    }
    if has_key(line, '=') {
        return Some(("TOML", help(as_json)));
    }
    if line.starts_with('<') {
        return Some(("XML or HTML", help(as_json)));
    }
    sniff_bytes(text.as_bytes()).map(|what| (what, None))
}

/// `key: value`, `key = value`
fn has_key(line: &str, sign: char) -> bool {
    line.split_once(sign).is_some_and(|(key, rest)| {
        is_key(key.trim().trim_matches(['"', '\''])) && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
    })
}

fn is_key(word: &str) -> bool {
    let word = word.trim();
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
}
