//! A report for the public holds no value that the model marks confidential, in any format.

use super::canary::planted;
use super::fixtures::{PLAN, pack, read, root, run};
use hongxian::diagnostic::Diagnostic;
use hongxian::engine::{Engine, Input, Options, Refusal};
use hongxian::ir::Type;
use hongxian::render::diagnostics::problems;
use hongxian::render::format::{FORMATS, Format, Item, named, write};
use hongxian::render::{Lang, filing};
use hongxian::report::contract::{REJECTED, Rejected, RejectedDeclaration, Report};
use hongxian::report::verdict::Verdict;
use hongxian::worklist::worklist;
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

/// A pack whose model keeps a field of every type confidential, and whose rules tell them all.
pub fn secret() -> Engine {
    let engine = Engine::builder().pack(pack(&root().join("tests/it/formats/secret")), "").build();
    engine.unwrap_or_else(|invalid| panic!("{invalid}"))
}

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
    let engine = secret();
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
    let engine = secret();
    let input = Input { name: "secrets.json", bytes: SECRETS.as_bytes() };
    let (report, text) = engine.evaluate_public(input, &Options::default()).unwrap();
    let all = outputs(&report, &text);
    let (_, human) = all.iter().find(|(name, _)| name == "human En").unwrap();
    assert!(human.contains("what everybody may read, and …, …, …"), "{human}");
    assert!(human.contains("for the public"), "{human}");
}

#[test]
fn lengths_of_confidential_values_move_no_place() {
    let engine = secret();
    let short = SECRETS.replace('\n', "");
    let long = short.replace("CANARY-text", &"CANARY-text".repeat(9)).replace("770001", "7700010000");
    let report = |text: &str| {
        let input = Input { name: "secrets.json", bytes: text.as_bytes() };
        let (report, shown) = engine.evaluate_public(input, &Options::default()).unwrap();
        (report.rules, shown)
    };
    assert_eq!(report(&short), report(&long));
}

#[test]
fn the_plan_keeps_its_confidential_fields() {
    for file in ["policies/fintech-plan/fixtures/complete.json", "examples/crosses-red-lines.json"] {
        let (text, canaries) = planted(&PLAN, &read(file));
        let input = Input { name: file, bytes: text.as_bytes() };
        let options = Options { list_passes: true, ..Options::default() };
        let open = PLAN.evaluate(input, &options).unwrap();
        let told = write(named("json").unwrap(), run(Lang::En, false), &[Item::Report(&open, &text)]);
        assert!(canaries.iter().any(|canary| told.contains(canary.as_str())), "{file}: the report for oneself tells");
        let (report, shown) = PLAN.evaluate_public(input, &options).unwrap();
        for (name, shown) in outputs(&report, &shown) {
            let told: Vec<&String> = canaries.iter().filter(|canary| shown.contains(canary.as_str())).collect();
            assert_eq!(told, Vec::<&String>::new(), "{file} as {name}");
        }
    }
}

#[test]
fn every_confidential_field_of_the_plan_has_a_canary() {
    let (_, canaries) = planted(&PLAN, &read("policies/fintech-plan/fixtures/complete.json"));
    let records = PLAN.program().policy.model.records.iter();
    let words = |ty: &Type| matches!(ty, Type::Text | Type::Name | Type::Prose | Type::Date | Type::Money(_));
    let fields = records.flat_map(|record| record.fields.values());
    let secret = fields.filter(|field| field.confidential && words(&field.ty) && field.pattern.is_none()).count();
    assert!(canaries.len() >= secret, "{} canaries for {secret} fields", canaries.len());
}

/// A worklist is made from the declaration itself, and names fields only.
#[test]
fn a_worklist_shows_nothing_either() {
    let engine = secret();
    let mut json: Value = serde_json::from_str(SECRETS).unwrap();
    for gone in ["plain", "evidence"] {
        json.as_object_mut().unwrap().shift_remove(gone);
    }
    json["partners"][0].as_object_mut().unwrap().shift_remove("share");
    let text = json.to_string();
    let input = Input { name: "secrets.json", bytes: text.as_bytes() };
    let (mut report, shown) = engine.evaluate_public(input, &Options::default()).unwrap();
    let list = worklist(&engine, input, &Options::default(), &report);
    assert!(!list.fields.is_empty());
    report.worklist = Some(list);
    for (name, shown) in outputs(&report, &shown) {
        assert_eq!(canaries(&shown), Vec::<&str>::new(), "{name}: {shown}");
    }
}

/// Waivers and a review: reasons that tell what is confidential in other width, spacing or language, and another product's.
const SETTLED: [&str; 2] = [
    r#"[[waiver]]
rule = "R2"
product = "P-1"
covers = "unknown"
facts = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
reason = "asked by ACME Bank"
control = "as CANARY-words says, and CANARY-文字"
approver = "ＡＣＭＥ  Bank"
role = "CRO"
granted = 2025-06-01
expires = 2025-12-31

[[waiver]]
rule = "R2"
product = "P-2"
covers = "unknown"
facts = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
reason = "OTHER-PRODUCT is late"
control = "OTHER-PRODUCT is watched"
approver = "Li"
role = "CRO"
granted = 2025-06-01
expires = 2025-12-31
"#,
    r#"[[review]]
rule = "R2"
product = "P-2"
verdict = "positive"
facts = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
reviewer = "Wang"
role = "CRO"
date = 2025-06-01
grounds = "OTHER-PRODUCT is fine"
"#,
];

