//! The pages of the codes about tests: the wrong example yields the code, the right one passes.

use super::engine;
use hongxian::pack::PackFiles;
use hongxian::testing::{Ended, cases, run};
use std::path::Path;

const MANIFEST: &str = r#"
name = "example"
version = "1.0.0"
language = "2026"
title = { en = "Example" }
root = "Product"

[[source]]
name = "text"
title = { en = "A text" }
locators = "text.txt"
"#;

/// How the one test of an example ends.
fn ended(module: &str) -> Ended {
    let files: PackFiles = [
        ("pack.toml", MANIFEST),
        ("text.txt", "1#1\n"),
        ("example.policy", module),
        ("product.json", r#"{"amount": 1, "kind": "plain"}"#),
    ]
    .into_iter()
    .collect();
    let engine = engine([files]);
    let case = cases(&engine).next().expect("the example has a test");
    run(&engine, &case)
}

/// The fenced block that is marked `policy` and `mark`.
fn block<'p>(page: &'p str, mark: &str) -> &'p str {
    let fence = format!("```policy {mark}\n");
    let start = page.find(&fence).unwrap_or_else(|| panic!("no `{fence}` in\n{page}")) + fence.len();
    let end = page[start..].find("```").unwrap();
    &page[start..start + end]
}

#[test]
fn examples_say_what_their_page_is_about() {
    for code in ["E0701", "E0702", "E0703", "E0704", "E0705", "E0706"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/diagnostics/{code}.md"));
        let page = std::fs::read_to_string(path).unwrap();
        match ended(block(&page, "wrong")) {
            Ended::Broken(found) => {
                assert!(found.iter().any(|found| found.code.as_str() == code), "{code}: {found:#?}")
            }
            other => panic!("{code}: the wrong example came to {other:#?}"),
        }
        assert_eq!(ended(block(&page, "right")), Ended::Passed, "{code}");
    }
}
