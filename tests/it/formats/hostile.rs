//! A hostile declaration changes nothing but its own text, in any format.

use super::fixtures::{PLAN, judge, read, run};
use hongxian::render::Lang;
use hongxian::render::format::{FORMATS, Format, Item, write};
use hongxian::report::contract::Report;
use serde_json::Value;

/// Markup, quotes, ends of strings and cells, commands, controls, marks of direction, and much of it.
fn attacks() -> Vec<(&'static str, String)> {
    vec![
        ("markup", "<script>alert(1)</script><b onload='x'>\"></td></testcase>]]><!-- {{x}} ${x}".to_owned()),
        ("quotes", "\"'`\\\" '' `` \\\\ \" | a | b".to_owned()),
        ("markdown", "](javascript:x) **b** # h\n\n| c | [l](http://x) ~~~ ``` <br> * i - j".to_owned()),
        ("commands", "%0A::error file=x::y\n::set-output name=a::b\r\n::stop-commands::z".to_owned()),
        ("controls", "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}2J\u{0}\u{8}\u{7f}\t\r\n\u{85}\u{2028}\u{ffff}".to_owned()),
        ("direction", "\u{202e}gnp.exe\u{2066}\u{2069}\u{200f}\u{61c}\u{feff}\u{200b}".to_owned()),
        ("formula", "=cmd|' /C calc'!A0".to_owned()),
        ("sums", "+1+cmd()".to_owned()),
        ("at", "@SUM(1+1)".to_owned()),
        ("wide formula", "＝1+1".to_owned()),
    ]
}

/// A declaration that breaks rules, with a text in the names that messages repeat.
fn with(text: &str) -> String {
    let mut json: Value = serde_json::from_str(&read("examples/crosses-red-lines.json")).unwrap();
    // A long text stands in one field.
    let pointers = ["/data/items/0/name", "/applicants/0/name", "/declaration/name/zh"];
    let long = text.len() > 100_000;
    for pointer in pointers.into_iter().take(if long { 1 } else { 3 }) {
        *json.pointer_mut(pointer).unwrap() = text.into();
    }
    serde_json::to_string_pretty(&json).unwrap()
}

fn judged(text: &str) -> (Report, String) {
    let declaration = with(text);
    let report = judge(&PLAN, "hostile.json", &declaration).unwrap_or_else(|rejected| panic!("{rejected:?}"));
    (report, declaration)
}

fn shown(format: &Format, (report, declaration): &(Report, String)) -> String {
    write(format, run(Lang::En, false), &[Item::Report(report, declaration)])
}

/// The same with every text left out: what a program that reads it takes for structure.
fn shape(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::Null,
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), shape(value))).collect::<serde_json::Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

/// What is structure in the text of a format.
fn structure(format: &str, text: &str) -> Vec<String> {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        return vec![shape(&value).to_string()];
    }
    if text.starts_with("<?xml") {
        let report = quick_junit::Report::deserialize_from_str(text).unwrap();
        let suites = report.test_suites.iter();
        return suites.flat_map(|suite| suite.test_cases.iter().map(|case| format!("{:?}", case.classname))).collect();
    }
    if format == "csv" {
        let mut rows =
            csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        let runs = |cell: &&str| cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        assert_eq!(rows.iter().flatten().find(runs), None, "a cell is a formula");
        return rows.iter().map(|row| row.len().to_string()).collect();
    }
    let lines = if format == "human" { 0 } else { text.lines().count() };
    let is_markup = format == "markdown" || text.starts_with('<');
    let tags = if is_markup { text.replace("\\<", "").matches('<').count() } else { 0 };
    vec![format!("{lines} lines, {tags} tags")]
}

/// Whether a character does something to a terminal or a reader.
fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r'))
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn check(attack: &str, text: &str) {
    let (hostile, plain) = (judged(text), judged("plain"));
    for format in FORMATS {
        let plain = structure(format.name, &shown(format, &plain));
        let hostile = shown(format, &hostile);
        let at = hostile.find(acts).map(|at| hostile[at..].chars().take(20).collect::<String>());
        assert_eq!(at, None, "{attack} in {}", format.name);
        let is_markup = format.name == "markdown" || hostile.starts_with('<');
        assert!(!is_markup || !hostile.contains("<script>alert"), "{attack} in {}", format.name);
        let found = structure(format.name, &hostile);
        assert!(found == plain, "{attack} in {}: {:.300?} but {:.300?}", format.name, found, plain);
    }
}

#[test]
fn it_changes_nothing_but_its_own_text() {
    for (attack, text) in attacks() {
        check(attack, &text);
    }
}

#[test]
fn a_megabyte_in_one_field_changes_nothing_else() {
    check("long", &"长text ".repeat(130_000));
}
