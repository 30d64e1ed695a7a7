//! The worklist over small models, where every value of every field can be tried: its fields settle the rules that it says,
//! and none of them can be left out.

use super::engine::{build, files};
use super::tape::{Tape, tape};
use crate::chance::cases;
use hongxian::engine::{Engine, Input, Options};
use hongxian::report::contract::{Outcome, Report, Worklist};
use hongxian::value::Date;
use hongxian::worklist::worklist;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

const MODEL: &str = "module model
enum Colour { red, green, blue }
record Item { fine: bool }
record Product {
    a: bool
    b: bool
    c: bool
    inner: bool when a
    colour: Colour
    count: number whole 0..3
    most: number whole 0..2
    tags: list of Colour may_be_empty
    items: list of Item none_when empty_handed
    empty_handed: bool
}
";

/// What is true or false of a product, the simplest first.
const ATOMS: &[&str] = &[
    "product.a",
    "product.b",
    "product.c",
    "product.inner",
    "(product.colour == red)",
    "(product.colour in [green, blue])",
    "(product.count >= 2)",
    "(product.count > product.most)",
    "(product.count - product.most == 1)",
    "(red in product.tags)",
    "(product.tags covers [green, blue])",
    "(count(product.tags) >= 2)",
    "(product.items all item: (item.fine))",
    "(product.items any item: (item.fine))",
];

fn condition(tape: &mut Tape, depth: usize) -> String {
    if depth == 0 || tape.chance(25) {
        return (*tape.pick(ATOMS)).to_owned();
    }
    let one = condition(tape, depth - 1);
    if tape.chance(20) {
        return format!("(not {one})");
    }
    let joint = tape.pick(&["and", "or", "implies"]);
    format!("({one} {joint} {})", condition(tape, depth - 1))
}

fn rule(tape: &mut Tape, number: usize) -> String {
    let kind = tape.pick(&["red_line", "baseline"]);
    let mut text = format!("\n{kind} R-{number} \"rule\" {{\n    cites 1#1\n    addressee product\n");
    if tape.chance(30) {
        writeln!(text, "    when {}", condition(tape, 1)).unwrap();
    }
    for _ in 0..=tape.below(2) {
        let given = tape.pick(&["", "", "", "(product.colour is declared) and ", "(product.tags is declared) or "]);
        // Nothing but a quantifier is not allowed there.
        writeln!(text, "    require {given}({} or (1 > 2))", condition(tape, 2)).unwrap();
    }
    if tape.chance(15) {
        writeln!(text, "    review when {} \"somebody looks\"", condition(tape, 1)).unwrap();
    }
    text + "    remedy \"do it\"\n}\n"
}

/// Every value of a field.
fn domain(field: &str) -> Vec<Value> {
    let colours = ["red", "green", "blue"];
    let subsets = |of: &[Value]| {
        (0..1_usize << of.len())
            .map(|bits| {
                of.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, one)| one.clone()).collect()
            })
            .collect()
    };
    match field {
        "colour" => colours.map(Value::from).into(),
        "count" => (0..=3).map(Value::from).collect(),
        "most" => (0..=2).map(Value::from).collect(),
        "tags" => subsets(&colours.map(Value::from)),
        "items" => vec![
            json!([{"fine": true}]),
            json!([{"fine": false}]),
            json!([{"fine": true}, {"fine": false}]),
            json!(null),
        ],
        _ => vec![json!(true), json!(false)],
    }
}

const FIELDS: &[&str] = &["a", "b", "c", "inner", "colour", "count", "most", "tags", "items", "empty_handed"];

/// A declaration that leaves most fields out.
fn declaration(tape: &mut Tape) -> Value {
    let mut json = json!({});
    for field in FIELDS {
        if tape.chance(30) && *field != "inner" && *field != "empty_handed" {
            json[*field] = tape.choose(&domain(field));
        }
    }
    json
}

struct World<'e> {
    engine: &'e Engine,
    json: &'e Value,
}

