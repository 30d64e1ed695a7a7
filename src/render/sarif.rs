//! SARIF 2.1.0 for code-scanning services and editors: a result for each finding, a rule for each rule.
//!
//! Results are written as they come; what the whole run has to say stands after them. Which members there are, and what
//! they mean, follows the standard, section by section; it knows nothing of any one service.

use super::format::{Format, Item, Writer};
use super::visible::shorten;
use super::words::{Lang, Table, fill, pick};
use super::{json, visible};
use crate::ir::RuleKind;
use crate::report::contract::{
    DeclarationPlace, Finding, Outcome, Problem, ProblemPlace, Report, Rule, Severity, SourcePlace, Words,
};
use crate::report::digest_of;
use crate::source::Position;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// SARIF 2.1.0.
pub(super) const FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning and editors",
    start: |run| {
        Box::new(Sarif { lang: run.options.lang, rules: None, bases: json!({}), notes: Vec::new(), successful: true })
    },
};

const BEGIN: &str = r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[
"#;

struct Sarif {
    lang: Lang,
    /// The tool with its rules: those of the first report, since all reports of a run have the same.
    rules: Option<Value>,
    /// What places in policies are relative to.
    bases: Value,
    /// What the run has to say beside its results.
    notes: Vec<Value>,
    successful: bool,
}

impl Writer for Sarif {
    fn begin(&self) -> String {
        BEGIN.to_owned()
    }

    fn piece(&self, item: Item<'_>) -> String {
        let Item::Report(report, _) = item else { return String::new() };
        let shown = Shown { report, lang: self.lang };
        let mut lines = Vec::new();
        for (index, rule) in report.rules.iter().enumerate() {
            for (number, finding) in rule.findings.iter().enumerate() {
                lines.push(json::line(&shown.result((index, rule), number, finding)).trim_end().to_owned());
            }
        }
        lines.join(",\n")
    }

    fn between(&self) -> String {
        ",\n".to_owned()
    }

    fn note(&mut self, item: Item<'_>) {
        match item {
            Item::Report(report, _) => {
                let shown = Shown { report, lang: self.lang };
                if self.rules.is_none() {
                    self.rules = Some(shown.driver());
                    self.bases = shown.bases();
                }
                self.notes.extend(shown.notifications());
                self.successful &= !report.has_errors();
            }
            Item::Rejected(rejected) => {
                self.successful = false;
                self.notes
                    .extend(rejected.diagnostics.iter().map(|problem| refused(&rejected.declaration.file, problem)));
            }
        }
    }

    fn end(&self) -> String {
        let driver = self.rules.clone().unwrap_or_else(|| driver(&[]));
        let invocation = json!({
            "executionSuccessful": self.successful,
            "toolExecutionNotifications": self.notes,
        });
        let run = json!({
            "tool": {"driver": driver},
            "invocations": [invocation],
            "originalUriBaseIds": self.bases,
            "columnKind": "unicodeCodePoints",
        });
        let rest = json::line(&run);
        format!("\n],{}]}}\n", rest.trim_end().trim_start_matches('{'))
    }
}

fn driver(rules: &[Value]) -> Value {
    json!({
        "name": "hongxian",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    })
}

/// The level of a rule's results where they fail.
pub(super) const fn level(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::RedLine => "error",
        RuleKind::Baseline => "warning",
        RuleKind::Guidance => "note",
    }
}

/// The kind of a result: only what fails has a level other than `none`.
const fn kind(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Fail => "fail",
        Outcome::Error | Outcome::Unknown => "open",
        Outcome::Review => "review",
        Outcome::Waived | Outcome::Pass => "pass",
        Outcome::NotApplicable => "notApplicable",
    }
}

/// A report in one language.
struct Shown<'a> {
    report: &'a Report,
    lang: Lang,
}

