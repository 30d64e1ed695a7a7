//! The cases of the plan's rules: from which sides each is shown, what breaks each red line, and that nothing of the
//! catalogue is left.

use super::judge::{Judged, binds, id};
use super::{BESIDE, INTEGRITY, PLAN};
use crate::testing::shipped;
use hongxian::book::book;
use hongxian::engine::Engine;
use hongxian::eval::Outcome;
use hongxian::ir::{RuleId, RuleKind};
use hongxian::testing::{self, Case, Trial};
use hongxian::trace::trace;
use std::collections::{BTreeMap, BTreeSet};

/// What a rule cannot come to. The pack's CHANGES lists them with the reason.
const NEVER: &[(&str, Outcome, Why)] = &[
    ("T1-R2", Outcome::Unknown, Why::GuidanceOnPresence),
    ("T8-R8", Outcome::Unknown, Why::GuidanceOnPresence),
    ("T10-R5", Outcome::Unknown, Why::GuidanceOnPresence),
    ("T12-R3", Outcome::Unknown, Why::GuidanceOnPresence),
    ("T13-R2", Outcome::Fail, Why::PersonsAlone),
    ("T19-R4", Outcome::Fail, Why::PersonsAlone),
    ("T22-R13", Outcome::Fail, Why::PersonsAlone),
    ("PI-4", Outcome::Fail, Why::PersonsAlone),
];

/// Why a rule cannot come to something.
#[derive(Debug, PartialEq, Eq)]
enum Why {
    /// In guidance, what is not declared is not shown.
    GuidanceOnPresence,
    /// It asks for a declaration and leaves the rest to a person.
    PersonsAlone,
}

/// Red lines that cannot be crossed alone: one fact, two rules. The least that fails with them.
const TOGETHER: &[(&str, &str)] = &[("T19-R7", "T15-R6"), ("T19-R8", "T16-R7")];

/// What a test expects of rules, by their ids.
fn expected<'c>(case: &'c Case<'_>) -> impl Iterator<Item = (&'c str, &'c str)> {
    case.trial().into_iter().flat_map(Trial::outcomes)
}

/// Every rule with every outcome that some test shows of it.
fn shown(engine: &Engine) -> BTreeSet<(String, String)> {
    let owned = |(id, outcome): (&str, &str)| (id.to_owned(), outcome.to_owned());
    testing::cases(engine).flat_map(|case| expected(&case).map(owned).collect::<Vec<_>>()).collect()
}

fn cannot(id: &str, outcome: Outcome) -> bool {
    NEVER.iter().any(|(never, what, _)| *never == id && *what == outcome)
}

