//! The book of a policy: its rules laid out for somebody who reads law and not programs, by pack, section and chapter.
//!
//! It is a value; what it looks like is the renderers' matter. It knows no declaration and judges nothing.

mod words;

use crate::engine::Engine;
use crate::ir::{Addressee, Direction, Effective, ModuleId, Outside, PackInfo, Policy, RequireItem, Rule, RuleKind};
use crate::report;
use crate::report::contract::{self, Words};
use crate::value::Date;
use words::Speaker;

/// The rules of all packs that were loaded together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// One for each pack that has rules or `outside` entries, in the order of loading.
    pub parts: Vec<Part>,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: Words,
    /// `sha256:…`
    pub digest: String,
    /// The day on which its source ended its life.
    pub lapsed_on: Option<Date>,
    /// The titles of its sources, each with the name that citations give it.
    pub sources: Vec<(String, Words)>,
    /// What each letter of an argument says.
    pub arguments: Vec<(String, Words)>,
    /// Its sections, in order; a single one without a title where the pack has none.
    pub sections: Vec<Section>,
}

/// Chapters whose sentences begin with the same locator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The locator and its title.
    pub title: Option<(String, Words)>,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
}

/// A module that has entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// The module's name.
    pub module: String,
    /// Its title.
    pub title: Words,
    /// Rules and `outside` entries, in source order.
    pub entries: Vec<Entry>,
}

/// A rule, or an `outside` entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The kind of a rule; none for an `outside` entry.
    pub kind: Option<RuleKind>,
    /// Its title: the requirement in a line.
    pub title: Words,
    /// Citations, as reports print them.
    pub cites: Vec<String>,
    /// The letter of its argument.
    pub argument: Option<String>,
    /// To whom it speaks.
    pub addressee: Addressee,
    /// The stages at which it applies; none where at all.
    pub stages: Vec<Words>,
    /// The days on which it is in force.
    pub effective: Effective,
    /// Its condition, as the policy has it.
    pub when: Option<String>,
    /// What is found where a requirement does not hold.
    pub failures: Vec<Words>,
    /// What only has to be declared, as the policy has it.
    pub declared: Vec<String>,
    /// What a person judges.
    pub review: Option<Words>,
    /// What would mend it.
    pub remedy: Option<Words>,
    /// What else is to be known.
    pub note: Option<Words>,
    /// Parameters that it reads.
    pub parameters: Vec<Parameter>,
    /// Fields that it reads.
    pub fields: Vec<FieldRead>,
}

/// A parameter of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its label.
    pub label: Words,
    /// Name, value, origin.
    pub shown: contract::Parameter,
    /// In which direction an overlay may move it.
    pub direction: Option<Direction>,
}

/// A field of the declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRead {
    /// As policies write it, without the root: `data.items[].name`.
    pub path: String,
    /// Its label.
    pub label: Words,
}

/// The book of an engine's packs.
#[must_use]
pub fn book(engine: &Engine) -> Book {
    let policy = &engine.program().policy;
    let writer = Writer { engine, policy, speaker: Speaker { engine } };
    let parts = policy.packs.iter().enumerate().map(|(index, pack)| writer.part(index, pack));
    Book { parts: parts.filter(|part| !part.sections.is_empty()).collect() }
}

struct Writer<'e> {
    engine: &'e Engine,
    policy: &'e Policy,
    speaker: Speaker<'e>,
}

