//! What every contestant does: it says who it is, and does what it is told on standard input, one line after the other.
//!
//! Each contestant is a program of its own. The features that one peer wants of a crate that others use too (above all
//! `arbitrary_precision` of `serde_json`, which changes every number) then stay away from the others.
//!
//! | line | what is done | answer |
//! | --- | --- | --- |
//! | `load PATH` | reads declarations, one on each line | `ok COUNT` |
//! | `read PATH` | reads one declaration, which is the whole file | `ok 1` |
//! | `judge` | judges all of them | for each a line with its verdicts, in hexadecimal |
//! | `time judge MILLIS` | parses and evaluates them in turn | `ns NANOSECONDS` for one declaration |
//! | `time evaluate MILLIS` | only evaluates, what it parsed before | the same |
//! | `time judge MILLIS THREADS` | the same on so many threads, each with a contestant of its own | the same |
//!
//! Times are those that the thread had a processor, so that waiting for one does not count. On several threads it is the
//! time that passes, which says nothing on a machine that is busy.

use cpu_time::ThreadTime;
use std::hint::black_box;
use std::io::BufRead;
use std::time::{Duration, Instant};

/// How many rules there are.
pub const RULES: u32 = 30;

/// What the rules say of a declaration: bit n−1 is set where rule M-n holds.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdicts(pub u32);

impl Verdicts {
    /// Says what rule M-`rule` comes to.
    pub fn set(&mut self, rule: u32, holds: bool) {
        self.0 |= u32::from(holds) << (rule - 1);
    }
}

impl FromIterator<bool> for Verdicts {
    /// One verdict for each rule, in order.
    fn from_iter<I: IntoIterator<Item = bool>>(verdicts: I) -> Self {
        let mut all = Self::default();
        for (rule, holds) in (1..).zip(verdicts) {
            all.set(rule, holds);
        }
        all
    }
}

/// Who a contestant is.
#[derive(Clone, Copy)]
pub struct About {
    /// What the table calls it.
    pub name: &'static str,
    /// The crate whose version the table gives; none where there is no peer, only Rust.
    pub of: Option<&'static str>,
    /// Which rules it cannot state, and why.
    pub cannot: &'static [(u32, &'static str)],
}

/// An engine with the thirty rules loaded.
pub trait Contestant {
    /// A declaration, as far as it can be prepared without looking at a rule.
    type Parsed<'t>;
    /// Whether there is such a thing.
    const EVALUATES_ALONE: bool = true;

    /// Reads a declaration.
    fn parse<'t>(&mut self, text: &'t str) -> Self::Parsed<'t>;

    /// Judges what was read.
    fn evaluate(&mut self, parsed: &Self::Parsed<'_>) -> Verdicts;

    /// Reads and judges.
    fn judge(&mut self, text: &str) -> Verdicts {
        let parsed = self.parse(text);
        self.evaluate(&parsed)
    }
}

/// Loads the rules, says so, and follows the lines on standard input.
pub fn serve<C: Contestant>(about: &About, load: impl Fn() -> C + Sync) {
    let start = Instant::now();
    let mut contestant = load();
    let loaded = start.elapsed();
    println!("name {}", about.name);
    about.of.iter().for_each(|of| println!("crate {of}"));
    about.cannot.iter().for_each(|(rule, why)| println!("cannot {rule} {why}"));
    println!("alone {}", C::EVALUATES_ALONE);
    println!("ready {}", loaded.as_nanos());
    let mut texts: Vec<String> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("standard input can be read");
        match line.split(' ').collect::<Vec<_>>().as_slice() {
            ["load", path] => texts = ready(read(path).lines().map(str::to_owned).collect()),
            ["read", path] => texts = ready(vec![read(path)]),
            ["judge"] => texts.iter().for_each(|text| println!("{:08x}", contestant.judge(text).0)),
            ["time", "judge", millis] => println!("ns {:.1}", judging(&mut contestant, &texts, duration(millis))),
            ["time", "judge", millis, threads] => {
                println!(
                    "ns {:.1}",
                    threaded(&load, &texts, duration(millis), threads.parse().expect("a number of threads"))
                );
            }
            ["time", "evaluate", millis] => println!("ns {:.1}", evaluating(&mut contestant, &texts, duration(millis))),
            other => panic!("no such thing to do: {other:?}"),
        }
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn ready(texts: Vec<String>) -> Vec<String> {
    println!("ok {}", texts.len());
    texts
}

fn duration(millis: &str) -> Duration {
    Duration::from_millis(millis.parse().expect("milliseconds"))
}

fn judging<C: Contestant>(contestant: &mut C, texts: &[String], least: Duration) -> f64 {
    let start = ThreadTime::now();
    timed(texts, least, || start.elapsed(), |text| contestant.judge(text))
}

fn evaluating<C: Contestant>(contestant: &mut C, texts: &[String], least: Duration) -> f64 {
    let parsed: Vec<C::Parsed<'_>> = texts.iter().map(|text| contestant.parse(text)).collect();
    for (text, parsed) in texts.iter().zip(&parsed) {
        assert!(
            contestant.evaluate(parsed) == contestant.judge(text),
            "evaluating alone comes to something else: {text}"
        );
    }
    let start = ThreadTime::now();
    timed(&parsed, least, || start.elapsed(), |parsed| contestant.evaluate(parsed))
}

/// On several threads; the time for one declaration is what passes between two that are done, on whichever thread.
fn threaded<C: Contestant>(load: &(impl Fn() -> C + Sync), texts: &[String], least: Duration, threads: usize) -> f64 {
    let each = std::thread::scope(|scope| {
        let run = || {
            let (mut contestant, start) = (load(), Instant::now());
            timed(texts, least, || start.elapsed(), |text| contestant.judge(text))
        };
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread ends well")).collect::<Vec<_>>()
    });
    1.0 / each.into_iter().map(f64::recip).sum::<f64>()
}

/// Nanoseconds for one, by a clock, taken over whole turns through all of them until the time is up; one turn before does
/// not count.
fn timed<T>(all: &[T], least: Duration, now: impl Fn() -> Duration, mut run: impl FnMut(&T) -> Verdicts) -> f64 {
    let mut turn = || all.iter().for_each(|one| _ = black_box(run(black_box(one))));
    turn();
    let (start, mut turns) = (now(), 0_u32);
    loop {
        turn();
        turns += 1;
        let passed = now().saturating_sub(start);
        if passed >= least {
            return passed.as_secs_f64() * 1e9 / f64::from(turns) / all.len() as f64;
        }
    }
}
