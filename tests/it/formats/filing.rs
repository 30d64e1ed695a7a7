//! Drafts of filings: what was declared and nothing else, and nothing confidential for the public.

use super::fixtures::{PLAN, changed, read};
use hongxian::engine::{Input, Options};
use hongxian::ir::{RecordId, Type};
use hongxian::render::{Lang, filing};
use hongxian::report::form::{Form, Said};
use regex::Regex;
use serde_json::Value;

const ICBC: &str = "examples/icbc-iot-supply-chain.json";
const COMPLETE: &str = "policies/fintech-plan/fixtures/complete.json";

fn form(text: &str, public: bool) -> Form {
    let input = Input { name: "a.json", bytes: text.as_bytes() };
    PLAN.form(input, &Options::default(), public).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn tags(page: &str) -> Vec<&str> {
    Regex::new(r"<[^>]*>").unwrap().find_iter(page).map(|tag| tag.as_str()).collect()
}

#[test]
fn what_was_published_of_a_product_in_seven_parts() {
    let form = form(&read(ICBC), false);
    assert_eq!(form.parts.len(), 7);
    let text = filing::markdown(&form, Lang::En).replace(&form.digest, "sha256:…");
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("filing_icbc", text) });
}

#[test]
fn prose_is_kept_whole() {
    let declaration: Value = serde_json::from_str(&read(COMPLETE)).unwrap();
    let page = filing::html(&form(&read(COMPLETE), false), Lang::Zh);
    for pointer in ["/service/innovation_statement", "/service/functions/zh-Hans", "/risk/register/0/control"] {
        let text = declaration.pointer(pointer).and_then(Value::as_str).unwrap();
        assert!(page.contains(text), "{pointer}");
    }
}

#[test]
fn an_empty_part_says_that_it_is_not_declared() {
    let bare = form(&read("policies/fintech-plan/fixtures/bare.json"), false);
    let open = bare.parts.iter().filter(|part| !part.declared).count();
    assert!(open >= 5, "{open}");
    assert_eq!(filing::markdown(&bare, Lang::En).matches("Nothing of this part is declared.").count(), open);
    let whole = form(&read(COMPLETE), false);
    assert!(whole.parts.iter().all(|part| part.declared));
    let missing = |part: &hongxian::report::form::Part| part.entries.iter().any(|it| it.content == Said::NotDeclared);
    assert!(!whole.parts.iter().any(missing), "the complete declaration lacks a field of the form");
}

/// Puts a canary into every text that the model marks confidential, at any depth; how many.
fn plant(value: &mut Value, record: RecordId, hidden: bool) -> usize {
    let model = &PLAN.program().policy.model;
    let Some(fields) = value.as_object_mut() else { return 0 };
    let declared = &model.record(record).unwrap().fields;
    let mut planted = 0;
    for (name, value) in fields {
        let field = &declared[name.as_str()];
        let hidden = hidden || field.confidential;
        let element = match &field.ty {
            Type::List(element) => element.as_ref(),
            other => other,
        };
        let values: Vec<&mut Value> = match value {
            Value::Array(values) => values.iter_mut().collect(),
            one => vec![one],
        };
        for value in values {
            match element {
                Type::Record(inner) => planted += plant(value, *inner, hidden),
                Type::Text | Type::Name | Type::Prose if hidden && field.pattern.is_none() && name != "id" => {
                    *value = "CANARY".into();
                    planted += 1;
                }
                _ => {}
            }
        }
    }
    planted
}

#[test]
fn nothing_confidential_is_in_a_draft_for_the_public() {
    let mut declaration: Value = serde_json::from_str(&read(COMPLETE)).unwrap();
    let planted = plant(&mut declaration, PLAN.program().policy.model.root, false);
    assert!(planted > 20, "{planted} canaries");
    let text = declaration.to_string();
    for lang in [Lang::En, Lang::Zh] {
        let own = form(&text, false);
        assert!(filing::markdown(&own, lang).contains("CANARY"), "the draft for oneself has them");
        let public = form(&text, true);
        assert!(!filing::markdown(&public, lang).contains("CANARY"));
        assert!(!filing::html(&public, lang).contains("CANARY"));
    }
}

#[test]
fn a_hostile_declaration_changes_nothing_but_its_own_text() {
    let page = |text: &str| {
        let pointers = ["/declaration/name/zh", "/applicants/0/name", "/service/functions", "/risk/exit/triggers/0"];
        let changes: Vec<(&str, Value)> = pointers.into_iter().map(|pointer| (pointer, text.into())).collect();
        let form = form(&changed(&changes), false);
        (filing::html(&form, Lang::En), filing::markdown(&form, Lang::En))
    };
    let (html, markdown) = page("harmless");
    let hostile = "</dd><script>alert(1)</script> # a | [x](http://x) ![y](z) `q` **b** <!-- \u{1b}[2J\u{202e} =cmd()";
    let (other, text) = page(hostile);
    assert_eq!(tags(&other), tags(&html));
    assert_eq!(text.lines().count(), markdown.lines().count());
    assert!(!Regex::new(r"(^|[^\\])<[a-z/!]").unwrap().is_match(&text), "a tag in Markdown");
    assert!(!(other + &text).contains(['\u{1b}', '\u{202e}']));
}
