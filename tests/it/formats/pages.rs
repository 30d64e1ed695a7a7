//! What each format writes of each fixture: snapshots. Versions and digests print as `…`.

use super::fixtures::{FIXTURES, shown};
use hongxian::render::Lang;
use hongxian::render::format::FORMATS;
use hongxian::report::contract::Decision;

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
