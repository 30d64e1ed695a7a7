//! Every test of every pack of the project.

use super::{packs, shipped};
use hongxian::testing::{Ended, cases, run};

#[test]
fn every_test_of_every_pack_passes() {
    let mut failed = Vec::new();
    let names = packs();
    assert!(!names.is_empty(), "no pack was found");
    for name in names {
        let engine = shipped(&[&name]);
        // The packs that it stands on have their own turn.
        let own = || cases(&engine).filter(|case| case.pack() == name);
        assert!(own().count() > 0, "{name} has no tests");
        for case in own() {
            let ended = run(&engine, &case);
            if ended != Ended::Passed {
                let at = engine.sources().position(case.span);
                let file = engine.sources().name(case.span.file);
                failed.push(format!("{name}/{file}:{}: {}\n{ended:#?}", at.line, case.name()));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
