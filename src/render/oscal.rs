//! OSCAL assessment results, for auditors' tools: a result for each declaration, a finding for each rule that was
//! evaluated, an observation for each of its findings.
//!
//! Identifiers are made from what they identify, and times from the evaluation date, so that the same input gives the same
//! bytes. What stands for the whole run comes after the results.

use super::format::{Format, Item, Writer};
use super::markdown::escaped;
use super::words::{Lang, Table, fill, pick};
use super::{json, visible};
use crate::report::contract::{Finding, Outcome, Rejected, Report, Rule};
use crate::report::digest_of;
use serde_json::{Value, json};

/// OSCAL assessment results.
pub(super) const FORMAT: Format = Format {
    name: "oscal",
    about: "OSCAL assessment results, for auditors' tools",
    start: |run| Box::new(Oscal { lang: run.options.lang, seen: Vec::new(), latest: None, plan: None }),
};

/// The version of OSCAL whose schema this follows.
const VERSION: &str = "1.2.3";
/// The namespace of our own properties.
const NAMESPACE: &str = "urn:hongxian:oscal";
/// The time of what could not be judged, and so has no date.
const NO_DATE: &str = "1970-01-01";

struct Oscal {
    lang: Lang,
    /// Digests of the declarations, which make the document's identifier.
    seen: Vec<String>,
    /// The latest evaluation date.
    latest: Option<String>,
    /// By which packs was judged.
    plan: Option<Value>,
}

impl Writer for Oscal {
    fn begin(&self) -> String {
        "{\"assessment-results\":{\"results\":[\n".to_owned()
    }

    fn piece(&self, item: Item<'_>) -> String {
        let result = match item {
            Item::Report(report, _) => Shown { report, lang: self.lang, words: self.lang.table() }.result(),
            Item::Rejected(rejected) => refused(rejected, self.lang.table()),
        };
        json::line(&result).trim_end().to_owned()
    }

    fn between(&self) -> String {
        ",\n".to_owned()
    }

    fn note(&mut self, item: Item<'_>) {
        match item {
            Item::Report(report, _) => {
                self.seen.push(report.declaration.digest.clone());
                self.latest = self.latest.take().max(Some(report.as_of.date.clone()));
                self.plan.get_or_insert_with(|| plan(report, self.lang));
            }
            Item::Rejected(rejected) => self.seen.push(rejected.declaration.file.clone()),
        }
    }

    fn end(&self) -> String {
        let id = uuid(&["document", &self.seen.join("\n")]);
        let plan = uuid(&["plan"]);
        let resource = self.plan.clone().unwrap_or_else(|| json!({"uuid": plan, "title": "hongxian"}));
        let rest = json!({
            "uuid": id,
            "metadata": {
                "title": self.lang.table().disclaimer,
                "last-modified": time(self.latest.as_deref().unwrap_or(NO_DATE)),
                "version": env!("CARGO_PKG_VERSION"),
                "oscal-version": VERSION,
            },
            "import-ap": {"href": format!("#{plan}")},
            "back-matter": {"resources": [resource]},
        });
        format!("\n],{}}}\n", json::line(&rest).trim_end().trim_start_matches('{'))
    }
}

/// What was assessed against, in the place of an assessment plan.
fn plan(report: &Report, lang: Lang) -> Value {
    let props = report.packs.iter().flat_map(|pack| {
        [property("pack", &format!("{} {}", pack.name, pack.version)), property("pack-digest", &pack.digest)]
    });
    let titles: Vec<&str> = report.packs.iter().map(|pack| pick(&pack.title, lang)).collect();
    json!({
        "uuid": uuid(&["plan"]),
        "title": escaped(&titles.join("; ")),
        "props": props.collect::<Vec<_>>(),
    })
}

struct Shown<'a> {
    report: &'a Report,
    lang: Lang,
    words: &'static Table,
}

