//! What is to be reached, and what was.

use crate::measure::{Others, Time};
use std::fmt::Write as _;

/// A thing to reach: what it is, how far it is to go and how far it may go beyond, and how far it went.
struct Aim {
    what: String,
    reach: f64,
    beyond: f64,
    reached: f64,
    unit: &'static str,
    /// Whether more is better.
    more: bool,
}

/// The table of aims.
pub fn table(times: &[Time], others: &Others) -> String {
    let mut table = String::from("| what | measured | reach | beyond | |\n| --- | --- | --- | --- | --- |\n");
    for aim in aims(times, others) {
        let most = if aim.more { "≥" } else { "≤" };
        let measured = format!("{} {}", number(aim.reached), aim.unit);
        let limit = |limit: f64| if limit.is_finite() { format!("{most} {}", number(limit)) } else { "–".to_owned() };
        let (what, reach, beyond) = (&aim.what, limit(aim.reach), limit(aim.beyond));
        let _ = writeln!(table, "| {what} | {} | {reach} | {beyond} | {} |", measured.trim_end(), aim.word());
    }
    table
}

impl Aim {
    fn word(&self) -> &'static str {
        let at_least = |limit: f64| if self.more { self.reached >= limit } else { self.reached <= limit };
        match (at_least(self.reach), at_least(self.beyond)) {
            (_, true) => "beyond",
            (true, false) if self.reach.is_infinite() => "not beyond",
            (true, false) => "reached",
            (false, false) => "**short**",
        }
    }
}

fn aims(times: &[Time], others: &Others) -> Vec<Aim> {
    let mut aims = Vec::new();
    let ours = &times[0];
    for (peer, reach, beyond) in
        [("datalogic-rs", 1.5, 3.0), ("regorus, RVM", 20.0, 45.0), ("OPA", 100.0, 240.0), ("cfn-guard", 250.0, 600.0)]
    {
        let what = format!("parse and evaluate: the time of {peer} over ours");
        let found = times.iter().find(|time| time.name == peer);
        aims.extend(found.map(|time| more(what, time.judge / ours.judge, reach, beyond, "times")));
    }
    let alone = |name: &str| times.iter().find(|time| time.name == name).and_then(|time| time.evaluate);
    if let (Some(ours), Some(peer)) = (ours.evaluate, alone("datalogic-rs")) {
        aims.push(more(
            "evaluate only: the time of datalogic-rs over ours".to_owned(),
            peer / ours,
            4.0,
            10.0,
            "times",
        ));
    }
    if let (Some(ours), Some(hand)) = (ours.evaluate, alone("Rust by hand, typed structs")) {
        let what = "evaluate only: ours over typed Rust by hand".to_owned();
        aims.push(less(what, ours / hand, 6.0, 3.0, "times"));
    }
    aims.extend(of_ours(others));
    aims
}

fn of_ours(others: &Others) -> Vec<Aim> {
    let mut aims = Vec::new();
    if let Some((ours, typed)) = others.plan {
        let what = "the plan's pack over a complete declaration, over `serde_json` into typed structs".to_owned();
        aims.push(less(what, ours / typed, 1.3, 1.0, "times"));
    }
    let [few, many] = others.further_rule;
    aims.push(less("each further rule, from 30 to 300".to_owned(), few, 30.0, 12.0, "ns"));
    aims.push(less("each further rule, from 300 to 3,000".to_owned(), many, 30.0, 12.0, "ns"));
    let per_byte = |(bytes, time): &(f64, f64)| time / bytes;
    if let (Some(small), Some(large)) = (others.growth.first(), others.growth.last()) {
        let what = format!("time for each byte at {:.0} KB over that at {:.1} KB", large.0 / 1e3, small.0 / 1e3);
        aims.push(less(what, per_byte(large) / per_byte(small), 1.1, 1.0, "times"));
    }
    aims.push(more("two threads over one".to_owned(), others.threads, 1.8, 1.95, "times"));
    let what = "allocations for a declaration that passes, in a session".to_owned();
    aims.push(less(what, others.allocations, 0.0, 0.0, ""));
    aims.push(less(
        "load of the embedded plan's pack, inside the process".to_owned(),
        others.load[0] / 1e6,
        5.0,
        1.0,
        "ms",
    ));
    aims.extend(process_aims(&others.processes));
    aims
}

fn process_aims(processes: &[(String, f64)]) -> Vec<Aim> {
    let of = |name: &str| processes.iter().find(|(process, _)| process.starts_with(name)).map(|(_, millis)| *millis);
    let (Some(policy), nothing) = (of("policy"), of("true")) else { return Vec::new() };
    let beside = |(name, other): (&str, f64), reach, beyond| {
        less(format!("`policy eval`, the whole process, over `{name}`"), policy / other, reach, beyond, "times")
    };
    let jaq = of("jaq").map(|millis| beside(("jaq .", millis), 1.0, 1.0));
    jaq.into_iter().chain(nothing.map(|millis| beside(("true", millis), f64::INFINITY, 2.0))).collect()
}

fn more(what: String, reached: f64, reach: f64, beyond: f64, unit: &'static str) -> Aim {
    Aim { what, reach, beyond, reached, unit, more: true }
}

fn less(what: String, reached: f64, reach: f64, beyond: f64, unit: &'static str) -> Aim {
    Aim { what, reach, beyond, reached, unit, more: false }
}

/// With as many digits as say something.
pub fn number(number: f64) -> String {
    match number {
        0.0 => "0".to_owned(),
        n if n >= 100.0 => format!("{n:.0}"),
        n if n >= 10.0 => format!("{n:.1}"),
        n => format!("{n:.2}"),
    }
}