impl Shown<'_> {
    fn words(&self) -> &'static Table {
        self.lang.table()
    }

    fn text(&self, words: &Words) -> Value {
        text(pick(words, self.lang))
    }

    fn driver(&self) -> Value {
        let rules: Vec<Value> = self.report.rules.iter().map(|rule| self.rule(rule)).collect();
        let mut driver = driver(&rules);
        let packs: Vec<Value> = self
            .report
            .packs
            .iter()
            .map(|pack| json!({"name": pack.name, "version": pack.version, "digest": pack.digest}))
            .collect();
        if let Some(members) = driver.as_object_mut() {
            members.insert("properties".to_owned(), json!({"packs": packs, "language": self.report.engine.language}));
        }
        driver
    }

    fn bases(&self) -> Value {
        let packs = self.report.packs.iter();
        let base = |words: &Words| json!({"description": self.text(words)});
        packs.map(|pack| (base_id(&pack.name), base(&pack.title))).collect::<serde_json::Map<_, _>>().into()
    }

    fn rule(&self, rule: &Rule) -> Value {
        json!({
            "id": rule.id,
            "shortDescription": self.text(&rule.title),
            "fullDescription": text(&self.about(rule)),
            "help": text(&self.help(rule)),
            "defaultConfiguration": {"level": level(rule.kind)},
            "properties": {
                "tags": [self.words().kind(rule.kind), rule.module],
                "kind": rule.kind.as_str(),
                "cites": rule.cites,
                "pack": rule.pack,
            },
        })
    }

    /// `red line: title`
    fn about(&self, rule: &Rule) -> String {
        fill(self.words().item, &[&self.words().kind(rule.kind), &pick(&rule.title, self.lang)])
    }

    /// What a reader needs to look the rule up: the sentences that it stands on, why it is a red line, whom it addresses.
    fn help(&self, rule: &Rule) -> String {
        let words = self.words();
        let mut lines = vec![self.about(rule)];
        for citation in &rule.cites {
            let source = self.report.cited(rule, citation).map(|source| pick(&source.title, self.lang));
            lines.push(format!(
                "{}{}",
                fill(words.clause, &[citation]),
                source.map_or(String::new(), |title| fill(words.aside, &[&title]))
            ));
        }
        let pack = self.report.packs.iter().find(|pack| pack.name == rule.pack);
        if let Some(letter) = &rule.argument {
            let says = pack.and_then(|pack| pack.arguments.get(letter)).map_or("", |says| pick(says, self.lang));
            lines.push(fill(words.item, &[&fill(words.argument, &[letter]), &says]));
        }
        lines.push(fill(words.addressed_to, &[&words.addressee(rule.addressee)]));
        lines.push(words.disclaimer.to_owned());
        lines.join("\n")
    }

    fn result(&self, (index, rule): (usize, &Rule), number: usize, finding: &Finding) -> Value {
        let waived = finding.waived_from;
        let failed = waived.unwrap_or(finding.outcome) == Outcome::Fail;
        let mut result = json!({
            "ruleId": rule.id,
            "ruleIndex": index,
            "kind": kind(waived.unwrap_or(finding.outcome)),
            "level": if failed { level(rule.kind) } else { "none" },
            "message": text(&self.message(finding)),
            "locations": [self.place(&finding.pointer, finding.at)],
            "relatedLocations": self.related(rule, finding),
            "partialFingerprints": {"hongxian/v1": self.fingerprint(rule, number, finding)},
            "properties": self.properties(finding),
        });
        if let (Some(outcome), Some(members)) = (waived, result.as_object_mut()) {
            members.insert("suppressions".to_owned(), self.suppressions(rule, outcome));
        }
        result
    }

    fn message(&self, finding: &Finding) -> String {
        let mut message = shorten(pick(&finding.message, self.lang)).into_owned();
        if let Some(remedy) = &finding.remedy {
            let _ = write!(message, "\n{}", fill(self.words().item, &[&self.words().remedy, &pick(remedy, self.lang)]));
        }
        message
    }

    /// What is the same from run to run while the finding is: not its line, which moves.
    fn fingerprint(&self, rule: &Rule, number: usize, finding: &Finding) -> String {
        let same = rule.findings.iter().take(number).filter(|other| other.pointer == finding.pointer).count();
        let id = self.report.declaration.id.as_deref().unwrap_or_default();
        digest_of(format!("{id}\n{}\n{}\n{same}", rule.id, finding.pointer).as_bytes())
    }

    fn place(&self, pointer: &str, at: Position) -> Value {
        json!({
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&self.report.declaration.file)},
                "region": {"startLine": at.line, "startColumn": at.column},
            },
            "logicalLocations": [{"fullyQualifiedName": visible(pointer), "kind": "value"}],
        })
    }

    /// The rule's place, then the other places in the declaration.
    fn related(&self, rule: &Rule, finding: &Finding) -> Vec<Value> {
        let places = finding.related.iter().map(|DeclarationPlace { pointer, at }| self.place(pointer, *at));
        std::iter::once(self.requirement(rule, &finding.requirement)).chain(places).collect()
    }

    fn requirement(&self, rule: &Rule, place: &SourcePlace) -> Value {
        json!({
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&place.file), "uriBaseId": base_id(&rule.pack)},
                "region": {"startLine": place.line, "startColumn": place.column},
            },
            "message": text(&fill(self.words().item, &[&self.words().rule_at, &rule.id])),
        })
    }

    fn properties(&self, finding: &Finding) -> Value {
        json!({
            "outcome": finding.outcome.as_str(),
            "values": finding.values,
            "missing": finding.missing,
            "decision": self.report.decision,
            "asOf": self.report.as_of.date,
        })
    }

    fn suppressions(&self, rule: &Rule, outcome: Outcome) -> Value {
        let waivers = self.report.waivers.applied.iter();
        let own = waivers.filter(|waiver| waiver.rule == rule.id && waiver.covers == outcome).map(|waiver| {
            let by = fill(self.words().waiver_by, &[&waiver.approver, &waiver.role, &waiver.granted, &waiver.expires]);
            let justification = fill(self.words().item, &[&waiver.reason, &by]);
            json!({"kind": "external", "status": "accepted", "justification": visible(&justification)})
        });
        own.collect()
    }

    /// Functions that failed, warnings about the declaration, and what is to be known of the packs.
    fn notifications(&self) -> Vec<Value> {
        let errors = self.report.gravest_first().into_iter().filter(|(_, finding)| finding.outcome == Outcome::Error);
        let errors = errors.map(|(rule, finding)| {
            json!({
                "level": "error",
                "message": self.text(&finding.message),
                "associatedRule": {"id": rule.id},
                "locations": [self.place(&finding.pointer, finding.at)],
            })
        });
        let warnings = self.report.warnings.iter().map(|warning| {
            json!({
                "level": "warning",
                "message": self.text(&warning.message),
                "locations": [self.place(&warning.place.pointer, warning.place.at)],
            })
        });
        let notices =
            self.report.notices.iter().map(|notice| json!({"level": "note", "message": self.text(&notice.message)}));
        errors.chain(warnings).chain(notices).collect()
    }
}

