//! A report for the public holds no value that the model marks confidential, in any format.

use super::fixtures::{PLAN, judge_with, pack, read, root, run};
use hongxian::engine::{Engine, Input, Options};
use hongxian::ir::{Model, Record, Type};
use hongxian::render::Lang;
use hongxian::render::format::{FORMATS, Item, write};
use hongxian::report::contract::Report;
use hongxian::report::verdict::Verdict;
use serde_json::Value;

/// A declaration of which every confidential value can be told from everything else; over lines, and on one.
const SECRETS: &str = r#"{
  "id": "P-1", "name": "CANARY-name", "as_of": "2025-06-30",
  "text": "CANARY-text",
  "words": {"en": "CANARY-words", "zh": "CANARY-文字"},
  "number": 770001, "ratio": 77.0002, "amount": "770003.17",
  "day": "1977-07-04", "time": 770005,
  "colour": "canary_member",
  "tags": ["CANARY-tag", "CANARY-another"],
  "partner": {"name": "CANARY-partner", "share": 77.0006, "open": true},
  "partners": [{"name": "CANARY-first", "share": 77.0007},
               {"name": "CANARY-second", "share": 77.0008}],
  "evidence": [{"id": "CANARY-id", "issuer": "CANARY-issuer", "issued_on": "1977-07-09",
                "valid_until": null, "self_issued": true}],
  "proof_at": "CANARY-dangling",
  "plain": "what everybody may read"
}"#;

/// What stands in the declaration, and what would be shown of it.
const CANARIES: &[&str] = &[
    "CANARY",
    "canary_member",
    "770001",
    "77.0002",
    "770003",
    "1540006",
    "1977-07-04",
    "770005",
    "77.0006",
    "77.0007",
    "77.0008",
];

fn outputs(report: &Report, text: &str) -> Vec<(String, String)> {
    let langs = [Lang::En, Lang::Zh];
    let all = FORMATS.iter().flat_map(|format| langs.map(|lang| (format, lang)));
    all.map(|(format, lang)| {
        let shown = write(format, run(lang, false), &[Item::Report(report, text)]);
        (format!("{} {lang:?}", format.name), shown)
    })
    .collect()
}

fn canaries(text: &str) -> Vec<&'static str> {
    CANARIES.iter().copied().filter(|canary| text.contains(canary)).collect()
}

#[test]
fn no_format_shows_what_is_confidential() {
    let engine = Engine::builder().pack(pack(&root().join("tests/it/formats/secret")), "").build();
    let engine = engine.unwrap_or_else(|invalid| panic!("{invalid}"));
    for text in [SECRETS.to_owned(), SECRETS.replace('\n', "")] {
        let input = Input { name: "secrets.json", bytes: text.as_bytes() };
        let options = Options { list_passes: true, ..Options::default() };
        let open = engine.evaluate(input, &options).unwrap();
        let (report, shown) = engine.evaluate_public(input, &options).unwrap();
        assert_eq!(report.decision, open.decision);
        assert_eq!(canaries(&shown), Vec::<&str>::new(), "{shown}");
        assert_eq!(canaries(&format!("{report:?}")), Vec::<&str>::new());
        let told = engine.session().told(input, &options, &engine.roll(&options), true).unwrap();
        assert_eq!(told, Verdict::from(&report), "a verdict for the public names what the report names");
        for (name, shown) in outputs(&report, &shown) {
            assert_eq!(canaries(&shown), Vec::<&str>::new(), "{name}: {shown}");
        }
        // Else this test would show nothing.
        let told = outputs(&open, &text).into_iter().find(|(name, _)| name == "json En").unwrap().1;
        assert_eq!(canaries(&told), CANARIES, "the rules tell everything");
        assert!(told.contains("what everybody may read"));
    }
}

#[test]
fn what_is_not_confidential_is_still_shown() {
    let engine = Engine::builder()
        .pack(pack(&root().join("tests/it/formats/secret")), "")
        .build()
        .unwrap_or_else(|invalid| panic!("{invalid}"));
    let input = Input { name: "secrets.json", bytes: SECRETS.as_bytes() };
    let (report, text) = engine.evaluate_public(input, &Options::default()).unwrap();
    let all = outputs(&report, &text);
    let (_, human) = all.iter().find(|(name, _)| name == "human En").unwrap();
    assert!(human.contains("what everybody may read, and …, …, …"), "{human}");
    assert!(human.contains("for the public"), "{human}");
}

#[test]
fn lengths_of_confidential_values_move_no_place() {
    let engine = Engine::builder()
        .pack(pack(&root().join("tests/it/formats/secret")), "")
        .build()
        .unwrap_or_else(|invalid| panic!("{invalid}"));
    let short = SECRETS.replace('\n', "");
    let long = short.replace("CANARY-text", &"CANARY-text".repeat(9)).replace("770001", "7700010000");
    let report = |text: &str| {
        let input = Input { name: "secrets.json", bytes: text.as_bytes() };
        let (report, shown) = engine.evaluate_public(input, &Options::default()).unwrap();
        (report.rules, shown)
    };
    assert_eq!(report(&short), report(&long));
}

/// Puts a canary into every confidential text of a declaration that may hold any text.
fn plant(model: &Model, record: &Record, json: &mut Value, hidden: bool, planted: &mut usize) {
    let Some(object) = json.as_object_mut() else { return };
    for field in record.fields.values() {
        let Some(value) = object.get_mut(&field.name) else { continue };
        let hidden = hidden || field.confidential;
        let is_key = record.name == "Evidence" && field.name == "id";
        plant_in(model, &field.ty, value, hidden && !is_key && field.pattern.is_none(), planted);
    }
}

fn plant_in(model: &Model, ty: &Type, value: &mut Value, hidden: bool, planted: &mut usize) {
    match ty {
        Type::Record(id) => plant(model, model.record(*id).unwrap(), value, hidden, planted),
        Type::List(element) => {
            let items = value.as_array_mut().into_iter().flatten();
            items.for_each(|item| plant_in(model, element, item, hidden, planted));
        }
        Type::Text | Type::Name | Type::Prose if hidden && value.is_string() => {
            *planted += 1;
            *value = format!("CANARY-{planted}").into();
        }
        _ => {}
    }
}

#[test]
fn the_plan_keeps_its_confidential_fields() {
    let model = &PLAN.program().policy.model;
    for file in ["policies/fintech-plan/fixtures/complete.json", "examples/crosses-red-lines.json"] {
        let mut json: Value = serde_json::from_str(&read(file)).unwrap();
        let mut planted = 0;
        plant(model, model.record(model.root).unwrap(), &mut json, false, &mut planted);
        assert!(planted >= 3, "{file}: only {planted} canaries");
        let text = serde_json::to_string_pretty(&json).unwrap();
        judge_with(&PLAN, file, &text, &Options::default()).unwrap_or_else(|rejected| panic!("{rejected:?}"));
        let input = Input { name: file, bytes: text.as_bytes() };
        let options = Options { list_passes: true, ..Options::default() };
        let (report, shown) = PLAN.evaluate_public(input, &options).unwrap();
        for (name, shown) in outputs(&report, &shown) {
            assert!(!shown.contains("CANARY"), "{file} as {name}");
        }
    }
}
