//! What can be asked for.

use std::path::PathBuf;

pub struct Options {
    /// How many declarations are judged before anything is timed.
    pub count: usize,
    /// How often each is timed.
    pub rounds: usize,
    /// How long each time takes at least, in milliseconds.
    pub millis: u64,
    /// Only these contestants; empty for all.
    only: Vec<String>,
    /// Only write the structs of the plan's pack into this file.
    pub structs: Option<PathBuf>,
    /// The page to write the tables into.
    pub write: Option<PathBuf>,
    /// The `policy` command, to be timed as a whole process.
    pub policy: Option<PathBuf>,
    /// The `jaq` command.
    pub jaq: Option<PathBuf>,
}

impl Options {
    /// From the command line.
    pub fn from(mut arguments: impl Iterator<Item = String>) -> Self {
        let mut options = Self {
            count: 10_000,
            rounds: 15,
            millis: 60,
            only: Vec::new(),
            structs: None,
            write: None,
            policy: None,
            jaq: None,
        };
        while let Some(name) = arguments.next() {
            let value = arguments.next().unwrap_or_else(|| panic!("`{name}` wants a value"));
            match name.as_str() {
                "--count" => options.count = value.parse().expect("a number"),
                "--rounds" => options.rounds = value.parse().expect("a number"),
                "--millis" => options.millis = value.parse().expect("a number"),
                "--only" => options.only = value.split(',').map(str::to_owned).collect(),
                "--structs" => options.structs = Some(value.into()),
                "--write" => options.write = Some(value.into()),
                "--policy" => options.policy = Some(value.into()),
                "--jaq" => options.jaq = Some(value.into()),
                _ => panic!("no such option: {name}"),
            }
        }
        options
    }

    /// Whether a contestant takes part; ours always does.
    pub fn wants(&self, program: &str) -> bool {
        self.only.is_empty() || program == "ours" || self.only.iter().any(|only| only == program)
    }
}
