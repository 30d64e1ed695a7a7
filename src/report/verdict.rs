//! What a declaration came to, and nothing about why: what sums and tables over many declarations are made of. The rules
//! are named once, in a [`Roll`] that all verdicts of a run share.

use super::build::{handle, stage_name};
use super::contract::{Decision, Module, Outcome, Report, Words};
use super::public::Public;
use super::{decision_of, shown, views};
use crate::compile::Program;
use crate::decode::declaration::Declaration;
use crate::eval::StageAt;
use crate::ir::{PackInfo, RuleId, RuleKind};
use crate::value::Date;
use serde::Serialize;
use std::sync::Arc;

/// The rules that judge, with what they belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roll {
    /// The packs, in the order of loading.
    pub packs: Vec<PackName>,
    /// The modules that have rules or sentences outside, in the order of loading.
    pub modules: Vec<Module>,
    /// The rules, in the order of the report.
    pub rules: Vec<RuleName>,
}

/// A pack that judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackName {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// `sha256:…`
    pub digest: String,
    /// Its title.
    pub title: Words,
}

/// A rule that judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleName {
    /// Its id.
    pub id: String,
    /// Its pack.
    pub pack: String,
    /// Its module.
    pub module: String,
    /// Its kind, raised where an overlay did so.
    pub kind: RuleKind,
    /// Its title.
    pub title: Words,
}

/// Which declaration it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// The file as it was given.
    pub file: String,
    /// The line that it stands on, where the file has one declaration on each line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What identifies it.
    pub id: Option<String>,
    /// What names it.
    pub name: Option<String>,
    /// Who declares.
    pub institution: Option<String>,
}

/// What a declaration came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The rules that judged.
    pub roll: Arc<Roll>,
    /// Which declaration it was.
    pub subject: Subject,
    /// The evaluation date.
    pub as_of: Date,
    /// The stage; none where it is not known, or the model has no stages.
    pub stage: Option<String>,
    /// The decision; none where the run was narrowed to some rules.
    pub decision: Option<Decision>,
    /// What each rule of the roll came to.
    pub outcomes: Vec<Outcome>,
}

impl Roll {
    /// The rules of a program: all of them, or some in the order of the report.
    #[must_use]
    pub fn new(program: &Program, only: Option<&[RuleId]>) -> Self {
        let policy = &program.policy;
        let selected = policy.rules.iter().enumerate().map(|(at, rule)| (RuleId::new(at), rule));
        let selected = selected.filter(|(id, _)| only.is_none_or(|only| only.contains(id)));
        let name = |(_, rule): (RuleId, &crate::ir::Rule)| {
            let module = policy.modules.get(rule.module.index())?;
            Some(RuleName {
                id: rule.id.clone(),
                pack: policy.packs.get(module.pack.index())?.name.clone(),
                module: module.name.clone(),
                kind: rule.kind,
                title: shown::words(&rule.title, &rule.id),
            })
        };
        Self {
            packs: policy.packs.iter().map(pack_name).collect(),
            modules: views::modules(program),
            rules: selected.filter_map(name).collect(),
        }
    }
}

fn pack_name(pack: &PackInfo) -> PackName {
    PackName {
        name: pack.name.clone(),
        version: pack.version.clone(),
        digest: pack.digest.clone(),
        title: shown::words(&pack.title, &pack.name),
    }
}

/// What a verdict needs beside the outcomes.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The declaration's name as it was given.
    pub file: &'a str,
    /// The line that it stands on, where it is one of many.
    pub line: Option<u32>,
    /// The evaluation date.
    pub as_of: Date,
    /// The stage.
    pub stage: &'a StageAt,
    /// Whether what the model marks confidential is left out.
    pub public: bool,
}

impl Verdict {
    /// The verdict of a declaration whose outcomes are still to come.
    #[must_use]
    pub fn new(program: &Program, declaration: &Declaration<'_>, roll: &Arc<Roll>, about: &About<'_>) -> Self {
        let handles = &program.policy.model.handles;
        let mut subject = Subject {
            file: about.file.to_owned(),
            line: about.line,
            id: handle(program, declaration, &handles.id),
            name: handle(program, declaration, &handles.name),
            institution: views::institution(program, declaration),
        };
        if about.public {
            let names = [&mut subject.id, &mut subject.name, &mut subject.institution];
            Public::new(program, declaration).withhold_names(names);
        }
        let stage = stage_name(program, about.stage);
        Self { roll: Arc::clone(roll), subject, as_of: about.as_of, stage, decision: None, outcomes: Vec::new() }
    }

    /// The rules with their outcomes.
    pub fn rules(&self) -> impl Iterator<Item = (&RuleName, Outcome)> {
        self.roll.rules.iter().zip(self.outcomes.iter().copied())
    }

    /// Each rule's kind and outcome.
    pub fn kinds(&self) -> impl Iterator<Item = (RuleKind, Outcome)> {
        self.rules().map(|(rule, outcome)| (rule.kind, outcome))
    }

    /// Whether a rule does something else than to pass or not to apply: then a report has something to say.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.outcomes.iter().any(|outcome| !matches!(outcome, Outcome::Pass | Outcome::NotApplicable))
    }

    /// Puts the outcomes in, and decides unless the run was narrowed.
    #[must_use]
    pub fn with(mut self, outcomes: Vec<Outcome>, narrowed: bool) -> Self {
        self.outcomes = outcomes;
        self.decision = (!narrowed).then(|| decision_of(self.kinds()));
        self
    }
}

impl From<&Report> for Verdict {
    /// What a report says, with a roll of its own.
    fn from(report: &Report) -> Self {
        let declaration = &report.declaration;
        Self {
            roll: Arc::new(roll_of(report)),
            subject: Subject {
                file: declaration.file.clone(),
                line: declaration.line,
                id: declaration.id.clone(),
                name: declaration.name.clone(),
                institution: declaration.institution.clone(),
            },
            as_of: Date::parse(&report.as_of.date).unwrap_or(Date::LAST),
            stage: report.stage.as_ref().map(|stage| stage.name.clone()),
            decision: report.decision,
            outcomes: report.rules.iter().map(|rule| rule.outcome).collect(),
        }
    }
}

fn roll_of(report: &Report) -> Roll {
    let packs = report.packs.iter().map(|pack| PackName {
        name: pack.name.clone(),
        version: pack.version.clone(),
        digest: pack.digest.clone(),
        title: pack.title.clone(),
    });
    let rules = report.rules.iter().map(|rule| RuleName {
        id: rule.id.clone(),
        pack: rule.pack.clone(),
        module: rule.module.clone(),
        kind: rule.kind,
        title: rule.title.clone(),
    });
    Roll { packs: packs.collect(), modules: report.modules.clone(), rules: rules.collect() }
}
