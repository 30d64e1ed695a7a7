//! Drafts of filings: what was declared and nothing else, and nothing confidential for the public.

use super::canary::planted;
use super::fixtures::{PLAN, changed, read};
use super::hostile::{acts, attacks};
use super::steady::steady;
use hongxian::engine::{Input, Options};
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
    claim("filing_icbc", &filing::markdown(&form, Lang::En));
    claim("filing_icbc_zh", &filing::markdown(&form, Lang::Zh));
    claim("filing_icbc_html", &filing::html(&form, Lang::En));
}

#[test]
fn a_whole_declaration_in_seven_parts() {
    let form = form(&read(COMPLETE), false);
    claim("filing_admitted", &filing::markdown(&form, Lang::En));
    claim("filing_admitted_html_zh", &filing::html(&form, Lang::Zh));
}

fn claim(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/pages", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, steady(text));
    });
}

#[test]
fn prose_is_told_in_each_of_its_languages() {
    let words = serde_json::json!({"en": "A loan\nfor firms.", "zh-Hans": "面向企业的贷款", "fr": null});
    let form = form(&changed(&[("/service/functions", words)]), false);
    let (markdown, html) = (filing::markdown(&form, Lang::En), filing::html(&form, Lang::Zh));
    for text in ["A loan", "for firms.", "面向企业的贷款"] {
        assert!(markdown.contains(text) && html.contains(text), "{text}");
    }
    assert!(markdown.find("A loan") < markdown.find("面向企业的贷款"), "the reader's language first");
    assert!(html.find("A loan") > html.find("面向企业的贷款"));
    assert!(html.contains("lang=\"zh-Hans\"") && markdown.contains("zh-Hans"));
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

#[test]
fn nothing_confidential_is_in_a_draft_for_the_public() {
    let (text, canaries) = planted(&PLAN, &read(COMPLETE));
    assert!(canaries.len() > 20, "{} canaries", canaries.len());
    for lang in [Lang::En, Lang::Zh] {
        let own = filing::markdown(&form(&text, false), lang);
        let public = form(&text, true);
        let (markdown, html) = (filing::markdown(&public, lang), filing::html(&public, lang));
        for canary in &canaries {
            assert!(!markdown.contains(canary.as_str()) && !html.contains(canary.as_str()), "{canary}");
        }
        let told = canaries.iter().filter(|canary| own.contains(canary.as_str())).count();
        assert!(told > 3, "the draft for oneself has {told}");
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
    let tag = Regex::new(r"(^|[^\\])<[a-z/!]").unwrap();
    for (attack, hostile) in attacks() {
        let (other, text) = page(&hostile);
        assert_eq!(tags(&other), tags(&html), "{attack}");
        let breaks = hostile.trim().matches('\n').count();
        assert!(text.lines().count() <= markdown.lines().count() + 4 * breaks, "{attack}: {text}");
        assert!(!tag.is_match(&text), "{attack}: a tag in Markdown");
        let headings = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
        assert_eq!(headings(&text), headings(&markdown), "{attack}: a heading in Markdown");
        assert!(!(other + &text).contains(acts), "{attack}");
    }
}
