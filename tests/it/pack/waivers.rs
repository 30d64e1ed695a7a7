//! Waivers and reviews files.

use super::shown::shown;
use hongxian::pack::{Covers, Judgement, MAX_TOML_BYTES, Reviews, Waivers};
use hongxian::source::SourceMap;

const WAIVER: &str = r#"
[[waiver]]
rule     = "T17-R7"
product  = "911100001000013428-2020-0001"
covers   = "fail"
scope    = "/data/items[name=Card number]/sharing_mode"
facts    = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
reason   = "the store is replaced in June"
control  = "access is read by two people"
approver = "Li Hua"
role     = "chief risk officer"
granted  = 2020-05-01
expires  = 2020-06-30
"#;

fn waivers(text: &str) -> Result<Waivers, String> {
    let mut sources = SourceMap::new();
    let file = sources.add("waivers.toml", text);
    Waivers::parse(file, text).map_err(|found| shown(&sources, &found))
}

fn reviews(text: &str) -> Result<Reviews, String> {
    let mut sources = SourceMap::new();
    let file = sources.add("reviews.toml", text);
    Reviews::parse(file, text).map_err(|found| shown(&sources, &found))
}

#[test]
fn a_good_waiver() {
    let read = waivers(&WAIVER.repeat(2)).unwrap();
    assert_eq!(read.waivers.len(), 2);
    let waiver = &read.waivers[0];
    assert_eq!((waiver.rule.value.as_str(), waiver.covers.value), ("T17-R7", Covers::Fail));
    assert_eq!(waiver.expires.value.to_string(), "2020-06-30");
    assert_eq!(waivers("").unwrap(), Waivers::default());
}

#[test]
fn everything_wrong_with_a_waiver() {
    let text = r#"[[waiver]]
rule = ""
produkt = "x"
covers = "pass"
scope = "/items/0"
facts = "abc"
granted = 2020-05-01T00:00:00
expires = 2020-02-30
[waiver.more]
"#;
    assert_eq!(
        waivers(text).unwrap_err(),
        r"waivers.toml:2:8: E0505 expected a text for `rule`, found a blank one
waivers.toml:3:1: E0503 unknown key `produkt` in a waiver
  help: did you mean `product`?
waivers.toml:4:10: E0505 expected `fail` or `unknown` for `covers`, found `pass`
waivers.toml:5:9: E0505 expected an element picked by a field, as in `[name=…]`, found the index `0`
waivers.toml:6:9: E0505 expected the digest of a report's facts, `sha256:…`, found `abc`
waivers.toml:7:11: E0505 expected a date such as 2021-12-31 for `granted`, found a date or time
  help: a date is `YYYY-MM-DD`, without a time
waivers.toml:8:11: E0502 invalid date, expected day between 01 and 29
waivers.toml:9:9: E0503 unknown key `more` in a waiver
  help: known keys: rule, product, covers, scope, facts, reason, control, approver, role, granted, expires"
    );
    assert_eq!(
        waivers(&WAIVER.replace("2020-06-30", "2020-04-30")).unwrap_err(),
        "waivers.toml:13:12: E0505 expected a day from 2020-05-01 for `expires`, found 2020-04-30"
    );
    let without_facts = WAIVER.replace("facts ", "# ");
    assert_eq!(
        waivers(&without_facts).unwrap_err(),
        "waivers.toml:2:1: E0504 missing key `facts` in a waiver\n  help: add `facts = \"sha256:…\"`"
    );
}

#[test]
fn reviews_name_their_verdict() {
    let good = r#"
[[review]]
rule     = "T22-R13"
product  = "911100001000013428-2020-0001"
verdict  = "positive"
reviewer = "Li Hua"
role     = "chief risk officer"
date     = 2020-05-02
grounds  = "share below one per cent"
facts    = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
"#;
    assert_eq!(reviews(good).unwrap().reviews[0].verdict.value, Judgement::Positive);
    assert_eq!(
        reviews(&good.replace("positive", "yes")).unwrap_err(),
        "reviews.toml:5:12: E0505 expected `positive` or `negative` for `verdict`, found `yes`"
    );
    assert_eq!(
        reviews("[review]\nrule = \"x\"").unwrap_err(),
        "reviews.toml:1:1: E0505 expected a list of tables, `[[review]]`, for `review`, found a table"
    );
}

#[test]
fn no_larger_than_the_limit() {
    let padding = |bytes: usize| format!("#{}", "x".repeat(bytes - 1));
    assert!(waivers(&padding(MAX_TOML_BYTES)).is_ok());
    assert_eq!(
        waivers(&padding(MAX_TOML_BYTES + 1)).unwrap_err(),
        "waivers.toml:1:1: E0508 expected at most 1048576 bytes, found 1048577"
    );
}
