//! Files that the command writes: where a path leads, what is never written over, what is left behind.
#![cfg(unix)]

use super::case::{copy, root};
use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A folder with the pack `small`, its complete declaration, and the same three times on lines.
fn world() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    copy(&root().join("tests/it/cli/packs/small"), &path.join("small"));
    fs::copy(path.join("small/fixtures/complete.json"), path.join("in.json")).unwrap();
    let line = fs::read_to_string(path.join("in.json")).unwrap().replace('\n', " ") + "\n";
    fs::write(path.join("in.ndjson"), line.repeat(3)).unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
    command.args(arguments).current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

fn policy(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn eval(folder: &Path, arguments: &[&str]) -> Output {
    policy(folder, &[&["eval", "--policy", "small"], arguments].concat())
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn good(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", told(output));
}

/// Nothing but what was there, hidden files included.
fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn a_pipe_is_written_to_and_stays_a_pipe() {
    let folder = world();
    let pipe = folder.path().join("pipe");
    for more in [&[][..], &["--append"]] {
        let _ = fs::remove_file(&pipe);
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        good(&eval(folder.path(), &[&["in.json", "-q", "-o", "ndjson=pipe"], more].concat()));
        assert!(reader.join().unwrap().starts_with("{\"schema\":\"hongxian.result/1\""));
        assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    }
}

#[test]
fn links_are_followed_and_stay_links() {
    let folder = world();
    let path = folder.path();
    fs::create_dir(path.join("far")).unwrap();
    fs::write(path.join("far/there.json"), "old").unwrap();
    for (link, to) in [("link.json", "far/there.json"), ("new.json", "far/not-yet.json"), ("twice.json", "new.json")] {
        symlink(to, path.join(link)).unwrap();
        good(&eval(path, &["in.json", "-q", "-o", &format!("json={link}")]));
        assert!(path.join(link).is_symlink(), "{link}");
        assert!(fs::read_to_string(path.join(to)).unwrap().contains("hongxian.result/1"), "{link}");
    }
    assert!(path.join("new.json").is_symlink());
    assert_eq!(names(&path.join("far")), ["not-yet.json", "there.json"]);
    symlink("round.json", path.join("round.json")).unwrap();
    let round = eval(path, &["in.json", "-q", "-o", "json=round.json"]);
    assert_eq!(round.status.code(), Some(2), "a link to itself leads nowhere");
}

#[test]
fn modes_stay() {
    let folder = world();
    let path = folder.path();
    let mode = |name: &str| fs::metadata(path.join(name)).unwrap().permissions().mode() & 0o777;
    fs::write(path.join("out.json"), "old").unwrap();
    for bits in [0o600, 0o640, 0o666] {
        fs::set_permissions(path.join("out.json"), Permissions::from_mode(bits)).unwrap();
        good(&eval(path, &["in.json", "-q", "-o", "json=out.json"]));
        assert_eq!(mode("out.json"), bits);
    }
    let rules = "small/rules.policy";
    fs::write(path.join(rules), fs::read_to_string(path.join(rules)).unwrap() + "\n\n\n").unwrap();
    fs::set_permissions(path.join(rules), Permissions::from_mode(0o600)).unwrap();
    let real = path.join("small/rules.policy");
    symlink(&real, path.join("linked.policy")).unwrap();
    good(&policy(path, &["fmt", "linked.policy"]));
    assert_eq!(mode(rules), 0o600);
    assert!(path.join("linked.policy").is_symlink());
    good(&policy(path, &["fmt", "--check", "small"]));
}

#[test]
fn what_is_read_is_never_written_over() {
    let folder = world();
    let path = folder.path();
    fs::write(path.join("policy.toml"), "policy = [\"small\"]\n").unwrap();
    fs::write(path.join("w.toml"), "").unwrap();
    fs::write(path.join("r.toml"), "").unwrap();
    symlink("in.json", path.join("link.json")).unwrap();
    fs::hard_link(path.join("in.json"), path.join("hard.json")).unwrap();
    fs::write(path.join("small/a.case.toml"), "given = \"fixtures/first.txt\"\nexpect.decision = \"admitted\"\n")
        .unwrap();
    fs::copy(path.join("in.json"), path.join("small/fixtures/first.txt")).unwrap();
    fs::create_dir(path.join("small/snapshots")).unwrap();
    fs::write(path.join("small/snapshots/a.snap"), "---\n").unwrap();
    fs::write(path.join("core.wasm"), "\0asm\u{1}\0\0\0").unwrap();
    let files = [
        "in.json",
        "in.ndjson",
        "w.toml",
        "r.toml",
        "policy.toml",
        "core.wasm",
        "small/pack.toml",
        "small/rules.policy",
        "small/a.case.toml",
        "small/fixtures/complete.json",
        "small/fixtures/first.txt",
        "small/snapshots/a.snap",
        "small/sources/guide.txt",
    ];
    let before = files.map(|file| fs::read(path.join(file)).unwrap());
    let all = names(path);
    for arguments in [
        &["eval", "in.json", "-o", "json=in.json"][..],
        &["eval", "in.json", "-o", "json=./in.json"],
        &["eval", "in.json", "-o", "json=small/../in.json"],
        &["eval", "in.json", "-o", "json=link.json"],
        &["eval", "link.json", "-o", "json=in.json"],
        &["eval", "in.json", "-o", "json=hard.json"],
        &["eval", ".", "-o", "json=in.json"],
        &["eval", "in.ndjson", "--append", "-o", "ndjson=in.ndjson"],
        &["eval", "in.json", "--waivers", "w.toml", "-o", "json=w.toml"],
        &["eval", "in.json", "--reviews", "r.toml", "-o", "json=r.toml"],
        &["eval", "in.json", "-o", "json=policy.toml"],
        &["eval", "in.json", "-o", "json=small/rules.policy"],
        &["eval", "in.json", "--policy", "small", "-o", "json=small/pack.toml"],
        &["filing", "in.json", "-o", "link.json"],
        &["filing", "in.json", "-o", "small/rules.policy"],
        &["doc", "small", "-o", "small/rules.policy"],
        &["doc", "-o", "policy.toml"],
        &["eval", "in.json", "-o", "human=small/sources/guide.txt"],
        &["eval", "in.json", "-o", "json=small/fixtures/complete.json"],
        &["eval", "in.json", "-o", "json=small/fixtures/first.txt"],
        &["eval", "in.json", "-o", "concise=small/a.case.toml"],
        &["filing", "in.json", "-o", "small/fixtures/complete.json"],
        &["filing", "in.json", "-o", "small/snapshots/a.snap"],
        &["doc", "small", "-o", "small/sources/guide.txt"],
        &["plugin", "build", "core.wasm", "-o", "core.wasm"],
        &["plugin", "build", "core.wasm", "-o", "small/../core.wasm"],
    ] {
        let ran = policy(path, arguments);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}");
        assert!(told(&ran).contains("it is read as `"), "{arguments:?}: {}", told(&ran));
        assert_eq!(ran.stdout, b"", "{arguments:?}: nothing is judged");
    }
    assert_eq!(files.map(|file| fs::read(path.join(file)).unwrap()), before);
    assert_eq!(names(path), all);
    let ran = policy(path, &["eval", "in.json", "-o", "json=small/fixtures/complete.json"]);
    assert!(told(&ran).contains("any `.json` in a pack's folder counts as its fixture"), "{}", told(&ran));
    // What stands beside a pack and is no part of it is one's own.
    for _ in 0..2 {
        good(&policy(path, &["doc", "small", "-o", "small/book.html"]));
        good(&policy(path, &["eval", "in.json", "-q", "-o", "csv=small/gaps.csv"]));
    }
}

/// A folder's own files are what a plugin is built from; only a module or a component gives way to one.
#[test]
fn a_component_takes_the_place_of_nothing_else() {
    let folder = world();
    let path = folder.path();
    let before = fs::read(path.join("small/rules.policy")).unwrap();
    let component = root().join("policies/declaration-integrity/plugins/registry_codes.wasm");
    fs::copy(component, path.join("c.wasm")).unwrap();
    let ran = policy(path, &["plugin", "build", "c.wasm", "-o", "small/rules.policy"]);
    assert!(ran.status.code() == Some(2) && told(&ran).contains("what is there is no WebAssembly"), "{}", told(&ran));
    assert_eq!(fs::read(path.join("small/rules.policy")).unwrap(), before);
    for _ in 0..2 {
        good(&policy(path, &["plugin", "build", "c.wasm", "-o", "d.wasm"]));
    }
}

/// A plugin in JavaScript is built by a program of its folder's, whatever that does.
#[test]
fn where_a_component_goes_is_asked_before_it_is_made() {
    let folder = world();
    let path = folder.path();
    let component = root().join("policies/declaration-integrity/plugins/registry_codes.wasm");
    fs::create_dir_all(path.join("js/node_modules")).unwrap();
    fs::create_dir(path.join("bin")).unwrap();
    for (name, text) in [
        ("js/plugin.js", String::new()),
        ("js/notes.txt", "kept".to_owned()),
        ("bin/node", format!("#!/bin/sh\nmkdir -p target && cp '{}' target/plugin.wasm\n", component.display())),
    ] {
        fs::write(path.join(name), text).unwrap();
    }
    fs::set_permissions(path.join("bin/node"), Permissions::from_mode(0o755)).unwrap();
    let programs = format!("{}:{}", path.join("bin").display(), std::env::var("PATH").unwrap());
    let build = |output: &str| {
        let mut command = command(&path.join("js"), &["plugin", "build", ".", "-o", output]);
        command.env("PATH", &programs).output().unwrap()
    };
    let ran = build("notes.txt");
    assert!(ran.status.code() == Some(2) && told(&ran).contains("what is there is no WebAssembly"), "{}", told(&ran));
    assert!(!path.join("js/target").exists(), "nothing is made");
    for _ in 0..2 {
        good(&build("target/plugin.wasm"));
        assert_eq!(fs::read(path.join("js/target/plugin.wasm")).unwrap(), fs::read(&component).unwrap());
    }
}

#[test]
fn what_is_read_only_stays() {
    let folder = world();
    let path = folder.path();
    let rules = "small/rules.policy";
    fs::write(path.join(rules), fs::read_to_string(path.join(rules)).unwrap() + "\n\n\n").unwrap();
    fs::write(path.join("out"), "old").unwrap();
    symlink("out", path.join("link")).unwrap();
    let before = ["out", rules].map(|file| {
        fs::set_permissions(path.join(file), Permissions::from_mode(0o444)).unwrap();
        fs::read(path.join(file)).unwrap()
    });
    let all = names(path);
    for (arguments, file) in [
        (&["eval", "in.json", "--policy", "small", "-o", "json=out"][..], "out"),
        (&["eval", "in.json", "--policy", "small", "--append", "-o", "ndjson=link"], "link"),
        (&["filing", "in.json", "--policy", "small", "-o", "out"], "out"),
        (&["doc", "small", "-o", "link"], "link"),
        (&["fmt", rules], rules),
    ] {
        let ran = policy(path, arguments);
        assert_eq!((ran.status.code(), ran.stdout.len()), (Some(2), 0), "{arguments:?}");
        assert!(told(&ran).contains(&format!("cannot write `{file}`: it is read-only")), "{}", told(&ran));
    }
    assert_eq!(["out", rules].map(|file| fs::read(path.join(file)).unwrap()), before);
    assert_eq!(names(path), all);
}

/// As an editor that writes a file anew: the other names keep what they had, as copies made of links are meant to.
#[test]
fn of_several_names_the_named_one_is_written() {
    let folder = world();
    let path = folder.path();
    fs::write(path.join("out"), "old").unwrap();
    fs::hard_link(path.join("out"), path.join("kept")).unwrap();
    good(&eval(path, &["in.json", "-q", "-o", "json=out"]));
    assert!(fs::read_to_string(path.join("out")).unwrap().contains("hongxian.result/1"));
    assert_eq!(fs::read_to_string(path.join("kept")).unwrap(), "old");
    fs::hard_link(path.join("out"), path.join("more")).unwrap();
    good(&eval(path, &["in.json", "-q", "--append", "-o", "ndjson=out"]));
    assert_eq!(
        fs::read(path.join("out")).unwrap(),
        fs::read(path.join("more")).unwrap(),
        "what is added to is one file"
    );
}

/// Who may give files away writes them for their owner.
#[test]
fn a_file_keeps_its_owner() {
    use std::os::unix::fs::{MetadataExt, chown};
    let folder = world();
    let out = folder.path().join("out");
    fs::write(&out, "old").unwrap();
    if chown(&out, Some(1), Some(1)).is_err() {
        return; // Only root may.
    }
    good(&eval(folder.path(), &["in.json", "-q", "-o", "json=out"]));
    let found = fs::metadata(&out).unwrap();
    assert_eq!((found.uid(), found.gid(), found.len() > 3), (1, 1, true));
}

#[test]
fn standard_input_and_output_are_files_too() {
    let folder = world();
    let path = folder.path();
    let open = |name: &str| File::options().read(true).append(true).open(path.join(name)).unwrap();
    let before = fs::read(path.join("in.ndjson")).unwrap();
    let run = |arguments: &[&str], input: Stdio, output: Stdio| {
        let arguments = [&["eval", "--policy", "small"], arguments].concat();
        let ran = command(path, &arguments).stdin(input).stdout(output).stderr(Stdio::piped()).output().unwrap();
        (ran.status.code(), told(&ran))
    };
    let (code, text) = run(&["-", "-o", "json=in.json"], open("in.json").into(), Stdio::piped());
    assert!(code == Some(2) && text.contains("standard input comes from it"), "{text}");
    let (code, text) = run(&["in.ndjson", "--format", "ndjson"], Stdio::null(), open("in.ndjson").into());
    assert!(code == Some(2) && text.contains("cannot write to standard output: it is read as `in.ndjson`"), "{text}");
    fs::write(path.join("out"), "").unwrap();
    let (code, text) = run(&["in.json", "-o", "json=out"], Stdio::null(), open("out").into());
    assert!(code == Some(2) && text.contains("standard output goes there"), "{text}");
    assert_eq!(fs::read(path.join("in.ndjson")).unwrap(), before);
}

#[test]
fn two_names_of_one_file_are_one_file() {
    let folder = world();
    let path = folder.path();
    symlink("o1", path.join("o2")).unwrap();
    let all = names(path);
    for (first, second) in [("o1", "./o1"), ("o1", "o2"), ("small/../o1", "o1")] {
        let arguments = ["in.json", "-o", &format!("json={first}"), "-o", &format!("csv={second}")];
        let ran = eval(path, &arguments);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}");
        let words = [format!("expected one format for `{second}`, found two"), format!("`{first}` is the same file")];
        assert!(words.iter().all(|words| told(&ran).contains(words)), "{}", told(&ran));
        assert_eq!(ran.stdout, b"", "nothing is judged");
    }
    let summary = ["eval", "in.json", "--policy", "small", "--format", "github", "-o", "json=o1"];
    let ran = command(path, &summary).env("GITHUB_STEP_SUMMARY", "o2").output().unwrap();
    assert_eq!(ran.status.code(), Some(2), "{}", told(&ran));
    assert_eq!(names(path), all);
    let folders = eval(path, &["in.json", "-o", "json=small"]);
    assert!(told(&folders).contains("cannot write `small`: it is a folder") && folders.stdout.is_empty());
}

