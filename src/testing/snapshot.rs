//! Snapshots: what a pack says of each of its declarations, as a text that a person has reviewed. They stand in the pack's
//! folder `snapshots/`, in the format of insta, so that its tools work on them.
//!
//! The text names rules by id, in the order of their ids, and has neither times nor paths outside of the pack: it changes
//! where a verdict does, and nowhere else.

use super::words::decision_name;
use crate::engine::{Engine, Input, Options};
use crate::pack::LoadedPack;
use crate::report::contract::{Outcome, Report, Rule};
use std::collections::BTreeSet;

/// The folder of a pack that snapshots stand in.
pub const SNAPSHOTS: &str = "snapshots/";
/// How the names of snapshots end.
const SUFFIX: &str = ".snap";
/// How the names of those end that nobody has reviewed yet.
pub const PENDING: &str = ".new";

/// A snapshot that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Its file, relative to the pack.
    pub path: String,
    /// The declaration that it is of, relative to the pack.
    pub declaration: String,
    /// What the pack says of the declaration.
    pub contents: String,
}

impl Snapshot {
    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        format!("---\nsource: {}\nexpression: what the pack says\n---\n{}\n", self.declaration, self.contents)
    }
}

/// What is kept of a declaration, beside what is so now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The same.
    Same,
    /// Something else.
    Changed,
    /// Nothing.
    Missing,
}

/// The snapshots of a pack's declarations: of every JSON file in it, in the order of their paths.
#[must_use]
pub fn snapshots(engine: &Engine, pack: &LoadedPack) -> Vec<Snapshot> {
    let declarations: BTreeSet<&String> =
        pack.files.files.keys().filter(|path| path.strip_suffix(".json").is_some()).collect();
    declarations.into_iter().map(|path| snapshot(engine, pack, path)).collect()
}

fn snapshot(engine: &Engine, pack: &LoadedPack, path: &str) -> Snapshot {
    let input = Input { name: path, bytes: pack.files.get(path).unwrap_or_default() };
    let contents = match engine.evaluate(input, &Options::default()) {
        Ok(report) => contents(&report),
        Err(refusal) => format!("not judged: {refusal}"),
    };
    let name = path.trim_end_matches(".json").replace('/', "__");
    Snapshot { path: format!("{SNAPSHOTS}{name}{SUFFIX}"), declaration: path.to_owned(), contents }
}

/// How a snapshot stands to what the pack keeps.
#[must_use]
pub fn kept(pack: &LoadedPack, snapshot: &Snapshot) -> Kept {
    match pack.files.get(&snapshot.path).map(String::from_utf8_lossy) {
        None => Kept::Missing,
        Some(text) if reviewed(&text) == snapshot.contents => Kept::Same,
        Some(_) => Kept::Changed,
    }
}

/// The snapshots that a pack keeps of declarations that it no longer has.
#[must_use]
pub fn orphans(pack: &LoadedPack, snapshots: &[Snapshot]) -> Vec<String> {
    let of_none = |path: &&String| {
        path.starts_with(SNAPSHOTS) && path.ends_with(SUFFIX) && !snapshots.iter().any(|known| known.path == **path)
    };
    let orphans: BTreeSet<&String> = pack.files.files.keys().filter(of_none).collect();
    orphans.into_iter().cloned().collect()
}

/// What a snapshot's file says, without its header.
#[must_use]
pub fn reviewed(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let body =
        text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text.as_str(), |(_, body)| body);
    body.trim_end().to_owned()
}

fn contents(report: &Report) -> String {
    let mut lines =
        vec![format!("decision: {}", decision_name(report.decision)), format!("as of: {}", report.as_of.date)];
    lines.extend(report.stage.as_ref().map(|stage| format!("stage: {}", stage.name)));
    lines.push(String::new());
    let mut rules: Vec<&Rule> = report.rules.iter().collect();
    rules.sort_by_key(|rule| &rule.id);
    lines.extend(rules.into_iter().flat_map(rule));
    lines.join("\n").trim_end().to_owned()
}

/// A rule's outcome, then what is found against it.
fn rule(rule: &Rule) -> Vec<String> {
    let against = rule.findings.iter().filter(|finding| finding.outcome != Outcome::Pass);
    let mut findings: Vec<String> = against
        .map(|finding| format!("  {} {}: {}", finding.outcome.as_str(), finding.pointer, finding.message.en))
        .collect();
    findings.sort();
    std::iter::once(format!("{} {}", rule.id, rule.outcome.as_str())).chain(findings).collect()
}
