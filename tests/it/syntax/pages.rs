//! The pages of the codes about syntax: the wrong example yields the code, the right one is read.

use crate::pages::blocks;
use hongxian::diagnostic::Code;
use hongxian::source::FileId;
use hongxian::syntax::{decode_utf8, parse};

#[test]
fn examples_are_wrong_and_right() {
    for code in Code::ALL.iter().filter(|code| code.as_str().starts_with("E01") && **code != Code::NOT_UTF8) {
        let wrong = blocks(code.as_str(), "policy wrong");
        let right = blocks(code.as_str(), "policy right");
        assert!(!wrong.is_empty() && !right.is_empty(), "{code} has examples");
        for text in wrong {
            let found = parse(FileId::new(0), &text).expect_err("the example is wrong");
            assert_eq!(found.iter().map(|fault| fault.code).collect::<Vec<_>>(), [*code], "{text}");
        }
        for text in right {
            assert_eq!(parse(FileId::new(0), &text).err(), None, "{text}");
        }
    }
}

#[test]
fn another_encoding_has_its_page_too() {
    assert!(blocks("E0105", "policy wrong").is_empty());
    assert_eq!(decode_utf8(FileId::new(0), b"\xba\xec").unwrap_err().code, Code::NOT_UTF8);
}