impl World<'_> {
    fn options() -> Options<'static> {
        Options { as_of: Date::parse("2025-06-30"), ..Options::default() }
    }

    fn outcome(&self, rule: &str, json: &Value) -> Option<Outcome> {
        let bytes = json.to_string();
        let rule = self.engine.rule(rule).unwrap();
        let input = Input { name: "", bytes: bytes.as_bytes() };
        Some(self.engine.standing(input, &Self::options(), rule).ok()??.outcome)
    }

    /// Whether some values of fields lead a rule there.
    fn reaches(&self, rule: &str, fields: &BTreeSet<String>, goal: fn(Outcome) -> bool) -> bool {
        let fields: Vec<&str> = fields.iter().map(|field| field.trim_start_matches('/')).collect();
        self.reaches_from(rule, self.json, &fields, goal)
    }

    fn reaches_from(&self, rule: &str, json: &Value, fields: &[&str], goal: fn(Outcome) -> bool) -> bool {
        let Some((first, rest)) = fields.split_first() else { return self.outcome(rule, json).is_some_and(goal) };
        domain(first).into_iter().any(|value| {
            let mut json = json.clone();
            if value.is_null() {
                // A list is also given by stating that there is none.
                json["empty_handed"] = json!(true);
            } else {
                json[*first] = value;
            }
            self.reaches_from(rule, &json, rest, goal)
        })
    }

    fn absent(&self) -> BTreeSet<String> {
        let absent = FIELDS.iter().filter(|field| self.json.get(field).is_none() && **field != "empty_handed");
        absent.map(|field| format!("/{field}")).collect()
    }
}

fn met(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Pass | Outcome::NotApplicable | Outcome::Review)
}

fn decided(outcome: Outcome) -> bool {
    met(outcome) || outcome == Outcome::Fail
}

fn without(fields: &BTreeSet<String>, field: &str) -> BTreeSet<String> {
    fields.iter().filter(|other| *other != field).cloned().collect()
}

fn check(world: &World<'_>, report: &Report, list: &Worklist) -> Result<(), TestCaseError> {
    let undecided = report.rules.iter().filter(|rule| rule.outcome == Outcome::Unknown).map(|rule| rule.id.as_str());
    let named = list.settles.iter().map(|it| it.rule.as_str()).chain(list.open.iter().map(String::as_str));
    prop_assert_eq!(named.collect::<BTreeSet<_>>(), undecided.collect::<BTreeSet<_>>());
    for open in &list.open {
        prop_assert!(!world.reaches(open, &world.absent(), decided), "{} can be decided", open);
    }
    for settles in &list.settles {
        let goal = if settles.met { met } else { decided };
        let fields: BTreeSet<String> = settles.fields.iter().cloned().collect();
        prop_assert!(world.reaches(&settles.rule, &fields, goal), "{:?} does not settle it", settles);
        for field in &fields {
            let fewer = without(&fields, field);
            prop_assert!(!world.reaches(&settles.rule, &fewer, goal), "{:?} does without {}", settles, field);
        }
        if !settles.met {
            prop_assert!(!world.reaches(&settles.rule, &world.absent(), met), "{:?} can be met", settles);
        }
    }
    let all: BTreeSet<String> = list.settles.iter().flat_map(|settles| settles.fields.clone()).collect();
    prop_assert_eq!(&list.fields.iter().map(|field| field.pointer.clone()).collect::<BTreeSet<_>>(), &all);
    for field in &all {
        let others = without(&all, field);
        let goal = |is_met: bool| if is_met { met } else { decided };
        let enough = list.settles.iter().all(|settles| world.reaches(&settles.rule, &others, goal(settles.met)));
        prop_assert!(!enough, "the list does without {}", field);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn its_fields_settle_and_none_can_be_left_out(mut rules in tape(120), mut told in tape(60)) {
        let count = 1 + rules.below(3);
        let text: String = (0..count).map(|number| rule(&mut rules, number)).collect();
        let modules = [("model.policy", MODEL.to_owned()), ("rules.policy", format!("module rules\nuse model\n{text}"))];
        let engine = build(files(&modules)).map_err(|invalid| TestCaseError::fail(format!("{invalid}\n{text}")))?;
        let json = declaration(&mut told);
        let world = World { engine: &engine, json: &json };
        let bytes = json.to_string();
        let input = Input { name: "", bytes: bytes.as_bytes() };
        if let Ok(report) = engine.evaluate(input, &World::options()) {
            let list = worklist(&engine, input, &World::options(), &report);
            check(&world, &report, &list).map_err(|error| TestCaseError::fail(format!("{error}\n{text}\n{json}")))?;
        }
    }
}
