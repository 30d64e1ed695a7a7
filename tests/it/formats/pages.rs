//! What each format writes of each fixture: snapshots. Versions and digests print as `…`.

use super::fixtures::{FIXTURES, shown};
use hongxian::render::Lang;
use hongxian::render::format::{FORMATS, named};
use hongxian::report::contract::{Decision, Outcome};
use hongxian::report::gaps::{Gap, gaps};
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
