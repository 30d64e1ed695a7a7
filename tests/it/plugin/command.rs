//! The command's side: plugins on disk, the cache of compiled code, `policy plugin`.

use super::attacks::{hex, pack};
use super::forge::{Forge, importing_a_clock, stale};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs `policy` in a folder whose `cache` is the place for caches.
fn policy(folder: &Path, args: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_policy"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A folder with the pack of the attacks and a declaration.
fn world(plugin: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("pack")).unwrap();
    for (path, bytes) in pack(plugin).files {
        fs::write(folder.path().join("pack").join(path), bytes).unwrap();
    }
    fs::write(folder.path().join("good.json"), r#"{"id": "good", "good": true}"#).unwrap();
    folder
}

const EVAL: &[&str] = &["eval", "good.json", "--policy", "pack", "--as-of", "2020-05-01"];

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    match fs::read_dir(folder.join("cache/hongxian/plugins")) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        Err(_) => Vec::new(),
    }
}

#[test]
fn compiled_code_is_kept_where_nobody_else_can_write() {
    let folder = world(&Forge::default().component());
    let first = policy(folder.path(), EVAL);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let kept = entries(folder.path());
    let [entry] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(entry.file_name().unwrap().len(), 64);
    let before = fs::read(entry).unwrap();
    let second = policy(folder.path(), EVAL);
    assert_eq!((second.code, &second.stdout), (0, &first.stdout));
    assert_eq!(entries(folder.path()), kept);

    // A torn entry is compiled again.
    fs::write(entry, &before[..before.len() / 2]).unwrap();
    assert_eq!(policy(folder.path(), EVAL).stdout, first.stdout);
    assert_eq!(fs::read(entry).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_cache_that_others_can_write_is_not_used() {
    use std::os::unix::fs::PermissionsExt;
    let folder = world(&Forge::default().component());
    let cache = folder.path().join("cache/hongxian/plugins");
    assert_eq!(policy(folder.path(), EVAL).code, 0);
    assert_eq!(fs::metadata(&cache).unwrap().permissions().mode() & 0o777, 0o700);
    fs::remove_file(&entries(folder.path())[0]).unwrap();
    fs::set_permissions(&cache, fs::Permissions::from_mode(0o777)).unwrap();
    assert_eq!(policy(folder.path(), EVAL).code, 0);
    assert!(entries(folder.path()).is_empty());
}

#[test]
fn nothing_is_kept_where_nobody_wants_it() {
    let folder = world(&Forge::default().component());
    let args: Vec<&str> = EVAL.iter().copied().chain(["--no-plugin-cache"]).collect();
    assert_eq!(policy(folder.path(), &args).code, 0);
    assert!(entries(folder.path()).is_empty());
}

/// What is done to a pack's folder.
type Change<'c> = &'c dyn Fn(&Path);

/// Packs whose plugin is not what it should be: nothing is judged without it, and the command says why.
#[cfg(unix)]
#[test]
fn nothing_is_judged_without_a_plugin() {
    let plugin = Forge::default().component();
    let forged = |folder: &Path| folder.join("pack/forged.wasm");
    let link = |folder: &Path| {
        fs::rename(forged(folder), folder.join("outside.wasm")).unwrap();
        std::os::unix::fs::symlink("../outside.wasm", forged(folder)).unwrap();
    };
    let changed = |folder: &Path| fs::write(forged(folder), [&plugin[..], b"x"].concat()).unwrap();
    let missing = |folder: &Path| fs::remove_file(forged(folder)).unwrap();
    let nothing = |_: &Path| {};
    let cases: [(&str, Vec<u8>, Change<'_>); 6] = [
        ("another digest", plugin.clone(), &changed),
        ("a missing file", plugin.clone(), &missing),
        ("a symbolic link out of the pack", plugin.clone(), &link),
        ("it imports WASI", importing_a_clock(), &nothing),
        ("another version of the contract", stale(), &nothing),
        ("a core module", wat::parse_str(Forge::default().text("0.1.0")).unwrap(), &nothing),
    ];
    let mut said = String::new();
    for (what, bytes, change) in cases {
        let folder = world(&bytes);
        change(folder.path());
        let ran = policy(folder.path(), EVAL);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{what}: {}", ran.stderr);
        write!(said, "--- {what}\n{}\n", without_digests(&ran.stderr)).unwrap();
    }
    insta::assert_snapshot!(said);
}

/// What was said, with `…` for digests: they change with the tools that forge components.
fn without_digests(said: &str) -> String {
    regex::Regex::new("[0-9a-f]{64}").unwrap().replace_all(said, "…").into_owned()
}

/// Attackers among others, on several threads: each line is what it is alone.
#[test]
fn attacks_in_a_portfolio_stay_alone() {
    let folder = world(&Forge::both("(loop $on (br $on))").component());
    let bad = |index: usize| index.is_multiple_of(3);
    let id = |index: usize| format!("{}-{index}", if bad(index) { "bad" } else { "good" });
    let lines = (0..24).map(|index| format!("{{\"id\": \"{}\", \"good\": true}}\n", id(index)));
    fs::write(folder.path().join("many.ndjson"), lines.collect::<String>()).unwrap();
    let run = |more: &[&str]| {
        let args = ["eval", "many.ndjson", "--policy", "pack", "--as-of", "2020-05-01"];
        policy(folder.path(), &[&args[..], more].concat())
    };
    let beside = run(&["--format", "ndjson", "--jobs", "4"]);
    assert_eq!(beside.code, 3, "{}", beside.stderr);
    for (index, line) in beside.stdout.lines().enumerate() {
        let report: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(report["declaration"]["id"], id(index));
        let expected = if bad(index) { ["error", "error", "pass"] } else { ["pass"; 3] };
        let outcomes = report["rules"].as_array().unwrap().iter().map(|rule| rule["outcome"].as_str().unwrap());
        assert_eq!(outcomes.collect::<Vec<_>>(), expected, "{line}");
    }
    assert_eq!(beside.stdout.lines().count(), 24);
    assert_eq!(run(&["--format", "ndjson", "--jobs", "1"]).stdout, beside.stdout);
    // Where outcomes alone are wanted, they are worked out another way.
    let quiet = run(&["-q", "--jobs", "4"]);
    assert_eq!((quiet.code, quiet.stdout), (3, run(&["-q", "--jobs", "1"]).stdout), "{}", quiet.stderr);
}

#[test]
fn inspect_shows_what_a_file_is() {
    let plugin = Forge::default().component();
    let folder = world(&plugin);
    let ran = policy(folder.path(), &["plugin", "inspect", "pack/forged.wasm"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let expected = format!(
        "file      pack/forged.wasm\nsize      {} bytes\nsha256    {}\n\
         imports   hongxian:plugin/values@0.1.0\n\
         imports   hongxian:plugin/document@0.1.0 ([method]node.read, [method]node.at, [method]node.to-json)\n\
         imports   hongxian:plugin/log@0.1.0 (write)\n\
         exports   hongxian:plugin/checks@0.1.0 (describe, call, check)\n\
         \nforged 1.0.0\n\nf(text: text) -> bool\n\ncheck c(record)\n  reads everything\n",
        plugin.len(),
        hex(&plugin)
    );
    assert_eq!(ran.stdout, expected);
    fs::write(folder.path().join("core.wasm"), wat::parse_str("(module)").unwrap()).unwrap();
    let ran = policy(folder.path(), &["plugin", "inspect", "core.wasm"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("expected a component, found a core module"), "{}", ran.stderr);
    assert_eq!(policy(folder.path(), &["plugin", "inspect", "none.wasm"]).code, 2);
}

#[test]
fn cases_are_data() {
    let folder = world(&Forge::both("(unreachable)").component());
    let cases = |text: &str| fs::write(folder.path().join("pack/cases.json"), text).unwrap();
    let run = || policy(folder.path(), &["plugin", "test", "pack/forged.wasm"]);
    cases(
        r#"{"cases": [
            {"about": "good", "call": "f", "arguments": ["good"], "gives": true},
            {"call": "f", "arguments": ["bad"], "fails": "trapped"},
            {"check": "c", "declaration": {"id": "good"}},
            {"check": "c", "declaration": {"id": "bad"}, "fails": "trapped"}
        ]}"#,
    );
    let ran = run();
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.stdout.lines().count(), 4);
    assert!(ran.stdout.starts_with("ok     f: good  fuel "), "{}", ran.stdout);
    assert_eq!(run().stdout, ran.stdout, "the fuel is always the same");

    cases(
        r#"{"cases": [{"call": "f", "arguments": ["good"], "gives": false}, {"call": "f", "arguments": ["bad"], "gives": true}]}"#,
    );
    let ran = run();
    assert_eq!((ran.code, ran.stderr.as_str()), (1, "2 cases, 2 wrong\n"));
    assert!(ran.stdout.contains("expected false, found true"), "{}", ran.stdout);
    assert!(ran.stdout.contains("it failed: trapped"), "{}", ran.stdout);

    cases(r#"{"cases": [{"call": "g"}]}"#);
    assert_eq!(run().code, 2);
    cases(r#"{"cases": [{"call": "f", "arguments": ["x"]}]}"#);
    let bench = policy(folder.path(), &["plugin", "bench", "pack/forged.wasm"]);
    assert_eq!(bench.code, 0, "{}", bench.stderr);
    assert_eq!(bench.stdout.lines().count(), 3, "{}", bench.stdout);
}
