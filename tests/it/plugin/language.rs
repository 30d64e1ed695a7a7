//! The language's side, over a library in Rust: what a policy may say, and what an answer becomes.

use hongxian::engine::{Engine, Input, Options};
use hongxian::function::limits::{MAX_FINDINGS, MAX_MESSAGE, MAX_RELATED};
use hongxian::function::{
    Check, CheckFinding, Description, Function, Handle, Instance, Library, Parameter, Reader, Registry, Scalar, Seen,
    Trouble, Type,
};
use hongxian::pack::PackFiles;
use hongxian::report::contract::{Finding, Outcome, Report};
use hongxian::value::{Number, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

type Run = fn(&mut Reader) -> Result<Vec<CheckFinding>, Trouble>;

/// Checks by name, what they announce, and what they do.
const CHECKS: &[(&str, &[&str], Run)] = &[
    ("long_names", &["/items/*/name"], |reader| Ok(long_names(reader))),
    ("lender", &["/lending"], |reader| found_if(reader, "/0/lending/lender", "bad", "/lending/lender")),
    ("storage", &["/storage"], |reader| found_if(reader, "/0/storage/kind", "none", "/storage/kind")),
    ("item", &[""], |reader| {
        let base = reader.pointer(at(reader, "/0")).unwrap();
        found_if(reader, "/0/name", "bad", &format!("{base}/name"))
    }),
    ("json", &["/storage"], |reader| {
        let json = reader.to_json(at(reader, "/0/storage")).map_err(Trouble::Fault)?;
        Ok(if json.contains("none") { vec![finding("/storage", &json)] } else { Vec::new() })
    }),
    ("outside", &["/storage"], |_| Ok(vec![finding("/items", "x")])),
    ("nowhere", &["/storage"], |_| Ok(vec![finding("/storage/nothing", "x")])),
    ("unannounced", &["/storage"], |reader| {
        reader.at(Handle::ARGUMENTS, "/0/items").map(|_| Vec::new()).map_err(Trouble::Fault)
    }),
    ("whole", &["/items/*/name"], |reader| {
        reader.to_json(at(reader, "/0/items")).map(|_| Vec::new()).map_err(Trouble::Fault)
    }),
    ("many", &["/storage"], |_| Ok(vec![finding("/storage", "x"); MAX_FINDINGS + 1])),
    ("most", &["/storage"], |_| Ok(vec![finding("/storage", "x"); MAX_FINDINGS])),
    ("talkative", &["/storage"], |_| Ok(vec![finding("/storage", &"x".repeat(MAX_MESSAGE + 1))])),
    ("related", &["/storage"], |_| {
        Ok(vec![CheckFinding { related: vec!["/storage".into(); MAX_RELATED + 1], ..finding("/storage", "x") }])
    }),
    ("silent", &["/storage"], |_| Ok(vec![finding("/storage", " ")])),
    ("nothing", &["/storage"], |_| Ok(Vec::new())),
    ("stuck", &["/storage"], |_| Err(Trouble::Stuck("took too long".into()))),
    ("own", &[], |reader| {
        let own = reader.from_json(r#"{"a": [1.50, null]}"#).map_err(Trouble::Fault)?;
        let number = reader.at(own, "/a/0").map_err(Trouble::Fault)?;
        assert!(
            matches!(reader.read(number), Seen::Scalar(it) if it.value == Value::Number(Number::parse_decimal("1.5").unwrap()))
        );
        assert_eq!(reader.to_json(own).unwrap(), r#"{"a":[1.5,null]}"#);
        assert_eq!(reader.pointer(own), None);
        assert!(reader.from_json("{").is_err());
        Ok(Vec::new())
    }),
];

fn at(reader: &Reader, pointer: &str) -> Handle {
    reader.at(Handle::ARGUMENTS, pointer).unwrap()
}

fn finding(pointer: &str, en: &str) -> CheckFinding {
    CheckFinding { pointer: pointer.into(), related: Vec::new(), en: en.into(), zh: None }
}

/// A finding where a text is there and is the bad one.
fn found_if(reader: &mut Reader, place: &str, bad: &str, pointer: &str) -> Result<Vec<CheckFinding>, Trouble> {
    let place = reader.at(Handle::ARGUMENTS, place).map_err(Trouble::Fault)?;
    let is_bad = matches!(reader.read(place), Seen::Scalar(it) if matches!(&it.value, Value::Text(text) if text.as_str() == bad));
    Ok(if is_bad { vec![finding(pointer, "this is bad")] } else { Vec::new() })
}

/// Names longer than an option says.
fn long_names(reader: &mut Reader) -> Vec<CheckFinding> {
    let most = match reader.read(at(reader, "/1/most")) {
        Seen::Scalar(Scalar { value: Value::Number(most), .. }) => most.clone(),
        seen => panic!("{seen:?}"),
    };
    let Seen::List(count) = reader.read(at(reader, "/0/items")) else { return Vec::new() };
    let mut found = Vec::new();
    for index in 0..count {
        let pointer = format!("/items/{index}/name");
        if let Seen::Scalar(name) = reader.read(at(reader, &format!("/0{pointer}"))) {
            let Value::Text(name) = &name.value else { panic!() };
            if Number::from(name.as_str().chars().count() as u64) > most {
                let zh = Some("名称过长".to_owned());
                found.push(CheckFinding {
                    related: vec!["/items".into()],
                    zh,
                    ..finding(&pointer, "the name is long")
                });
            }
        }
    }
    found
}

struct Codes {
    description: Description,
    opened: AtomicUsize,
    called: Arc<AtomicUsize>,
}

struct Opened {
    called: Arc<AtomicUsize>,
}

fn codes() -> Codes {
    let param = |name: &str, ty: Type| Parameter { name: name.into(), ty, doc: String::new() };
    let function = |name: &str, params: Vec<Parameter>, result: Type| Function {
        name: name.into(),
        doc: String::new(),
        params,
        result,
    };
    let checks = CHECKS.iter().map(|(name, reads, _)| Check {
        name: (*name).into(),
        doc: String::new(),
        reads: reads.iter().map(|pointer| (*pointer).to_owned()).collect(),
        options: if *name == "long_names" { vec![param("most", Type::Number)] } else { Vec::new() },
    });
    let description = Description {
        name: "codes".into(),
        version: "1.0.0".into(),
        doc: String::new(),
        functions: vec![
            function("short", vec![param("text", Type::Text)], Type::Bool),
            function("lies", vec![param("text", Type::Text)], Type::Bool),
        ],
        checks: checks.collect(),
    };
    Codes { description, opened: AtomicUsize::new(0), called: Arc::default() }
}

impl Library for Codes {
    fn description(&self) -> &Description {
        &self.description
    }

    fn open(&self) -> Result<Box<dyn Instance>, String> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(Opened { called: Arc::clone(&self.called) }))
    }
}

impl Instance for Opened {
    fn call(&mut self, function: usize, arguments: &[Value<'_>]) -> Result<Value<'static>, Trouble> {
        self.called.fetch_add(1, Ordering::Relaxed);
        match (function, arguments) {
            (0, [Value::Text(text)]) if text.as_str() == "fault" => Err(Trouble::Fault("would not".into())),
            (0, [Value::Text(text)]) => Ok(Value::Bool(text.as_str().len() < 4)),
            _ => Ok(Value::Number(Number::ZERO)),
        }
    }

    fn check(&mut self, check: usize, reader: &mut Reader) -> Result<Vec<CheckFinding>, Trouble> {
        CHECKS[check].2(reader)
    }
}

const MANIFEST: &str = r#"
name = "test"
version = "1.0.0"
language = "2026"
title = { en = "Test" }
root = "Product"
source = [{ name = "plan", title = { en = "Plan" }, locators = "plan.txt" }]
"#;

const MODEL: &str = "module test
use plugin codes as c
enum Kind { none, disk }
record Storage { kind: Kind, note: text }
record Lending { lender: name }
record Item { name: text, level: number }
record Product {
    id: text required
    lends: bool
    lending: Lending when lends
    storage: Storage
    items: list of Item
}
declaration { id product.id }
param most_letters: number = 4 from project
";

fn pack(requirements: &str) -> PackFiles {
    let rule = format!("baseline B-1 \"x\" {{ cites 1#1 addressee product\n{requirements}\nremedy \"x\" }}\n");
    [("pack.toml", MANIFEST.to_owned()), ("plan.txt", "1#1\n".to_owned()), ("test.policy", format!("{MODEL}{rule}"))]
        .into_iter()
        .collect()
}

fn engine_with(requirements: &str, library: Arc<Codes>) -> Result<Engine, String> {
    let mut registry = Registry::new();
    registry.lend(None, "codes", library).unwrap();
    Engine::builder().pack(pack(requirements), "").functions(registry).build().map_err(|invalid| invalid.to_string())
}

fn judged(requirements: &str, declaration: &str) -> Report {
    let engine = engine_with(requirements, Arc::new(codes())).unwrap();
    evaluated(&engine, declaration)
}

fn evaluated(engine: &Engine, declaration: &str) -> Report {
    let as_of = hongxian::value::Date::parse("2020-05-01");
    let options = Options { as_of, list_passes: true, ..Options::default() };
    engine.evaluate(Input { name: "d.json", bytes: declaration.as_bytes() }, &options).unwrap()
}

/// `outcome pointer line:column missing | message`
fn told(finding: &Finding) -> String {
    let at = finding.at;
    let missing = finding.missing.join(" ");
    let related: Vec<&str> = finding.related.iter().map(|place| place.pointer.as_str()).collect();
    format!(
        "{} {} {}:{} [{missing}] [{}] {}",
        finding.outcome.as_str(),
        finding.pointer,
        at.line,
        at.column,
        related.join(" "),
        finding.message.en
    )
}

fn findings(requirements: &str, declaration: &str) -> Vec<String> {
    judged(requirements, declaration).rules[0].findings.iter().map(told).collect()
}

#[test]
fn calls_are_typed_when_the_policy_is_checked() {
    let cases = [
        ("require c.short(product.id)", None),
        ("require check c.storage(product)", None),
        ("require check c.long_names(product, most_letters)", None),
        ("for item in product.items { require check c.item(item) }", None),
        ("require c.short(product.lends)", Some("E0301: expected `text`, found `bool`")),
        ("require c.short()", Some("E0307: `c.short` takes 1 argument, found 0")),
        ("require c.shrt(product.id)", Some("E0205: no function is called `c.shrt`")),
        ("require c.storage(product)", Some("E0205: no function is called `c.storage`")),
        ("require check c.short(product.id)", Some("E0205: no check is called `c.short`")),
        ("require check c.storag(product)", Some("E0205: no check is called `c.storag`")),
        ("require check c.long_names(product)", Some("E0307: `c.long_names` takes 2 arguments, found 1")),
        ("require check c.long_names(product, \"4\")", Some("E0301: expected `number`, found `text`")),
        ("require check c.storage(product.id)", Some("E0306: expected a record for a check to look at, found `text`")),
        (
            "require check c.storage(product.storage)",
            Some("E0512: the check `storage` reads a field `storage`, and `Storage` has none"),
        ),
        (
            "require check c.storage",
            Some("E0215: expected the call of a plugin's check, such as `codes.identifiers(product)`"),
        ),
        ("require check d.storage(product)", Some("E0201: no plugin is called `d` here")),
    ];
    for (requirement, expected) in cases {
        let found = engine_with(requirement, Arc::new(codes())).err();
        let found = found.as_ref().map(|text| text.split_once(": ").unwrap().1);
        assert_eq!(found, expected, "{requirement}");
    }
}

#[test]
fn a_call_is_made_only_with_what_is_known() {
    let library = Arc::new(codes());
    let engine = engine_with("require c.short(product.storage.note)", Arc::clone(&library)).unwrap();
    let outcome = |declaration: &str| evaluated(&engine, declaration).rules[0].outcome;
    assert_eq!(outcome(r#"{"id": "1"}"#), Outcome::Unknown);
    assert_eq!(library.called.load(Ordering::Relaxed), 0);
    assert_eq!(outcome(r#"{"id": "1", "storage": {"note": "abc"}}"#), Outcome::Pass);
    assert_eq!(outcome(r#"{"id": "1", "storage": {"note": "abcd"}}"#), Outcome::Fail);
    assert_eq!(library.called.load(Ordering::Relaxed), 2);
    assert_eq!(outcome(r#"{"id": "1", "storage": {"note": "fault"}}"#), Outcome::Error);
}

#[test]
fn a_library_has_one_instance_for_each_declaration_and_another_after_a_fault() {
    let library = Arc::new(codes());
    let requirements =
        "require c.short(product.storage.note)\nrequire c.short(product.id)\nrequire check c.storage(product)";
    let engine = engine_with(requirements, Arc::clone(&library)).unwrap();
    evaluated(&engine, r#"{"id": "1", "storage": {"kind": "disk", "note": "abc"}}"#);
    assert_eq!(library.opened.load(Ordering::Relaxed), 1);
    let report = evaluated(&engine, r#"{"id": "1", "storage": {"kind": "disk", "note": "fault"}}"#);
    assert_eq!(library.opened.load(Ordering::Relaxed), 3);
    let outcomes: Vec<Outcome> = report.rules[0].findings.iter().map(|finding| finding.outcome).collect();
    assert_eq!(outcomes, [Outcome::Error, Outcome::Pass, Outcome::Pass]);
}

#[test]
fn findings_of_a_check_have_their_places_and_words() {
    let requirement =
        "require check c.long_names(product, most_letters) else \"of {product.id}\" zh \"关于{product.id}\"";
    let declaration = "{\"id\": \"P-1\",\n \"items\": [\n  {\"name\": \"abc\"},\n  {\"name\": \"abcdef\"}]}";
    let report = judged(requirement, declaration);
    let rule = &report.rules[0];
    assert_eq!(
        rule.findings.iter().map(told).collect::<Vec<_>>(),
        ["fail /items/1/name 4:12 [] [/items] of P-1: the name is long"]
    );
    assert_eq!(rule.findings[0].message.zh.as_deref(), Some("关于P-1：名称过长"));
    assert!(rule.findings[0].values.contains_key("/items/1/name"));
}

#[test]
fn silence_never_passes_a_check() {
    let long = "require check c.long_names(product, most_letters)";
    for (requirement, declaration, expected) in [
        // An absent list; an absent field of an element; everything there; something wrong beside something absent.
        (long, r#"{"id": "1"}"#, "unknown /items 1:1 [/items] [] x: cannot be decided without `/items`"),
        (
            long,
            r#"{"id": "1", "items": [{"name": "a"}, {"level": 1}]}"#,
            "unknown /items/1/name 1:38 [/items/1/name] [] x: cannot be decided without `/items/1/name`",
        ),
        (long, r#"{"id": "1", "items": [{"name": "a"}]}"#, "pass /items 1:22 [] [/items/0/name] met: x"),
        (
            long,
            r#"{"id": "1", "items": [{"name": "abcde"}, {"level": 1}]}"#,
            "fail /items/0/name 1:32 [] [/items] the name is long",
        ),
        // Everything below counts as read where it is taken as JSON.
        (
            "require check c.json(product)",
            r#"{"id": "1", "storage": {"kind": "disk"}}"#,
            "unknown /storage/note 1:24 [/storage/note] [] x: cannot be decided without `/storage/note`",
        ),
        (
            "require check c.json(product)",
            r#"{"id": "1", "storage": {"kind":  "none"}}"#,
            r#"fail /storage 1:24 [] [] {"kind":  "none"}"#,
        ),
        // What does not apply is known to be nothing; whether it applies may be unknown.
        ("require check c.lender(product)", r#"{"id": "1", "lends": false}"#, "pass /lends 1:22 [] [] met: x"),
        (
            "require check c.lender(product)",
            r#"{"id": "1"}"#,
            "unknown /lends 1:1 [/lends] [] x: cannot be decided without `/lends`",
        ),
        (
            "require check c.lender(product)",
            r#"{"id": "1", "lends": true}"#,
            "unknown /lending/lender 1:1 [/lending/lender] [] x: cannot be decided without `/lending/lender`",
        ),
        (
            "require check c.lender(product)",
            r#"{"id": "1", "lends": true, "lending": {"lender": "bad"}}"#,
            "fail /lending/lender 1:50 [] [] this is bad",
        ),
    ] {
        assert_eq!(findings(requirement, declaration), [expected], "{requirement} {declaration}");
    }
}

#[test]
fn a_check_in_a_loop_looks_at_each_element() {
    let requirement = "for item in product.items where item.level > 1 { require check c.item(item) }";
    let declaration = r#"{"id": "1", "items": [
        {"name": "bad", "level": 2}, {"name": "good", "level": 2}, {"name": "bad", "level": 1}, {"name": "bad"}]}"#;
    let found = findings(requirement, declaration);
    assert_eq!(
        found,
        [
            "fail /items/0/name 2:18 [] [] this is bad",
            "pass /items/1/name 2:47 [] [] met: x",
            "unknown /items/3/level 2:97 [/items/3/level] [] x: cannot be decided without `/items/3/level`",
        ]
    );
}

#[test]
fn a_check_that_looks_at_nothing_has_examined_nothing() {
    let report = judged("require check c.nothing(product)", r#"{"id": "1"}"#);
    assert_eq!(report.rules[0].outcome, Outcome::NotApplicable);
    let report = judged("require check c.own(product)", r#"{"id": "1"}"#);
    assert_eq!(report.rules[0].outcome, Outcome::NotApplicable);
}

#[test]
fn an_answer_that_is_no_answer_is_an_error() {
    let declaration = r#"{"id": "1", "storage": {"kind": "disk", "note": "x"}, "items": [{"name": "a", "level": 1}]}"#;
    for (requirement, message) in [
        ("require c.lies(product.id)", "`codes.lies` failed: promised `bool` and answered with something else"),
        (
            "require check c.outside(product)",
            "`codes.outside` failed: points at a place, but `/items` leads nowhere that it may read",
        ),
        (
            "require check c.nowhere(product)",
            "`codes.nowhere` failed: points at a place, but `/storage/nothing` leads nowhere that it may read",
        ),
        (
            "require check c.unannounced(product)",
            "`codes.unannounced` failed: reads `/0/items`: the check did not announce that it reads this",
        ),
        (
            "require check c.whole(product)",
            "`codes.whole` failed: reads everything below `/items`, which it did not announce",
        ),
        ("require check c.many(product)", "`codes.many` failed: expected at most 1000 findings, found 1001"),
        (
            "require check c.talkative(product)",
            "`codes.talkative` failed: expected at most 1000 characters of a message, found 1001",
        ),
        (
            "require check c.related(product)",
            "`codes.related` failed: expected at most 16 related places of a finding, found 17",
        ),
        ("require check c.silent(product)", "`codes.silent` failed: expected a message with a finding, found none"),
    ] {
        let report = judged(requirement, declaration);
        let rule = &report.rules[0];
        assert_eq!((rule.outcome, rule.findings.len()), (Outcome::Error, 1), "{requirement}");
        assert_eq!(rule.findings[0].message.en, format!("x: {message}"));
    }
    assert_eq!(findings("require check c.most(product)", declaration).len(), MAX_FINDINGS);
}

#[test]
fn a_stuck_machine_ends_the_run_without_a_verdict() {
    let engine = engine_with("require check c.stuck(product)", Arc::new(codes())).unwrap();
    let options = Options { as_of: hongxian::value::Date::parse("2020-05-01"), ..Options::default() };
    let refusal = engine.evaluate(Input { name: "d.json", bytes: br#"{"id": "1"}"# }, &options).unwrap_err();
    assert_eq!(refusal.to_string(), "`codes.stuck` was ended: took too long");
}
