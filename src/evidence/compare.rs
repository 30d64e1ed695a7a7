//! Two pieces of evidence, compared: the one that was recorded and the one that judging again gives.

use super::contract::{Digest, Evidence, Finding, Rule, Verdict};
use crate::report::contract::{Grade, Outcome, Reason};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// What judging again says of what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The same bytes.
    Identical,
    /// By another version of the engine, or by packs that are not the recorded ones: the same decision and summary, of the
    /// same declaration, day, stage and selection, and of every rule the same outcome, grade and places of its findings. By
    /// the recorded packs also the same facts that each rule read, and the same fields that are missing.
    Agrees,
    /// Another verdict; or the same engine and inputs, and not the same bytes: then what was recorded has been altered.
    Differs,
}

/// What differs between what was recorded and what judging again gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What differs around the rules.
    pub stated: Vec<Stated>,
    /// Rules of which something differs, in the recorded order; those that were not recorded behind them.
    pub rules: Vec<RuleDifference>,
    #[serde(skip)]
    same_makers: bool,
    #[serde(skip)]
    same_verdict: bool,
    #[serde(skip)]
    same_substance: bool,
}

/// Something that both state, and not alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// What.
    pub what: Stating,
    /// As it was recorded.
    pub recorded: String,
    /// As judging again has it.
    pub replayed: String,
}

/// What evidence states beside its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stating {
    /// The decision.
    Decision,
    /// How many rules came to which outcome.
    Summary,
    /// The engine's version.
    Engine,
    /// The packs.
    Packs,
    /// What identifies the declaration.
    Id,
    /// The evaluation date.
    AsOf,
    /// The stage.
    Stage,
    /// The rules that were selected.
    Selected,
    /// How much the declaration might be.
    Limits,
    /// The digest of the whole result.
    Result,
}

impl Stating {
    /// Whether another engine, or other packs, may state it otherwise and still say the same.
    const fn is_of_makers(self) -> bool {
        matches!(self, Self::Engine | Self::Packs | Self::Result)
    }
}

/// A rule of which something differs. Of findings, each side has those that the other has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleDifference {
    /// Its id.
    pub id: String,
    /// As it was recorded; none where it was not.
    pub recorded: Option<Rule>,
    /// As judging again has it; none where there is no such rule.
    pub replayed: Option<Rule>,
}

impl RuleDifference {
    /// The outcomes of both sides.
    #[must_use]
    pub fn outcomes(&self) -> (Option<Outcome>, Option<Outcome>) {
        (self.recorded.as_ref().map(|rule| rule.outcome), self.replayed.as_ref().map(|rule| rule.outcome))
    }
}

/// Writes a statement.
type Write = fn(&Evidence) -> String;

/// How each statement is written, so that it can be compared and shown.
const STATEMENTS: &[(Stating, Write)] = &[
    (Stating::Decision, |it| word(&it.verdict.decision)),
    (Stating::Summary, |it| word(&it.verdict.summary)),
    (Stating::Engine, |it| format!("{} {} ({})", it.engine.name, it.engine.version, it.engine.language)),
    (Stating::Packs, packs),
    (Stating::Id, |it| it.declaration.id.clone().unwrap_or_default()),
    (Stating::AsOf, |it| format!("{} ({})", it.as_of.date, word(&it.as_of.from))),
    (Stating::Stage, |it| {
        it.stage.as_ref().map_or_else(String::new, |stage| format!("{} ({})", stage.name, word(&stage.from)))
    }),
    (Stating::Selected, |it| word(&it.selected)),
    (Stating::Limits, |it| word(&it.limits)),
    (Stating::Result, |it| it.verdict.result.as_str().to_owned()),
];

/// A value as JSON, without quotes where it is a word.
fn word(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).map(ToOwned::to_owned).unwrap_or(text)
}

fn packs(evidence: &Evidence) -> String {
    let one = |pack: &super::Pack| format!("{} {} {}", pack.name, pack.version, pack.digest.as_str());
    evidence.packs.iter().map(one).collect::<Vec<_>>().join(", ")
}