/// The public sees what is settled of this product only, and no confidential word in it however it is written.
#[test]
fn what_people_settled_tells_nothing_of_other_products_or_in_other_spelling() {
    let engine = secret();
    let [waivers, reviews] = SETTLED.map(|text| Input { name: "settled.toml", bytes: text.as_bytes() });
    let settlements = engine.settlements(&[waivers], &[reviews]).unwrap_or_else(|invalid| panic!("{invalid}"));
    let options = Options { settlements: Some(&settlements), ..Options::default() };
    let text = SECRETS.replace("CANARY-partner", "ＡＣＭＥ  Bank");
    let input = Input { name: "secrets.json", bytes: text.as_bytes() };
    let telling = ["ACME", "ＡＣＭＥ", "CANARY", "OTHER-PRODUCT", "Wang"];
    let told = |all: &[(String, String)]| -> Vec<(String, &str)> {
        let found = |(name, text): &(String, String)| {
            let words = telling.iter().filter(|word| text.contains(**word));
            words.map(|word| (name.clone(), *word)).collect::<Vec<_>>()
        };
        all.iter().flat_map(found).collect()
    };
    let (report, shown) = engine.evaluate_public(input, &options).unwrap();
    assert_eq!(told(&outputs(&report, &shown)), []);
    assert_eq!((report.waivers.expired.len(), report.waivers.unused.len(), report.reviews.len()), (1, 0, 0));
    assert_eq!(report.waivers.expired[0].role, "CRO", "what tells nothing stays");

    let own = engine.evaluate(input, &options).unwrap();
    assert_eq!((own.waivers.expired.len(), own.waivers.unused.len(), own.reviews.len()), (1, 1, 1));
    let open = told(&outputs(&own, &text));
    assert!(telling.iter().all(|word| open.iter().any(|(_, told)| told == word)), "the report for oneself tells");
}

/// A declaration's name stands over every form.
#[test]
fn the_title_of_a_filing_tells_nothing_either() {
    let engine = secret();
    for (partner, product) in [("ＡＣＭＥ", "与ACME合作"), ("ACME", "与ＡＣＭＥ合作"), ("Ａ", "CANARY-name")]
    {
        let text = SECRETS.replace("CANARY-partner", partner).replace("P-1", product);
        let input = Input { name: "secrets.json", bytes: text.as_bytes() };
        for public in [false, true] {
            let form = engine.form(input, &Options::default(), public).unwrap();
            assert_eq!((form.id.is_none(), form.name.is_none()), (public, public), "{partner} in {product}");
            let pages = [Lang::En, Lang::Zh].map(|lang| filing::markdown(&form, lang) + &filing::html(&form, lang));
            let tells = pages.iter().any(|page| page.contains(product) || page.contains("CANARY-name"));
            assert_eq!(tells, !public, "{pages:?}");
        }
    }
}

/// A declaration that is not valid, for the public: each confidential value in a wrong form, or under a wrong key.
#[test]
fn what_is_wrong_shows_nothing_either() {
    let engine = secret();
    let wrongs = [
        r#"{"id": "P-1", "as_of": "1977-07-04x", "number": "770001", "ratio": "77.0002%", "amount": 770003, "time": "770005 minutes",
            "day": "1977/07/04", "colour": "CANARY_MEMBER", "text": 7, "tags": "CANARY", "partner": {"share": "CANARY"},
            "evidence": [{"id": "CANARY-id"}, {"id": "CANARY-id"}], "CANARY": 1, "Text": "CANARY"}"#,
        r#"{"id": "P-1", "text": "CANARY-text", "text": "CANARY-words", "#,
        "CANARY: 770001",
    ];
    let mut told = 0;
    for text in wrongs {
        let refused = engine.evaluate(Input { name: "secrets.json", bytes: text.as_bytes() }, &Options::default());
        let Err(Refusal::Invalid(invalid)) = refused else { panic!("{text} is valid") };
        let shown = |diagnostics: &[Diagnostic]| {
            let diagnostics = problems(diagnostics, &invalid.sources);
            let declaration = RejectedDeclaration { file: "secrets.json".to_owned(), line: None, digest: None };
            let rejected = Rejected { schema: REJECTED, declaration, diagnostics };
            let langs = [Lang::En, Lang::Zh];
            let all = FORMATS.iter().flat_map(|format| langs.map(|lang| (format, lang)));
            let write = |(format, lang): (&Format, Lang)| {
                (format.name, write(format, run(lang, false), &[Item::Rejected(&rejected)]))
            };
            all.map(write).collect::<Vec<_>>()
        };
        let public: Vec<Diagnostic> = invalid.diagnostics.iter().map(Diagnostic::for_the_public).collect();
        for (name, shown) in shown(&public) {
            assert_eq!(canaries(&shown), Vec::<&str>::new(), "{name}: {shown}");
        }
        told += shown(&invalid.diagnostics).iter().filter(|(_, shown)| !canaries(shown).is_empty()).count();
    }
    assert!(told > 10, "the diagnostics for oneself tell");
}
