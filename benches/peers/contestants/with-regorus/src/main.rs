//! regorus: the rules as Rego in `rules.rego`, by its virtual machine, or with `--interpreter` by its interpreter.

use contest::{About, Contestant, Verdicts, serve};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Value};

const ENTRY: &str = "data.measure.verdicts";
const MACHINE: About = About { name: "regorus, RVM", of: Some("regorus"), cannot: &[] };
const INTERPRETER: About = About { name: "regorus, interpreter", of: Some("regorus"), cannot: &[] };

fn engine() -> Engine {
    let mut engine = Engine::new();
    engine.add_policy("rules.rego".to_owned(), include_str!("../rules.rego").to_owned()).expect("the rules are Rego");
    engine
}

fn input(text: &str) -> Value {
    Value::from_json_str(text).expect("the declaration is valid")
}

fn verdicts(value: &Value) -> Verdicts {
    let list = value.as_array().expect("a list of verdicts");
    list.iter().map(|verdict| *verdict.as_bool().expect("a verdict")).collect()
}

struct Machine(RegoVM);

impl Machine {
    fn new() -> Self {
        let policy = engine().compile_with_entrypoint(&ENTRY.into()).expect("the rules compile");
        let program = Compiler::compile_from_policy(&policy, &[ENTRY]).expect("the rules compile for the machine");
        let mut machine = RegoVM::new();
        machine.set_execution_timer_config(None);
        machine.set_max_instructions(usize::MAX);
        machine.load_program(program);
        Self(machine)
    }
}

impl Contestant for Machine {
    type Parsed<'t> = Value;

    fn parse<'t>(&mut self, text: &'t str) -> Value {
        input(text)
    }

    fn evaluate(&mut self, declaration: &Value) -> Verdicts {
        self.0.set_input(declaration.clone());
        verdicts(&self.0.execute().expect("verdicts"))
    }
}

struct Interpreter(Engine);

impl Contestant for Interpreter {
    type Parsed<'t> = Value;

    fn parse<'t>(&mut self, text: &'t str) -> Value {
        input(text)
    }

    fn evaluate(&mut self, declaration: &Value) -> Verdicts {
        self.0.set_input(declaration.clone());
        verdicts(&self.0.eval_rule(ENTRY.to_owned()).expect("verdicts"))
    }
}

fn main() {
    if std::env::args().any(|argument| argument == "--interpreter") {
        serve(&INTERPRETER, || Interpreter(engine()));
    } else {
        serve(&MACHINE, Machine::new);
    }
}
