//! Verdicts without reports: outcomes and what they rest on, fast enough to judge thousands of declarations.

use super::{PLAN, project};
use hongxian::decode::{Decoder, Limits};
use hongxian::eval::{self, Outcome, Setting, Verdict};
use hongxian::function::Registry;
use hongxian::ir::{MemberId, RuleId, RuleKind};
use hongxian::source::FileId;
use hongxian::testing::{self, Case};
use hongxian::value::Date;
use serde_json::Value as Json;
use std::path::PathBuf;
use std::sync::LazyLock;

static DECODER: LazyLock<Decoder> = LazyLock::new(|| {
    let program = PLAN.program();
    Decoder::new(&program.policy.model, &program.layout, Limits::default())
});
static NO_FUNCTIONS: LazyLock<Registry> = LazyLock::new(Registry::default);

/// A declaration that is judged, and how.
#[derive(Debug, Clone)]
pub struct Judged {
    pub name: String,
    pub json: Json,
    as_of: Date,
    stage: Option<MemberId>,
}

/// What a rule came to, and the JSON Pointers of all that was read for it.
#[derive(Debug, Clone)]
pub struct Stand {
    pub rule: RuleId,
    pub outcome: Outcome,
    pub facts: Vec<String>,
}

impl Judged {
    /// A declaration in a file, on its own date.
    pub fn file(path: &str) -> Self {
        let bytes = std::fs::read(project().join(path)).unwrap();
        Self::of(path.to_owned(), serde_json::from_slice(&bytes).unwrap(), None, None)
    }

    /// The declaration of a `test` block.
    pub fn of_test(case: &Case<'_>) -> Self {
        let given = testing::given(&PLAN, case).unwrap_or_else(|found| panic!("{}: {found:?}", case.name()));
        let stage = given.stage.map(|stage| PLAN.program().stage_named(stage).unwrap());
        Self::of(case.name().to_owned(), serde_json::from_str(&given.text).unwrap(), given.as_of, stage)
    }

    fn of(name: String, json: Json, as_of: Option<Date>, stage: Option<MemberId>) -> Self {
        let declared = || Date::parse(json["declaration"]["as_of"].as_str().unwrap()).unwrap();
        Self { name, as_of: as_of.unwrap_or_else(declared), json, stage }
    }

    /// The same on another day.
    pub fn on(&self, day: &str) -> Self {
        Self { as_of: Date::parse(day).unwrap(), ..self.clone() }
    }

    /// The same with some fields left out.
    pub fn without(&self, fields: &[&String]) -> Self {
        let mut less = self.clone();
        for field in fields {
            crate::properties::sample::remove(&mut less.json, field);
        }
        less
    }

    /// How the selected rules stand; none where the declaration is not valid.
    pub fn stands(&self, selects: impl Fn(RuleId) -> bool) -> Option<Vec<Stand>> {
        let program = PLAN.program();
        let text = self.json.to_string();
        let decoded = DECODER.decode(text.as_bytes(), FileId::new(0)).ok()?;
        let setting = Setting { registry: &NO_FUNCTIONS, as_of: self.as_of, stage: self.stage };
        let verdict: Verdict<'_> = eval::evaluate(program, &decoded, setting, selects);
        let stands = verdict.rules.iter().map(|verdict| Stand {
            rule: verdict.rule,
            outcome: verdict.outcome,
            facts: verdict.facts.iter().map(|place| decoded.pointer(&program.layout, *place)).collect(),
        });
        Some(stands.collect())
    }
}

/// Whether a rule moves the decision.
pub fn binds(rule: RuleId) -> bool {
    PLAN.program().policy.rules[rule.index()].kind != RuleKind::Guidance
}

/// A rule's id.
pub fn id(rule: RuleId) -> &'static str {
    &PLAN.program().policy.rules[rule.index()].id
}

/// The declarations that the project shows: its fixtures and its examples.
pub fn shown() -> Vec<Judged> {
    let mut files: Vec<PathBuf> = ["policies/fintech-plan/fixtures", "examples"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(project().join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files.iter().map(|path| Judged::file(path.strip_prefix(project()).unwrap().to_str().unwrap())).collect()
}
