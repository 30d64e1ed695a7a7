//! Case files: each of `files/` beside a small pack, and how it ends.

use super::{engine, folder};
use hongxian::pack::{CaseFile, MAX_TOML_BYTES};
use hongxian::render::{Options, diagnostics};
use hongxian::source::{FileId, SourceMap};
use hongxian::testing::{Case, Ended, Failure, Suite, run};
use std::fmt::Write;
use std::path::Path;

#[test]
fn case_files() {
    insta::glob!("files/*.case.toml", |path| {
        let mut files = folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cli/packs/small"));
        let name = path.file_name().unwrap().to_string_lossy();
        files.insert(format!("cases/{name}"), std::fs::read(path).unwrap());
        let engine = engine([files]);
        let suite = Suite::new(&engine);
        let case = suite.cases().last().unwrap();
        let ended = run(&engine, case);
        assert_eq!(ended == Ended::Passed, name.starts_with("right"), "{name}: {ended:?}");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(shown(suite.sources(), case, &ended));
        });
    });
}

fn shown(sources: &SourceMap, case: &Case<'_>, ended: &Ended) -> String {
    let mut text = format!("{}\n", case.name());
    match ended {
        Ended::Passed => text += "passed\n",
        Ended::Failed(failures) => failures.iter().for_each(|failure| text += &unmet(sources, failure)),
        Ended::Broken(found) => text += &diagnostics::human(found, sources, &Options::default()),
    }
    text
}

fn unmet(sources: &SourceMap, failure: &Failure) -> String {
    let at = sources.position(failure.span);
    let mut text = format!("{}:{} expected {}, found {}\n", at.line, at.column, failure.expected, failure.found);
    for because in &failure.because {
        writeln!(text, "  {} {}: {}", because.rule, because.pointer, because.message).unwrap();
    }
    text
}

#[test]
fn a_case_file_is_at_most_so_large() {
    let case = "given = \"a.json\"\nexpect.decision = \"admitted\"\n#";
    let at_limit = format!("{case}{}", "x".repeat(MAX_TOML_BYTES - case.len()));
    assert!(CaseFile::parse(FileId::new(0), &at_limit).is_ok());
    let found = CaseFile::parse(FileId::new(0), &(at_limit + "x")).unwrap_err();
    assert_eq!(found[0].code.as_str(), "E0508");
}

#[test]
fn an_element_that_is_picked_by_a_field_is_found_where_it_stands() {
    let mut files = folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cli/packs/small"));
    let test = "module more\ntest \"picked\" {\n  given \"fixtures/complete.json\" with { product.complaints[0].answered_on: 2025-06-01 }\n  \
                expect R2 fail at product.complaints[received_on=\"2025-02-03\"].answered_on\n}\n";
    files.insert("more.policy", test);
    let engine = engine([files]);
    let suite = Suite::new(&engine);
    let case = suite.cases().iter().find(|case| case.name() == "picked").unwrap();
    assert_eq!(run(&engine, case), Ended::Passed);
}
