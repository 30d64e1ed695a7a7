//! This project's engine, over the thirty rules of `benches/common/`, or over another pack.
//!
//! `ours` judges by the thirty rules; `ours --copies N` has each of them N times, and answers for the first ones;
//! `ours --plan` judges by the plan's pack, and answers for none.

#[path = "../../../../common/mod.rs"]
mod common;

use contest::{About, Contestant, Verdicts, serve};
use hongxian::decode::cells::Cells;
use hongxian::decode::declaration::Declaration;
use hongxian::decode::{Decoder, Limits};
use hongxian::engine::{Engine, Input, Options, Session};
use hongxian::eval::{Outcome, Outcomes, Setting};
use hongxian::function::Registry;
use hongxian::ir::RuleId;
use hongxian::source::FileId;
use hongxian::value::Date;
use std::sync::LazyLock;

static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::default);

const ABOUT: About = About { name: "hongxian", of: None, cannot: &[] };

struct Ours {
    engine: &'static Engine,
    session: Session<'static>,
    decoder: Decoder,
    outcomes: Outcomes,
    as_of: Date,
    /// For each rule of the engine its number among the thirty, or 0.
    numbers: Vec<u32>,
}

impl Ours {
    fn new(engine: &'static Engine) -> Self {
        let program = engine.program();
        Self {
            engine,
            session: engine.session(),
            decoder: Decoder::new(&program.policy.model, &program.layout, Limits::DEFAULT),
            outcomes: Outcomes::new(program),
            as_of: Date::parse("2025-06-30").expect("a date"),
            numbers: program.policy.rules.iter().map(|rule| number(&rule.id)).collect(),
        }
    }
}

/// Of `M0-7` it is 7; copies and rules of other packs have none.
fn number(id: &str) -> u32 {
    id.strip_prefix("M0-").and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// A rule that cannot be decided has no place here: the declarations are complete.
fn holds(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Pass | Outcome::NotApplicable => true,
        Outcome::Fail => false,
        other => panic!("a rule came to {other:?}"),
    }
}

impl Contestant for Ours {
    type Parsed<'t> = Declaration<'t>;

    fn parse<'t>(&mut self, text: &'t str) -> Declaration<'t> {
        let decoded = self.decoder.decode_in(Cells::default(), text.as_bytes(), FileId::new(0));
        decoded.unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    fn evaluate(&mut self, declaration: &Declaration<'_>) -> Verdicts {
        let setting = Setting { registry: &REGISTRY, as_of: self.as_of, stage: None };
        let mut verdicts = Verdicts::default();
        let each = |rule: RuleId, outcome| note(&mut verdicts, self.numbers[rule.index()], outcome);
        self.outcomes.judge(self.engine.program(), declaration, setting, |_| true, each).expect("no plugin is called");
        verdicts
    }

    fn judge(&mut self, text: &str) -> Verdicts {
        let input = Input { name: "declaration", bytes: text.as_bytes() };
        let judged = self.session.verdict(input, &Options::default()).unwrap_or_else(|refusal| panic!("{refusal}"));
        let mut verdicts = Verdicts::default();
        judged.outcomes.iter().for_each(|(rule, outcome)| note(&mut verdicts, self.numbers[rule.index()], *outcome));
        verdicts
    }
}

fn note(verdicts: &mut Verdicts, number: u32, outcome: Outcome) {
    if number > 0 {
        verdicts.set(number, holds(outcome));
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let engine = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => common::engine(1),
        ["--copies", copies] => common::engine(copies.parse().expect("a number")),
        ["--plan"] => common::plan(),
        other => panic!("expected nothing, `--copies N` or `--plan`, found {other:?}"),
    };
    let engine: &'static Engine = Box::leak(Box::new(engine));
    serve(&ABOUT, || Ours::new(engine));
}
