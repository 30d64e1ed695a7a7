//! Evidence: what a verdict rests on, by digests, and what it came to, so that somebody else can judge again and compare.
//!
//! It is made from a report and read back from bytes; two of them are compared rule by rule. It holds no value that a
//! declaration states, no path of a machine and no time of making. It knows no files, no keys and no way to judge.

mod compare;
mod contract;
mod read;
mod verification;

pub use compare::{Comparison, RuleDifference, Standing, Stated, Stating};
pub use contract::{
    AsOf, Declaration, Digest, EVIDENCE, Engine, Evidence, File, Finding, Limits, Pack, Plugin, Rule, Stage, Verdict,
};
pub use read::{MAX_EVIDENCE_BYTES, Unreadable, read};
pub use verification::{Input, InputState, Recorded, Role, Signature, VERIFICATION, Verification};

use crate::report::contract::{self as report, Report};
use crate::report::digest_of;

impl Evidence {
    /// The evidence for a report. How the report was asked for in other respects (findings that passed, a worklist, the
    /// configuration file) does not show.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let narrowed = report.decision.is_none();
        Self {
            schema: EVIDENCE.to_owned(),
            engine: Engine {
                name: report.engine.name.to_owned(),
                version: report.engine.version.to_owned(),
                language: report.engine.language.to_owned(),
            },
            declaration: Declaration {
                file: bare(&report.declaration.file),
                line: report.declaration.line,
                digest: Digest(report.declaration.digest.clone()),
                id: report.declaration.id.clone(),
            },
            waivers: files(&report.pinned.waivers),
            reviews: files(&report.pinned.reviews),
            packs: report.packs.iter().map(pack).collect(),
            as_of: AsOf { date: report.as_of.date.clone(), from: report.as_of.from },
            stage: report.stage.as_ref().map(|stage| Stage { name: stage.name.clone(), from: stage.from }),
            selected: narrowed.then(|| report.rules.iter().map(|rule| rule.id.clone()).collect()),
            public: report.pinned.public,
            limits: Limits::of(&report.pinned.limits),
            verdict: Verdict {
                decision: report.decision,
                summary: report.summary,
                result: result(report),
                rules: report.rules.iter().map(rule).collect(),
            },
        }
    }
}

/// The last part of a path: the rest belongs to the machine.
#[must_use]
pub fn bare(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

fn files(files: &[report::FileDigest]) -> Vec<File> {
    files.iter().map(|file| File { file: bare(&file.file), digest: Digest(file.digest.clone()) }).collect()
}

fn pack(pack: &report::Pack) -> Pack {
    let plugin = |plugin: &report::Plugin| Plugin { name: plugin.name.clone(), digest: Digest(plugin.digest.clone()) };
    Pack {
        name: pack.name.clone(),
        version: pack.version.clone(),
        digest: Digest(pack.digest.clone()),
        extends: pack.extends.clone(),
        plugins: pack.plugins.iter().map(plugin).collect(),
    }
}

fn rule(rule: &report::Rule) -> Rule {
    let open = rule.findings.iter().filter(|finding| finding.outcome != report::Outcome::Pass);
    Rule {
        id: rule.id.clone(),
        kind: rule.kind,
        raised_by: rule.raised_by.clone(),
        outcome: rule.outcome,
        reason: rule.reason,
        proof: rule.proof,
        facts: (!rule.facts.is_empty()).then(|| Digest(rule.facts.clone())),
        passed: rule.passed,
        findings: open.map(finding).collect(),
    }
}

fn finding(finding: &report::Finding) -> Finding {
    Finding {
        outcome: finding.outcome,
        waived_from: finding.waived_from,
        pointer: finding.pointer.clone(),
        at: finding.at,
        requirement: finding.requirement.clone(),
        missing: finding.missing.clone(),
        causes: finding.causes.clone(),
    }
}

/// The digest of the whole result, as one line of JSON, without what depends on who asked and where.
fn result(report: &Report) -> Digest {
    let mut steady = report.clone();
    steady.declaration.file = bare(&report.declaration.file);
    steady.configuration = None;
    steady.worklist = None;
    for rule in &mut steady.rules {
        rule.findings.retain(|finding| finding.outcome != report::Outcome::Pass);
    }
    // A report holds nothing that JSON cannot say.
    Digest(digest_of(&serde_json::to_vec(&steady).unwrap_or_default()))
}
