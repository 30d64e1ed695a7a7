//! cfn-guard: the rules in `rules.guard`. The crate gives one function to those who embed it, from two texts to a text:
//! the rules are parsed for each declaration anew, and which of them hold is read out of its report.
//!
//! Of a report of more than 8 KB it returns the last part only (its buffer, as of version 3.2.1). Then the whole record of
//! the run is asked for, which it returns whole; that is so for declarations with several failures, and not timed often.

use cfn_guard::{ValidateInput, run_checks};
use contest::{About, Contestant, Verdicts, serve};
use serde::Deserialize;

const ABOUT: About = About {
    name: "cfn-guard",
    of: Some("cfn-guard"),
    cannot: &[(7, "it has no arithmetic, so no date a year before another"), (30, "it has no sum")],
};
const RULES: &str = include_str!("../rules.guard");

struct Guard;

/// As much of its report as is needed.
#[derive(Deserialize)]
struct Report {
    compliant: Vec<String>,
}

/// As much of its record as is needed.
#[derive(Deserialize)]
struct Record {
    children: Vec<Child>,
}

#[derive(Deserialize)]
struct Child {
    container: Container,
}

#[derive(Deserialize)]
struct Container {
    #[serde(rename = "RuleCheck")]
    rule: Rule,
}

#[derive(Deserialize)]
struct Rule {
    name: String,
    status: String,
}

fn run(declaration: &str, whole: bool) -> String {
    let data = ValidateInput { content: declaration, file_name: "declaration.json" };
    let rules = ValidateInput { content: RULES, file_name: "rules.guard" };
    run_checks(data, rules, whole).unwrap_or_else(|error| panic!("{error}"))
}

/// The names of the rules that hold.
fn holding(declaration: &str) -> Vec<String> {
    if let Ok(report) = serde_json::from_str::<Report>(&run(declaration, false)) {
        return report.compliant;
    }
    let record: Record = serde_json::from_str(&run(declaration, true)).expect("the record of a run");
    let rules = record.children.into_iter().map(|child| child.container.rule);
    rules.filter(|rule| rule.status == "PASS").map(|rule| rule.name).collect()
}

impl Contestant for Guard {
    type Parsed<'t> = &'t str;
    const EVALUATES_ALONE: bool = false;

    fn parse<'t>(&mut self, text: &'t str) -> &'t str {
        text
    }

    fn evaluate(&mut self, declaration: &&str) -> Verdicts {
        let mut verdicts = Verdicts::default();
        for rule in holding(declaration) {
            verdicts.set(rule.trim_start_matches('m').parse().expect("a rule's number"), true);
        }
        verdicts
    }
}

fn main() {
    serve(&ABOUT, || Guard);
}
