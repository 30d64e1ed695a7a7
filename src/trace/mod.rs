//! The trace: for each sentence of a source the rules that stand on it, their tests, and what they said of a
//! declaration. A sentence that nobody accounts for is a finding of its own.

mod copy;

pub use copy::{SourceCopy, sentence_digest};

use crate::engine::Engine;
use crate::eval::Outcome;
use crate::ir::{self, RuleKind, SourceId};
use crate::pack::Source;
use crate::report::contract::{Report, Words};
use crate::report::words;
use crate::testing::{Suite, Trial};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The `schema` of a [`Trace`].
pub const TRACE: &str = "hongxian.trace/1";

/// The trace of all sources of all packs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// [`TRACE`]
    pub schema: &'static str,
    /// The declaration whose outcomes are shown.
    pub declaration: Option<String>,
    /// One for each source.
    pub sources: Vec<TracedSource>,
}

impl Trace {
    /// Whether every sentence that must be accounted for is, and no sentence was found changed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let whole = |coverage: &Coverage| coverage.accounted == coverage.sentences;
        self.sources.iter().all(|source| whole(&source.coverage) && source.changed().next().is_none())
    }
}

/// The trace of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TracedSource {
    /// The pack that names it.
    pub pack: String,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Words,
    /// The printing whose digests the pack keeps.
    pub printing: Option<Words>,
    /// How much of it is accounted for.
    pub coverage: Coverage,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Locators of the user's copy that the source does not have.
    pub strangers: Vec<String>,
}

impl TracedSource {
    /// The sentences that the user's copy has in other words, or not at all.
    pub fn changed(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().filter(|sentence| matches!(sentence.copy, Some(Compared::Changed | Compared::Missing)))
    }
}

/// How much of a source is accounted for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Sentences that must be accounted for.
    pub sentences: u32,
    /// Those that are.
    pub accounted: u32,
    /// The sections that they stand in.
    pub sections: u32,
    /// Those of which every sentence is accounted for.
    pub sections_accounted: u32,
    /// Rules that cite the source.
    pub rules: u32,
    /// `outside` entries that cite it.
    pub outside: u32,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Its locator.
    pub locator: String,
    /// Whether it must be accounted for.
    pub required: bool,
    /// The rules and `outside` entries that cite it.
    pub entries: Vec<Entry>,
    /// How the user's copy has it.
    pub copy: Option<Compared>,
}

/// How a copy has a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// In the same words.
    Same,
    /// In other words.
    Changed,
    /// Not at all.
    Missing,
    /// The pack keeps no digest of it.
    Unknown,
}

/// A rule or an `outside` entry that cites a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its form.
    pub form: Form,
    /// Its title.
    pub title: Words,
    /// How many tests expect something of it.
    pub tests: u32,
    /// What it said of the declaration.
    pub outcome: Option<Outcome>,
}

/// What accounts for a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A red line.
    RedLine,
    /// A baseline.
    Baseline,
    /// Guidance.
    Guidance,
    /// An `outside` entry.
    Outside,
}

impl Form {
    /// The kind, of a rule.
    #[must_use]
    pub const fn kind(self) -> Option<RuleKind> {
        match self {
            Self::RedLine => Some(RuleKind::RedLine),
            Self::Baseline => Some(RuleKind::Baseline),
            Self::Guidance => Some(RuleKind::Guidance),
            Self::Outside => None,
        }
    }
}

impl From<RuleKind> for Form {
    fn from(kind: RuleKind) -> Self {
        match kind {
            RuleKind::RedLine => Self::RedLine,
            RuleKind::Baseline => Self::Baseline,
            RuleKind::Guidance => Self::Guidance,
        }
    }
}

/// Traces all sources: with the outcomes of a report, and against the user's own copy of the default source.
#[must_use]
pub fn trace(engine: &Engine, report: Option<&Report>, copy: Option<&SourceCopy>) -> Trace {
    let outcomes = report.map(|report| report.rules.iter().map(|rule| (rule.id.as_str(), rule.outcome)).collect());
    let tracer = Tracer { engine, tests: tests(engine), outcomes: outcomes.unwrap_or_default(), copy };
    let policy = &engine.program().policy;
    let sources = policy.sources.iter().enumerate();
    Trace {
        schema: TRACE,
        declaration: report.map(|report| report.declaration.file.clone()),
        sources: sources.map(|(index, source)| tracer.source(SourceId::new(index), source)).collect(),
    }
}

