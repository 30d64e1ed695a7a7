//! Lists are judged sixty-four rows at a time: at and around that length, and where single cells are seldom, outcomes are what
//! the report says.

use super::engine::{build, evaluate, files};
use crate::chance::cases;
use hongxian::engine::Engine;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value as Json, json};
use std::sync::LazyLock;

const MODEL: &str = r"
module model

enum Kind { a < b < c }

record Row {
    kind:  Kind
    on:    date null means never
    until: date
    rate:  ratio in percent
    used:  bool
    note:  text   when used
    size:  number when used
    parts: list of number when used
}

record Product {
    limit: number
    open:  bool
    rows:  list of Row
    texts: list of text
}
";

/// What is required, in all the ways in which rows are gone through.
const REQUIRED: [&str; 22] = [
    "for r in product.rows { require r.rate <= 15% }",
    "for r in product.rows { require r.kind != b }",
    "for r in product.rows where r.kind >= b { require r.used require r.rate < 20% }",
    "for r in product.rows where r.used { require r.size >= 2.5 }",
    "for r in product.rows { require r.note == \"x\" or r.kind in [a, b] }",
    "for r in product.rows { require r.on is never or r.on <= 2020-06-30 }",
    "for r in product.rows { require r.on <= r.until }",
    "for r in product.rows { require not (r.size > 3 and product.open) }",
    "for r in product.rows { for part in r.parts { require part < 4 } }",
    "for r in product.rows { require not (r.parts all p: p >= 4) }",
    "for r in product.rows { require r.parts any p: (p < 4 and r.used) }",
    "for t in product.texts { require t starts_with \"x\" }",
    "require product.open or product.rows all r: (r.used implies r.size <= product.limit)",
    "require product.rows any r: (r.kind == c and r.rate > 10%)",
    "for r in product.rows { require r.note is declared }",
    "require product.rows at least 3 r: r.used",
    "require product.rows exactly 1 r: r.kind == a",
    "require count(product.rows where r: r.on >= 2020-01-01) >= 2",
    "require count(product.rows) <= 64",
    "require sum(product.rows[].rate) <= 400%",
    "require sum(product.rows[].size) != 5",
    "require product.texts any in [\"x\", \"y\"]",
];

fn rules() -> String {
    let rules = REQUIRED.iter().enumerate().map(|(index, body)| {
        format!("baseline R-{index} \"r\" {{\n    cites 1#1\n    addressee product\n    {body}\n    remedy \"mend it\"\n}}\n")
    });
    format!("module rules\nuse model\n\n{}", rules.collect::<String>())
}

/// Mostly one of the usual values; seldom one of the others. None is absent.
fn mostly(usual: Vec<Json>, seldom: Vec<Option<Json>>) -> impl Strategy<Value = Option<Json>> {
    prop_oneof![30 => select(usual).prop_map(Some), 1 => select(seldom)]
}

fn row() -> impl Strategy<Value = Json> {
    let long = json!(1_234_567_890_123_456_789_012_f64);
    let fields = (
        mostly(vec![json!("a"), json!("b"), json!("c")], vec![None]),
        mostly(vec![json!("2020-01-01"), json!("2019-12-31"), json!("2020-06-30")], vec![None, Some(Json::Null)]),
        mostly(vec![json!("2020-07-01")], vec![None, Some(json!("2019-01-01"))]),
        mostly(vec![json!(1), json!(2.25), json!(15), json!(15.001)], vec![None, Some(long)]),
        mostly(vec![json!(true), json!(true), json!(false)], vec![None]),
        mostly(vec![json!("x"), json!("y\"z")], vec![None, Some(json!(" "))]),
        mostly(vec![json!(2.5), json!(3), json!(2)], vec![None]),
        mostly(vec![json!([1, 2]), json!([3])], vec![None, Some(json!([4, 5]))]),
    );
    fields.prop_map(|(kind, on, until, rate, used, note, size, parts)| {
        let mut row = Map::new();
        let applies = used == Some(json!(true));
        let conditional =
            [("note", note), ("size", size), ("parts", parts)].map(|(key, value)| (key, value.filter(|_| applies)));
        let plain = [("kind", kind), ("on", on), ("until", until), ("rate", rate), ("used", used)];
        row.extend(plain.into_iter().chain(conditional).filter_map(|(key, value)| Some((key.to_owned(), value?))));
        Json::Object(row)
    })
}

fn declaration() -> impl Strategy<Value = Json> {
    let lengths = || select(vec![0_usize, 1, 2, 63, 64, 65, 127, 128, 130]);
    let rows = lengths().prop_flat_map(|length| vec(row(), length));
    let texts = lengths().prop_flat_map(|length| vec(select(vec!["x", "xy", "y"]), length));
    (rows, texts, select(vec![json!(2), json!(3), Json::Null]), any::<bool>())
        .prop_map(|(rows, texts, limit, open)| json!({ "limit": limit, "open": open, "rows": rows, "texts": texts }))
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let engine = build(files(&[("model.policy", MODEL.to_owned()), ("rules.policy", rules())]));
    engine.unwrap_or_else(|invalid| panic!("{invalid}"))
});

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn columns_say_what_rows_say(declaration in declaration()) {
        // It compares the outcomes itself.
        let report = evaluate(&ENGINE, declaration.to_string().as_bytes(), "2020-06-30", None);
        prop_assert!(report.is_ok(), "{report:?}");
    }
}
