//! The built command over cases that are data: `cases/*.toml`.
//!
//! A case says by hand what matters: how the command ends, and words that its output must have. The output as a whole
//! is a snapshot, with its command line. Each case runs in a folder of its own, with the packs of `packs/` copied in
//! where it asks for them; digests and the version print as `…`.

pub mod case;
mod ci;
mod contract;
mod diff;
mod inputs;
mod outputs;
#[cfg(feature = "parquet")]
mod parquet;
mod portfolio;
mod snapshots;
mod watch;
mod world;

use case::Case;
use std::path::Path;

/// Has `env` start a command that hears all requests to end, whatever the tests were started to ignore.
const HEARING: &str = "--default-signal=INT,TERM,HUP";

#[test]
fn cases() {
    let mut wrong = Vec::new();
    insta::glob!("cases/*.toml", |path| {
        let case = Case::read(path);
        let ran = case.run();
        wrong.extend(ran.disagrees_with(&case, path));
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(ran.shown(&case));
        });
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_case_says_what_it_shows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cli/cases");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            assert!(!Case::read(&path).about.trim().is_empty(), "{}", path.display());
        }
    }
}
