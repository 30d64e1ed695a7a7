//! Verifying: what is as it was, and every way in which it is not.

use super::world::{LATE, Ran, World, waiver};
use hongxian::evidence::MAX_EVIDENCE_BYTES;
use serde_json::{Value, json};
use std::fs;

const VERIFY: &[&str] = &["verify", "late.evidence.json", "--policy", "small"];

fn verify(world: &World, more: &[&str]) -> Ran {
    world.policy(&[VERIFY, more].concat())
}

/// As JSON, checked against its schema.
fn verified(world: &World, more: &[&str]) -> (i32, Value) {
    let ran = verify(world, &[&["--format", "json"], more].concat());
    let value = ran.json();
    let schema = crate::formats::fixtures::read("schemas/verification.schema.json");
    let schema = jsonschema::draft202012::new(&serde_json::from_str(&schema).unwrap()).unwrap();
    let errors: Vec<_> = schema.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    (ran.code, value)
}

/// The state of an input.
fn state<'v>(value: &'v Value, role: &str) -> &'v Value {
    &value["inputs"].as_array().unwrap().iter().find(|input| input["role"] == role).unwrap()["state"]
}

/// What is stated otherwise, by name.
fn stated(value: &Value) -> Vec<&str> {
    value["differences"]["stated"].as_array().unwrap().iter().map(|it| it["what"].as_str().unwrap()).collect()
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let world = World::judged();
    let ran = verify(&world, &[]);
    assert_eq!(ran.code, 0, "{}", ran.said());
    for words in ["IDENTICAL", "the same bytes", "late.json · as recorded", "small 0.1.0 · as recorded", "conditional"]
    {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    let (code, value) = verified(&world, &[]);
    assert_eq!((code, &value["standing"]), (0, &json!("identical")));
    assert_eq!(value["signature"], Value::Null, "nothing is known about it");
    assert!(verify(&world, &["--lang", "zh"]).stdout.contains("重新评估，结果逐字节相同"));
    assert_eq!(verify(&world, &["-q"]).stdout.lines().count(), 1);
}

#[test]
fn files_may_have_moved_and_have_other_names() {
    let world = World::judged();
    fs::create_dir(world.path("archive")).unwrap();
    fs::rename(world.path("late.json"), world.path("archive/P-7.json")).unwrap();
    fs::rename(world.path("small"), world.path("archive/pack")).unwrap();
    let arguments =
        ["verify", "late.evidence.json", "--declaration", "archive/P-7.json", "--policy", "archive/pack", "-q"];
    let ran = world.policy(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.said());
    assert!(ran.stdout.contains("IDENTICAL"), "{}", ran.stdout);
    let ran = world.policy(&["verify", "late.evidence.json", "--declaration", "archive", "--policy", "archive/pack"]);
    assert_eq!(ran.code, 0, "a folder is searched for the recorded digest: {}", ran.said());
}

#[test]
fn how_it_was_judged_is_how_it_is_judged_again() {
    let world = World::new();
    let facts = {
        let ran = world.policy(&["eval", "late.json", "--policy", "small", "--format", "evidence"]);
        ran.json()["verdict"]["rules"][1]["facts"].as_str().unwrap().to_owned()
    };
    world.put("w.toml", waiver(&facts));
    world.put("policy.toml", "fail_on = \"red_line\"\n");
    for more in [
        &["--as-of", "2026-01-02"][..],
        &["--stage", "before_launch"],
        &["--rule", "R2"],
        &["--rule", "R1", "--all"],
        &["--public", "--lang", "zh"],
        &["--waivers", "w.toml"],
    ] {
        let arguments = ["eval", "late.json", "--policy", "small", "-q", "-o", "evidence=late.evidence.json"];
        let ran = world.policy(&[&arguments[..], more].concat());
        assert!(ran.code != 2, "{more:?}: {}", ran.said());
        let (code, value) = verified(&world, &[]);
        assert_eq!((code, &value["standing"]), (0, &json!("identical")), "{more:?}: {value:#}");
    }
}

#[test]
fn one_of_many_is_found_by_its_digest() {
    let world = World::new();
    let line = LATE.replace('\n', " ");
    world.put("all.ndjson", format!("{}\n{line}\n", line.replace("P-7", "P-6")));
    let ran = world.policy(&["eval", "all.ndjson", "--policy", "small", "--format", "evidence", "-q"]);
    let second = ran.stdout.lines().nth(1).unwrap();
    world.put("late.evidence.json", format!("{second}\n"));
    let ran = verify(&world, &[]);
    assert_eq!(ran.code, 0, "{}", ran.said());
    world.change("all.ndjson", "P-6", "P-5");
    assert_eq!(verify(&world, &[]).code, 0, "another declaration of the file is no input");
    world.change("all.ndjson", "P-7", "P-9");
    let (code, value) = verified(&world, &[]);
    assert_eq!((code, state(&value, "declaration")), (2, &json!("other")));
}

#[test]
fn a_changed_declaration_is_not_judged() {
    let world = World::judged();
    world.change("late.json", "2025-05-05", "2025-02-05");
    let ran = verify(&world, &[]);
    assert_eq!(ran.code, 2, "{}", ran.said());
    assert!(ran.stdout.contains("NOT VERIFIED") && ran.stdout.contains("late.json · not the recorded one"));
    let (_, value) = verified(&world, &[]);
    assert_eq!((state(&value, "declaration"), &value["standing"]), (&json!("other"), &Value::Null));
    assert_eq!(verified(&world, &["--other-packs"]).0, 2, "that is for packs only");
}

#[test]
fn a_missing_declaration_says_how_it_is_given() {
    let world = World::judged();
    fs::remove_file(world.path("late.json")).unwrap();
    let ran = verify(&world, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("late.json · missing"), "{}", ran.stdout);
    assert!(ran.stderr.contains("`--declaration FILE` says where it is"), "{}", ran.stderr);
    let ran = verify(&world, &["--declaration", "lat.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("lat.json"), "{}", ran.stderr);
}

#[test]
fn a_changed_pack_is_not_judged_with_unless_asked() {
    let world = World::judged();
    world.change("small/rules.policy", "15 days", "120 days");
    let (code, value) = verified(&world, &[]);
    assert_eq!((code, state(&value, "pack"), &value["standing"]), (2, &json!("other"), &Value::Null));
    let (code, value) = verified(&world, &["--other-packs"]);
    assert_eq!((code, &value["standing"]), (1, &json!("differs")));
    assert!(stated(&value).starts_with(&["decision", "summary", "packs"]), "{value:#}");
    let rule = &value["differences"]["rules"][0];
    assert_eq!(
        (&rule["id"], &rule["recorded"]["outcome"], &rule["replayed"]["outcome"]),
        (&json!("R2"), &json!("fail"), &json!("pass"))
    );
    assert_eq!(rule["recorded"]["findings"][0]["pointer"], "/complaints/0/answered_on");

    let ran = verify(&world, &["--other-packs"]);
    for words in ["DIFFERS", "R2", "/complaints/0/answered_on (3:", "rules.policy:", "conditional", "admitted"] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
}

#[test]
fn other_packs_that_say_the_same_agree_and_are_never_called_identical() {
    let world = World::judged();
    world.change("small/pack.toml", "title = { en = \"small\"", "title = { en = \"Small\"");
    let (code, value) = verified(&world, &["--other-packs"]);
    assert_eq!((code, &value["standing"]), (0, &json!("agrees")));
    assert_eq!(stated(&value), ["packs", "result"]);
}

#[test]
fn a_pack_that_is_not_there_is_missing_and_one_too_many_is_refused() {
    let world = World::judged();
    let ran = world.policy(&["verify", "late.evidence.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("small 0.1.0 · missing"), "{}", ran.stdout);
    assert!(ran.stderr.contains("`--policy PATH` says where it is"), "{}", ran.stderr);
    let ran = verify(&world, &["--policy", "fintech-plan"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`fintech-plan` is not among those that judged"), "{}", ran.stderr);
}

#[test]
fn a_changed_verdict_is_found_rule_by_rule() {
    let world = World::judged();
    world.change_json("late.evidence.json", |it| {
        it["verdict"]["decision"] = "admitted".into();
        it["verdict"]["rules"][1]["outcome"] = "pass".into();
        it["verdict"]["rules"][1]["findings"] = json!([]);
    });
    let (code, value) = verified(&world, &[]);
    assert_eq!((code, &value["standing"]), (1, &json!("differs")));
    assert_eq!(stated(&value), ["decision"]);
    let rule = &value["differences"]["rules"][0];
    assert_eq!((&rule["recorded"]["outcome"], &rule["replayed"]["outcome"]), (&json!("pass"), &json!("fail")));
    assert_eq!(rule["replayed"]["findings"][0]["at"], json!({"line": 3, "column": 65}));
}

/// What else can be altered so that it still reads as evidence: each is found, and named where it has a name.
#[test]
fn every_other_alteration_differs_too() {
    let digest = format!("sha256:{}", "0".repeat(64));
    let cases: &[(&str, Value, &[&str])] = &[
        ("/verdict/result", digest.clone().into(), &["result"]),
        ("/verdict/summary/pass", 7.into(), &["summary"]),
        ("/verdict/rules/1/facts", digest.into(), &[]),
        ("/verdict/rules/1/kind", "guidance".into(), &[]),
        ("/verdict/rules/1/passed", 9.into(), &[]),
        ("/verdict/rules/1/id", "R9".into(), &[]),
        ("/verdict/rules/1/findings/0/at/line", 1.into(), &[]),
        ("/verdict/rules", json!([]), &[]),
        ("/declaration/id", "P-8".into(), &["id"]),
        ("/declaration/file", "other.json".into(), &["result"]),
        ("/as_of/date", "2025-07-01".into(), &["as_of"]),
        ("/selected", json!(["R2"]), &["decision", "summary", "result"]),
        ("/selected", json!([]), &["decision", "summary", "result"]),
        ("/public", true.into(), &["result"]),
        ("/packs/0/version", "0.2.0".into(), &["packs"]),
    ];
    for (pointer, value, expected) in cases {
        let world = World::judged();
        world.put("other.json", LATE);
        world.change_json("late.evidence.json", |it| *it.pointer_mut(pointer).unwrap() = value.clone());
        let (code, said) = verified(&world, &[]);
        if *pointer == "/packs/0/version" {
            assert_eq!((code, &said["standing"]), (0, &json!("agrees")), "the digest decides which pack it is");
            assert_eq!(stated(&said), *expected);
            continue;
        }
        assert_eq!((code, &said["standing"]), (1, &json!("differs")), "{pointer}: {said:#}");
        assert_eq!(stated(&said), *expected, "{pointer}");
    }
}

/// Anybody can write another version into evidence: with it, the same alterations are found.
#[test]
fn another_version_excuses_no_alteration() {
    let cases: &[&[(&str, Value)]] = &[
        &[("/declaration/id", "FORGED".into())],
        &[("/as_of/date", "2019-01-01".into())],
        &[("/stage", json!({"name": "invented", "from": "status"}))],
        &[("/selected", json!(["R1", "R2", "R-INVENTED"]))],
        &[("/verdict/rules/1/findings", json!([])), ("/verdict/summary/fail", 0.into())],
        &[("/verdict/rules/1/findings/0/pointer", "/id".into())],
        &[("/verdict/rules/0/proof", "independent".into())],
    ];
    for alterations in cases {
        let world = World::judged();
        world.change_json("late.evidence.json", |it| {
            it["engine"]["version"] = "0.1.9".into();
            for (pointer, value) in *alterations {
                *it.pointer_mut(pointer).unwrap() = value.clone();
            }
        });
        let (code, said) = verified(&world, &[]);
        assert_eq!((code, &said["standing"]), (1, &json!("differs")), "{alterations:?}: {said:#}");
        let ran = verify(&world, &[]);
        assert!(ran.stdout.contains("DIFFERS") && ran.stdout.contains("What differs"), "{}", ran.stdout);
    }
}

#[test]
fn the_same_in_another_layout_is_altered() {
    let world = World::judged();
    let text = world.text("late.evidence.json");
    world.put("late.evidence.json", text.replace("  ", " "));
    let ran = verify(&world, &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("ALTERED"), "{}", ran.stdout);
    world.put("late.evidence.json", text.trim_end());
    assert_eq!(verify(&world, &[]).code, 1, "not even the last line break is free");
}

#[test]
fn another_digest_is_another_input() {
    for (pointer, role) in [("/declaration/digest", "declaration"), ("/packs/0/digest", "pack")] {
        let world = World::judged();
        world.change_json("late.evidence.json", |it| {
            *it.pointer_mut(pointer).unwrap() = format!("sha256:{}", "a".repeat(64)).into();
        });
        let (code, value) = verified(&world, &[]);
        assert_eq!((code, state(&value, role)), (2, &json!("other")), "{pointer}");
    }
}

#[test]
fn another_engine_compares_verdicts() {
    let world = World::judged();
    world.change_json("late.evidence.json", |it| {
        it["engine"]["version"] = "9.0.0".into();
        it["verdict"]["result"] = format!("sha256:{}", "1".repeat(64)).into();
    });
    let (code, value) = verified(&world, &[]);
    assert_eq!((code, &value["standing"]), (0, &json!("agrees")));
    assert_eq!(stated(&value), ["engine", "result"]);
    assert_eq!(value["recorded"]["engine"], "9.0.0");
    let ran = verify(&world, &[]);
    assert!(ran.stdout.contains("AGREES") && ran.stdout.contains("recorded 9.0.0"), "{}", ran.stdout);
    world.change_json("late.evidence.json", |it| it["verdict"]["rules"][0]["outcome"] = "pass".into());
    assert_eq!(verified(&world, &[]).0, 1);
}

#[test]
fn waivers_and_reviews_are_inputs() {
    let world = World::judged();
    let value: Value = serde_json::from_str(&world.text("late.evidence.json")).unwrap();
    world.put("w.toml", waiver(value["verdict"]["rules"][1]["facts"].as_str().unwrap()));
    let arguments = ["eval", "late.json", "--policy", "small", "--waivers", "w.toml", "-q"];
    let ran = world.policy(&[&arguments[..], &["-o", "evidence=late.evidence.json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.said());
    assert_eq!(verified(&world, &[]).0, 0);
    world.change("w.toml", "one late letter", "two late letters");
    let (code, value) = verified(&world, &[]);
    assert_eq!((code, state(&value, "waivers")), (2, &json!("other")));
    fs::remove_file(world.path("w.toml")).unwrap();
    let (code, value) = verified(&world, &[]);
    assert_eq!((code, state(&value, "waivers")), (2, &json!("missing")));
    let ran = verify(&world, &["--reviews", "late.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("expected 0 files for `--reviews`"), "{}", ran.stderr);
}

/// What is no evidence, and the words that say so.
#[test]
fn what_cannot_be_read_says_why() {
    let world = World::judged();
    let good = world.text("late.evidence.json");
    let changed = |pointer: &str, value: Value| {
        let mut json: Value = serde_json::from_str(&good).unwrap();
        *json.pointer_mut(pointer).unwrap() = value;
        json.to_string()
    };
    let cases = [
        (good[..good.len() / 2].to_owned(), "EOF"),
        (String::new(), "EOF"),
        ("\u{0}".to_owned(), "expected value"),
        (good.replacen("\"waivers\"", "\"colour\": 1,\n  \"waivers\"", 1), "unknown field `colour`"),
        (good.replacen("\"outcome\"", "\"made_at\": 1, \"outcome\"", 1), "unknown field `made_at`"),
        (good.replacen("\"public\"", "\"public\": true, \"public\"", 1), "duplicate field `public`"),
        (good.replacen("\"public\": false,", "", 1), "missing field `public`"),
        (format!("{good}{good}"), "trailing characters"),
        (changed("/schema", "hongxian.evidence/2".into()), "found `hongxian.evidence/2`"),
        (changed("/schema", 1.into()), "expected a string"),
        ("{}".to_owned(), "found none"),
        (LATE.to_owned(), "found none"),
        (changed("/verdict/rules/0/outcome", "fine".into()), "unknown variant `fine`"),
        (changed("/declaration/digest", "sha256:1".into()), "64 hexadecimal digits"),
        (changed("/declaration/file", "../../secret.json".into()), "without its folder"),
        (changed("/declaration/file", "..".into()), "without its folder"),
        (changed("/as_of/date", "2025-02-30".into()), "a day of the calendar"),
        (changed("/limits/bytes", u64::MAX.into()), "limits beyond those of this program"),
        ("[".repeat(100_000), "expected a string"),
        (format!("{{\"a\":{}", "[".repeat(100_000)), "EOF"),
        (good.replacen("\"stage\": {", "\"x\": {", 1), "unknown field `x`"),
        (good.replacen("\"selected\": null,", "", 1), "not laid out as the schema says"),
        (changed("/engine", json!(["hongxian", "0.1.0", "2026"])), "not laid out as the schema says"),
    ];
    for (text, words) in cases {
        world.put("late.evidence.json", &text);
        let ran = verify(&world, &[]);
        assert_eq!(ran.code, 2, "{words}: {}", ran.said());
        assert!(ran.stdout.is_empty() && ran.stderr.contains(words), "{words}: {}", ran.said());
        assert!(ran.stderr.len() < 2_000, "{words}: {}", ran.stderr.len());
    }
    fs::remove_file(world.path("late.evidence.json")).unwrap();
    let ran = verify(&world, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("there is no such file"), "{}", ran.stderr);
}

#[test]
fn a_huge_file_is_refused_at_its_limit() {
    let world = World::judged();
    let file = fs::File::create(world.path("late.evidence.json")).unwrap();
    file.set_len(MAX_EVIDENCE_BYTES as u64 + 1).unwrap();
    let ran = verify(&world, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("too large"), "{}", ran.stderr);
    file.set_len(MAX_EVIDENCE_BYTES as u64).unwrap();
    let ran = verify(&world, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("expected value"), "it was read: {}", ran.stderr);
}

#[test]
fn a_declaration_that_is_not_valid_any_more_cannot_be_judged() {
    let world = World::judged();
    world.change("small/model.policy", "status:               Status", "condition:            Status");
    world.change("small/model.policy", "product.status", "product.condition");
    let ran = verify(&world, &["--other-packs"]);
    assert_eq!(ran.code, 2, "{}", ran.said());
    assert!(ran.stderr.contains("status"), "{}", ran.stderr);
}
