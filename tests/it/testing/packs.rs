//! Every test of every pack of the project.

use super::{engine, folder};
use hongxian::testing::{Ended, Suite};
use std::path::Path;

#[test]
fn every_test_of_every_pack_passes() {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut ran = 0;
    let mut failed = Vec::new();
    for entry in std::fs::read_dir(policies).unwrap() {
        let path = entry.unwrap().path();
        if !path.join("pack.toml").exists() {
            continue;
        }
        let engine = engine([folder(&path)]);
        let suite = Suite::new(&engine);
        assert!(!suite.cases().is_empty(), "{} has no tests", path.display());
        ran += suite.cases().len();
        for case in suite.cases() {
            let ended = suite.run(case);
            if ended != Ended::Passed {
                let at = suite.sources().position(case.span);
                let name = suite.sources().name(case.span.file);
                failed.push(format!("{name}:{}: {}\n{ended:#?}", at.line, case.name()));
            }
        }
    }
    assert!(ran > 0, "no pack was found");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