/// What has an end of its own is not added to, and a table has its head once.
#[test]
fn what_is_added_to_is_still_what_it_was() {
    let folder = world();
    let path = folder.path();
    let add = |format: &str| eval(path, &["in.ndjson", "-q", "--append", "-o", &format!("{format}={format}")]);
    for format in ["sarif", "junit", "html", "oscal", "summary", "portfolio"] {
        let ran = add(format);
        assert_eq!(ran.status.code(), Some(2), "{format}");
        let words = format!("`{format}` cannot be added to with `--append`");
        assert!(told(&ran).contains(&words) && !path.join(format).exists(), "{}", told(&ran));
    }
    for format in ["csv", "verdicts", "ndjson", "concise", "verdict-lines", "human", "evidence", "markdown"] {
        good(&add(format));
        let once = fs::read_to_string(path.join(format)).unwrap();
        good(&add(format));
        let twice = fs::read_to_string(path.join(format)).unwrap();
        assert!(twice.starts_with(&once), "{format}");
        match once.strip_prefix('\u{feff}') {
            Some(table) => {
                let (_, rows) = table.split_once('\n').unwrap();
                assert_eq!(twice, format!("{once}{rows}"), "{format}");
            }
            None => assert!(twice.ends_with(&once), "{format}"),
        }
    }
}