impl Comparison {
    /// Compares.
    #[must_use]
    pub fn new(recorded: &Evidence, replayed: &Evidence) -> Self {
        let stated = STATEMENTS.iter().filter_map(|(what, write)| {
            let (recorded, replayed) = (write(recorded), write(replayed));
            (recorded != replayed).then_some(Stated { what: *what, recorded, replayed })
        });
        let stated: Vec<Stated> = stated.collect();
        let (before, after) = (&recorded.verdict, &replayed.verdict);
        let outcomes = |rule: &Rule| (rule.id.clone(), rule.kind, rule.outcome);
        let same_packs = recorded.packs == replayed.packs;
        let said = |rule: &Rule| substance(rule, same_packs);
        let same_verdict = before.decision == after.decision && same(before, after, outcomes);
        Self {
            rules: rules(&before.rules, &after.rules),
            same_makers: recorded.engine == replayed.engine && same_packs,
            same_verdict,
            same_substance: same_verdict
                && recorded.public == replayed.public
                && stated.iter().all(|stated| stated.what.is_of_makers())
                && same(before, after, said),
            stated,
        }
    }

    /// Whether the decision is the same, and the kind and outcome of every rule.
    #[must_use]
    pub const fn same_verdict(&self) -> bool {
        self.same_verdict
    }

    /// Whether the engine and the packs are the same.
    #[must_use]
    pub const fn same_makers(&self) -> bool {
        self.same_makers
    }

    /// How what was recorded stands, where `same_bytes` says whether both are written alike. Who judged stands in the
    /// evidence itself, where anybody can write another version: so to agree takes more than the same outcomes.
    #[must_use]
    pub const fn standing(&self, same_bytes: bool) -> Standing {
        match (same_bytes, self.same_makers, self.same_substance) {
            (true, true, _) => Standing::Identical,
            (_, false, true) => Standing::Agrees,
            _ => Standing::Differs,
        }
    }
}

/// Whether both verdicts have the same to say of each rule.
fn same<T: PartialEq>(recorded: &Verdict, replayed: &Verdict, of: impl Fn(&Rule) -> T) -> bool {
    recorded.rules.iter().map(&of).eq(replayed.rules.iter().map(&of))
}

/// What a rule says, whoever says it.
#[derive(PartialEq)]
struct Substance {
    reason: Option<Reason>,
    proof: Option<Grade>,
    raised_by: Option<String>,
    facts: Option<Digest>,
    findings: Vec<Said>,
}

/// What a finding says, and of what; with the fields that are missing.
type Said = (String, Outcome, Option<Outcome>, Vec<String>);

/// Where a rule's findings stand, and not in which line of a text, in which order, for which cause, or how many passed: that
/// is how an engine puts it. The facts and what is missing are the rule's own: waivers bind the one, and somebody declares
/// the other. Another pack's rule may read and miss others, and come to the same.
fn substance(rule: &Rule, same_packs: bool) -> Substance {
    let said = |finding: &Finding| {
        let mut missing = if same_packs { finding.missing.clone() } else { Vec::new() };
        missing.sort();
        (finding.pointer.clone(), finding.outcome, finding.waived_from, missing)
    };
    let mut findings: Vec<Said> = rule.findings.iter().map(said).collect();
    findings.sort();
    Substance {
        reason: rule.reason,
        proof: rule.proof,
        raised_by: rule.raised_by.clone(),
        facts: rule.facts.clone().filter(|_| same_packs),
        findings,
    }
}

fn rules(recorded: &[Rule], replayed: &[Rule]) -> Vec<RuleDifference> {
    let by_id = |rules: &[Rule]| -> HashMap<String, Rule> {
        rules.iter().map(|rule| (rule.id.clone(), rule.clone())).collect()
    };
    let (before, after) = (by_id(recorded), by_id(replayed));
    let known = recorded.iter().map(|rule| (Some(rule.clone()), after.get(&rule.id).cloned()));
    let fresh = replayed.iter().filter(|rule| !before.contains_key(&rule.id)).map(|rule| (None, Some(rule.clone())));
    known.chain(fresh).filter_map(|(before, after)| difference(before, after)).collect()
}

