//! The limits that the reference states are those of the code.

use hongxian::{decode, pack, syntax, value, worklist};
use std::fs;
use std::path::Path;

const MIB: usize = 1 << 20;

#[test]
fn the_reference_states_the_limits_of_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let reference = fs::read_to_string(root.join("docs/language.md")).unwrap();
    let checker = fs::read_to_string(root.join("src/check/limits.rs")).unwrap();
    let of_checker = |name: &str| -> String {
        let line =
            checker.lines().find(|line| line.contains(&format!(" {name}:"))).unwrap_or_else(|| panic!("no {name}"));
        line.rsplit('=').next().unwrap().trim().trim_end_matches(';').replace('_', "")
    };
    let (policy, declaration) = (syntax::Limits::DEFAULT, decode::Limits::DEFAULT);
    let stated = [
        format!("| {} MiB, with {} open brackets at one place |", policy.bytes / MIB, policy.nesting),
        format!("{} parts deep as written", of_checker("MAX_EXPRESSION_DEPTH")),
        format!("{} deep and {} parts large", of_checker("MAX_EXPANDED_DEPTH"), of_checker("MAX_EXPANDED_SIZE")),
        format!("| {}, also by way of functions |", of_checker("MAX_LOOPS")),
        format!(
            "| {} MiB in {} files, with {} locators",
            pack::MAX_PACK_BYTES / MIB,
            pack::MAX_FILES,
            pack::MAX_LOCATORS
        ),
        format!("`policy.toml` | {} MiB |", pack::MAX_TOML_BYTES / MIB),
        format!("| {} MiB, {} open brackets", declaration.bytes / MIB, declaration.nesting),
        format!("{} elements of lists; {} errors", declaration.elements, declaration.diagnostics),
        format!("| {} trials in one search, {} MiB in all searches", worklist::TRIALS, worklist::WORK / MIB),
        format!("{} significant digits, the last at most {} places", value::MAX_DIGITS, value::MAX_EXPONENT),
        format!("{} bits above", value::MAX_BITS),
    ];
    for limit in stated {
        assert!(reference.contains(&limit), "docs/language.md does not say `{limit}`");
    }
}