/// Where the file system knows such files, and who runs the test may make one.
#[cfg(target_os = "linux")]
#[test]
fn what_may_only_be_added_to_is() {
    let folder = world();
    let path = folder.path();
    let out = path.join("out.ndjson");
    fs::write(&out, "{}\n").unwrap();
    let change = |how: &str| Command::new("chattr").arg(how).arg(&out).output().is_ok_and(|ran| ran.status.success());
    if !change("+a") {
        return;
    }
    let added = eval(path, &["in.json", "-q", "--append", "-o", "ndjson=out.ndjson"]);
    let anew = eval(path, &["in.json", "-q", "-o", "ndjson=out.ndjson"]);
    assert!(change("-a"));
    good(&added);
    assert_eq!((anew.status.code(), anew.stdout.len()), (Some(2), 0), "nothing is judged");
    assert_eq!(fs::read_to_string(out).unwrap().lines().count(), 2);
}

/// How a system may ask a program to end.
const REQUESTS: [&str; 3] = ["INT", "TERM", "HUP"];

/// A run that has begun a file and waits.
fn begun(folder: &Path, arguments: &[&str], input: &str) -> Child {
    let hears: &[&str] = if cfg!(target_os = "linux") { &["env", super::HEARING] } else { &["env"] };
    begun_by(hears, folder, arguments, input)
}