fn difference(mut recorded: Option<Rule>, mut replayed: Option<Rule>) -> Option<RuleDifference> {
    if recorded == replayed {
        return None;
    }
    let id = recorded.as_ref().or(replayed.as_ref())?.id.clone();
    if let (Some(before), Some(after)) = (&mut recorded, &mut replayed) {
        let old: HashSet<Finding> = before.findings.iter().cloned().collect();
        let new: HashSet<Finding> = after.findings.iter().cloned().collect();
        before.findings.retain(|finding| !new.contains(finding));
        after.findings.retain(|finding| !old.contains(finding));
    }
    Some(RuleDifference { id, recorded, replayed })
}

#[cfg(test)]
mod tests {
    use super::super::{Digest, Evidence};
    use super::*;
    use crate::report::contract::Decision;

    /// A small piece of evidence with one rule that fails.
    fn evidence() -> Evidence {
        let digest = |digit: &str| format!("sha256:{}", digit.repeat(64));
        let text = serde_json::json!({
            "schema": "hongxian.evidence/1",
            "engine": {"name": "hongxian", "version": "1.0.0", "language": "2026"},
            "declaration": {"file": "a.json", "digest": digest("0"), "id": "P-1"},
            "waivers": [], "reviews": [],
            "packs": [{"name": "p", "version": "1.0.0", "digest": digest("1"), "plugins": []}],
            "as_of": {"date": "2025-06-30", "from": "declaration"},
            "stage": null, "selected": null, "public": false,
            "limits": {"bytes": 1, "nesting": 1, "elements": 1},
            "verdict": {
                "decision": "refused",
                "summary": {"pass": 0, "fail": 1, "unknown": 0, "review": 0, "not_applicable": 0, "waived": 0,
                            "error": 0, "unproven_claims": 0},
                "result": digest("2"),
                "rules": [{
                    "id": "R1", "kind": "red_line", "outcome": "fail", "reason": null, "proof": null,
                    "facts": digest("3"), "passed": 0,
                    "findings": [{"outcome": "fail", "pointer": "/a", "at": {"line": 1, "column": 2},
                                  "requirement": {"file": "r.policy", "line": 3, "column": 4},
                                  "missing": [], "causes": []}]
                }]
            }
        });
        super::super::read(text.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn nothing_differs_from_itself() {
        let comparison = Comparison::new(&evidence(), &evidence());
        assert!(comparison.stated.is_empty() && comparison.rules.is_empty());
        assert_eq!(comparison.standing(true), Standing::Identical);
        assert_eq!(comparison.standing(false), Standing::Differs, "altered, though only in its layout");
    }

    #[test]
    fn another_engine_that_says_the_same_agrees() {
        let mut other = evidence();
        other.engine.version = "2.0.0".to_owned();
        other.verdict.result = Digest::try_from(format!("sha256:{}", "9".repeat(64))).unwrap();
        other.verdict.rules[0].findings[0].at.column = 9;
        let comparison = Comparison::new(&evidence(), &other);
        assert_eq!(comparison.standing(false), Standing::Agrees);
        let what: Vec<Stating> = comparison.stated.iter().map(|stated| stated.what).collect();
        assert_eq!(what, [Stating::Engine, Stating::Result]);
        assert_eq!(comparison.rules[0].recorded.as_ref().unwrap().findings.len(), 1, "its details are shown");
    }

    /// Who forges evidence also writes the version of the engine: nothing may rest on it.
    #[test]
    fn another_version_does_not_excuse_what_else_is_altered() {
        let alterations: &[fn(&mut Evidence)] = &[
            |it| it.declaration.id = Some("FORGED".to_owned()),
            |it| it.as_of.date = "2019-01-01".to_owned(),
            |it| it.stage = Some(super::super::Stage { name: "live".to_owned(), from: it.as_of.from }),
            |it| it.selected = Some(vec!["R1".to_owned(), "INVENTED".to_owned()]),
            |it| it.public = true,
            |it| it.limits.bytes = 2,
            |it| it.verdict.summary.fail = 0,
            |it| it.verdict.rules[0].kind = crate::ir::RuleKind::Guidance,
            |it| it.verdict.rules[0].reason = Some(Reason::WhenIsFalse),
            |it| it.verdict.rules[0].proof = Some(Grade::Independent),
            |it| it.verdict.rules[0].raised_by = Some("overlay".to_owned()),
            |it| it.verdict.rules[0].findings.clear(),
            |it| it.verdict.rules[0].findings[0].pointer = "/b".to_owned(),
            |it| it.verdict.rules[0].findings[0].outcome = Outcome::Unknown,
            |it| it.verdict.rules[0].findings[0].waived_from = Some(Outcome::Fail),
            |it| it.verdict.rules[0].facts = None,
            |it| it.verdict.rules[0].facts = Some(it.verdict.result.clone()),
            |it| it.verdict.rules[0].findings[0].missing.push("/b".to_owned()),
        ];
        for (at, alter) in alterations.iter().enumerate() {
            let mut forged = evidence();
            forged.engine.version = "0.1.9".to_owned();
            assert_eq!(Comparison::new(&forged, &evidence()).standing(false), Standing::Agrees);
            alter(&mut forged);
            assert_eq!(Comparison::new(&forged, &evidence()).standing(false), Standing::Differs, "{at}");
        }
    }

    /// How an engine puts a verdict is its own matter; what the rule of another pack reads is that pack's.
    #[test]
    fn what_is_of_the_makers_may_differ_with_them() {
        let details: &[fn(&mut Evidence)] = &[
            |it| it.verdict.rules[0].passed = 7,
            |it| it.verdict.rules[0].findings[0].at.line = 9,
            |it| it.verdict.rules[0].findings[0].requirement.column = 9,
        ];
        let of_packs: &[fn(&mut Evidence)] = &[
            |it| it.verdict.rules[0].facts = Some(it.verdict.result.clone()),
            |it| it.verdict.rules[0].findings[0].missing.push("/b".to_owned()),
        ];
        for (differs, by_another_pack) in
            details.iter().flat_map(|it| [(it, false), (it, true)]).chain(of_packs.iter().map(|it| (it, true)))
        {
            let mut other = evidence();
            if by_another_pack {
                other.packs[0].version = "2.0.0".to_owned();
            } else {
                other.engine.version = "2.0.0".to_owned();
            }
            differs(&mut other);
            let comparison = Comparison::new(&evidence(), &other);
            assert_eq!(comparison.standing(false), Standing::Agrees);
            assert_eq!(comparison.rules.len(), 1, "it is shown");
        }
    }

    #[test]
    fn another_outcome_differs_whoever_judges() {
        let mut other = evidence();
        other.engine.version = "2.0.0".to_owned();
        other.verdict.rules[0].outcome = Outcome::Pass;
        other.verdict.decision = Some(Decision::Admitted);
        let comparison = Comparison::new(&evidence(), &other);
        assert_eq!(comparison.standing(false), Standing::Differs);
        assert_eq!(comparison.rules[0].outcomes(), (Some(Outcome::Fail), Some(Outcome::Pass)));
        assert_eq!(comparison.stated[0].what, Stating::Decision);
    }

    #[test]
    fn rules_that_one_side_lacks_are_named() {
        let mut other = evidence();
        other.verdict.rules[0].id = "R2".to_owned();
        let comparison = Comparison::new(&evidence(), &other);
        let ids: Vec<_> = comparison.rules.iter().map(|rule| (rule.id.as_str(), rule.outcomes())).collect();
        assert_eq!(ids, [("R1", (Some(Outcome::Fail), None)), ("R2", (None, Some(Outcome::Fail)))]);
        assert_eq!(comparison.standing(false), Standing::Differs);
    }
}
