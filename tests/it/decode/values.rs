//! What a good declaration becomes.

use super::model::{COMPLETE, decode, dump};

/// The cell at a pointer, as `dump` shows it; `-` where it is absent.
fn at(text: &str, pointer: &str) -> String {
    let declaration = decode(text).unwrap();
    let prefix = format!("{pointer} ");
    dump(&declaration).into_iter().find_map(|line| line.strip_prefix(&prefix).map(str::to_owned)).unwrap_or("-".into())
}

#[test]
fn a_complete_declaration() {
    let declaration = decode(COMPLETE).unwrap();
    let number = |text: &str| format!("Number({:?})", hongxian::value::Number::parse_json(text).unwrap());
    let expected = [
        (" ", "Record".to_owned()),
        ("/id ", "Text(Borrowed(\"EX-1\"))".to_owned()),
        ("/title ", "Text(Borrowed(\"贷款\"))".to_owned()),
        ("/as_of ", "Date(Date(2020-05-01))".to_owned()),
        ("/closed_on ", "Null".to_owned()),
        ("/network ", "Member(MemberId(2))".to_owned()),
        ("/tags ", "List(Elements { first: 0, len: 2 })".to_owned()),
        ("/store ", "Record".to_owned()),
        ("/store/none_declared ", "Bool(false)".to_owned()),
        ("/store/items ", "List(Elements { first: 0, len: 2 })".to_owned()),
        ("/store/items/0/level ", number("3")),
        ("/store/items/0/retention ", number("2160")),
        ("/store/items/0/pause ", number("120")),
        ("/store/items/0/delay ", number("7")),
        ("/store/items/0/kept ", number("18")),
        ("/store/items/0/checked ", number("3")),
        ("/store/items/0/fee ", number("0.125")),
        ("/store/items/0/share ", number("0.05")),
        ("/store/items/0/amount ", number("1000.5")),
        ("/store/items/0/owners ", "List(Elements { first: 0, len: 2 })".to_owned()),
        ("/store/items/1/owners ", "List(Elements { first: 2, len: 2 })".to_owned()),
        ("/store/items/0/owners/0/roles ", "List(Elements { first: 0, len: 3 })".to_owned()),
        ("/store/items/0/owners/0/roles/1 ", "Unknown".to_owned()),
        ("/store/items/0/owners/0/roles/2 ", "Unknown".to_owned()),
        ("/store/items/0/owners/1 ", "Unknown".to_owned()),
        ("/store/items/1/owners/0 ", "Record".to_owned()),
        ("/store/items/1/owners/1/name ", "Text(Borrowed(\"Wang\"))".to_owned()),
        ("/store/protection/storage_encryption ", "Member(MemberId(1))".to_owned()),
        ("/notes/1 ", "Text(Borrowed(\"y\"))".to_owned()),
        ("/levels/0 ", number("100")),
        ("/levels/1 ", number("0.1")),
    ];
    let dump = dump(&declaration);
    for (pointer, content) in expected {
        assert!(dump.contains(&format!("{pointer}{content}")), "{pointer}{content}\n{dump:#?}");
    }
    assert!(!dump.iter().any(|line| line.starts_with("/store/items/1/level")), "absent");
}

#[test]
fn unknown_is_absent_null_or_blank() {
    for (value, content) in
        [("null", "Unknown"), ("\" \\t\u{3000}\"", "Unknown"), ("{\"zh\": \" \", \"en\": null}", "Unknown")]
    {
        assert_eq!(at(&format!("{{\"id\": \"A-1\", \"title\": {value}}}"), "/title"), content);
    }
    assert_eq!(at("{\"id\": \"A-1\"}", "/title"), "-");
    assert_eq!(at("{\"id\": \"A-1\", \"store\": null}", "/store"), "Unknown");
    assert_eq!(at("{\"id\": \"A-1\", \"as_of\": \"\"}", "/as_of"), "Unknown");
    assert_eq!(at("{\"id\": \"A-1\", \"network\": \"\"}", "/network"), "Unknown");
    assert_eq!(at("{\"id\": \"A-1\", \"closed_on\": \"\"}", "/closed_on"), "Unknown", "only `null` has the word");
}

#[test]
fn emptiness() {
    let tags = |value: &str| at(&format!("{{\"id\": \"A-1\", \"tags\": {value}}}"), "/tags");
    assert_eq!((tags("[]").as_str(), tags("null").as_str()), ("List(Empty)", "Unknown"));
    assert_eq!(tags("[null]"), "List(Elements { first: 0, len: 1 })");
    assert_eq!(at("{\"id\": \"A-1\", \"evidence\": []}", "/evidence"), "Unknown", "nobody said that there is none");
    let items = |store: &str| at(&format!("{{\"id\": \"A-1\", \"store\": {store}}}"), "/store/items");
    for (store, content) in [
        ("{\"none_declared\": true}", "List(Empty)"),
        ("{\"none_declared\": true, \"items\": []}", "List(Empty)"),
        ("{\"items\": [], \"none_declared\": true}", "List(Empty)"),
        ("{\"items\": null, \"none_declared\": true}", "List(Empty)"),
        ("{\"none_declared\": false, \"items\": []}", "Unknown"),
        ("{\"items\": []}", "Unknown"),
        ("{\"none_declared\": null, \"items\": []}", "Unknown"),
        ("{}", "-"),
    ] {
        assert_eq!(items(store), content, "{store}");
    }
}

#[test]
fn names_and_references_are_folded_alike() {
    let text = r#"{"id": "A-1", "store": {"items": [{"name": " Ｃａｒｄ\t\u0020number", "proof": " Ｅ-1"}]}}"#;
    assert_eq!(at(text, "/store/items/0/name"), "Text(Borrowed(\"Card number\"))");
    assert_eq!(at(text, "/store/items/0/proof"), "Text(Borrowed(\"E-1\"))");
}

#[test]
fn prose_keeps_the_chinese_text_or_the_english_or_the_first() {
    for (prose, kept) in [
        (r#"{"fr": "a", "en-GB": "b", "zh-Hant": "c", "zh": "d"}"#, "c"),
        (r#"{"fr": "a", "en": "b", "zh": " "}"#, "b"),
        (r#"{"de": "a", "fr": "b"}"#, "a"),
        ("\"a\\nb\"", "a\\nb"),
    ] {
        let found = at(&format!("{{\"id\": \"A-1\", \"title\": {prose}}}"), "/title");
        assert!(found.contains(&format!("\"{kept}\"")), "{found}");
    }
}

#[test]
fn keys_may_be_escaped_and_in_any_order() {
    let text = "\u{feff}\r\n{\"\\u0061s_of\": \"2020-02-29\", \"id\": \"A-1\"}\r\n";
    assert_eq!(at(text, "/as_of"), "Date(Date(2020-02-29))");
}

#[test]
fn whole_numbers_may_be_written_with_an_exponent() {
    let text = r#"{"id": "A-1", "store": {"items": [{"name": "a", "level": 0.5e1}]}}"#;
    assert!(at(text, "/store/items/0/level").contains('5'));
}