#[test]
fn every_rule_is_shown_from_every_side() {
    let mut wrong = Vec::new();
    for name in BESIDE.into_iter().chain([INTEGRITY, "fintech-plan"]) {
        let engine = shipped(&[name]);
        let shown = shown(&engine);
        for rule in &engine.program().policy.rules {
            let not_applicable = rule.when.is_some().then_some(Outcome::NotApplicable);
            for outcome in [Outcome::Pass, Outcome::Fail, Outcome::Unknown].into_iter().chain(not_applicable) {
                let (id, outcome_name) = (rule.id.as_str(), outcome.as_str());
                match (shown.contains(&(rule.id.clone(), outcome_name.to_owned())), cannot(id, outcome)) {
                    (false, false) => wrong.push(format!("{id} is never shown to be {outcome_name}")),
                    (true, true) => wrong.push(format!("{id} is said never to be {outcome_name}, and is")),
                    _ => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cannot_fail_is_unknown_or_for_a_person() {
    let engine = shipped(&BESIDE);
    let shown = shown(&engine);
    for (id, _, why) in NEVER.iter().filter(|(_, outcome, _)| *outcome == Outcome::Fail) {
        assert_eq!(*why, Why::PersonsAlone);
        for outcome in ["unknown", "review"] {
            assert!(shown.contains(&((*id).to_owned(), outcome.to_owned())), "{id} {outcome}");
        }
    }
}

fn is_red_line(rule: RuleId) -> bool {
    PLAN.program().policy.rules[rule.index()].kind == RuleKind::RedLine
}

#[test]
fn every_red_line_is_crossed_alone() {
    let mut least: BTreeMap<RuleId, BTreeSet<Vec<&str>>> = BTreeMap::new();
    for case in testing::cases(&PLAN) {
        let failing = expected(&case).filter(|(_, outcome)| *outcome == "fail").filter_map(|(id, _)| PLAN.rule(id));
        let crossed: Vec<RuleId> = failing.filter(|one| is_red_line(*one)).collect();
        if crossed.is_empty() {
            continue;
        }
        let stands = Judged::of_test(&case).stands(binds).unwrap();
        let failing = || stands.iter().filter(|stand| stand.outcome == Outcome::Fail).map(|stand| stand.rule);
        for one in crossed {
            least.entry(one).or_default().insert(failing().filter(|other| *other != one).map(id).collect());
        }
    }
    let mut wrong = Vec::new();
    let rules = (0..PLAN.program().policy.rules.len()).map(RuleId::new);
    for one in rules.filter(|one| is_red_line(*one) && !cannot(id(*one), Outcome::Fail)) {
        let beside = TOGETHER.iter().find(|(red_line, _)| *red_line == id(one)).map(|(_, other)| *other);
        let wanted: Vec<&str> = beside.into_iter().collect();
        let Some(breakers) = least.get(&one) else {
            wrong.push(format!("{} has no breaker", id(one)));
            continue;
        };
        if !breakers.contains(&wanted) || (!wanted.is_empty() && breakers.contains(&Vec::new())) {
            wrong.push(format!("{} fails with one of {breakers:?}, not with {wanted:?}", id(one)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn later_standards_fail_nothing_of_january_2020() {
    let complete = Judged::file("policies/fintech-plan/fixtures/complete.json");
    let mut later = complete.clone();
    later.json["data"]["protection"]["mutual_auth"] = false.into();
    for item in later.json["data"]["items"].as_array_mut().unwrap() {
        // Class C3 is shared, in a way that the plan itself allows; the levels are nobody's.
        if item["subject"] == "person" {
            item["pfi_class"] = "C3".into();
            item["sharing_mode"] = "query_only".into();
            item.as_object_mut().unwrap().remove("security_level");
        }
    }
    for model in later.json["ai"]["models"].as_array_mut().unwrap() {
        model["certification_valid_until"] = "2019-12-31".into();
    }
    let fails = |judged: &Judged, day| -> BTreeSet<&str> {
        let stands = judged.on(day).stands(binds).unwrap();
        stands.iter().filter(|stand| stand.outcome == Outcome::Fail).map(|stand| id(stand.rule)).collect()
    };
    assert_eq!(fails(&later, "2020-01-14"), fails(&complete, "2020-01-14"));
    let asked = BTreeSet::from(["T6-R7", "T10-R1", "T17-R6", "T17-R13"]);
    assert_eq!(fails(&later, "2021-06-30"), asked, "the standards bite once they are there");
}

#[test]
fn the_catalogue_is_accounted_for() {
    let catalogue: BTreeSet<&str> = include_str!("catalog.txt").lines().collect();
    let policy = &PLAN.program().policy;
    let outside = policy.outside.iter().map(|entry| entry.id.as_str());
    let held: BTreeSet<&str> = policy.rules.iter().map(|rule| rule.id.as_str()).chain(outside).collect();
    assert_eq!(catalogue.len(), 200);
    assert_eq!(held, catalogue);
    let book = book(&PLAN);
    let chapters = || book.parts[0].sections.iter().flat_map(|section| &section.chapters);
    assert_eq!((book.parts[0].sections.len(), chapters().count()), (6, 27));
    assert_eq!(chapters().map(|chapter| chapter.entries.len()).sum::<usize>(), 200);
    let trace = trace(&PLAN, None, None);
    let coverage = trace.sources[0].coverage;
    assert!(trace.is_complete());
    assert_eq!((coverage.accounted, coverage.sentences), (88, 88));
    assert_eq!((coverage.sections_accounted, coverage.sections), (27, 27));
    assert_eq!(coverage.rules + coverage.outside, 200);
}
