//! jaq: the rules as a jq filter in `rules.jq`, compiled once.

use contest::{About, Contestant, Verdicts, serve};
use jaq_core::data::JustLut;
use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Filter, Vars, unwrap_valr};
use jaq_json::{Val, read};

const ABOUT: About = About { name: "jaq", of: Some("jaq-core"), cannot: &[] };

struct Jaq(Filter<JustLut<Val>>);

impl Jaq {
    fn new() -> Self {
        let definitions = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
        let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
        let arena = Arena::default();
        let program = File { code: include_str!("../rules.jq"), path: () };
        let modules = Loader::new(definitions).load(&arena, program).expect("the rules are jq");
        Self(Compiler::default().with_funs(functions).compile(modules).expect("the rules compile"))
    }
}

impl Contestant for Jaq {
    type Parsed<'t> = Val;

    fn parse<'t>(&mut self, text: &'t str) -> Val {
        read::parse_single(text.as_bytes()).expect("the declaration is valid")
    }

    fn evaluate(&mut self, declaration: &Val) -> Verdicts {
        let context = Ctx::<JustLut<Val>>::new(&self.0.lut, Vars::new([]));
        let mut out = self.0.id.run((context, declaration.clone())).map(unwrap_valr);
        let verdicts = out.next().expect("an answer").unwrap_or_else(|error| panic!("{error}"));
        let Val::Arr(verdicts) = verdicts else { panic!("expected a list, found {verdicts:?}") };
        verdicts.iter().map(|verdict| matches!(verdict, Val::Bool(true))).collect()
    }
}

fn main() {
    serve(&ABOUT, Jaq::new);
}
