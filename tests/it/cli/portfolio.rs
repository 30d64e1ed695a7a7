//! Many declarations in one run: order, memory of lines, what is not valid among them, and runs that are stopped.

use super::case::root;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// Declarations of every sort for the pack `small`, one on each line: good, failing, silent, blank lines, and bad ones.
fn lines(count: usize) -> String {
    let line = |at: usize| match at % 6 {
        0 => format!(r#"{{"id": "P-{at}", "as_of": "2025-06-30", "status": "draft", "stores_personal_data": false}}"#),
        1 => format!(
            r#"{{"id": "P-{at}", "as_of": "2025-06-30", "stores_personal_data": true, "storage_encryption": "none"}}"#
        ),
        2 => format!(r#"{{"id": "产品-{at}", "as_of": "2025-06-30"}}"#),
        3 => String::new(),
        4 => format!(r#"{{"id": "P-{at}", "as_of": 7, "statu": "draft"}}"#),
        _ => "{ not json".to_owned(),
    };
    (0..count).map(|at| line(at) + "\n").collect()
}

fn world(lines: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("all.ndjson"), lines).unwrap();
    folder
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    let policy = env!("CARGO_BIN_EXE_policy");
    let mut command = Command::new(if cfg!(target_os = "linux") { "env" } else { policy });
    if cfg!(target_os = "linux") {
        command.args([super::HEARING, policy]);
    }
    command
        .args(["eval", "--policy"])
        .arg(root().join("tests/it/cli/packs/small"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn run(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = start(folder, arguments);
    // A run that stops early closes its end.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn values(ndjson: &[u8]) -> Vec<serde_json::Value> {
    text(ndjson).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn results_are_the_same_on_any_number_of_threads() {
    let folder = world(&lines(300));
    for format in ["ndjson", "human", "verdicts", "verdict-lines", "summary", "csv", "sarif", "html"] {
        let one = run(folder.path(), &["all.ndjson", "--format", format, "--jobs", "1"], b"");
        for jobs in ["2", "8"] {
            let many = run(folder.path(), &["all.ndjson", "--format", format, "--jobs", jobs], b"");
            assert_eq!(many, one, "{format} {jobs}");
        }
        assert_eq!(one.status.code(), Some(2));
    }
}

#[test]
fn each_line_has_its_line_and_bad_ones_are_told_by_number() {
    let folder = world(&lines(60));
    let ran = run(folder.path(), &["all.ndjson", "--format", "ndjson"], b"");
    let results = values(&ran.stdout);
    let numbers: Vec<_> = results.iter().map(|result| result["declaration"]["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (0..60).filter(|at| at % 6 != 3).map(|at| at + 1).collect::<Vec<_>>());
    let (judged, rejected): (Vec<_>, Vec<_>) = results.iter().partition(|one| one["schema"] == "hongxian.result/1");
    assert_eq!((judged.len(), rejected.len()), (30, 20));
    for result in judged {
        let line = &result["declaration"]["line"];
        for finding in result["rules"].as_array().unwrap().iter().flat_map(|rule| rule["findings"].as_array().unwrap())
        {
            assert_eq!(&finding["at"]["line"], line);
        }
    }
    for result in rejected {
        let diagnostic = &result["diagnostics"][0]["at"];
        assert_eq!(diagnostic["line"], result["declaration"]["line"], "{result}");
    }
    let told = text(&ran.stderr);
    assert!(told.contains("all.ndjson:5:24"), "{told}");
    assert!(told.contains("all.ndjson:60:3"), "{told}");
}

/// Also where there is nothing to point into: a line that is too long, or none at all.
#[test]
fn whatever_is_said_of_a_line_names_it() {
    let good = r#"{"id": "P", "as_of": "2025-06-30", "status": "draft", "stores_personal_data": false}"#;
    let folder = world(&format!("{good}\n{}\nyes: no\n{good}\n", "9".repeat((16 << 20) + 1)));
    let ran = run(folder.path(), &["all.ndjson", "--format", "ndjson"], b"");
    let results = values(&ran.stdout);
    let line = |result: &serde_json::Value| result["diagnostics"][0]["at"]["line"].as_u64();
    assert_eq!(results.iter().map(line).collect::<Vec<_>>(), [None, Some(2), Some(3), None]);
    assert_eq!(
        results[1]["diagnostics"][0]["message"],
        "expected at most 16777216 bytes in a line of `all.ndjson`, found more"
    );
    assert!(text(&ran.stderr).contains("all.ndjson:2: expected at most"), "{}", text(&ran.stderr));
    let concise = text(&run(folder.path(), &["all.ndjson", "--format", "concise"], b"").stdout);
    let places: Vec<&str> = concise.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["all.ndjson:1:", "all.ndjson:2:1:", "all.ndjson:3:1:", "all.ndjson:4:"]);
    for (format, words) in [("human", "all.ndjson:4"), ("markdown", "all.ndjson\\:4"), ("github", "line=2,col=1")] {
        let out = text(&run(folder.path(), &["all.ndjson", "--format", format], b"").stdout);
        assert!(out.contains(words), "{format}: {out}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_ends_with_2() {
    let folder = world(&lines(3));
    for more in [&["-o", "ndjson=/dev/full"][..], &["--append", "-o", "ndjson=/dev/full"]] {
        let ran = run(folder.path(), &[&["all.ndjson", "-q"], more].concat(), b"");
        assert_eq!(ran.status.code(), Some(2));
        assert!(
            text(&ran.stderr).contains("cannot write `/dev/full`: no space is left there"),
            "{}",
            text(&ran.stderr)
        );
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_format_behind_a_feature_says_so() {
    let folder = world(&lines(3));
    for wanted in [["--format", "parquet"], ["-o", "parquet=out.parquet"]] {
        let ran = run(folder.path(), &[&["all.ndjson"], &wanted[..]].concat(), b"");
        assert_eq!(ran.status.code(), Some(2));
        assert!(text(&ran.stderr).contains("cargo build --release --features parquet"), "{}", text(&ran.stderr));
    }
}

#[test]
fn compressed_input_is_read_as_what_it_is() {
    let folder = world(&lines(40));
    let plain = run(folder.path(), &["-", "--format", "ndjson"], lines(40).as_bytes());
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(lines(40).as_bytes()).unwrap();
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let zstd = ruzstd::encoding::compress_to_vec(lines(40).as_bytes(), level);
    for packed in [gzip.finish().unwrap(), zstd] {
        assert_eq!(run(folder.path(), &["-", "--format", "ndjson"], &packed), plain);
        let broken = run(folder.path(), &["-", "--input", "ndjson"], &packed[..packed.len() / 2]);
        assert_eq!(broken.status.code(), Some(2));
        assert!(text(&broken.stderr).contains("cannot read `-`"), "{}", text(&broken.stderr));
    }
}

#[test]
fn some_are_shown_and_all_are_counted() {
    let folder = world(&lines(60));
    let ran = run(folder.path(), &["all.ndjson", "--format", "ndjson", "--only", "failed"], b"");
    assert_eq!(values(&ran.stdout).len(), 10);
    assert_eq!(ran.status.code(), Some(2));
    assert_eq!(text(&ran.stderr), "");
    let ran = run(folder.path(), &["all.ndjson", "-q", "--only", "failed,not-evaluated"], b"");
    let out = text(&ran.stdout);
    assert!(out.lines().last().unwrap().contains("10"), "{out}");
    assert!(out.contains("50"), "{out}");
}

#[test]
fn a_run_can_stop_at_the_first_failure() {
    let folder = world(&lines(60));
    let ran = run(folder.path(), &["all.ndjson", "--format", "ndjson", "--fail-fast"], b"");
    assert_eq!(values(&ran.stdout).len(), 2);
    assert_eq!(ran.status.code(), Some(1));
    let bad_first: String = lines(60).split_inclusive('\n').skip(4).collect();
    let ran = run(folder.path(), &["-", "--format", "verdict-lines", "--fail-fast"], bad_first.as_bytes());
    assert_eq!(values(&ran.stdout).len(), 1);
    assert_eq!(ran.status.code(), Some(2));
}

/// What is decided is the same whether or not somebody reads why.
#[test]
fn verdicts_say_what_reports_say() {
    let folder = world(&lines(120));
    for more in [&[][..], &["--rule", "R1"], &["--stage", "after_launch"], &["--as-of", "2024-01-31"], &["--public"]] {
        let run = |arguments: &[&str]| run(folder.path(), &[&["all.ndjson"], arguments, more].concat(), b"");
        let (reports, verdicts) = (run(&["--format", "ndjson"]), run(&["--format", "verdict-lines"]));
        assert_eq!(verdicts.status.code(), reports.status.code());
        assert_eq!(text(&verdicts.stderr), text(&reports.stderr));
        let (reports, verdicts) = (values(&reports.stdout), values(&verdicts.stdout));
        assert_eq!(verdicts.len(), reports.len());
        for (verdict, report) in verdicts.iter().zip(&reports) {
            assert_eq!(verdict["declaration"]["line"], report["declaration"]["line"]);
            if report["schema"] == "hongxian.rejected/1" {
                assert_eq!(verdict["decision"], "rejected");
                continue;
            }
            for name in ["id", "name", "institution"] {
                assert_eq!(verdict["declaration"][name], report["declaration"][name], "{name}");
            }
            assert_eq!(verdict["as_of"], report["as_of"]["date"]);
            assert_eq!(verdict["stage"], report["stage"]["name"]);
            assert_eq!(verdict["decision"], report["decision"]);
            let outcomes: serde_json::Map<String, serde_json::Value> = report["rules"]
                .as_array()
                .unwrap()
                .iter()
                .map(|rule| (rule["id"].as_str().unwrap().to_owned(), rule["outcome"].clone()))
                .collect();
            assert_eq!(verdict["outcomes"]["small"].as_object().unwrap_or(&serde_json::Map::new()), &outcomes);
        }
    }
}

/// Who sees only some sees the same of them, and the sums of all.
#[test]
fn what_is_shown_moves_no_sum() {
    let folder = world(&lines(120));
    let sums = |arguments: &[&str]| {
        let ran = run(folder.path(), &[&["all.ndjson", "--lang", "en"], arguments].concat(), b"");
        let out = text(&ran.stdout);
        out[out.rfind("100 declarations").unwrap_or_else(|| panic!("{out}"))..].to_owned()
    };
    let all = sums(&[]);
    assert_eq!(sums(&["--only", "failed"]), all);
    assert_eq!(sums(&["--only", "good", "-o", "sarif=out.sarif"]), all);
    assert_eq!(sums(&["-v"]), all);
    assert!(sums(&["--format", "summary"]).starts_with(all.lines().next().unwrap()));
}

#[test]
fn patterns_name_files() {
    let folder = world(&lines(6));
    for name in ["a.json", "b.json", ".hidden.json"] {
        fs::write(folder.path().join(name), r#"{"id": "P", "as_of": "2025-06-30"}"#).unwrap();
    }
    let ran = run(folder.path(), &["*.json", "--format", "ndjson"], b"");
    let files: Vec<_> = values(&ran.stdout).iter().map(|one| one["declaration"]["file"].clone()).collect();
    assert_eq!(files, ["a.json", "b.json"]);
    let ran = run(folder.path(), &["none-*.json"], b"");
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("no file matches `none-*.json`"));
}

#[test]
fn files_are_written_whole_or_added_to_line_by_line() {
    let folder = world(&lines(12));
    let out = folder.path().join("out.ndjson");
    let arguments = ["all.ndjson", "-q", "-o", "ndjson=out.ndjson"];
    run(folder.path(), &arguments, b"");
    let once = fs::read_to_string(&out).unwrap();
    run(folder.path(), &arguments, b"");
    assert_eq!(fs::read_to_string(&out).unwrap(), once);
    run(folder.path(), &[&arguments[..], &["--append"]].concat(), b"");
    assert_eq!(fs::read_to_string(&out).unwrap(), once.repeat(2));
}

#[test]
fn an_empty_portfolio_is_no_success() {
    let folder = world("\n  \n");
    let ran = run(folder.path(), &["all.ndjson"], b"");
    assert_eq!(ran.status.code(), Some(4));
    assert!(text(&ran.stderr).contains("no declaration in `all.ndjson`"));
    let sums = run(folder.path(), &["all.ndjson", "--format", "summary"], b"");
    assert_eq!(text(&sums.stdout), "0 declarations\n");
}

/// A run that has judged something and waits for more.
#[cfg(unix)]
fn waiting(folder: &Path, more: &[&str]) -> Child {
    use std::io::{BufRead, BufReader};
    let mut child = start(folder, &[&["-", "--format", "ndjson", "-o", "ndjson=out.ndjson"], more].concat());
    child.stdin.as_mut().unwrap().write_all(lines(3).as_bytes()).unwrap();
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    assert!(first.ends_with('\n'), "{first}");
    std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
    child
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_what_is_done() {
    let folder = world("");
    let mut child = waiting(folder.path(), &[]);
    // The end of standard input never comes.
    let input = child.stdin.take();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    drop(input);
    assert_eq!(ended.status.code(), Some(2));
    assert!(text(&ended.stderr).contains("interrupted after"), "{}", text(&ended.stderr));
    let written = fs::read(folder.path().join("out.ndjson")).unwrap();
    assert!(!values(&written).is_empty());
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_no_file() {
    let folder = world("");
    let mut child = waiting(folder.path(), &[]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.path().join("out.ndjson").exists());
}

#[cfg(unix)]
#[test]
fn a_killed_run_has_added_whole_lines() {
    let folder = world("");
    fs::write(folder.path().join("out.ndjson"), "{}\n").unwrap();
    let mut child = waiting(folder.path(), &["--append"]);
    let mut input = child.stdin.take().unwrap();
    // It is killed in the midst of its work.
    let more = lines(600).repeat(20);
    let feeding = std::thread::spawn(move || drop(input.write_all(more.as_bytes())));
    let lines = || fs::read_to_string(folder.path().join("out.ndjson")).unwrap().lines().count();
    let started = std::time::Instant::now();
    while lines() < 9 && started.elapsed() < std::time::Duration::from_mins(1) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    feeding.join().unwrap();
    let written = fs::read(folder.path().join("out.ndjson")).unwrap();
    assert_eq!(written.last(), Some(&b'\n'));
    assert!(values(&written).len() >= 3, "what was there, and what was added");
}
