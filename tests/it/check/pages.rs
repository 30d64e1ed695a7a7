//! The pages of the checker's codes: the wrong example has the code and no other error, the right one is valid.
//!
//! Examples are packs by the convention of `packs.rs`: complete modules, over the built-in model where they have none.

use super::{checked, show};
use hongxian::diagnostic::Code;
use std::fmt::Write;
use std::path::Path;

/// The codes that the checker gives, by how they begin.
const OURS: &[&str] = &["E02", "E03", "E04", "E052", "E053", "W0"];

/// The block of a page that is marked with a word.
fn block<'p>(page: &'p str, mark: &str) -> Option<&'p str> {
    let (_, after) = page.split_once(&format!("```policy {mark}\n"))?;
    after.split_once("\n```").map(|(block, _)| block)
}

#[test]
fn wrong_examples_have_their_code_and_right_ones_do_not() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let mut failed = String::new();
    let mut seen = 0;
    for code in Code::ALL.iter().filter(|code| OURS.iter().any(|start| code.as_str().starts_with(start))) {
        let page = std::fs::read_to_string(pages.join(format!("{code}.md"))).unwrap_or_default();
        assert!(page.starts_with(&format!("# {code}: ")), "{code}: no page, or not its title");
        let (Some(wrong), Some(right)) = (block(&page, "wrong"), block(&page, "right")) else {
            panic!("{code}: no example");
        };
        let (found, sources) = checked(&format!("{wrong}\n"));
        let only_it =
            !found.diagnostics.is_empty() && found.diagnostics.iter().all(|it| it.code == *code || !it.is_error());
        if !only_it || !found.diagnostics.iter().any(|it| it.code == *code) {
            let _ = writeln!(failed, "{code}: wrong:\n{}", show::all(&found.diagnostics, &sources));
        }
        let (found, sources) = checked(&format!("{right}\n"));
        if found.policy.is_none() || found.diagnostics.iter().any(|it| it.code == *code) {
            let _ = writeln!(failed, "{code}: right:\n{}", show::all(&found.diagnostics, &sources));
        }
        seen += 1;
    }
    assert!(seen > 60, "only {seen} pages");
    assert!(failed.is_empty(), "{failed}");
}
