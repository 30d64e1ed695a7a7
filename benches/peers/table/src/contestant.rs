//! A contestant as a program that runs beside this one, and what is asked of it (`contest` says how).

use std::io::{BufRead, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub struct Contestant {
    pub name: String,
    /// The crate whose version stands for it.
    pub of: Option<String>,
    /// Rules that it cannot state, and why.
    pub cannot: Vec<(u32, String)>,
    /// Whether parsing and evaluating can be told apart.
    pub evaluates_alone: bool,
    child: Child,
    to: ChildStdin,
    from: Lines<BufReader<ChildStdout>>,
}

impl Contestant {
    /// Starts a program and lets it load its rules; none where it was not built.
    pub fn start(program: &Path, arguments: &[&str]) -> Option<Self> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().ok()?;
        let to = child.stdin.take()?;
        let from = BufReader::new(child.stdout.take()?).lines();
        let (name, of, cannot) = (program.display().to_string(), None, Vec::new());
        let mut contestant = Self { name, of, cannot, evaluates_alone: true, child, to, from };
        contestant.introduce();
        Some(contestant)
    }

    fn introduce(&mut self) {
        loop {
            let line = self.line();
            match line.split_once(' ').unwrap_or((&line, "")) {
                ("name", name) => name.clone_into(&mut self.name),
                ("crate", of) => self.of = Some(of.to_owned()),
                ("alone", alone) => self.evaluates_alone = alone == "true",
                ("cannot", rule) => {
                    let (rule, why) = rule.split_once(' ').expect("a rule, and why");
                    self.cannot.push((rule.parse().expect("a rule's number"), why.to_owned()));
                }
                ("ready", _) => return,
                _ => panic!("{}: expected an introduction, found {line}", self.name),
            }
        }
    }

    /// The rules that it states, as bits.
    pub fn states(&self) -> u32 {
        self.cannot.iter().fold((1 << 30) - 1, |states, (rule, _)| states & !(1 << (rule - 1)))
    }

    /// Has it read declarations, one on each line.
    pub fn load(&mut self, path: &Path) {
        self.ask(&format!("load {}", path.display()), "ok");
    }

    /// Has it read one declaration, the whole file.
    pub fn read(&mut self, path: &Path) {
        self.ask(&format!("read {}", path.display()), "ok");
    }

    /// What it says of each of so many declarations.
    pub fn judge(&mut self, count: usize) -> Vec<u32> {
        self.say("judge");
        (0..count).map(|_| u32::from_str_radix(&self.line(), 16).expect("verdicts")).collect()
    }

    /// Nanoseconds for one declaration; `what` is `judge` or `evaluate`, followed by how long.
    pub fn time(&mut self, what: &str) -> f64 {
        self.ask(&format!("time {what}"), "ns").parse().expect("nanoseconds")
    }

    fn ask(&mut self, what: &str, answer: &str) -> String {
        self.say(what);
        let line = self.line();
        let said = line.strip_prefix(answer).unwrap_or_else(|| panic!("{}: asked {what}, answered {line}", self.name));
        said.trim().to_owned()
    }

    fn say(&mut self, what: &str) {
        writeln!(self.to, "{what}").unwrap_or_else(|error| panic!("{}: {error}", self.name));
    }

    fn line(&mut self) -> String {
        self.from.next().and_then(Result::ok).unwrap_or_else(|| panic!("{} has ended", self.name))
    }
}

impl Drop for Contestant {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}