/// The name under which a pack's folder stands.
fn base_id(pack: &str) -> String {
    pack.to_uppercase()
}

/// A diagnostic of a declaration that could not be judged.
fn refused(file: &str, problem: &Problem) -> Value {
    let mut note = json!({
        "level": match problem.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "descriptor": {"id": problem.code},
        "message": text(&problem.message),
    });
    let place = match &problem.at {
        Some(at) => json!([{"physicalLocation": {"artifactLocation": {"uri": uri(&at.file)}, "region": region(at)}}]),
        None => json!([{"physicalLocation": {"artifactLocation": {"uri": uri(file)}}}]),
    };
    if let Some(members) = note.as_object_mut() {
        members.insert("locations".to_owned(), place);
    }
    note
}

fn region(place: &ProblemPlace) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

/// A message. Brackets that would make a link of somebody's words are escaped.
fn text(words: &str) -> Value {
    let words: Vec<_> = words.split('\n').map(visible).collect();
    let words = words.join("\n");
    let words = if words.contains("](") { words.replace('[', "\\[").replace(']', "\\]") } else { words };
    json!({"text": words})
}

/// A path as a reference that every reader of URIs takes: what is no plain character is escaped.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        let cases = [
            ("a/b.json", "a/b.json"),
            ("申报/产品 一.json", "%E7%94%B3%E6%8A%A5/%E4%BA%A7%E5%93%81%20%E4%B8%80.json"),
            ("/tmp/a?b#c", "file:///tmp/a%3Fb%23c"),
            ("c:\\x", "c%3A/x"),
            ("-", "-"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn somebodys_words_make_no_link() {
        assert_eq!(text("see [here](http://x)"), json!({"text": "see \\[here\\](http://x)"}));
        assert_eq!(text("a[0] \u{202e}"), json!({"text": "a[0] \\u{202e}"}));
    }
}
