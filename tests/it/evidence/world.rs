//! A folder with the small pack, a declaration with a late answer, its waiver, and the command run in it.

use crate::cli::case::{copy, root};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A declaration with a late answer: `R2` fails, and nothing else.
pub const LATE: &str = r#"{
  "id": "P-7", "as_of": "2025-06-30", "status": "live", "stores_personal_data": false,
  "complaints": [ { "received_on": "2025-02-03", "answered_on": "2025-05-05" } ]
}"#;

/// What a command did.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// All that it said.
    pub fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.said()))
    }
}

pub struct World(tempfile::TempDir);

impl World {
    /// With the pack in `small`, and `late.json`.
    pub fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        copy(&root().join("tests/it/cli/packs/small"), &world.path("small"));
        world.put("late.json", LATE);
        world
    }

    /// With `late.evidence.json` as well.
    pub fn judged() -> Self {
        let world = Self::new();
        let ran = world.policy(&["eval", "late.json", "--policy", "small", "-o", "evidence=late.evidence.json", "-q"]);
        assert_eq!(ran.code, 1, "{}", ran.said());
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Changes a text of the folder, which must have `from` in it.
    pub fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} does not have {from:?}: {text}");
        self.put(name, text.replacen(from, to, 1));
    }

    /// Changes JSON of the folder, and writes it as the command would.
    pub fn change_json(&self, name: &str, change: impl FnOnce(&mut Value)) {
        let mut value: Value = serde_json::from_str(&self.text(name)).unwrap();
        change(&mut value);
        self.put(name, serde_json::to_string_pretty(&value).unwrap() + "\n");
    }

    pub fn policy(&self, arguments: &[&str]) -> Ran {
        self.policy_in(self.0.path(), arguments)
    }

    pub fn policy_in(&self, folder: &Path, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
        command.args(arguments).current_dir(folder).env_clear().env("XDG_CACHE_HOME", self.path("cache"));
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// A waiver for the late answer that binds these facts.
pub fn waiver(facts: &str) -> String {
    format!(
        "[[waiver]]\nrule = \"R2\"\nproduct = \"P-7\"\ncovers = \"fail\"\nfacts = \"{facts}\"\nreason = \"one late \
         letter\"\ncontrol = \"weekly look at the inbox\"\napprover = \"Li\"\nrole = \"CRO\"\ngranted = \
         2025-06-01\nexpires = 2025-12-31\n"
    )
}
