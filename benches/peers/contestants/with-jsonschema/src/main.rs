//! jsonschema: one schema for each rule, from `rules.json`.
//!
//! A schema says whether a document is valid, and not which of its rules hold; so there is a validator for each rule.
//! Amounts in texts are compared by patterns, and so are dates with a fixed day.

use contest::{About, Contestant, Verdicts, serve};
use jsonschema::Validator;
use serde_json::Value;

const ABOUT: About = About {
    name: "jsonschema",
    of: Some("jsonschema"),
    cannot: &[
        (6, "a schema does not compare two fields"),
        (7, "a schema does not compare two fields"),
        (30, "a schema has no sum"),
    ],
};

struct JsonSchema(Vec<Option<Validator>>);

impl JsonSchema {
    fn new() -> Self {
        let rules: Vec<Value> = serde_json::from_str(include_str!("../rules.json")).expect("the rules are JSON");
        let stated = |rule: &Value| !rule.is_null();
        let validator = |rule: &Value| stated(rule).then(|| jsonschema::validator_for(rule).expect("a schema"));
        Self(rules.iter().map(validator).collect())
    }
}

impl Contestant for JsonSchema {
    type Parsed<'t> = Value;

    fn parse<'t>(&mut self, text: &'t str) -> Value {
        serde_json::from_str(text).expect("the declaration is valid")
    }

    fn evaluate(&mut self, declaration: &Value) -> Verdicts {
        self.0.iter().map(|rule| rule.as_ref().is_some_and(|rule| rule.is_valid(declaration))).collect()
    }
}

fn main() {
    serve(&ABOUT, JsonSchema::new);
}
