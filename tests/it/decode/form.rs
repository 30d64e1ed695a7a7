//! Corrections of form: each patch can be applied, and then the declaration says the same in the form that is wanted. What could
//! mean something else has none.

use crate::properties::engine::{build, files};
use hongxian::diagnostic::{Diagnostic, Patch};
use hongxian::engine::{Engine, Input, Options, Refusal};
use hongxian::value::Date;
use serde_json::{Value, json};
use std::sync::LazyLock;

const MODEL: &str = r#"module model
enum Cipher { none, sm3, sm4, five_g as "5g" zh "五代" }
record Inner {
    yes: bool   count: number   whole: number whole 0..100   share: ratio in percent 0..100   part: ratio
    minutes: duration in minutes   days: duration in days   months: duration in months   years: duration in years
    price: money in CNY 0..   day: date   cipher: Cipher   code: text matches /[0-9A-Z]{4}/   words: text
    tags: list of Cipher   days_on: list of date   note: prose
}
record Product { list: list of Inner   one: Inner   risk_exit: text }
"#;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let rules = "module rules\nuse model\nguidance R-1 \"r\" {\n cites 1#1\n addressee product\n require product.risk_exit is declared\n remedy \"r\"\n}\n";
    build(files(&[("model.policy", MODEL.to_owned()), ("rules.policy", rules.to_owned())])).unwrap()
});

fn problems(text: &str) -> Vec<Diagnostic> {
    let options = Options { as_of: Date::parse("2025-06-30"), ..Options::default() };
    match ENGINE.evaluate(Input { name: "d", bytes: text.as_bytes() }, &options) {
        Ok(_) => Vec::new(),
        Err(Refusal::Invalid(invalid)) => invalid.diagnostics,
        Err(other) => panic!("{other}"),
    }
}

fn apply(json: &mut Value, patch: &Patch) {
    match patch {
        Patch::Replace { path, value } => *json.pointer_mut(path).unwrap() = serde_json::from_str(value).unwrap(),
        Patch::Move { from, path } => {
            let take = |json: &mut Value, at: &str| {
                let (enclosing, key) = at.rsplit_once('/').unwrap();
                json.pointer_mut(enclosing).unwrap().as_object_mut().unwrap().shift_remove(key).unwrap()
            };
            let value = take(json, from);
            let (enclosing, key) = path.rsplit_once('/').unwrap();
            json.pointer_mut(enclosing).unwrap()[key] = value;
        }
    }
}