impl Shown<'_> {
    fn id(&self, parts: &[&str]) -> String {
        let own = [self.report.declaration.digest.as_str(), &self.report.declaration.file, &self.report.as_of.date];
        uuid(&[&own, parts].concat())
    }

    fn result(&self) -> Value {
        let declaration = &self.report.declaration;
        let name = declaration.name.as_ref().or(declaration.id.as_ref()).unwrap_or(&declaration.file);
        let (decision, why) = self.words.decision(self.report.decision);
        let evaluated = || self.report.rules.iter().filter(|rule| rule.outcome != Outcome::NotApplicable);
        let observations = evaluated().flat_map(|rule| {
            rule.findings.iter().enumerate().map(move |(number, finding)| self.observation(rule, number, finding))
        });
        let findings: Vec<Value> = evaluated().map(|rule| self.finding(rule)).collect();
        let mut result = json!({
            "uuid": self.id(&["result"]),
            "title": escaped(name),
            "description": fill(self.words.item, &[&decision, &why]),
            "start": time(&self.report.as_of.date),
            "props": [
                property("decision", decision),
                property("declaration-digest", &declaration.digest),
                property("engine", &format!("{} {}", self.report.engine.name, self.report.engine.version)),
            ],
            "reviewed-controls": {"control-selections": [{"include-all": {}}]},
            "remarks": self.words.disclaimer,
        });
        let observations: Vec<Value> = observations.collect();
        for (name, list) in [("observations", observations), ("findings", findings)] {
            if let Some(members) = result.as_object_mut().filter(|_| !list.is_empty()) {
                members.insert(name.to_owned(), list.into());
            }
        }
        result
    }

    fn finding(&self, rule: &Rule) -> Value {
        let satisfied = matches!(rule.outcome, Outcome::Pass | Outcome::Waived);
        let state = if satisfied { "satisfied" } else { "not-satisfied" };
        let reason = match rule.outcome {
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            _ => "other",
        };
        let outcome = self.words.outcome(rule.outcome, rule.kind);
        let related = (0..rule.findings.len()).map(|number| json!({"observation-uuid": self.observed(rule, number)}));
        let mut finding = json!({
            "uuid": self.id(&["finding", &rule.id]),
            "title": fill(self.words.item, &[&rule.id, &escaped(pick(&rule.title, self.lang))]),
            "description": fill(self.words.item, &[&self.words.kind(rule.kind), &outcome]),
            "props": [
                property("kind", rule.kind.as_str()),
                property("outcome", rule.outcome.as_str()),
                property("cites", &rule.cites.join(" ")),
            ],
            "target": {
                "type": "objective-id",
                "target-id": rule.id,
                "status": {"state": state, "reason": reason},
            },
        });
        let related: Vec<Value> = related.collect();
        if let Some(members) = finding.as_object_mut().filter(|_| !related.is_empty()) {
            members.insert("related-observations".to_owned(), related.into());
        }
        finding
    }

    fn observed(&self, rule: &Rule, number: usize) -> String {
        self.id(&["observation", &rule.id, &number.to_string()])
    }

    fn observation(&self, rule: &Rule, number: usize, finding: &Finding) -> Value {
        let remedy = finding
            .remedy
            .as_ref()
            .map(|remedy| fill(self.words.item, &[&self.words.remedy, &pick(remedy, self.lang)]));
        let place = format!("{}:{}:{}", self.report.declaration.file, finding.at.line, finding.at.column);
        let mut observation = json!({
            "uuid": self.observed(rule, number),
            "title": rule.id,
            "description": escaped(pick(&finding.message, self.lang)),
            "props": [
                property("outcome", finding.outcome.as_str()),
                property("pointer", if finding.pointer.is_empty() { "/" } else { &finding.pointer }),
                property("place", &place),
            ],
            "methods": ["TEST"],
            "collected": time(&self.report.as_of.date),
        });
        if let (Some(remedy), Some(members)) = (remedy, observation.as_object_mut()) {
            members.insert("remarks".to_owned(), escaped(&remedy).into());
        }
        observation
    }
}

/// A declaration that could not be judged is a result without findings.
fn refused(rejected: &Rejected, words: &Table) -> Value {
    let file = &rejected.declaration.file;
    let says: Vec<String> =
        rejected.diagnostics.iter().map(|problem| escaped(&format!("{} {}", problem.code, problem.message))).collect();
    json!({
        "uuid": uuid(&["rejected", file, rejected.declaration.digest.as_deref().unwrap_or_default()]),
        "title": escaped(file),
        "description": words.rejected,
        "start": time(NO_DATE),
        "reviewed-controls": {"control-selections": [{"include-all": {}}]},
        "remarks": says.join("\n\n"),
    })
}

/// A property of our own; its value has something in it that can be seen.
fn property(name: &str, value: &str) -> Value {
    let shown = visible(value);
    let shown = shown.trim();
    json!({"name": name, "ns": NAMESPACE, "value": if shown.is_empty() { "-" } else { shown }})
}

fn time(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// An identifier made from a name, in the form of version 5, with SHA-256 for the digest.
fn uuid(parts: &[&str]) -> String {
    let digest = digest_of(parts.join("\u{0}").as_bytes());
    let hex: Vec<char> = digest.chars().skip("sha256:".len()).take(32).collect();
    let mut id = String::with_capacity(36);
    for (at, c) in hex.into_iter().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            id.push('-');
        }
        id.push(match at {
            12 => '5',
            16 => 'a',
            _ => c,
        });
    }
    id
}