/// How many tests expect something of each rule.
fn tests(engine: &Engine) -> HashMap<&str, u32> {
    let mut counts = HashMap::new();
    for case in Suite::new(engine).cases() {
        let named = case.trial().into_iter().flat_map(Trial::rules);
        let rules = named.filter_map(|id| engine.program().policy.rules.get(engine.rule(id)?.index()));
        for id in rules.map(|rule| rule.id.as_str()).collect::<HashSet<_>>() {
            *counts.entry(id).or_default() += 1;
        }
    }
    counts
}

struct Tracer<'a> {
    engine: &'a Engine,
    tests: HashMap<&'a str, u32>,
    outcomes: HashMap<&'a str, Outcome>,
    copy: Option<&'a SourceCopy>,
}

impl Tracer<'_> {
    fn source(&self, id: SourceId, source: &ir::SourceInfo) -> TracedSource {
        let policy = &self.engine.program().policy;
        let declared = self.declared(source);
        let copy = self.copy.filter(|_| source.default);
        let entries = self.entries(id);
        let sentences = source.locators.iter().map(|(locator, digest)| Sentence {
            locator: locator.clone(),
            required: declared
                .and_then(|declared| declared.accounted.as_ref())
                .is_some_and(|glob| glob.value.matches(locator)),
            entries: entries.get(locator.as_str()).cloned().unwrap_or_default(),
            copy: copy.map(|copy| copy.compare(locator, digest.as_deref())),
        });
        let sentences: Vec<Sentence> = sentences.collect();
        let ids: HashSet<(&str, bool)> = sentences
            .iter()
            .flat_map(|sentence| &sentence.entries)
            .map(|entry| (entry.id.as_str(), entry.form == Form::Outside))
            .collect();
        let strangers = copy.map(|copy| copy.strangers(&source.locators)).unwrap_or_default();
        TracedSource {
            pack: policy.packs.get(source.pack.index()).map(|pack| pack.name.clone()).unwrap_or_default(),
            name: source.name.clone(),
            title: words(&source.title, &source.name),
            printing: declared
                .map(|declared| &declared.printing)
                .filter(|label| label.en.is_some() || label.zh.is_some())
                .map(|label| words(label, "")),
            coverage: coverage(&sentences, &ids),
            sentences,
            strangers,
        }
    }

    /// The source as its pack's manifest declares it.
    fn declared(&self, source: &ir::SourceInfo) -> Option<&Source> {
        let pack = self.engine.program().policy.packs.get(source.pack.index())?;
        let loaded = self.engine.packs().iter().find(|loaded| loaded.manifest.name.value == pack.name)?;
        loaded.manifest.sources.iter().find(|declared| declared.name.value == source.name)
    }

    /// For each locator of a source: what cites it, in the order of the policy.
    fn entries(&self, source: SourceId) -> IndexMap<&str, Vec<Entry>> {
        let policy = &self.engine.program().policy;
        let rules = policy.rules.iter().map(|rule| (&rule.cites, &rule.id, &rule.title, Form::from(rule.kind)));
        let outside = policy.outside.iter().map(|entry| (&entry.cites, &entry.id, &entry.title, Form::Outside));
        let mut found: IndexMap<&str, Vec<Entry>> = IndexMap::new();
        for (cites, id, title, form) in rules.chain(outside) {
            for citation in cites.iter().filter(|citation| citation.source == source) {
                found.entry(&citation.locator).or_default().push(Entry {
                    id: id.clone(),
                    form,
                    title: words(title, id),
                    tests: self.tests.get(id.as_str()).copied().unwrap_or_default(),
                    outcome: self.outcomes.get(id.as_str()).copied(),
                });
            }
        }
        found
    }
}

fn coverage(sentences: &[Sentence], ids: &HashSet<(&str, bool)>) -> Coverage {
    let mut sections: IndexMap<&str, bool> = IndexMap::new();
    let mut coverage = Coverage::default();
    for sentence in sentences.iter().filter(|sentence| sentence.required) {
        let accounted = !sentence.entries.is_empty();
        let section = sentence.locator.split('#').next().unwrap_or_default();
        *sections.entry(section).or_insert(true) &= accounted;
        coverage.sentences += 1;
        coverage.accounted += u32::from(accounted);
    }
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    coverage.sections = count(sections.len());
    coverage.sections_accounted = count(sections.values().filter(|accounted| **accounted).count());
    coverage.outside = count(ids.iter().filter(|(_, outside)| *outside).count());
    coverage.rules = count(ids.len()) - coverage.outside;
    coverage
}
