//! cel: the rules as expressions in `rules.cel`, one on each line, compiled once. CEL has no sum; it is a function of ours,
//! which is how CEL is meant to be extended.

use cel::{Context, Env, Program, Value, extensions};
use contest::{About, Contestant, Verdicts, serve};
use std::sync::Arc;

const ABOUT: About = About { name: "cel", of: Some("cel"), cannot: &[] };

struct Cel {
    environment: Arc<Env>,
    rules: Vec<Program>,
}

impl Cel {
    fn new() -> Self {
        let mut environment = Env::stdlib();
        extensions::strings(&mut environment).expect("nothing is declared twice");
        let rule = |rule: &str| environment.compile(rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let rules = include_str!("../rules.cel").lines().map(rule).collect();
        Self { rules, environment: Arc::new(environment) }
    }
}

fn sum(numbers: Arc<Vec<Value>>) -> f64 {
    let number = |value: &Value| if let Value::Float(number) = value { *number } else { panic!("expected a number") };
    numbers.iter().map(number).sum()
}

impl Contestant for Cel {
    type Parsed<'t> = Context<'static, 'static>;

    fn parse<'t>(&mut self, text: &'t str) -> Self::Parsed<'t> {
        let declaration: serde_json::Value = serde_json::from_str(text).expect("the declaration is valid");
        let mut context = Context::with_env(Arc::clone(&self.environment));
        context.add_function("sum", sum).expect("no function has this name");
        context.add_variable("p", declaration).expect("JSON has values for CEL");
        context
    }

    fn evaluate(&mut self, declaration: &Self::Parsed<'_>) -> Verdicts {
        let verdict = |rule: &Program| match rule.execute(declaration) {
            Ok(Value::Bool(holds)) => holds,
            other => panic!("expected a verdict, found {other:?}"),
        };
        self.rules.iter().map(verdict).collect()
    }
}

fn main() {
    serve(&ABOUT, Cel::new);
}
