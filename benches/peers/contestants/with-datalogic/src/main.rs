//! datalogic-rs: the rules as JSON Logic in `rules.json`, compiled one by one, over one parsed declaration.
//!
//! JSON Logic has no regular expressions; `matches` is an operator of our own, which is how the crate is meant to be
//! extended. Dates are compared as texts; a year before a date is made of its texts, and would be wrong by a day on 29
//! February. Amounts that stand in texts are turned into floating point by its own comparison.

use contest::{About, Contestant, Verdicts, serve};
use datalogic_rs::bumpalo::Bump;
use datalogic_rs::operator::EvalContext;
use datalogic_rs::{CustomOperator, DataValue, Engine, Logic, ParsedData, Result};
use regex::Regex;

const ABOUT: About = About { name: "datalogic-rs", of: Some("datalogic-rs"), cannot: &[] };

/// `{"matches": [text, pattern]}`, for the patterns that it was given.
struct Matches(Vec<Regex>);

impl CustomOperator for Matches {
    fn evaluate<'a>(
        &self,
        arguments: &[&'a DataValue<'a>],
        _: &mut EvalContext<'_, 'a>,
        arena: &'a Bump,
    ) -> Result<&'a DataValue<'a>> {
        let [text, pattern] = arguments else { panic!("`matches` takes a text and a pattern") };
        let (text, pattern) = (text.as_str().expect("a text"), pattern.as_str().expect("a pattern"));
        let known = self.0.iter().find(|regex| regex.as_str() == pattern).expect("a pattern that was compiled");
        Ok(arena.alloc(DataValue::Bool(known.is_match(text))))
    }
}

struct DataLogic {
    engine: Engine,
    rules: Vec<Logic>,
    arena: Bump,
}

impl DataLogic {
    fn new() -> Self {
        let patterns = ["^P-[0-9]{6}$", r"^[a-z0-9.]+@[a-z0-9]+(\.[a-z]+)+$"];
        let regexes = patterns.iter().map(|pattern| Regex::new(pattern).expect("a pattern")).collect();
        let engine = Engine::builder().add_operator("matches", Matches(regexes)).build();
        let text = include_str!("../rules.json");
        let (arena, mut rules) = (Bump::new(), Vec::new());
        let all = DataValue::from_str(text, &arena).expect("the rules are JSON");
        for rule in all.as_array().expect("a list of rules") {
            rules.push(engine.compile(rule.to_string().as_str()).expect("a rule"));
        }
        Self { engine, rules, arena: Bump::new() }
    }

    fn rules<'a>(engine: &Engine, rules: &[Logic], data: &'a DataValue<'a>, arena: &'a Bump) -> Verdicts {
        let holds = |rule| engine.evaluate(rule, data, arena).expect("a verdict").as_bool() == Some(true);
        rules.iter().map(holds).collect()
    }
}

impl Contestant for DataLogic {
    type Parsed<'t> = ParsedData;

    fn parse<'t>(&mut self, text: &'t str) -> ParsedData {
        ParsedData::from_json(text).expect("the declaration is valid")
    }

    fn evaluate(&mut self, parsed: &ParsedData) -> Verdicts {
        self.arena.reset();
        Self::rules(&self.engine, &self.rules, parsed.value(), &self.arena)
    }

    /// Into the same arena as the results: the fastest way that the crate has.
    fn judge(&mut self, text: &str) -> Verdicts {
        self.arena.reset();
        let data = self.arena.alloc(DataValue::from_str(text, &self.arena).expect("the declaration is valid"));
        Self::rules(&self.engine, &self.rules, data, &self.arena)
    }
}

fn main() {
    serve(&ABOUT, DataLogic::new);
}
