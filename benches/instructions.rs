//! How many instructions each part takes, for one declaration of 4.6 KB: the same on a busy machine as on an idle one.
//!
//! `cargo bench --bench instructions` runs each case under callgrind and compares with `benches/instructions.txt`; a case that
//! moved by more than 3 % fails. With `-- --write` it writes the file anew. Needs `valgrind`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench that cannot go on should end, and say so"
)]

mod common;

use hongxian::decode::cells::Cells;
use hongxian::decode::{Decoder, Limits};
use hongxian::engine::{Engine, Input, Options};
use hongxian::source::FileId;
use std::fmt::Write as _;
use std::hint::black_box;
use std::process::{Command, ExitCode};

/// How far a case may move, in thousandths.
const TOLERANCE: i64 = 30;
/// The counts that are committed.
const COMMITTED: &str = "benches/instructions.txt";

/// A part that is counted: its name, and what prepares it and runs it so many times.
type Case = (&'static str, fn(usize));

const CASES: [Case; 8] = [
    ("load the thirty rules", |times| {
        for _ in 0..times {
            black_box(common::engine(1));
        }
    }),
    ("decode", |times| {
        let (engine, texts) = prepared(1, 1);
        decode(&engine, &texts, times);
    }),
    ("decode, pretty", |times| {
        let (engine, texts) = prepared(1, 1);
        let texts: Vec<String> = texts.iter().map(|text| common::pretty(text)).collect();
        decode(&engine, &texts, times);
    }),
    ("decode and verdict", |times| {
        let (engine, texts) = prepared(1, 1);
        verdict(&engine, &texts, times);
    }),
    ("decode and verdict, 300 rules", |times| {
        let (engine, texts) = prepared(10, 1);
        verdict(&engine, &texts, times);
    }),
    ("report", |times| {
        let (engine, texts) = prepared(1, 1);
        report(&engine, &texts, times);
    }),
    ("the plan's pack, decode and verdict", |times| {
        verdict(&common::plan(), &[common::plan_declaration()], times);
    }),
    ("the plan's pack, report", |times| {
        report(&common::plan(), &[common::plan_declaration()], times);
    }),
];

fn decode(engine: &Engine, texts: &[String], times: usize) {
    let program = engine.program();
    let decoder = Decoder::new(&program.policy.model, &program.layout, Limits::DEFAULT);
    let mut cells = Cells::default();
    for text in texts.iter().cycle().take(times + 10) {
        cells = black_box(decoder.decode_in(cells, text.as_bytes(), FileId::new(0)).unwrap()).into_cells();
    }
}

fn verdict(engine: &Engine, texts: &[String], times: usize) {
    let mut session = engine.session();
    for text in texts.iter().cycle().take(times + 10) {
        black_box(session.verdict(Input { name: "d", bytes: text.as_bytes() }, &Options::default()).unwrap());
    }
}

fn report(engine: &Engine, texts: &[String], times: usize) {
    let mut session = engine.session();
    for text in texts.iter().cycle().take(times) {
        black_box(session.evaluate(Input { name: "d", bytes: text.as_bytes() }, &Options::default()).unwrap());
    }
}

fn prepared(copies: usize, scale: usize) -> (Engine, Vec<String>) {
    (common::engine(copies), (0..10).map(|seed| common::declaration(seed, scale)).collect())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--case", name, times] => {
            let (_, run) = CASES.iter().find(|(case, _)| case == name).unwrap();
            run(times.parse().unwrap());
            ExitCode::SUCCESS
        }
        [] | ["--bench"] => compare(),
        ["--write", ..] | [_, "--write"] => write(),
        _ => ExitCode::from(2),
    }
}

/// The instructions of one turn: what ten more turns cost, so that the preparation falls out.
fn count(case: &str) -> i64 {
    let few = total(case, 10);
    (total(case, 20) - few) / 10
}

fn total(case: &str, times: usize) -> i64 {
    let out = std::env::temp_dir().join(format!("hongxian-callgrind-{}", std::process::id()));
    let file = format!("--callgrind-out-file={}", out.display());
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "-q", &file]).arg(std::env::current_exe().unwrap());
    let status = valgrind.args(["--case", case, &times.to_string()]).status().expect("valgrind runs");
    assert!(status.success(), "{case}: {status}");
    let text = std::fs::read_to_string(&out).unwrap();
    std::fs::remove_file(&out).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("totals: ").or_else(|| line.strip_prefix("summary: ")));
    line.unwrap().split_whitespace().next().unwrap().parse().unwrap()
}

fn write() -> ExitCode {
    let lines = CASES.iter().fold(String::new(), |mut lines, (case, _)| {
        let _ = writeln!(lines, "{:>12} {case}", count(case));
        lines
    });
    print!("{lines}");
    std::fs::write(COMMITTED, lines).unwrap();
    ExitCode::SUCCESS
}

fn compare() -> ExitCode {
    let committed = std::fs::read_to_string(COMMITTED).unwrap();
    let mut code = ExitCode::SUCCESS;
    for (case, _) in CASES {
        let now = count(case);
        let before = committed.lines().find_map(|line| line.trim().split_once(' ').filter(|(_, name)| *name == case));
        let Some(before) = before.and_then(|(count, _)| count.parse::<i64>().ok()) else {
            println!("{now:>12} {case}: not in {COMMITTED}");
            code = ExitCode::FAILURE;
            continue;
        };
        let moved = (now - before) * 1_000 / before;
        let word = if moved.abs() > TOLERANCE { "MOVED" } else { "" };
        println!("{now:>12} {case}: {:+}.{} % {word}", moved / 10, (moved % 10).abs());
        if moved.abs() > TOLERANCE {
            code = ExitCode::FAILURE;
        }
    }
    code
}
