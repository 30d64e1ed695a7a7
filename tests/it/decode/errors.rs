//! What is wrong with a declaration, in words.

use super::model::{decode, errors, layout, model};
use hongxian::decode::{Decoder, Limits};
use hongxian::source::FileId;

/// The one error of a field of an item, after its place.
fn item(field: &str) -> String {
    let found = errors(&format!("{{\"id\": \"A-1\", \"store\": {{\"items\": [{{\"name\": \"a\",\n{field}}}]}}}}"));
    found.split_once(": ").unwrap().1.to_owned()
}

/// The one error of a field of the root.
fn root(field: &str) -> String {
    errors(&format!("{{\"id\": \"A-1\",\n{field}}}")).split_once(": ").unwrap().1.to_owned()
}

#[test]
fn wrong_types() {
    let cases = [
        (
            "\"level\": \"3\"",
            "E0605 expected a whole number for `level`, found the text `3`\n  help: write `3`, without quotes",
        ),
        ("\"level\": true", "E0605 expected a whole number for `level`, found `true`"),
        ("\"retention\": \"long\"", "E0605 expected a number of days for `retention`, found the text `long`"),
        ("\"fee\": []", "E0605 expected a number of percent for `fee`, found a list"),
        (
            "\"share\": \"5%\"",
            "E0605 expected a ratio as a number for `share`, found the text `5%`\n  help: write `0.05`",
        ),
        (
            "\"amount\": 1000.50",
            "E0605 expected an amount in CNY as a text such as `\"1000000.00\"` for `amount`, found the number `1000.50`\n  \
             help: write `\"1000.50\"`, in quotes, so that no program rounds it",
        ),
        (
            "\"amount\": 1e3",
            "E0605 expected an amount in CNY as a text such as `\"1000000.00\"` for `amount`, found the number `1e3`",
        ),
        (
            "\"proof\": 1",
            "E0605 expected the key of an element of `evidence` as a text for `proof`, found the number `1`\n  help: write `\"1\"`",
        ),
        ("\"owners\": {}", "E0605 expected a list for `owners`, found an object"),
        ("\"owners\": [{}, \"x\"]", "E0605 expected an object for `owners[1]`, found the text `x`"),
        (
            "\"owners\": [{\"roles\": [1]}]",
            "E0605 expected a text for `roles[0]`, found the number `1`\n  help: write `\"1\"`, in quotes",
        ),
    ];
    for (field, expected) in cases {
        assert_eq!(item(field), expected);
    }
    let cases = [
        (
            "\"as_of\": 20200501",
            "E0605 expected a date such as `\"2020-05-01\"` for `as_of`, found the number `20200501`\n  help: write `\"2020-05-01\"`",
        ),
        (
            "\"title\": 1",
            "E0605 expected a text, or texts by language as in `{ \"zh\": \"…\" }`, for `title`, found the number `1`",
        ),
        ("\"title\": {\"zh\": 1}", "E0605 expected a text for `title`, found the number `1`"),
        (
            "\"title\": {\"Chinese\": \"x\"}",
            "E0604 expected a language such as `zh` or `en` in `title`, found `Chinese`",
        ),
        ("\"store\": []", "E0605 expected an object for `store`, found a list"),
        (
            "\"store\": {\"none_declared\": \"No\"}",
            "E0605 expected `true` or `false` for `none_declared`, found the text `No`\n  help: write `false`, without quotes",
        ),
        (
            "\"store\": {\"none_declared\": 0}",
            "E0605 expected `true` or `false` for `none_declared`, found the number `0`",
        ),
        ("\"tags\": \"a\"", "E0605 expected a list for `tags`, found the text `a`"),
    ];
    for (field, expected) in cases {
        assert_eq!(root(field), expected);
    }
}

