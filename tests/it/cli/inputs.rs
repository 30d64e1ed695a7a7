//! What the command reads: within limits, at the limit and one past it, and never silently less than was named.

use super::case::{copy, root};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder with the pack `small` and its complete declaration.
fn world() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/it/cli/packs/small"), &folder.path().join("small"));
    fs::copy(folder.path().join("small/fixtures/complete.json"), folder.path().join("product.json")).unwrap();
    folder
}

fn policy(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_policy")).args(arguments).current_dir(folder).env_clear().output().unwrap()
}

/// Makes a file of so many bytes: a comment and nothing else.
fn comment(path: &Path, bytes: usize) {
    fs::write(path, "#".repeat(bytes)).unwrap();
}

/// A file of so many bytes that takes no room on the disk.
fn hollow(path: &Path, bytes: u64) {
    File::create(path).unwrap().set_len(bytes).unwrap();
}

#[test]
fn settings_waivers_and_reviews_have_a_limit() {
    let folder = world();
    let path = folder.path();
    for (file, more) in [("policy.toml", None), ("w.toml", Some("--waivers")), ("r.toml", Some("--reviews"))] {
        let arguments: Vec<&str> =
            ["eval", "product.json", "--policy", "small"].into_iter().chain(more).chain(more.map(|_| file)).collect();
        comment(&path.join(file), 1 << 20);
        let at = policy(path, &arguments);
        assert_eq!(at.status.code(), Some(0), "{file}: {}", String::from_utf8_lossy(&at.stderr));
        comment(&path.join(file), (1 << 20) + 1);
        let past = policy(path, &arguments);
        let told = String::from_utf8_lossy(&past.stderr);
        assert_eq!(past.status.code(), Some(2), "{file}");
        assert!(told.contains(&format!("`{file}` is too large: expected at most 1048576 bytes")), "{told}");
        fs::remove_file(path.join(file)).unwrap();
    }
}

#[test]
fn what_is_traced_and_packs_in_archives_have_a_limit() {
    let folder = world();
    let path = folder.path();
    hollow(&path.join("big.json"), (16 << 20) + 1);
    hollow(&path.join("copy.txt"), (64 << 20) + 1);
    hollow(&path.join("pack.tar"), (128 << 20) + 1);
    fs::create_dir(path.join("wide")).unwrap();
    hollow(&path.join("wide/pack.toml"), (64 << 20) + 1);
    for arguments in [
        &["trace", "--policy", "small", "--declaration", "big.json"][..],
        &["trace", "--policy", "small", "--source", "copy.txt"],
        &["diff", "pack.tar", "small"],
        &["check", "wide"],
    ] {
        let ran = policy(path, arguments);
        let told = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}");
        assert!(told.contains("at most"), "{arguments:?}: {told}");
    }
}

#[test]
fn what_is_formatted_has_the_limit_of_a_pack() {
    let folder = world();
    let path = folder.path();
    for (bytes, told) in
        [(64 << 20, "error[E"), ((64 << 20) + 1, "`big.policy` is too large: expected at most 67108864")]
    {
        hollow(&path.join("big.policy"), bytes);
        let input = File::open(path.join("big.policy")).unwrap();
        let ran = policy(path, &["fmt", "big.policy"]);
        let piped = Command::new(env!("CARGO_BIN_EXE_policy")).args(["fmt", "-"]).stdin(input).output().unwrap();
        for (ran, told) in [(ran, told.to_owned()), (piped, told.replace("big.policy", "-"))] {
            let said = String::from_utf8_lossy(&ran.stderr);
            assert!(ran.status.code() == Some(2) && said.contains(&told), "{told}: {said}");
        }
    }
}

#[cfg(feature = "plugins")]
#[test]
fn plugins_and_their_cases_have_the_limit_of_a_pack() {
    let folder = world();
    let path = folder.path();
    fs::copy(root().join("policies/declaration-integrity/plugins/registry_codes.wasm"), path.join("good.wasm"))
        .unwrap();
    for (bytes, fits) in [(64 << 20, true), ((64 << 20) + 1, false)] {
        hollow(&path.join("big.wasm"), bytes);
        hollow(&path.join("big.json"), bytes);
        for arguments in [
            &["plugin", "inspect", "big.wasm"][..],
            &["plugin", "build", "big.wasm", "-o", "out.wasm"],
            &["plugin", "test", "big.wasm"],
            &["plugin", "bench", "big.wasm"],
            &["plugin", "test", "good.wasm", "big.json"],
        ] {
            let ran = policy(path, arguments);
            let said = String::from_utf8_lossy(&ran.stderr);
            assert_ne!(ran.status.code(), Some(0), "{arguments:?}");
            assert_eq!(said.contains("is too large: expected at most 67108864 bytes"), !fits, "{arguments:?}: {said}");
        }
    }
    assert!(!path.join("out.wasm").exists());
}

/// What is wanted and is no file of its own folder is told, not left out.
#[cfg(unix)]
#[test]
fn no_link_is_passed_over_in_silence() {
    use std::os::unix::fs::symlink;
    let folder = world();
    let path = folder.path();
    let told = |arguments: &[&str], words: &str| {
        let ran = policy(path, arguments);
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.code() != Some(0) && told.contains(words), "{arguments:?}: {told}");
        assert!(ran.stdout.is_empty(), "{arguments:?}");
    };
    for name in ["far", "all", "gone", "pipe"] {
        fs::create_dir(path.join(name)).unwrap();
    }
    fs::copy(path.join("product.json"), path.join("far/a.json")).unwrap();
    fs::copy(path.join("product.json"), path.join("all/a.json")).unwrap();
    symlink("../far/a.json", path.join("all/b.json")).unwrap();
    let files = policy(path, &["eval", "all", "--policy", "small", "--format", "verdict-lines"]);
    assert_eq!(String::from_utf8_lossy(&files.stdout).lines().count(), 2, "a link to a file is a file");
    symlink("../far", path.join("all/linked")).unwrap();
    told(&["eval", "all", "--policy", "small"], "`all/linked` is a symbolic link to a folder, and is not followed");
    symlink("nowhere", path.join("gone/b.json")).unwrap();
    let gone = policy(path, &["eval", "gone", "--policy", "small"]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&gone.stderr).contains("cannot read `gone/b.json`"));
    assert!(Command::new("mkfifo").arg(path.join("pipe/a.json")).status().unwrap().success());
    told(&["eval", "pipe", "--policy", "small"], "`pipe/a.json` is neither a file nor a folder");
    symlink("../far", path.join("small/more")).unwrap();
    told(&["check", "small"], "`small/more` is a symbolic link to a folder, and is not followed");
    told(&["fmt", "small"], "`small/more` is a symbolic link to a folder");
}

/// Without a terminal nobody can be asked: what for is said as it is.
#[cfg(target_os = "linux")]
#[test]
fn who_makes_a_key_without_a_terminal_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("setsid");
    command.args(["--wait", env!("CARGO_BIN_EXE_policy"), "keygen", "own"]).current_dir(folder.path());
    let ran = command.stdin(std::process::Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{told}");
    assert!(told.contains("there is no terminal to ask for the new key's password"), "{told}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
