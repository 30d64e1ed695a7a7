//! Reviews and waivers on the days around their own: too early, in time, too late.

use super::{PLAN, project};
use hongxian::engine::{Input, Options};
use hongxian::eval::Outcome;
use hongxian::render::{self, human};
use hongxian::report::contract::{Decision, Report, ReviewState};
use hongxian::value::Date;

fn fixture(name: &str) -> String {
    std::fs::read_to_string(project().join("policies/fintech-plan/fixtures").join(name)).unwrap()
}

fn judged(declaration: &str, waivers: &str, reviews: &str, day: Option<&str>) -> Report {
    let waivers = Input { name: "waivers.toml", bytes: waivers.as_bytes() };
    let reviews = Input { name: "reviews.toml", bytes: reviews.as_bytes() };
    let settlements = PLAN.settlements(&[waivers], &[reviews]).unwrap();
    let options = Options { as_of: day.and_then(Date::parse), settlements: Some(&settlements), ..Options::default() };
    PLAN.evaluate(Input { name: "product.json", bytes: declaration.as_bytes() }, &options).unwrap()
}

fn outcome(report: &Report, id: &str) -> Outcome {
    report.rules.iter().find(|rule| rule.id == id).unwrap().outcome
}

#[test]
fn a_review_counts_from_its_day_on() {
    // The complete product is judged on 2021-06-30.
    let complete = fixture("complete.json");
    let later: String = fixture("complete.reviews.toml")
        .lines()
        .map(|line| if line.starts_with("date = ") { "date = 2021-07-01\n".to_owned() } else { format!("{line}\n") })
        .collect();
    let report = judged(&complete, "", &later, None);
    assert!(report.reviews.iter().all(|review| review.state == ReviewState::Early), "{:?}", report.reviews);
    assert_eq!((outcome(&report, "T22-R13"), report.decision), (Outcome::Review, Some(Decision::Incomplete)));
    let shown = human::render(&report, &complete, &render::Options::default());
    assert!(shown.contains("too early: given after the evaluation date"), "{shown}");
    let on_the_day = judged(&complete, "", &later, Some("2021-07-01"));
    assert!(on_the_day.reviews.iter().all(|review| review.state == ReviewState::Applied));
    assert_eq!(outcome(&on_the_day, "T22-R13"), Outcome::Pass);
}

#[test]
fn a_waiver_is_early_before_its_first_day_and_expired_after_its_last() {
    let open = fixture("complete.json").replace("\"open_findings\": 0}", "\"open_findings\": 1}");
    let facts = judged(&open, "", "", None).rules.into_iter().find(|rule| rule.id == "T17-R2").unwrap().facts;
    let waiver = |granted: &str, expires: &str| {
        format!(
            "[[waiver]]\nrule = \"T17-R2\"\nproduct = \"91990000EXAMPLE019-2020-0001\"\ncovers = \"fail\"\n\
             reason = \"r\"\ncontrol = \"c\"\napprover = \"a\"\nrole = \"o\"\ngranted = {granted}\nexpires = {expires}\n\
             facts = \"{facts}\"\n"
        )
    };
    let cases = [
        ("2021-07-01", "2021-12-31", Outcome::Fail, Some("too early: granted only on 2021-07-01")),
        ("2021-06-30", "2021-12-31", Outcome::Waived, None),
        ("2021-01-01", "2021-06-30", Outcome::Waived, None),
        ("2021-01-01", "2021-06-29", Outcome::Fail, Some("expired on 2021-06-29")),
    ];
    for (granted, expires, expected, says) in cases {
        let report = judged(&open, &waiver(granted, expires), "", None);
        assert_eq!(outcome(&report, "T17-R2"), expected, "{granted} to {expires}");
        let shown = human::render(&report, &open, &render::Options::default());
        assert!(says.is_none_or(|says| shown.contains(says)), "{shown}");
    }
}
