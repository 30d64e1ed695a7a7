//! Texts that are wrong, each with what is said about it: a file in `errors/` is a test.

use super::plain::plain;
use hongxian::source::FileId;
use hongxian::syntax::parse;

#[test]
fn wrong_texts() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "errors" }, {
        insta::glob!("errors/*.policy", |path| {
            let text = std::fs::read_to_string(path).unwrap();
            let diagnostics = parse(FileId::new(0), &text).expect_err("the text is wrong");
            insta::assert_snapshot!(format!("{text}\n────\n{}", plain(&text, &diagnostics)));
        });
    });
}
