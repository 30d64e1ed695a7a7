//! The tables as Markdown, and the page that they stand in.

use crate::aims::{self, number};
use crate::declarations::File;
use crate::measure::{Others, Time};
use crate::options::Options;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const LOCK: &str = include_str!("../../Cargo.lock");
/// Between these lines of the page stands what is measured; the rest of it is written by hand.
const BEGIN: &str = "<!-- measured: written by benches/peers/run -->";
const END: &str = "<!-- measured: end -->";

/// All tables.
pub fn page(times: &[Time], others: &Others, absent: &[&str], file: &File, options: &Options) -> String {
    let mut page = conditions(times, file, options);
    page.push_str(&peers(times, file));
    if !absent.is_empty() {
        let _ = writeln!(page, "\nNot there in this run: {}.", absent.join(", "));
    }
    page.push_str(&cannot(times));
    let _ = write!(page, "\n### What was to be reached\n\n{}", aims::table(times, others));
    page.push_str(&further(others));
    page
}

/// Writes the tables into the page, between its two marks.
pub fn write(path: &Path, tables: &str) {
    let page = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (before, rest) = page.split_once(BEGIN).expect("the page has the mark of its beginning");
    let (_, after) = rest.split_once(END).expect("the page has the mark of its end");
    std::fs::write(path, format!("{before}{BEGIN}\n\n{tables}\n{END}{after}")).expect("the page can be written");
}

fn conditions(times: &[Time], file: &File, options: &Options) -> String {
    let busy = times.iter().map(|time| time.spread).fold(1.0, f64::max);
    format!(
        "One run of {}, on {}, {}. {} declarations judged by all alike; then the lower quartile of {} rounds, over declarations of {:.1} KB. The \
         middle round took up to {} times as long: that is how busy the machine was. Ratios of one run, no more.\n\n",
        said("date", &["-u", "+%F"]),
        machine(),
        said("rustc", &["--version"]).split(" (").next().unwrap_or_default(),
        thousands(options.count),
        options.rounds,
        file.bytes() / 1e3,
        number(busy),
    )
}

fn peers(times: &[Time], file: &File) -> String {
    let ours = &times[0];
    let mut table = String::from(
        "| contestant | of | rules | parse and evaluate | over ours | evaluate only | over ours | MB/s |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut rows: Vec<&Time> = times.iter().collect();
    rows.sort_by(|a, b| a.judge.total_cmp(&b.judge));
    for time in rows {
        let mark = if time.name == ours.name { "**" } else { "" };
        let alone = time.evaluate.map_or("–".to_owned(), micros);
        let over = time.evaluate.zip(ours.evaluate).map_or("–".to_owned(), |(theirs, ours)| number(theirs / ours));
        let _ = writeln!(
            table,
            "| {mark}{}{mark} | {} | {} | {} | {} | {alone} | {over} | {} |",
            time.name,
            version(time),
            30 - time.cannot.len(),
            micros(time.judge),
            number(time.judge / ours.judge),
            number(file.bytes() * 1e3 / time.judge),
        );
    }
    table
}

fn cannot(times: &[Time]) -> String {
    let mut said = String::from("\nWhat a peer cannot state:\n\n");
    for time in times.iter().filter(|time| !time.cannot.is_empty()) {
        let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
        for (rule, why) in &time.cannot {
            match reasons.iter_mut().find(|(reason, _)| reason == why) {
                Some((_, rules)) => rules.push(format!("M-{rule}")),
                None => reasons.push((why, vec![format!("M-{rule}")])),
            }
        }
        let list: Vec<String> = reasons.iter().map(|(why, rules)| format!("{}: {why}", rules.join(", "))).collect();
        let _ = writeln!(said, "- **{}**. {}.", time.name, list.join("; "));
    }
    said
}

fn further(others: &Others) -> String {
    let mut said = String::from("\n### What stands behind these\n\n| | |\n| --- | --- |\n");
    for (bytes, time) in &others.growth {
        let _ = writeln!(said, "| a declaration of {:.1} KB, 30 rules | {} |", bytes / 1e3, micros(*time));
    }
    if let Some((ours, typed)) = others.plan {
        let _ = writeln!(said, "| the plan's pack over a complete declaration | {} |", micros(ours));
        let _ = writeln!(said, "| `serde_json`, that declaration into typed structs | {} |", micros(typed));
    }
    let [embedded, from_files] = others.load.map(|time| number(time / 1e6));
    let _ = writeln!(said, "| load of the plan's pack from inside the program | {embedded} ms |");
    let _ = writeln!(said, "| the same from the texts of its files: parsed, checked, compiled | {from_files} ms |");
    for (process, millis) in &others.processes {
        let _ = writeln!(said, "| `{process}`, the whole process | {} ms |", number(*millis));
    }
    said
}

fn micros(nanos: f64) -> String {
    format!("{} µs", number(nanos / 1e3))
}

/// A crate with its version, from the lock file of this workspace; what is no crate gives its version itself.
fn version(time: &Time) -> String {
    let Some(of) = &time.of else { return "this".to_owned() };
    let after = LOCK.split_once(&format!("name = \"{of}\"\nversion = \"")).map(|(_, after)| after);
    let version = after.and_then(|after| after.split('"').next());
    version.map_or(of.clone(), |version| format!("{of} {version}"))
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1)).unwrap_or("unknown");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} shared cores ({model})")
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect("the program is there");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn thousands(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}
