//! A case: files, a command line, and what must come of it.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A case as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub about: String,
    /// Packs of `packs/` that it needs.
    #[serde(default)]
    pub packs: Vec<String>,
    /// Files that it needs, by path; `copy:PATH` is a copy of a file of the project.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Folders that it needs.
    #[serde(default)]
    pub folders: Vec<String>,
    /// The folder that it runs in.
    #[serde(default)]
    pub within: String,
    /// The arguments of `policy`.
    pub args: Vec<String>,
    /// Standard input; nothing where absent.
    pub stdin: Option<String>,
    /// How many times standard input is repeated.
    pub repeat: Option<usize>,
    /// How it must end.
    pub code: i32,
    /// What standard output must have.
    #[serde(default)]
    pub stdout: Vec<String>,
    /// What standard error must have.
    #[serde(default)]
    pub stderr: Vec<String>,
    /// What neither may have.
    #[serde(default)]
    pub never: Vec<String>,
    /// A file that must be there afterwards, with what it must have.
    #[serde(default)]
    pub written: BTreeMap<String, String>,
    /// Whether numbers and their units print as `#`: what was measured is another each time.
    #[serde(default)]
    pub measured: bool,
    /// Whether the snapshot shows standard output only up to so many lines.
    pub lines: Option<usize>,
}

/// What a command did.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    code: i32,
    written: BTreeMap<String, Option<String>>,
}

impl Case {
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub fn run(&self) -> Ran {
        let folder = tempfile::tempdir().unwrap();
        self.prepare(folder.path());
        let mut child = Command::new(env!("CARGO_BIN_EXE_policy"))
            .args(&self.args)
            .current_dir(folder.path().join(&self.within))
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = self.stdin.clone().unwrap_or_default().repeat(self.repeat.unwrap_or(1));
        let mut stdin = child.stdin.take().unwrap();
        // A command that does not read its input closes it.
        let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let read = |name: &String| (name.clone(), fs::read_to_string(folder.path().join(name)).ok());
        let steady = |bytes: Vec<u8>| {
            let text = steady(&String::from_utf8(bytes).unwrap());
            if self.measured { without_numbers(&text) } else { text }
        };
        Ran {
            stdout: steady(output.stdout),
            stderr: steady(output.stderr),
            code: output.status.code().unwrap(),
            written: self.written.keys().map(read).collect(),
        }
    }

    fn prepare(&self, folder: &Path) {
        for name in &self.packs {
            copy(&root().join("tests/it/cli/packs").join(name), &folder.join(name));
        }
        for name in &self.folders {
            fs::create_dir_all(folder.join(name)).unwrap();
        }
        for (name, text) in &self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match text.strip_prefix("copy:") {
                Some(file) => drop(fs::copy(root().join(file), path).unwrap()),
                None => fs::write(path, text).unwrap(),
            }
        }
    }
}

impl Ran {
    /// What happened otherwise than the case says by hand.
    pub fn disagrees_with(&self, case: &Case, path: &Path) -> Option<String> {
        let mut wrong = Vec::new();
        if self.code != case.code {
            wrong.push(format!("ended with {}, expected {}", self.code, case.code));
        }
        for (name, text, words) in [("stdout", &self.stdout, &case.stdout), ("stderr", &self.stderr, &case.stderr)] {
            wrong.extend(words.iter().filter(|w| !text.contains(*w)).map(|w| format!("{name} does not have {w:?}")));
        }
        let all = format!("{}{}", self.stdout, self.stderr);
        wrong.extend(case.never.iter().filter(|w| all.contains(*w)).map(|w| format!("{w:?} is in the output")));
        for (name, words) in &case.written {
            let text = self.written[name].as_deref();
            if !text.is_some_and(|text| text.contains(words)) {
                wrong.push(format!("{name} does not have {words:?}: {text:?}"));
            }
        }
        let file = path.file_name().unwrap().to_string_lossy();
        (!wrong.is_empty()).then(|| format!("{file}: {}\n{}", wrong.join("\n"), self.shown(case)))
    }

    /// The command line, how it ended and what it wrote.
    pub fn shown(&self, case: &Case) -> String {
        let stdout = match case.lines {
            Some(most) => self.stdout.lines().take(most).collect::<Vec<_>>().join("\n") + "\n…\n",
            None => self.stdout.clone(),
        };
        let part = |name: &str, text: &str| if text.is_empty() { String::new() } else { format!("--- {name}\n{text}") };
        let parts = part("standard output", &stdout) + &part("standard error", &self.stderr);
        format!("{}\n$ policy {}\nends with {}\n{parts}", case.about, case.args.join(" "), self.code)
    }
}

/// The text without what changes with every version.
fn steady(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("sha256:") {
        let (before, digest) = rest.split_at(at + "sha256:".len());
        out += before;
        out.push('…');
        rest = digest.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    (out + rest).replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

/// Numbers as `#`, without their units and the blanks that align them. Names keep their digits.
fn without_numbers(text: &str) -> String {
    let line = |line: &str| {
        let words = line.split_whitespace();
        let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(':');
        let shown = words.filter(|word| !["ns", "µs", "ms", "s", "%"].contains(word));
        shown.map(|word| if is_number(word) { "#" } else { word }).collect::<Vec<_>>().join(" ") + "\n"
    };
    text.lines().map(line).collect()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
