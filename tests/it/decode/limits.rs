//! Every limit at the limit and one past it.

use super::model::{decode_within, diagnostics};
use hongxian::decode::Limits;
use std::time::{Duration, Instant};

#[test]
fn bytes() {
    let text = r#"{"id": "A-1"}"#;
    let limits = |bytes| Limits { bytes, ..Limits::DEFAULT };
    assert!(decode_within(text, limits(text.len())).is_ok());
    assert_eq!(
        decode_within(text, limits(text.len() - 1)).unwrap_err(),
        "d:1:1: E0602 expected at most 12 bytes, found 13"
    );
}

#[test]
fn nesting() {
    let limits = Limits { nesting: 4, ..Limits::DEFAULT };
    let skipped = |depth: usize| format!("{{\"id\": \"A-1\", \"x\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(decode_within(&skipped(3), limits).unwrap_err(), "d:1:15: E0604 unknown field `x`");
    assert_eq!(
        decode_within(&skipped(4), limits).unwrap_err(),
        "d:1:15: E0604 unknown field `x`\n\
         d:1:23: E0602 expected fewer open brackets: the declaration is nested deeper than the limit"
    );
    let by_the_model = r#"{"id": "A-1", "store": {"items": [{"name": "a", "owners": []}]}}"#;
    assert!(decode_within(by_the_model, Limits { nesting: 5, ..limits }).is_ok());
    assert!(decode_within(by_the_model, limits).unwrap_err().contains("E0602"));
}

#[test]
fn elements() {
    let text = r#"{"id": "A-1", "tags": ["a", "b"], "levels": [1]}"#;
    let limits = |elements| Limits { elements, ..Limits::DEFAULT };
    assert!(decode_within(text, limits(3)).is_ok());
    assert_eq!(
        decode_within(text, limits(2)).unwrap_err(),
        "d:1:46: E0602 expected at most 2 elements in all lists together, found more"
    );
}

#[test]
fn errors_that_are_listed() {
    let text = r#"{"id": "A-1", "levels": ["a", "b", "c"]}"#;
    let limits = |diagnostics| Limits { diagnostics, ..Limits::DEFAULT };
    let found = |most| decode_within(text, limits(most)).unwrap_err();
    assert_eq!(found(3).lines().count(), 3);
    assert_eq!(found(2).lines().last(), Some("-: E0611 1 more error is not listed"));
    assert_eq!(found(1).lines().last(), Some("-: E0611 2 more errors are not listed"));
    assert_eq!(found(0).lines().count(), 2, "one is always listed");
}

#[test]
fn a_hundred_megabytes_of_brackets() {
    let text = vec![b'['; 100 << 20];
    let began = Instant::now();
    let found = diagnostics(&text, Limits::DEFAULT).unwrap_err();
    assert_eq!(found[0].code.as_str(), "E0602");
    let found = diagnostics(&text, Limits { bytes: usize::MAX, ..Limits::DEFAULT }).unwrap_err();
    assert_eq!(found[1].code.as_str(), "E0602");
    let found = diagnostics(&text[..1 << 20], Limits { nesting: usize::MAX, ..Limits::DEFAULT }).unwrap_err();
    assert_eq!(found.last().unwrap().code.as_str(), "E0601", "no stack to overflow");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn long_keys_and_many_errors_cost_little() {
    let long = "x".repeat(4 << 20);
    let many = vec!["\"asof\": {\"a\": 1, \"a\": 2}"; 100_000].join(",");
    let began = Instant::now();
    for text in [format!("{{\"{long}\": 1}}"), format!("{{{many}}}"), format!("{{\"id\": \"{long}\"}}")] {
        assert!(decode_within(&text, Limits::DEFAULT).is_err());
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
