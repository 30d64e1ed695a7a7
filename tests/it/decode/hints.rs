//! Texts that are no JSON, and what is said about them.

use super::model::{diagnostics, errors};
use hongxian::decode::Limits;

#[test]
fn whole_texts_of_another_kind() {
    let cases = [
        (
            "",
            "d:1:1: E0661 expected a declaration as JSON, found an empty file\n  help: `policy init --declaration` writes one to fill in",
        ),
        (
            "\u{feff} \n",
            "d:2:1: E0661 expected a declaration as JSON, found a blank file\n  help: `policy init --declaration` writes one to fill in",
        ),
        (
            "---\nid: A-1\n",
            "d:1:1: E0661 expected a declaration as JSON, found YAML\n  help: write it as JSON: `{ \"key\": \"value\" }`",
        ),
        (
            "id: A-1\n",
            "d:1:1: E0661 expected a declaration as JSON, found YAML\n  help: write it as JSON: `{ \"key\": \"value\" }`",
        ),
        (
            "\"id\": \"A-1\"\n",
            "d:1:1: E0605 expected a declaration as an object, found the text `id`\nd:1:5: E0601 expected the end of the text, found `:`\n  help: write `{` before the first key and `}` at the end",
        ),
        (
            "名称: A-1\n",
            "d:1:1: E0661 expected a declaration as JSON, found YAML\n  help: write it as JSON: `{ \"key\": \"value\" }`",
        ),
        (
            "id = \"A-1\"\n",
            "d:1:1: E0661 expected a declaration as JSON, found TOML\n  help: write it as JSON: `{ \"key\": \"value\" }`",
        ),
        (
            "module model\n",
            "d:1:1: E0661 expected a declaration as JSON, found a policy\n  help: `policy check` reads policies; `policy eval --policy` judges by one",
        ),
        (
            "/// Rules.\nmodule rules\n",
            "d:1:1: E0661 expected a declaration as JSON, found a policy\n  help: `policy check` reads policies; `policy eval --policy` judges by one",
        ),
        (
            "<?xml version=\"1.0\"?>",
            "d:1:1: E0661 expected a declaration as JSON, found XML or HTML\n  help: write it as JSON: `{ \"key\": \"value\" }`",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(errors(text), expected, "{text}");
    }
}

#[test]
fn slips() {
    let cases = [
        ("{\"id\": \"A-1\",}", "d:1:13: E0601 expected no comma before the closing bracket\n  help: remove the comma"),
        ("{\"id\": \"A-1\" // it\n}", "d:1:14: E0601 expected `,` or `}`, found `/`\n  help: JSON has no comments"),
        ("{'id': 1}", "d:1:2: E0601 expected a key in double quotes, or `}`, found `'`\n  help: write `\"`"),
        (
            "{id: 1}",
            "d:1:2: E0601 expected a key in double quotes, or `}`, found `id`\n  help: write `\"id\"`, in double quotes",
        ),
        ("{\"id\"： 1}", "d:1:6: E0601 expected `:`, found `：`\n  help: write `:`"),
        ("{\"id\": “A-1”}", "d:1:8: E0601 expected a value, found `“`\n  help: write `\"`"),
        (
            "{\"id\": \"A-1\" \"as_of\": 1}",
            "d:1:14: E0601 expected `,` or `}`, found `\"`\n  help: is a comma missing before it?",
        ),
        (
            "{\"as_of\": None}",
            "d:1:11: E0601 expected a value, found `None`\n  help: write `null`, or leave the field out",
        ),
        (
            "{\"as_of\": NaN}",
            "d:1:11: E0601 expected a value, found `NaN`\n  help: JSON has no such number; leave the field out where it is not known",
        ),
        (
            "{\"as_of\": -Infinity}",
            "d:1:11: E0601 expected a number as JSON writes it, found `-Infinity`\n  help: JSON has no such number; leave the field out where it is not known",
        ),
        (
            "{\"as_of\": open}",
            "d:1:11: E0601 expected a value, found `open`\n  help: write a text in double quotes, `\"open\"`",
        ),
        ("{\"as_of\": 007}", "d:1:11: E0601 expected a number as JSON writes it, found `007`\n  help: write `7`"),
        ("{\"as_of\": +.5}", "d:1:11: E0601 expected a number as JSON writes it, found `+.5`\n  help: write `0.5`"),
        ("{\"as_of\": 2020-05-01}", "d:1:11: E0601 expected a number as JSON writes it, found `2020-05-01`"),
        (
            "{\"id\": \"a\nb\"}",
            "d:1:10: E0601 expected the text's closing quote on this line, found the line's end\n  help: write a line break in a text as `\\n`",
        ),
        (
            "{\"id\": \"C:\\data\"}",
            "d:1:11: E0601 expected one of the escapes `\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX`, found `\\d`\n  help: write a backslash in a text as `\\\\`",
        ),
        ("{\"id\": \"\\ud800\"}", "d:1:9: E0601 expected both halves of a surrogate pair, found `\\ud800` alone"),
        ("{\"id\": \"A-1", "d:1:8: E0601 expected the text's closing quote, found the end of the file"),
        (
            "{\"tags\": [\"a\"",
            "d:1:14: E0601 expected `,` or `]`, found the end of the text\n  d:1:10: this bracket is still open",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(errors(text), expected, "{text}");
    }
}

#[test]
fn bytes_that_are_not_utf8() {
    let help = |bytes: &[u8]| {
        let found = diagnostics(bytes, Limits::DEFAULT).unwrap_err();
        assert_eq!((found.len(), found[0].code.as_str()), (1, "E0105"));
        (found[0].primary.as_ref().unwrap().span.start, found[0].help[0].clone())
    };
    assert_eq!(
        help(b"{\"id\": \"\xb9\xa4\"}"),
        (8, "save the file as UTF-8 (it may be GBK or another older encoding)".to_owned())
    );
    assert_eq!(help(b"\xff\xfe{\0").1, "the file is UTF-16: save it as UTF-8");
    assert_eq!(help(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3").1, "this looks like a PDF document; a declaration is JSON");
    assert_eq!(
        help(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\xdf").1,
        "this looks like an Office document or another archive; a declaration is JSON"
    );
    assert_eq!(help(b"{\"id\": \"\xed\xa0\x80\"}").0, 8, "a surrogate in UTF-8");
}