#[test]
fn values_that_are_not_valid() {
    let cases = [
        ("\"level\": 0", "E0607 expected a whole number from 1 to 5 for `level`, found `0`"),
        ("\"level\": 5.5", "E0607 expected a whole number, without a fraction, for `level`, found `5.5`"),
        ("\"retention\": -1", "E0607 expected a number of days from 0 for `retention`, found `-1`"),
        ("\"kept\": 0.3", "E0607 expected whole months for `kept`, found `0.3`"),
        ("\"checked\": 1.5", "E0607 expected whole months for `checked`, found `1.5`"),
        ("\"fee\": 100.01", "E0607 expected a number of percent from 0 to 100 for `fee`, found `100.01`"),
        (
            "\"amount\": \"1000000.01\"",
            "E0607 expected an amount in CNY from 0 to 1000000 for `amount`, found `1000000.01`",
        ),
        (
            "\"amount\": \"1,000.50 CNY\"",
            "E0607 expected an amount in CNY as a text such as `\"1000000.00\"` for `amount`, found `1,000.50 CNY`\n  help: write `\"1000.50\"`",
        ),
        (
            "\"amount\": \"1_000\"",
            "E0607 expected an amount in CNY as a text such as `\"1000000.00\"` for `amount`, found `1_000`\n  help: write `\"1000\"`",
        ),
        (
            "\"amount\": \"1e3\"",
            "E0607 expected an amount in CNY as a text such as `\"1000000.00\"` for `amount`, found `1e3`",
        ),
        (
            "\"share\": 0.00000000000000000000000000000000001",
            "E0602 expected a last digit within 34 places of the point for `share`, found `0.00000000000000000000000000000000001`",
        ),
        (
            "\"share\": 0.12345678901234567890123456789012345",
            "E0602 expected at most 34 significant digits for `share`, found `0.12345678901234567890123456789012345`",
        ),
    ];
    for (field, expected) in cases {
        assert_eq!(item(field), expected);
    }
    let cases = [
        (
            "\"as_of\": \"2019-02-29\"",
            "E0607 expected a day of the calendar for `as_of`, found `2019-02-29`, which does not exist",
        ),
        (
            "\"as_of\": \"2019/2/9\"",
            "E0607 expected a date such as `\"2020-05-01\"` for `as_of`, found `2019/2/9`\n  help: write `\"2019-02-09\"`",
        ),
        (
            "\"network\": \"5G\"",
            "E0606 expected one of `wifi`, `wired`, `5g`, `4g`, `satellite`, `radio`, … (1 more) for `network`, found `5G`\n  help: did you mean `\"5g\"`?",
        ),
        (
            "\"network\": \"第五代\"",
            "E0606 expected one of `wifi`, `wired`, `5g`, `4g`, `satellite`, `radio`, … (1 more) for `network`, found `第五代`\n  help: did you mean `\"5g\"`?",
        ),
        (
            "\"store\": {\"protection\": {\"storage_encryption\": \"fields\"}}",
            "E0606 expected one of `none`, `disk`, `field` for `storage_encryption`, found `fields`\n  help: did you mean `\"field\"`?",
        ),
        (
            "\"store\": {\"protection\": {\"storage_encryption\": \"AES\"}}",
            "E0606 expected one of `none`, `disk`, `field` for `storage_encryption`, found `AES`",
        ),
    ];
    for (field, expected) in cases {
        assert_eq!(root(field), expected);
    }
    assert_eq!(
        errors("{\"id\": \"A-1 \"}"),
        "d:1:8: E0607 expected a text that matches `/[A-Z]+-[0-9]+/` for `id`, found `A-1 `\n  help: write `\"A-1\"`"
    );
}

#[test]
fn fields_that_are_not_known() {
    let cases = [
        ("\"asof\": null", "E0604 unknown field `asof`\n  help: did you mean `as_of`?"),
        ("\"closedOn\": null", "E0604 unknown field `closedOn`\n  help: did you mean `closed_on`?"),
        (
            "\"storage_encryption\": 1",
            "E0604 unknown field `storage_encryption`\n  help: `storage_encryption` is a field of `store.protection`",
        ),
        ("\"roles\": []", "E0604 unknown field `roles`\n  help: `roles` is a field of `store.items[].owners[]`"),
        (
            "\"name\": 1",
            "E0604 unknown field `name`\n  help: `name` is a field of `store.items[]`, `store.items[].owners[]`",
        ),
        (
            "\"x_bank\": {}",
            "E0604 unknown field `x_bank`\n  help: a field that begins with `x_` belongs to an overlay, which is not loaded",
        ),
        ("\"nonsense\": {}", "E0604 unknown field `nonsense`"),
        (
            "\"store\": {\"as_of\": 1}",
            "E0604 unknown field `as_of` in `store`\n  help: `as_of` is a field of the declaration itself",
        ),
    ];
    for (field, expected) in cases {
        assert_eq!(root(field), expected);
    }
    assert_eq!(item("\"levl\": 1"), "E0604 unknown field `levl` in `store.items[]`\n  help: did you mean `level`?");
}

