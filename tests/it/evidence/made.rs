//! What evidence holds: everything that the verdict rests on, nothing of the machine, and the same bytes every time.

use super::world::{World, waiver};
use crate::formats::fixtures::{FIXTURES, PLAN, judge, shown};
use hongxian::engine::{Input, Options};
use hongxian::evidence::{Evidence, read};
use hongxian::render::Lang;
use hongxian::render::format::named;
use hongxian::report::digest_of;
use serde_json::Value;

fn schema() -> jsonschema::Validator {
    let text = crate::formats::fixtures::read("schemas/evidence.schema.json");
    let schema: Value = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn evidence_of_every_fixture_follows_its_schema_and_is_read_back() {
    let (format, schema) = (named("evidence").unwrap(), schema());
    for fixture in FIXTURES.iter() {
        let Ok(report) = &fixture.result else { continue };
        let text = shown(format, Lang::Zh, fixture);
        assert_eq!(text, shown(format, Lang::En, fixture), "it speaks no language");
        let value: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<_> = schema.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", fixture.name);
        assert_eq!(read(text.as_bytes()).unwrap(), Evidence::of(report), "{}", fixture.name);
        assert_eq!(value["declaration"]["digest"], digest_of(fixture.text.as_bytes()));
        assert_eq!(value["verdict"]["rules"].as_array().unwrap().len(), report.rules.len());
    }
    let mut wrong: Value = serde_json::from_str(&shown(format, Lang::En, &FIXTURES[0])).unwrap();
    wrong["verdict"]["made_at"] = "today".into();
    assert!(!schema.is_valid(&wrong), "what is not described is refused");
}

#[test]
fn a_declaration_that_was_not_judged_leaves_no_evidence() {
    let fixture = FIXTURES.iter().find(|fixture| fixture.result.is_err()).unwrap();
    let text = shown(named("evidence").unwrap(), Lang::En, fixture);
    assert_eq!(
        read(text.as_bytes()).unwrap_err().to_string(),
        "expected the schema `hongxian.evidence/1`, found `hongxian.rejected/1`"
    );
}

#[test]
fn evidence_holds_no_value_that_is_declared() {
    for fixture in FIXTURES.iter().filter(|fixture| fixture.result.is_ok()) {
        let text = shown(named("evidence").unwrap(), Lang::En, fixture);
        let declared: Value = serde_json::from_str(&fixture.text).unwrap();
        let mut told = Vec::new();
        texts(&declared, &mut told);
        let id = fixture.result.as_ref().unwrap().declaration.id.clone().unwrap_or_default();
        // Members of enums are words of the contract and of pointers, and a day is the evaluation date.
        let is_word =
            |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b));
        let long = told.iter().filter(|text| text.chars().count() > 3 && !is_word(text) && !id.contains(text.as_str()));
        assert!(long.clone().count() > 5, "{}: too little to look for", fixture.name);
        for value in long {
            assert!(!text.contains(value.as_str()), "{}: {value}", fixture.name);
        }
    }
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        _ => {}
    }
}

/// Evidence of `late.json` for these further arguments, judged in a folder.
fn evidence(world: &World, folder: &str, more: &[&str]) -> String {
    let folder = world.path(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let (file, pack) = (world.path("late.json"), world.path("small"));
    let arguments = ["eval", file.to_str().unwrap(), "--policy", pack.to_str().unwrap(), "--format", "evidence"];
    let ran = world.policy_in(&folder, &[&arguments[..], more].concat());
    assert!(matches!(ran.code, 0 | 1), "{}", ran.said());
    ran.stdout
}

#[test]
fn how_and_where_somebody_looked_does_not_show() {
    let world = World::new();
    let first = evidence(&world, ".", &[]);
    for more in [&["--all"][..], &["-v"], &["-q"], &["--lang", "zh"], &["--fail-on", "never"], &["--worklist"]] {
        assert_eq!(evidence(&world, ".", more), first, "{more:?}");
    }
    assert_eq!(evidence(&world, "elsewhere", &[]), first);
    world.put("policy.toml", "lang = \"zh\"\n");
    assert_eq!(evidence(&world, "elsewhere", &[]), first, "a configuration that moves no verdict");
    let folder = world.path("").display().to_string();
    assert!(!first.contains(&folder) && !first.contains("elsewhere"), "{first}");
}

#[test]
fn what_moves_the_verdict_shows() {
    let world = World::new();
    let plain = evidence(&world, ".", &[]);
    let facts = serde_json::from_str::<Value>(&plain).unwrap()["verdict"]["rules"][1]["facts"].clone();
    world.put("waivers.toml", waiver(facts.as_str().unwrap()));
    let waivers = world.path("waivers.toml").display().to_string();
    let waived: Value = serde_json::from_str(&evidence(&world, ".", &["--waivers", &waivers])).unwrap();
    let digest = digest_of(world.text("waivers.toml").as_bytes());
    assert_eq!(waived["waivers"], serde_json::json!([{"file": "waivers.toml", "digest": digest}]));
    assert_eq!(waived["verdict"]["rules"][1]["findings"][0]["waived_from"], "fail");

    let read = |more: &[&str]| -> Value { serde_json::from_str(&evidence(&world, ".", more)).unwrap() };
    assert_eq!(read(&["--rule", "R2"])["selected"], serde_json::json!(["R2"]));
    assert_eq!(read(&[])["selected"], Value::Null);
    assert_eq!(read(&["--as-of", "2025-07-01"])["as_of"], serde_json::json!({"date": "2025-07-01", "from": "option"}));
    assert_eq!(
        read(&["--stage", "after_launch"])["stage"],
        serde_json::json!({"name": "after_launch", "from": "option"})
    );
    assert_eq!(read(&["--public"])["public"], true);
    assert_eq!(read(&[])["packs"][0]["name"], "small");
}

#[test]
fn an_overlay_says_what_it_tightens() {
    let world = World::new();
    world.put(
        "own/pack.toml",
        "name = \"own\"\nversion = \"0.2.0\"\nlanguage = \"2026\"\nextends = \"small\"\ntitle = { en = \"Own\" }\n",
    );
    world.put("own/own.policy", "module own\nuse rules\n\ntighten answer_within = 10 days from project\n");
    let own = world.path("own").display().to_string();
    let value: Value = serde_json::from_str(&evidence(&world, ".", &["--policy", &own])).unwrap();
    assert_eq!(value["packs"][1]["extends"], "small", "{value}");
    assert_eq!(value["packs"][0].get("extends"), None);
}

#[test]
fn another_fact_is_another_evidence() {
    let text = &FIXTURES[1].text;
    let report = |text: &str| Evidence::of(&judge(&PLAN, "a.json", text).unwrap());
    assert_eq!(report(text), report(text));
    let spaced = report(&format!("{text} "));
    assert_ne!(spaced.declaration.digest, report(text).declaration.digest, "not even a space is free");
    assert_ne!(spaced.verdict.result, report(text).verdict.result);
    let input = Input { name: "/some/where/a.json", bytes: text.as_bytes() };
    let all = Options { list_passes: true, configuration: Some("../policy.toml"), ..Options::default() };
    let (plain, asked) = (PLAN.evaluate(input, &Options::default()), PLAN.evaluate(input, &all));
    assert_eq!(Evidence::of(&plain.unwrap()), Evidence::of(&asked.unwrap()));
}
