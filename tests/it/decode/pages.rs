//! The pages of the codes of declarations: the wrong example gives the code and no other, the right one nothing.

use super::model::diagnostics;
use crate::pages::blocks;
use hongxian::decode::Limits;

#[test]
fn declarations() {
    for number in 601..=610 {
        let code = format!("E0{number}");
        let (wrong, right) = (blocks(&code, "json wrong"), blocks(&code, "json right"));
        assert_eq!((wrong.len(), right.len()), (1, 1), "{code}");
        let found = diagnostics(wrong[0].as_bytes(), Limits::DEFAULT).unwrap_err();
        assert!(found.iter().all(|diagnostic| diagnostic.code.as_str() == code), "{code} {found:?}");
        assert!(diagnostics(right[0].as_bytes(), Limits::DEFAULT).is_ok(), "{code}");
    }
    assert!(blocks("E0611", "json wrong").is_empty(), "a limit has no example");
}
