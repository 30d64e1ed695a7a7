//! The story of a snapshot: new, accepted, changed, rejected, orphaned; and never written on a build server.

use super::case::{copy, root};
use std::path::Path;
use std::process::{Command, Stdio};

struct Said {
    code: i32,
    text: String,
}

fn policy(folder: &Path, args: &[&str], ci: bool) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
    command.args(args).current_dir(folder).env_clear().stdin(Stdio::null());
    if ci {
        command.env("CI", "true");
    }
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    Said { code: output.status.code().unwrap(), text: String::from_utf8(text).unwrap() }
}

#[test]
fn snapshots_are_reviewed() {
    let folder = tempfile::tempdir().unwrap();
    let (here, small) = (folder.path(), folder.path().join("small"));
    copy(&root().join("tests/it/cli/packs/small"), &small);
    let kept = small.join("snapshots/fixtures__complete.snap");
    let waiting = small.join("snapshots/fixtures__complete.snap.new");
    let test = |ci| policy(here, &["test", "small", "--quiet", "--snapshots"], ci);
    let review = |args: &[&str], ci| policy(here, &[&["snapshot", "review", "small"], args].concat(), ci);

    let said = test(true);
    assert_eq!((said.code, waiting.exists()), (1, false), "a build server writes nothing: {}", said.text);
    let said = test(false);
    assert_eq!((said.code, waiting.exists(), kept.exists()), (1, true, false), "{}", said.text);
    assert!(said.text.contains("new  snapshots/fixtures__complete.snap"), "{}", said.text);
    assert!(said.text.contains("+R1 pass"), "{}", said.text);

    let said = review(&[], false);
    assert_eq!((said.code, waiting.exists()), (2, true), "{}", said.text);
    assert!(said.text.contains("no terminal"), "{}", said.text);
    assert_eq!(review(&["--accept"], true).code, 2, "a build server accepts nothing");
    let said = review(&["--accept"], false);
    assert_eq!((said.code, waiting.exists(), kept.exists()), (0, false, true), "{}", said.text);
    let reviewed = std::fs::read_to_string(&kept).unwrap();
    assert!(reviewed.starts_with("---\nsource: fixtures/complete.json\n"), "{reviewed}");
    assert!(reviewed.contains("decision: admitted"), "{reviewed}");
    assert!(!reviewed.contains(&here.display().to_string()), "{reviewed}");
    assert_eq!(test(true).code, 0);

    let rules = small.join("rules.policy");
    let loosened = std::fs::read_to_string(&rules).unwrap().replace("15 days", "3 days");
    std::fs::write(&rules, loosened).unwrap();
    let said = test(false);
    assert_eq!((said.code, waiting.exists()), (1, true), "{}", said.text);
    assert!(said.text.contains("-R2 pass") && said.text.contains("+R2 fail"), "{}", said.text);
    let said = review(&["--reject"], false);
    assert_eq!((said.code, waiting.exists()), (0, false), "{}", said.text);
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), reviewed);

    std::fs::rename(small.join("fixtures/complete.json"), small.join("fixtures/other.json")).unwrap();
    let said = test(true);
    assert!(said.text.contains("orphaned  snapshots/fixtures__complete.snap"), "{}", said.text);
    assert_eq!(review(&[], false).code, 0, "nothing waits");
}
