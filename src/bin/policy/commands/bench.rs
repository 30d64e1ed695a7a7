//! `policy bench`: how long judging takes, and which rules take longest.

use super::shared::{AsOf, Packs};
use super::timing::{place, time};
use crate::declarations::{self, Declarations, Layout};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::decode::Limits;
use hongxian::engine::{Engine, Input, Options, Session};
use hongxian::ir::RuleId;
use hongxian::pack::Modules;
use hongxian::render::json;
use serde::Serialize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Measures how long your policies take over your declarations
///
/// Loading, reading, judging, reporting, and each rule by itself, on one thread. The times are those
/// of this machine at this moment: compare them with each other, not with those of another day.
///
/// Examples:
///   policy bench product.json
///   policy bench declarations/ --policy my-pack --top 20
///   policy bench portfolio.ndjson --seconds 10 --format json
///
/// Exit codes:
///   0  measured
///   2  wrong usage, unreadable input, a declaration or a policy that is not valid
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Declarations, as for `policy eval`; all of them are held in memory
    #[arg(value_name = "FILE|DIR|-")]
    declarations: Vec<PathBuf>,

    #[command(flatten)]
    packs: Packs,

    #[command(flatten)]
    as_of: AsOf,

    /// About how long to measure, in seconds
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,

    /// How many of the slowest rules are shown
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    top: usize,

    /// What is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// How the measurements are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON document, times in nanoseconds
    Json,
}

/// What was measured: the middle of several runs, for one declaration where nothing else is said.
#[derive(Debug, Serialize)]
struct Measured {
    declarations: usize,
    bytes: usize,
    rules: usize,
    /// Reading, checking and compiling the packs.
    load_ns: u128,
    /// From JSON text to typed cells.
    decode_ns: u128,
    /// Decoding, and every rule's outcome.
    verdict_ns: u128,
    /// The same, and why: findings, places, messages.
    report_ns: u128,
    /// Slowest first.
    slowest: Vec<Slow>,
}

/// A rule by itself.
#[derive(Debug, Serialize)]
struct Slow {
    rule: String,
    at: String,
    ns: u128,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let files = declarations::named(&arguments.declarations)?;
    let settings = Settings::find()?;
    let load = || arguments.packs.engine(&settings, Modules::WithoutTests);
    let engine = load()?;
    let texts = texts(files)?;
    let budget = Duration::from_secs(arguments.seconds);
    let load_ns = middle(budget / 6, || load().map(drop))?;
    let bench = Bench {
        engine: &engine,
        texts: &texts,
        options: Options { as_of: arguments.as_of.date, ..Options::default() },
    };
    let measured = bench.measure(load_ns, budget, arguments.top)?;
    let text = match arguments.format {
        Format::Human => shown(&measured),
        Format::Json => json::document(&measured),
    };
    terminal.print(&text)?;
    Ok(Exit::Good)
}

/// The declarations, all in memory.
fn texts(files: Vec<PathBuf>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut texts = Vec::new();
    for unit in Declarations::new(files, Layout::Auto, Limits::DEFAULT.bytes) {
        let bytes = unit.bytes.map_err(|diagnostic| Failure::new(diagnostic.message))?;
        texts.push((unit.line.map_or(unit.file.clone(), |line| format!("{}:{line}", unit.file)), bytes));
    }
    if texts.is_empty() { Err(Failure::new("no declaration to measure")) } else { Ok(texts) }
}

/// The middle of the times of several runs, at least three, for about as long as the budget.
fn middle(budget: Duration, mut run: impl FnMut() -> Result<(), Failure>) -> Result<u128, Failure> {
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < 3 || (begin.elapsed() < budget && times.len() < 100_000) {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed().as_nanos());
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or(0))
}

struct Bench<'a> {
    engine: &'a Engine,
    texts: &'a [(String, Vec<u8>)],
    options: Options<'a>,
}

impl Bench<'_> {
    fn measure(&self, load_ns: u128, budget: Duration, top: usize) -> Result<Measured, Failure> {
        let rules = self.engine.program().policy.rules.len();
        let decode_ns = self.verdicts(budget / 6, Some(&[]))?;
        let verdict_ns = self.verdicts(budget / 6, None)?;
        let mut session = self.engine.session();
        let report_ns =
            self.each(budget / 6, |input| session.evaluate(input, &self.options).map(drop).map_err(refused))?;
        let share = budget / 3 / u32::try_from(rules.max(1)).unwrap_or(u32::MAX);
        let mut slowest = Vec::new();
        for rule in (0..rules).map(RuleId::new) {
            slowest.push(self.rule(share, rule, decode_ns)?);
        }
        slowest.sort_by_key(|slow| std::cmp::Reverse(slow.ns));
        slowest.truncate(top);
        let bytes = self.texts.iter().map(|(_, text)| text.len()).sum();
        Ok(Measured {
            declarations: self.texts.len(),
            bytes,
            rules,
            load_ns,
            decode_ns,
            verdict_ns,
            report_ns,
            slowest,
        })
    }

    /// A rule by itself: what it adds to decoding.
    fn rule(&self, budget: Duration, id: RuleId, decode_ns: u128) -> Result<Slow, Failure> {
        let ns = self.verdicts(budget, Some(&[id]))?.saturating_sub(decode_ns);
        let (rule, at) = place(self.engine, id);
        Ok(Slow { rule, at, ns })
    }

    fn verdicts(&self, budget: Duration, rules: Option<&[RuleId]>) -> Result<u128, Failure> {
        let options = Options { rules, ..self.options };
        let mut session: Session<'_> = self.engine.session();
        self.each(budget, |input| session.verdict(input, &options).map(|_| ()).map_err(refused))
    }

    /// The middle time for one declaration.
    fn each(&self, budget: Duration, mut run: impl FnMut(Input<'_>) -> Result<(), Failure>) -> Result<u128, Failure> {
        let count = u128::try_from(self.texts.len()).unwrap_or(1).max(1);
        let all = middle(budget, || self.texts.iter().try_for_each(|(name, bytes)| run(Input { name, bytes })))?;
        Ok(all / count)
    }
}

fn refused(refusal: hongxian::engine::Refusal) -> Failure {
    match refusal {
        hongxian::engine::Refusal::Invalid(invalid) => invalid.into(),
        other => Failure::new(other.to_string()),
    }
}

fn shown(measured: &Measured) -> String {
    let Measured { declarations, bytes, rules, .. } = measured;
    let each = bytes / declarations.max(&1);
    let evaluate = measured.verdict_ns.saturating_sub(measured.decode_ns);
    let phases = [
        ("load", measured.load_ns, "the packs, once"),
        ("decode", measured.decode_ns, "a declaration"),
        ("evaluate", evaluate, "all rules"),
        ("report", measured.report_ns.saturating_sub(measured.verdict_ns), "findings, places, messages"),
    ];
    let phases = phases.map(|(what, ns, note)| format!("  {what:10} {:>12}  {note}\n", time(ns)));
    let rate = 1_000_000_000_u128.checked_div(measured.verdict_ns).unwrap_or(0);
    let line = |slow: &Slow| format!("  {:10} {:>12}  {}\n", slow.rule, time(slow.ns), slow.at);
    let slowest: Vec<String> = measured.slowest.iter().map(line).collect();
    format!(
        "{declarations} declarations of {each} bytes on average, {rules} rules, one thread\n\n{}\n  {rate} verdicts a \
         second\n\nSlowest rules\n{}",
        phases.concat(),
        slowest.concat()
    )
}