/// Field, as it was given, as it should be.
const SLIPS: &[(&str, &str, &str)] = &[
    ("yes", r#""true""#, "true"),
    ("yes", r#"" 是 ""#, "true"),
    ("yes", r#""No""#, "false"),
    ("count", r#""12.50""#, "12.50"),
    ("count", r#""１２""#, "12"),
    ("count", r#""1,234,567""#, "1234567"),
    ("count", r#""－3""#, "-3"),
    ("count", r#""12345678901234567890.5""#, "12345678901234567890.5"),
    ("whole", r#"" 7 ""#, "7"),
    ("share", r#""12.5%""#, "12.5"),
    ("share", r#""１２％""#, "12"),
    ("share", r#""12""#, "12"),
    ("part", r#""12.5%""#, "0.125"),
    ("minutes", r#""90 minutes""#, "90"),
    ("minutes", r#""2 hours""#, "120"),
    ("minutes", r#""1天""#, "1440"),
    ("days", r#""30天""#, "30"),
    ("days", r#""36 h""#, "1.5"),
    ("months", r#""2年""#, "24"),
    ("years", r#""18个月""#, "1.5"),
    ("price", "1000", r#""1000""#),
    ("price", "1000.50", r#""1000.50""#),
    ("price", r#""￥1,000,000.00""#, r#""1000000.00""#),
    ("price", r#""１０００元""#, r#""1000""#),
    ("price", r#""CNY 5""#, r#""5""#),
    ("day", r#""2020/5/1""#, r#""2020-05-01""#),
    ("day", r#""2020.05.01""#, r#""2020-05-01""#),
    ("day", r#""2020年5月1日""#, r#""2020-05-01""#),
    ("day", r#""２０２０-０５-０１""#, r#""2020-05-01""#),
    ("day", r#""20200501""#, r#""2020-05-01""#),
    ("day", "20200501", r#""2020-05-01""#),
    ("cipher", r#""SM3""#, r#""sm3""#),
    ("cipher", r#"" None ""#, r#""none""#),
    ("cipher", r#""五代""#, r#""5g""#),
    ("cipher", r#""five-g""#, r#""5g""#),
    ("cipher", r#""ｓｍ４""#, r#""sm4""#),
    ("code", r#""ab12""#, r#""AB12""#),
    ("code", r#"" ＡＢ１２ ""#, r#""AB12""#),
    ("words", "12.50", r#""12.50""#),
    ("tags", r#"["sm3", "SM4"]"#, r#"["sm3","sm4"]"#),
    ("days_on", r#"["2020-01-01", "2020/01/02"]"#, r#"["2020-01-01","2020-01-02"]"#),
];

/// Field, and what no form makes certain.
const DOUBTS: &[(&str, &str)] = &[
    ("yes", r#""maybe""#),
    ("yes", "1"),
    ("count", r#""about 12""#),
    ("count", r#""12%""#),
    ("count", r#""1,23""#),
    ("count", r#""3e""#),
    ("whole", r#""1.5""#),
    ("whole", r#""101""#),
    ("share", r#""120%""#),
    ("share", r#""3 days""#),
    ("minutes", r#""2 months""#),
    ("months", r#""60 days""#),
    ("months", r#""10 days""#),
    ("price", r#""5 USD""#),
    ("price", r#""-5""#),
    ("day", r#""01/05/2020""#),
    ("day", r#""2020-05""#),
    ("day", r#""2020-02-30""#),
    ("day", r#""2020-05-01T00:00:00Z""#),
    ("day", r#""20/05/01""#),
    ("cipher", r#""sm2""#),
    ("cipher", r#""sm""#),
    ("code", r#""abc""#),
    ("words", "true"),
    ("note", "7"),
];

#[test]
fn a_slip_of_form_has_a_patch_that_mends_it() {
    for (field, wrong, right) in SLIPS {
        let text = format!(r#"{{"list": [{{}}, {{"{field}": {wrong}}}], "one": {{"{field}": {wrong}}}}}"#);
        let found = problems(&text);
        assert_eq!(found.len(), 2, "{field} {wrong}");
        let mut json: Value = serde_json::from_str(&text).unwrap();
        for problem in &found {
            apply(&mut json, problem.patch.as_ref().unwrap_or_else(|| panic!("no patch for {field} {wrong}")));
        }
        let right: Value = serde_json::from_str(right).unwrap();
        assert_eq!(json, json!({"list": [{}, {*field: right}], "one": {*field: right}}), "{field} {wrong}");
        assert_eq!(problems(&json.to_string()), Vec::new(), "{field} {wrong}");
    }
}

#[test]
fn what_could_mean_something_else_has_no_patch() {
    for (field, wrong) in DOUBTS {
        let found = problems(&format!(r#"{{"one": {{"{field}": {wrong}}}}}"#));
        assert!(!found.is_empty(), "{field} {wrong}");
        for problem in found {
            assert_eq!(problem.patch, None, "{field} {wrong}");
        }
    }
}

#[test]
fn a_key_in_another_case_moves_where_there_is_room() {
    let moved = |text: &str| {
        let mut json: Value = serde_json::from_str(text).unwrap();
        problems(text).iter().filter_map(|problem| problem.patch.as_ref()).for_each(|patch| apply(&mut json, patch));
        json
    };
    assert_eq!(
        moved(r#"{"riskExit": "a", "one": {"Day": "2020-01-01"}}"#),
        json!({"risk_exit": "a", "one": {"day": "2020-01-01"}})
    );
    assert_eq!(moved(r#"{"riskExit": "a", "risk_exit": "b"}"#), json!({"riskExit": "a", "risk_exit": "b"}));
    assert_eq!(moved(r#"{"riskExit": "a", "risk-exit": "b"}"#), json!({"riskExit": "a", "risk-exit": "b"}));
    assert_eq!(moved(r#"{"risk_exi": "a"}"#), json!({"risk_exi": "a"}), "a word that is only near");
}

#[test]
fn a_text_that_is_no_json_has_no_patch() {
    assert!(problems(r#"{"one": {"yes": "true"}"#).iter().all(|problem| problem.patch.is_none()));
    assert!(problems(&format!(r#"{{"one": {{"cipher": "{}"}}}}"#, "SM3".repeat(100)))[0].patch.is_none());
}