impl Writer<'_> {
    fn part(&self, index: usize, pack: &PackInfo) -> Part {
        let of_pack = |id: &crate::ir::PackId| id.index() == index;
        let sources = self.policy.sources.iter().filter(|source| of_pack(&source.pack));
        Part {
            name: pack.name.clone(),
            version: pack.version.clone(),
            title: report::words(&pack.title, &pack.name),
            digest: pack.digest.clone(),
            lapsed_on: pack.lapsed_on,
            sources: sources.map(|source| (source.name.clone(), report::words(&source.title, &source.name))).collect(),
            arguments: pack
                .arguments
                .iter()
                .map(|(letter, says)| (letter.clone(), report::words(says, letter)))
                .collect(),
            sections: self.sections(index, pack),
        }
    }

    /// The chapters of a pack, those of a section together. A module stands where its first sentence does.
    fn sections(&self, index: usize, pack: &PackInfo) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for (module, info) in self.policy.modules.iter().enumerate() {
            let entries = self.entries(ModuleId::new(module));
            let Some(first) = entries.first().filter(|_| info.pack.index() == index) else { continue };
            let locator = first.cites.first().map(String::as_str).unwrap_or_default();
            let keys = pack.views.sections.iter();
            let title = keys
                .filter(|(key, _)| locator.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with(['.', '#'])))
                .max_by_key(|(key, _)| key.len())
                .map(|(key, label)| (key.clone(), report::words(label, key)));
            let chapter = Chapter { module: info.name.clone(), title: report::words(&info.title, &info.name), entries };
            match sections.iter_mut().find(|section| section.title == title) {
                Some(section) => section.chapters.push(chapter),
                None => sections.push(Section { title, chapters: vec![chapter] }),
            }
        }
        sections
    }

    fn entries(&self, module: ModuleId) -> Vec<Entry> {
        let rules = self.policy.rules.iter().filter(|rule| rule.module == module);
        let outside = self.policy.outside.iter().filter(|entry| entry.module == module);
        let rules = rules.map(|rule| (rule.span, self.rule(rule)));
        let outside = outside.map(|entry| (entry.span, untold(entry)));
        let mut entries: Vec<_> = rules.chain(outside).collect();
        entries.sort_by_key(|(span, _)| (span.file, span.start));
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn rule(&self, rule: &Rule) -> Entry {
        let reads = self.policy.reads(rule);
        let (mut failures, mut declared) = (Vec::new(), Vec::new());
        self.requirements(&rule.body, &mut failures, &mut declared);
        Entry {
            id: rule.id.clone(),
            kind: Some(rule.kind),
            title: report::words(&rule.title, &rule.id),
            cites: rule.cites.iter().map(|cite| cite.text.clone()).collect(),
            argument: rule.argument.clone(),
            addressee: rule.addressee,
            stages: self.stages(rule),
            effective: rule.effective,
            when: rule.when.as_ref().map(|when| self.text(when.span)),
            failures,
            declared,
            review: rule.review.as_ref().map(|review| self.speaker.said(&review.message)),
            remedy: rule.remedy.as_ref().map(|remedy| self.speaker.said(remedy)),
            note: note(&rule.note),
            parameters: reads.params.iter().filter_map(|id| self.parameter(id.index())).collect(),
            fields: reads.fields.iter().map(|path| self.speaker.field(path)).collect(),
        }
    }

    /// What requirements say where they fail; of those that say nothing, how they are written.
    fn requirements(&self, items: &[RequireItem], failures: &mut Vec<Words>, declared: &mut Vec<String>) {
        for item in items {
            match item {
                RequireItem::Require(require) => match &require.message {
                    Some(message) => failures.push(self.speaker.said(message)),
                    None => declared.push(self.text(require.condition.span)),
                },
                RequireItem::Check(check) => match &check.message {
                    Some(message) => failures.push(self.speaker.said(message)),
                    None => declared.push(self.text(check.span)),
                },
                RequireItem::For(each) => self.requirements(&each.body, failures, declared),
            }
        }
    }

    fn stages(&self, rule: &Rule) -> Vec<Words> {
        let handles = &self.policy.model.handles;
        let stages = handles.stages.and_then(|id| self.policy.model.enumeration(id));
        let members = stages.map(|stages| stages.members.as_slice()).unwrap_or_default();
        let ids = rule.stages.as_ref().map(|stages| stages.members.as_slice()).unwrap_or_default();
        let names = ids.iter().filter_map(|id| members.get(id.index()));
        names.map(|member| report::words(&member.label, &member.spelling)).collect()
    }

    fn parameter(&self, index: usize) -> Option<Parameter> {
        let param = self.policy.params.get(index)?;
        let shown = report::parameter(self.engine.program(), param)?;
        Some(Parameter { label: report::words(&param.label, &param.name), shown, direction: param.direction })
    }

    /// A piece of the policy on one line.
    fn text(&self, span: crate::source::Span) -> String {
        self.engine.sources().slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn note(label: &crate::ir::Label) -> Option<Words> {
    (label.en.is_some() || label.zh.is_some()).then(|| report::words(label, ""))
}

/// An entry that no declaration can show.
fn untold(entry: &Outside) -> Entry {
    Entry {
        id: entry.id.clone(),
        kind: None,
        title: report::words(&entry.title, &entry.id),
        cites: entry.cites.iter().map(|cite| cite.text.clone()).collect(),
        argument: None,
        addressee: entry.addressee,
        stages: Vec::new(),
        effective: Effective::default(),
        when: None,
        failures: Vec::new(),
        declared: Vec::new(),
        review: None,
        remedy: None,
        note: note(&entry.note),
        parameters: Vec::new(),
        fields: Vec::new(),
    }
}