#[test]
fn keys_that_stand_twice() {
    assert_eq!(
        errors("{\"id\": \"A-1\",\n \"as_of\" : \"2020-01-01\",\n \"\\u0061s_of\": null}"),
        "d:3:2: E0603 key `as_of` stands twice in one object\n  d:2:2: the first one"
    );
    assert_eq!(
        errors("{\"id\": \"A-1\", \"nonsense\": [{\"a\": 1, \"b\": {\"a\": 2}, \"a\": 3}]}"),
        "d:1:15: E0604 unknown field `nonsense`\nd:1:52: E0603 key `a` stands twice in one object\n  d:1:29: the first one",
        "also in what is skipped"
    );
    assert_eq!(
        errors("{\"id\": \"A-1\", \"title\": {\"zh\": \"a\", \"zh\": \"b\"}}"),
        "d:1:36: E0603 key `zh` stands twice in one object\n  d:1:25: the first one"
    );
}

#[test]
fn ids_that_stand_twice() {
    assert_eq!(
        errors("{\"id\": \"A-1\", \"evidence\": [{\"id\": \"E 1\"}, {\"id\": null}, null, {},\n{\"id\": \" Ｅ  1\"}]}"),
        "d:2:8: E0609 ` Ｅ  1` is the `id` of two elements of `evidence`\n  d:1:35: the first one"
    );
    assert!(
        decode(r#"{"id": "A-1", "store": {"items": [{"name": "a", "owners": [{"name": "x"}, {"name": "x"}]}]}}"#)
            .is_ok(),
        "not keyed"
    );
}

#[test]
fn elements_beside_the_statement_that_there_are_none() {
    assert_eq!(
        errors("{\"id\": \"A-1\", \"store\": {\"none_declared\": true,\n \"items\": [null]}}"),
        "d:2:11: E0610 `none_declared` states that there are none, and `items` has 1 element\n  \
         d:1:42: the statement that there are none\n  help: remove the elements, or write `\"none_declared\": false`"
    );
}

#[test]
fn fields_that_are_required() {
    assert_eq!(errors("\n {}"), "d:2:2: E0608 expected the field `id`, found none");
    assert_eq!(errors("{\"id\": null}"), "d:1:8: E0608 expected a value for `id`, found `null`");
    assert_eq!(errors("{\"id\": \" \"}"), "d:1:8: E0608 expected a value for `id`, found a blank text");
    assert_eq!(
        errors("{\"id\": \"A-1\", \"store\": {\"items\": [null, {}]}}"),
        "d:1:41: E0608 expected the field `name` in `store.items[]`, found none"
    );
    assert_eq!(
        errors("{\"id\": 1}"),
        "d:1:8: E0605 expected a text for `id`, found the number `1`\n  help: write `\"1\"`, in quotes",
        "only once"
    );
}

#[test]
fn all_at_once_and_in_order() {
    let text = "{\n \"evidence\": [{\"id\": \"E\"}, {\"id\": \"E\"}],\n \"as_of\": \"2020-13-01\",\n \"nowhere\": 1,\n \"levels\": [1, \"x\"]\n}";
    let found = errors(text);
    let lines: Vec<&str> = found
        .lines()
        .filter(|line| line.starts_with("d:"))
        .map(|line| &line[..line.find(" ex").or(line.find(" un")).unwrap_or(13)])
        .collect();
    assert_eq!(lines, ["d:1:1: E0608", "d:2:35: E0609", "d:3:11: E0607", "d:4:2: E0604", "d:5:16: E0605"]);
}

#[test]
fn an_error_of_syntax_keeps_what_was_found_before() {
    assert_eq!(
        errors("{\"as_of\": 1,\n \"tags\": [}"),
        "d:1:11: E0605 expected a date such as `\"2020-05-01\"` for `as_of`, found the number `1`\nd:2:11: E0601 expected a value, found `}`"
    );
}

#[test]
fn roots_that_are_no_object() {
    assert_eq!(errors("[{}]"), "d:1:1: E0605 expected a declaration as an object, found a list");
    assert_eq!(errors("null"), "d:1:1: E0605 expected a declaration as an object, found `null`");
}

#[test]
fn a_draft_may_lack_what_is_required() {
    let decoder = Decoder::new(&model(), &layout(), Limits::DEFAULT);
    let file = FileId::new(0);
    assert!(decoder.decode_draft(br#"{"id": null, "store": {"items": [{}]}}"#, file).is_ok());
    assert!(decoder.decode_draft(br#"{"ID": null}"#, file).is_err());
}
