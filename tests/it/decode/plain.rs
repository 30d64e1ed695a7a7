//! The quick way through plain fields says what the long way says: a key with an escape in it leads to the long way.

use super::model::{diagnostics, dump};
use crate::chance::cases;
use hongxian::decode::Limits;
use proptest::prelude::*;

/// Fields of every kind: what stands before and behind them, and their key.
const FIELDS: [(&str, &str, &str); 14] = [
    (r#"{"id":"A-1","#, "title", "}"),
    (r#"{"id":"A-1","#, "as_of", "}"),
    (r#"{"id":"A-1","#, "closed_on", "}"),
    (r#"{"id":"A-1","#, "network", "}"),
    ("{", "id", "}"),
    (r#"{"id":"A-1","store":{"#, "none_declared", "}}"),
    (r#"{"id":"A-1","store":{"items":[{"#, "name", "}]}}"),
    (r#"{"id":"A-1","store":{"items":[{"name":"a","#, "level", "}]}}"),
    (r#"{"id":"A-1","store":{"items":[{"name":"a","#, "retention", ",\"class\":\"a\"}]}}"),
    (r#"{"id":"A-1","store":{"items":[{"name":"a","#, "kept", "}]}}"),
    (r#"{"id":"A-1","store":{"items":[{"name":"a","#, "fee", "}]}}"),
    (r#"{"id":"A-1","store":{"items":[{"name":"a","#, "amount", "}]}}"),
    (r#"{"id":"A-1","store":{"items":[{"name":"a","#, "proof", "}]}}"),
    (r#"{"id":"A-1","store":{"items":[{"name":"a","#, "class", ",\"owners\":[]}]}}"),
];

/// Values that are plain for some field, nearly plain, or wrong.
const VALUES: [&str; 62] = [
    "true",
    "false",
    "truex",
    "fals",
    "true,\"x\":1",
    "null",
    "0",
    "-0",
    "-0.0",
    "00",
    "01",
    "1",
    "3",
    "5",
    "5.0",
    "5.5",
    "6",
    "-1",
    "1.",
    ".5",
    "1e1",
    "1E400",
    "12.50",
    "100",
    "100.01",
    "1.5",
    "0.05",
    "123456789012345678",
    "1234567890123456789",
    "0.123456789012345678",
    "0.1234567890123456789",
    "9223372036854775807",
    "12345678901234567.8",
    "\"\"",
    "\" \"",
    "\" a\"",
    "\"a \"",
    "\"a  b\"",
    "\"a\"",
    "\"一\"",
    "\"\u{3000}\"",
    "\"\u{3000}一\"",
    "\"Ａ\"",
    "\"é\"",
    "\"\\u0041-1\"",
    "\"a\\\"b\"",
    "\"A-1",
    "\"a\tb\"",
    "\"0\"",
    "\"1000.50\"",
    "\"-1\"",
    "\"01\"",
    "\"1e3\"",
    "\"1,000\"",
    "\"1000001\"",
    "\"2020-02-29\"",
    "\"2019-02-29\"",
    "\"2020-2-9\"",
    "\"5g\"",
    "\"wifi\"",
    "\"WIFI\"",
    "{\"zh\":\"a\"}",
];

/// All that is said of a text, with places.
fn said(text: &str) -> Result<Vec<String>, Vec<String>> {
    match diagnostics(text.as_bytes(), Limits::DEFAULT) {
        Ok(declaration) => Ok(dump(&declaration)),
        Err(found) => Err(found.iter().map(|found| format!("{found:?}")).collect()),
    }
}

fn same(before: &str, key: &str, value: &str, behind: &str) {
    let (first, rest) = key.split_at(1);
    // Blanks in place of what the escape takes more, so that places are the same.
    let quick = format!("{before}\"{key}\":     {value}{behind}");
    let long = format!("{before}\"\\u{:04x}{rest}\":{value}{behind}", first.as_bytes()[0]);
    let apart = format!("{before}\"{key}\"     :{value}{behind}");
    let long = said(&long);
    assert_eq!(said(&quick), long, "{quick}");
    assert_eq!(said(&apart), long, "{apart}");
}

#[test]
fn values_mean_the_same_both_ways() {
    for (before, key, behind) in FIELDS {
        for value in VALUES {
            same(before, key, value, behind);
        }
    }
}

#[test]
fn a_key_that_stands_twice_is_seen_both_ways() {
    for second in ["\"as_of\"", "\"\\u0061s_of\""] {
        let text = format!(r#"{{"id":"A-1","as_of":"2020-05-01",{second}:"2020-05-02"}}"#);
        let found = said(&text).unwrap_err();
        assert!(found.len() == 1 && found[0].contains("stands twice"), "{found:?}");
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn pieces_of_values_mean_the_same_both_ways(
        field in prop::sample::select(FIELDS.to_vec()),
        value in "(\"|-|0|1|7|\\.|e|t|r|true|false|null|2020-|-01|一| |,|\\\\n|\\}|\\]|5g|\u{3000}){1,8}",
    ) {
        let (before, key, behind) = field;
        same(before, key, &value, behind);
    }
}
