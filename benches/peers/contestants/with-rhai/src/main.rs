//! rhai: the rules as a script in `rules.rhai`, compiled once. It has no regular expressions; two functions of ours have
//! them, which is how a script engine is meant to be extended.

use contest::{About, Contestant, Verdicts, serve};
use regex::Regex;
use rhai::{AST, Array, Dynamic, Engine, ImmutableString, OptimizationLevel, Scope};

const ABOUT: About = About { name: "rhai", of: Some("rhai"), cannot: &[] };

struct Script {
    engine: Engine,
    rules: AST,
}

impl Script {
    fn new() -> Self {
        let mut engine = Engine::new();
        engine.set_optimization_level(OptimizationLevel::Full);
        for (name, pattern) in [("is_number", "^P-[0-9]{6}$"), ("is_address", r"^[a-z0-9.]+@[a-z0-9]+(\.[a-z]+)+$")] {
            let regex = Regex::new(pattern).expect("a pattern");
            engine.register_fn(name, move |text: ImmutableString| regex.is_match(&text));
        }
        engine.set_max_expr_depths(0, 0);
        let rules = engine.compile(include_str!("../rules.rhai")).unwrap_or_else(|error| panic!("{error}"));
        Self { engine, rules }
    }
}

impl Contestant for Script {
    type Parsed<'t> = Dynamic;

    fn parse<'t>(&mut self, text: &'t str) -> Dynamic {
        serde_json::from_str(text).expect("the declaration is valid")
    }

    fn evaluate(&mut self, declaration: &Dynamic) -> Verdicts {
        let mut scope = Scope::new();
        scope.push_constant_dynamic("p", declaration.clone());
        let verdicts: Array =
            self.engine.eval_ast_with_scope(&mut scope, &self.rules).unwrap_or_else(|error| panic!("{error}"));
        verdicts.into_iter().map(|verdict| verdict.as_bool().expect("a verdict")).collect()
    }
}

fn main() {
    serve(&ABOUT, Script::new);
}
