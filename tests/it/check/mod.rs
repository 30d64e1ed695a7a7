//! The checker: what it refuses and how it says so, what it accepts and what it makes of it, its laws and limits.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod limits;
mod mutations;
pub mod packs;
mod print;
mod registry;
mod show;
mod stored;

use hongxian::check::{Checked, check};
use hongxian::function::Registry;
use hongxian::source::SourceMap;

/// Checks the packs of a text.
fn checked(text: &str) -> (Checked, SourceMap) {
    let (packs, sources) = packs::load(text);
    (check(&packs, &Registry::new()), sources)
}

/// Every file of `errors/` has errors or warnings, and the snapshot beside it says which.
#[test]
fn errors() {
    insta::glob!("errors/*.policy", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let (checked, sources) = checked(&text);
        assert!(!checked.diagnostics.is_empty(), "{}: nothing is wrong with it", path.display());
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("{text}\n-----\n{}", show::all(&checked.diagnostics, &sources)));
        });
    });
}

/// Every file of `good/` is valid, and the snapshot beside it says what comes of it.
#[test]
fn good() {
    insta::glob!("good/*.policy", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let (checked, sources) = checked(&text);
        let said = show::all(&checked.diagnostics, &sources);
        let Some(policy) = checked.policy else { panic!("{}:\n{said}", path.display()) };
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("{text}\n-----\n{}\n{said}", print::policy(&policy)));
        });
    });
}