/// A run that has begun a file and waits, started by another command.
fn begun_by(hears: &[&str], folder: &Path, arguments: &[&str], input: &str) -> Child {
    let mut command = Command::new(hears[0]);
    command.args(&hears[1..]).arg(env!("CARGO_BIN_EXE_policy")).current_dir(folder).env_clear();
    command.args(["eval", "--policy", "small", "-", "-q", "-o", "ndjson=out.ndjson"]).args(arguments);
    let (out, err) = (Stdio::piped(), Stdio::piped());
    let mut child = command.stdin(Stdio::piped()).stdout(out).stderr(err).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(input.as_bytes()).unwrap();
    let started = Instant::now();
    while !names(folder).iter().any(|name| name.starts_with(".out.ndjson.")) {
        assert!(started.elapsed() < Duration::from_mins(1), "no draft was begun");
        std::thread::sleep(Duration::from_millis(10));
    }
    child
}

fn ask(child: &Child, request: &str) {
    assert!(Command::new("kill").args(["-s", request, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn who_is_asked_to_end_leaves_no_draft() {
    let folder = world();
    let path = folder.path();
    let all = names(path);
    for signal in REQUESTS {
        let mut child = begun(path, &["--input", "json"], "{");
        // The end of standard input never comes.
        let input = child.stdin.take();
        ask(&child, signal);
        let ended = child.wait_with_output().unwrap();
        drop(input);
        assert_eq!(ended.status.code(), Some(2), "{signal}");
        assert_eq!(names(path), all, "{signal}");
    }
}

#[test]
fn who_is_asked_to_end_a_portfolio_keeps_what_is_done() {
    let folder = world();
    let path = folder.path();
    let lines = fs::read_to_string(path.join("in.ndjson")).unwrap();
    for signal in REQUESTS {
        let mut child = begun(path, &["--input", "ndjson"], &lines);
        let input = child.stdin.take();
        ask(&child, signal);
        let ended = child.wait_with_output().unwrap();
        drop(input);
        assert_eq!(ended.status.code(), Some(2), "{signal}");
        assert!(told(&ended).contains("interrupted after"), "{signal}: {}", told(&ended));
        assert!(!names(path).iter().any(|name| name.starts_with(".out")), "{signal}");
        fs::remove_file(path.join("out.ndjson")).unwrap();
    }
}

/// What `nohup` starts outlives its terminal, and ends when it is asked otherwise.
#[cfg(target_os = "linux")]
#[test]
fn who_is_to_ignore_the_hangup_does() {
    let folder = world();
    let path = folder.path();
    let lines = fs::read_to_string(path.join("in.ndjson")).unwrap();
    let kept = ["env", "--default-signal=INT,TERM", "--ignore-signal=HUP"];
    let child = begun_by(&kept, path, &["--input", "ndjson"], &lines);
    ask(&child, "HUP");
    let ended = child.wait_with_output().unwrap();
    good(&ended);
    assert_eq!(fs::read_to_string(path.join("out.ndjson")).unwrap().lines().count(), 3);
    let mut child = begun_by(&kept, path, &["--input", "json"], "{");
    let input = child.stdin.take();
    ask(&child, "HUP");
    ask(&child, "TERM");
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(2));
    drop(input);
    assert_eq!(names(path), ["in.json", "in.ndjson", "out.ndjson", "small"]);
}

/// What a script starts with `&` is to ignore Ctrl-C, and hears the other requests, the hangup among them.
#[cfg(target_os = "linux")]
#[test]
fn who_is_to_ignore_one_request_hears_the_others() {
    let folder = world();
    let path = folder.path();
    let all = names(path);
    for (ignored, heard) in [("INT", "HUP"), ("INT", "TERM"), ("TERM", "HUP"), ("HUP", "INT")] {
        let others: Vec<&str> = REQUESTS.into_iter().filter(|request| *request != ignored).collect();
        let default = format!("--default-signal={}", others.join(","));
        let started = ["env", &default, &format!("--ignore-signal={ignored}")];
        let mut child = begun_by(&started, path, &["--input", "json"], "{");
        let input = child.stdin.take();
        ask(&child, ignored);
        std::thread::sleep(Duration::from_millis(50));
        assert!(child.try_wait().unwrap().is_none(), "{ignored} is ignored");
        ask(&child, heard);
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(2), "{heard} is heard");
        drop(input);
        assert_eq!(names(path), all, "{heard}");
    }
}
