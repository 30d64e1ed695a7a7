//! zen-expression: the rules as expressions in `rules.zen`, one on each line, compiled once.

use contest::{About, Contestant, Verdicts, serve};
use zen_expression::expression::Standard;
use zen_expression::scope::Scope;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Expression, compile_expression};

const ABOUT: About = About { name: "zen-expression", of: Some("zen-expression"), cannot: &[] };

struct Zen {
    rules: Vec<Expression<Standard>>,
    machine: VM,
}

impl Zen {
    fn new() -> Self {
        let rule = |rule: &str| compile_expression(rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
        Self { rules: include_str!("../rules.zen").lines().map(rule).collect(), machine: VM::new() }
    }
}

impl Contestant for Zen {
    type Parsed<'t> = Scope;

    fn parse<'t>(&mut self, text: &'t str) -> Scope {
        Scope::new(serde_json::from_str::<Variable>(text).expect("the declaration is valid"))
    }

    fn evaluate(&mut self, declaration: &Scope) -> Verdicts {
        let Self { rules, machine } = self;
        let verdict = |rule: &Expression<Standard>| {
            let verdict = rule.evaluate_with_scope(declaration, machine).unwrap_or_else(|error| panic!("{error}"));
            verdict.as_bool() == Some(true)
        };
        rules.iter().map(verdict).collect()
    }
}

fn main() {
    serve(&ABOUT, Zen::new);
}
