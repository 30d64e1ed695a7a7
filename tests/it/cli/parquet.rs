//! Verdicts as Parquet: the file that the command writes, read back.

use super::case::root;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output};

const LINES: &str = r#"{"id": "P-1", "as_of": "2025-06-30", "stores_personal_data": true, "storage_encryption": "none"}
{"id": 7}
{"id": "产品", "as_of": "2025-06-30", "stores_personal_data": false}
"#;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let small = root().join("tests/it/cli/packs/small");
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
    command.args(["eval", "all.ndjson", "--policy"]).arg(small).args(arguments).current_dir(folder).env_clear();
    command.output().unwrap()
}

/// Of each row: line, id, decision, rule, outcome.
fn rows(file: &Path) -> Vec<String> {
    let reader = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
    let named = ["line", "id", "decision", "rule", "outcome"];
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    let shown = rows.map(|row| {
        let cells = row.get_column_iter().filter(|(name, _)| named.contains(&name.as_str()));
        cells.map(|(_, field)| field.to_string().replace('"', "")).collect::<Vec<_>>().join(" ")
    });
    shown.collect()
}

#[test]
fn a_parquet_file_can_be_read_back() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("all.ndjson"), LINES).unwrap();
    let (one, other) = (folder.path().join("one.parquet"), folder.path().join("other.parquet"));
    let ran = run(folder.path(), &["-q", "-o", "parquet=one.parquet", "--jobs", "1"]);
    assert_eq!(ran.status.code(), Some(2));
    // The stage is not known, so `R2` is not either: a baseline that is open.
    let all = [
        "1 P-1 refused R1 fail",
        "1 P-1 refused R2 unknown",
        "2 null rejected null null",
        "3 产品 conditional R1 not_applicable",
    ];
    assert_eq!(rows(&one)[..4], all);
    fs::write(&other, run(folder.path(), &["--format", "parquet", "--jobs", "8"]).stdout).unwrap();
    assert_eq!(fs::read(&one).unwrap(), fs::read(&other).unwrap(), "the same on any number of threads, and anywhere");
    run(folder.path(), &["-q", "-o", "parquet=other.parquet", "--only", "failed"]);
    assert_eq!(rows(&other), all[..2]);
}

#[test]
fn a_parquet_file_is_not_added_to() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("all.ndjson"), LINES).unwrap();
    let ran = run(folder.path(), &["-q", "-o", "parquet=one.parquet", "--append"]);
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(said.contains("`parquet` cannot be added to with `--append`"), "{said}");
    assert!(!folder.path().join("one.parquet").exists());
}
