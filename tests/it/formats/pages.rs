//! What each format writes of each fixture: snapshots. Versions and digests print as `…`.

use super::fixtures::{FIXTURES, Fixture, PLAN, judge_with, run, shown};
use super::steady::steady;
use hongxian::engine::{Input, Options};
use hongxian::render::format::{FORMATS, Format, Item, Run, named, write};
use hongxian::render::{self, Detail, Lang};
use hongxian::report::Digests;
use hongxian::report::contract::{Decision, Outcome};
use hongxian::report::gaps::{Gap, gaps};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_fixtures_are_what_they_are_named() {
    let decisions: Vec<_> =
        FIXTURES.iter().map(|fixture| fixture.result.as_ref().ok().map(|report| report.decision)).collect();
    let expected = [
        Some(Some(Decision::Incomplete)),
        Some(Some(Decision::Admitted)),
        Some(Some(Decision::Refused)),
        Some(Some(Decision::Refused)),
        Some(Some(Decision::Conditional)),
        None,
    ];
    assert_eq!(decisions, expected);
}

#[test]
fn a_format_is_the_same_every_time() {
    for format in FORMATS {
        for fixture in FIXTURES.iter() {
            let (one, two) = (shown(format, Lang::Zh, fixture), shown(format, Lang::Zh, fixture));
            assert_eq!(one, two, "{} of {}", format.name, fixture.name);
        }
    }
}

/// As a page with the reviews of the complete declaration, and as a long one with none.
#[test]
fn a_page_is_the_same_with_no_digests_but_those_that_it_shows() {
    let pages = [(Detail::Normal, true), (Detail::Verbose, false)].map(|(detail, reviewed)| {
        let options = render::Options { detail, ..render::Options::default() };
        (Run { options, several: false }, reviewed)
    });
    let few = |format: &&Format| pages.iter().any(|(run, _)| (format.start)(*run).digests() != Digests::All);
    let formats: Vec<&Format> = FORMATS.iter().filter(few).collect();
    assert!(!formats.is_empty(), "some format shows few digests");
    for fixture in FIXTURES.iter().filter(|fixture| fixture.result.is_ok()) {
        for (format, (run, reviewed)) in formats.iter().flat_map(|format| pages.map(|page| (format, page))) {
            let shown = |digests| {
                let options = Options { digests, ..Options::default() };
                let input = Input { name: fixture.name, bytes: fixture.text.as_bytes() };
                let report = if reviewed {
                    judge_with(&PLAN, fixture.name, &fixture.text, &options).unwrap()
                } else {
                    PLAN.evaluate(input, &options).unwrap()
                };
                write(format, run, &[Item::Report(&report, &fixture.text)])
            };
            let few = (format.start)(run).digests();
            assert_eq!(shown(few), shown(Digests::All), "{} of {}", format.name, fixture.name);
        }
    }
}

#[test]
fn the_gap_list_has_each_root_once_gravest_first() {
    for fixture in FIXTURES.iter() {
        let Ok(report) = &fixture.result else { continue };
        let gaps = gaps(report);
        let roots: BTreeSet<&str> = gaps.iter().map(|gap| gap.pointer).collect();
        assert_eq!(roots.len(), gaps.len(), "{}", fixture.name);
        assert!(gaps.is_sorted_by_key(Gap::gravity), "{}", fixture.name);
        let open = report.rules.iter().filter(|rule| rule.outcome < Outcome::Waived);
        for rule in open {
            let held = gaps.iter().any(|gap| gap.blocks.iter().any(|(blocked, _)| blocked.id == rule.id));
            assert!(held, "{} of {} is in no gap", rule.id, fixture.name);
        }
        let rows = shown(named("csv").unwrap(), Lang::En, fixture).trim_end().split("\r\n").count();
        let settled = report.rules.iter().filter(|rule| rule.outcome > Outcome::Waived).count();
        assert_eq!(rows, 1 + gaps.len() + settled, "{}", fixture.name);
    }
}

fn claim(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/pages", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
}

/// A snapshot for each format and fixture; in Chinese where that is another text. Of what breaks one rule of the admitted
/// declaration only what differs from that. What says the same as another format in other white space is not shown again.
#[test]
fn what_each_format_writes() {
    let admitted = FIXTURES.iter().find(|fixture| fixture.name == "admitted").unwrap();
    for fixture in FIXTURES.iter() {
        let mut known: Vec<Value> = Vec::new();
        for format in FORMATS {
            let english = shown(format, Lang::En, fixture);
            if let Ok(value) = serde_json::from_str(&english) {
                if known.contains(&value) {
                    continue;
                }
                known.push(value);
            }
            let name = format!("{}_{}", format.name, fixture.name);
            if ALMOST_ADMITTED.contains(&fixture.name) {
                let named_alike = english.replace(fixture.name, admitted.name);
                claim(&name, &difference(&shown(format, Lang::En, admitted), &named_alike));
            } else {
                claim(&name, &steady(&english));
            }
            let chinese = shown(format, Lang::Zh, fixture);
            if chinese != english && CHINESE.contains(&fixture.name) {
                claim(&(name + "_zh"), &steady(&chinese));
            }
        }
    }
}

/// What differs from the admitted declaration in one value.
const ALMOST_ADMITTED: &[&str] = &["shares-c3", "misses-a-baseline"];
/// What is shown in Chinese, too.
const CHINESE: &[&str] = &["crosses-red-lines", "not-valid"];

fn difference(from: &str, to: &str) -> String {
    let (from, to) = (steady(from), steady(to));
    similar::TextDiff::from_lines(&from, &to).unified_diff().context_radius(1).to_string()
}

/// What a format says of many that it does not say of each.
#[test]
fn what_each_format_writes_of_many() {
    let items: Vec<Item<'_>> = FIXTURES.iter().map(Fixture::item).collect();
    for format in FORMATS {
        let whole = write(format, run(Lang::En, true), &items);
        let alone: usize = items.iter().map(|item| write(format, run(Lang::En, true), &[*item]).len()).sum();
        if whole.len() < alone / 2 {
            claim(&format!("{}_of_many", format.name), &steady(&whole));
        }
    }
}
