//! A hostile declaration changes nothing but its own text, in any format.

use super::fixtures::{PLAN, judge, read, run};
use super::hidden::secret;
use hongxian::engine::{Input, Options};
use hongxian::render::Lang;
use hongxian::render::format::{FORMATS, Format, Item, write};
use hongxian::report::contract::Report;
use serde_json::Value;

/// Markup, quotes, ends of strings and cells, commands, controls, marks of direction, and much of it.
pub fn attacks() -> Vec<(&'static str, String)> {
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
        ("difference", "-1+cmd()".to_owned()),
        ("formula after a tab", "\t=cmd()".to_owned()),
        ("formula after a line", "\r=cmd()".to_owned()),
    ]
}

/// A declaration that breaks rules, with a text in the names that messages repeat.
fn with(text: &str) -> String {
    let mut json: Value = serde_json::from_str(&read("examples/crosses-red-lines.json")).unwrap();
    for pointer in ["/data/items/0/name", "/applicants/0/name", "/declaration/name/zh"] {
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
            let columns = |key: &str| key.to_lowercase().ends_with("column");
            let member =
                |(key, value): (&String, &Value)| (key.clone(), if columns(key) { Value::Null } else { shape(value) });
            members.iter().map(member).collect::<serde_json::Map<_, _>>().into()
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
    if text.trim_start_matches('\u{feff}').starts_with("file,") {
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
pub fn acts(c: char) -> bool {
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
fn where_it_is_not_valid_it_changes_nothing_either() {
    let rejected = |text: &str| {
        let declaration =
            serde_json::json!({"schema_version": [text], "declaration": {"status": text, (text): text}, (text): 1});
        judge(&PLAN, "hostile.json", &declaration.to_string()).expect_err("not valid")
    };
    let plain = rejected("plain");
    for (attack, text) in attacks() {
        let hostile = rejected(&text);
        for format in FORMATS {
            let shown = |rejected| write(format, run(Lang::En, false), &[Item::Rejected(rejected)]);
            let (hostile, plain) = (shown(&hostile), shown(&plain));
            let at = hostile.find(acts).map(|at| hostile[at..].chars().take(20).collect::<String>());
            assert_eq!(at, None, "{attack} in {}", format.name);
            assert!(
                !hostile.starts_with("<!DOCTYPE") || !hostile.contains("<script>alert"),
                "{attack} in {}",
                format.name
            );
            assert_eq!(structure(format.name, &hostile), structure(format.name, &plain), "{attack} in {}", format.name);
        }
    }
}

/// Ten megabytes in one field, under a policy of one rule: of the plan's many rules each shows no more of it than this one.
#[test]
fn ten_megabytes_in_one_field_change_nothing_else() {
    let engine = secret();
    let judged = |text: &str| {
        let declaration = serde_json::json!({"id": "P-1", "as_of": "2025-06-30", "plain": text}).to_string();
        let input = Input { name: "long.json", bytes: declaration.as_bytes() };
        let report = engine.evaluate(input, &Options::default()).unwrap_or_else(|refusal| panic!("{refusal}"));
        (report, declaration)
    };
    let (long, plain) = (judged(&"长text =1 ".repeat(1_000_000)), judged("plain"));
    assert!(long.1.len() > 10_000_000);
    let mut whole = Vec::new();
    for format in FORMATS {
        let (long, plain) = (shown(format, &long), shown(format, &plain));
        // Where values are told, they are told whole.
        let tells_values = serde_json::from_str::<Value>(&plain).is_ok();
        if !tells_values && long.len() > plain.len() + 50_000 {
            whole.push(format.name);
        }
        let (found, expected) = (structure(format.name, &long), structure(format.name, &plain));
        assert!(found == expected, "{}: {found:.300?} but {expected:.300?}", format.name);
    }
    assert_eq!(whole, Vec::<&str>::new(), "show all of it");
}
