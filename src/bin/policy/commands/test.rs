//! `policy test`: runs the tests of packs, and says what they do not say.

pub mod snapshots;
mod steps;
mod watch;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::select;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::engine::Engine;
use hongxian::ir::RuleId;
use hongxian::pack::Modules;
use hongxian::render::testing::{self as shown, Results};
use hongxian::render::{Detail, Lang, Options, json};
use hongxian::testing::{Case, Conditions, Coverage, Ended, Mutation, Mutator, Seen, Suite, run as run_test};
use rayon::prelude::*;
use regex::Regex;
use std::path::PathBuf;
use steps::Steps;

/// Runs the tests of packs
///
/// Tests are the `test` blocks of a pack's modules and the files NAME.case.toml beside them. Without
/// a pack, those of the pack are run that the current folder is in, else those of policy.toml, else
/// those of the one inside the program.
///
/// Examples:
///   policy test my-plan
///   policy test --run 'C3|stored' --watch
///   policy test --format junit > tests.xml
///   policy test --coverage --threshold 95
///   policy test --mutate --rule 'T17-*'
///   policy test --snapshots
///
/// Exit codes:
///   0  every test passed
///   1  one did not, or could not be run; coverage is below the threshold; a mutant was not noticed;
///      a snapshot is not as reviewed, or orphaned
///   2  a pack is not valid or could not be read
///   4  there was no test to run
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Packs: folders, or names of those inside the program
    #[arg(value_name = "PACK")]
    packs: Vec<PathBuf>,

    /// Only tests whose name this regular expression is found in
    #[arg(long, value_name = "REGEX", value_parser = Regex::new)]
    run: Option<Regex>,

    /// Only what did not pass, and the count
    #[arg(short, long)]
    quiet: bool,

    /// How results are shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    /// On how many threads tests run [default: one for each processor]
    #[arg(short, long, value_name = "NUMBER", value_parser = super::threads())]
    jobs: Option<u16>,

    /// Run again whenever a file of the packs changes, until interrupted
    #[arg(long)]
    watch: bool,

    /// End with 0 where there is no test to run
    #[arg(long)]
    allow_empty: bool,

    #[command(flatten)]
    also: Also,
}

/// What else is asked of the tests.
#[derive(Debug, clap::Args)]
struct Also {
    /// List the conditions that no test has seen true, false and unknown
    #[arg(long)]
    coverage: bool,

    /// How many of a hundred conditions must have been seen in every state; asks for coverage
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    threshold: Option<u8>,

    /// Change each rule, and what rules share, in small ways, and list the changes that no test notices
    #[arg(long)]
    mutate: bool,

    /// Hold what the packs say of each JSON file in them against what was reviewed
    #[arg(long)]
    snapshots: bool,

    /// Only rules whose id matches are changed, and what they read, as T17-*; may be given several times
    #[arg(long, value_name = "GLOB", requires = "mutate")]
    rule: Vec<String>,
}

/// How results are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// hongxian.tests/1
    Json,
    /// JUnit XML
    Junit,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    if arguments.also.snapshots && arguments.format != Format::Human {
        return Err(Failure::new("snapshots are shown to people only").help("leave `--format` out"));
    }
    let threads = usize::from(arguments.jobs.unwrap_or(0));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| Failure::new(format!("cannot start threads: {error}")))?;
    if arguments.watch {
        return watch::run(arguments, terminal, || pool.install(|| once(arguments, terminal)));
    }
    pool.install(|| once(arguments, terminal))
}

fn once(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let packs = packs::here(&arguments.packs, &Settings::find()?)?;
    // What was brought along has tests of its own, which know nothing of what stands on it.
    let asked = snapshots::asked(&packs, &packs::folders(&arguments.packs, &Settings::find()?));
    let engine = packs::build(packs, true, Modules::All)?;
    let suite = Suite::new(&engine);
    let of_asked = |case: &&Case<'_>| asked.iter().any(|(name, _)| name == case.pack());
    let picked = |case: &&Case<'_>| arguments.run.as_ref().is_none_or(|pattern| pattern.is_match(case.name()));
    let cases: Vec<&Case<'_>> = suite.cases().iter().filter(of_asked).filter(picked).collect();
    if cases.is_empty() && !arguments.allow_empty {
        terminal.tell(&nothing(arguments).shown(&terminal.err()));
        return Ok(Exit::Nothing);
    }
    let progress = Steps::new("tests", cases.len());
    let ended: Vec<(&Case<'_>, Ended)> =
        cases.par_iter().map(|case| (*case, progress.after(|| run_test(&engine, case)))).collect();
    progress.done();
    let mut results = Results::new(&ended, suite.sources());
    let green = results.summary.passed == results.summary.total();
    results.threshold = arguments.also.threshold;
    let own = |rule| is_of(&engine, rule, &asked);
    if arguments.also.coverage || arguments.also.threshold.is_some() {
        results.coverage = Some(coverage(&engine, &cases, own));
    }
    if arguments.also.mutate && green {
        results.mutation = Some(mutation(&engine, &cases, &arguments.also.rule, own)?);
    }
    show(arguments, &ended, &results, &suite, terminal)?;
    if arguments.also.mutate && !green {
        let failure = Failure::new("nothing was mutated, because not every test passes");
        terminal.tell(&failure.help("a mutant is noticed by a test that passes without it").shown(&terminal.err()));
    }
    let exit = if green && holds(arguments, &results) { Exit::Good } else { Exit::Found };
    Ok(if arguments.also.snapshots { exit.and(snapshots::run(&engine, &asked, terminal)?) } else { exit })
}

/// Whether a rule stands in one of the packs that were asked for.
fn is_of(engine: &Engine, rule: RuleId, asked: &[(String, Option<PathBuf>)]) -> bool {
    let policy = &engine.program().policy;
    let pack = policy.rules.get(rule.index()).and_then(|rule| select::pack_of(policy, rule));
    asked.iter().any(|(name, _)| Some(name.as_str()) == pack)
}

fn holds(arguments: &Arguments, results: &Results) -> bool {
    let reached = |percent: u8| results.coverage.as_ref().is_none_or(|coverage| coverage.reaches(percent));
    let noticed = results.mutation.as_ref().is_none_or(|mutation| mutation.survivors.is_empty());
    arguments.also.threshold.is_none_or(reached) && noticed
}

fn coverage(engine: &Engine, cases: &[&Case<'_>], own: impl Fn(RuleId) -> bool) -> Coverage {
    let progress = Steps::new("conditions", cases.len());
    let conditions = Conditions::new(engine, own);
    let seen = cases.par_iter().map(|case| progress.after(|| conditions.seen_by(case)));
    let seen = seen.reduce(Seen::default, Seen::and);
    progress.done();
    conditions.coverage(&seen)
}

fn mutation(
    engine: &Engine,
    cases: &[&Case<'_>],
    globs: &[String],
    own: impl Fn(RuleId) -> bool,
) -> Result<Mutation, Failure> {
    let picked = select::rules(engine, globs)?;
    let mutator = Mutator::new(engine, cases);
    let sites = mutator.sites(|rule| picked.as_ref().map_or_else(|| own(rule), |picked| picked.contains(&rule)));
    let progress = Steps::new("rules and definitions", sites.len());
    let mutated: Vec<_> = sites.par_iter().map(|site| progress.after(|| mutator.run(site))).collect();
    progress.done();
    Ok(mutated.into_iter().collect())
}

fn show(
    arguments: &Arguments,
    ended: &[(&Case<'_>, Ended)],
    results: &Results,
    suite: &Suite<'_>,
    terminal: Terminal,
) -> Result<(), Failure> {
    match arguments.format {
        Format::Json => terminal.print(&json::document(results)),
        Format::Junit => terminal.print(&shown::junit(results)),
        Format::Human => {
            let options = terminal.out(Lang::En, Detail::Normal);
            terminal.print(&human(arguments, ended, results, suite, &options))
        }
    }
}

fn human(
    arguments: &Arguments,
    ended: &[(&Case<'_>, Ended)],
    results: &Results,
    suite: &Suite<'_>,
    options: &Options,
) -> String {
    let told = ended.iter().filter(|(_, ended)| *ended != Ended::Passed || !arguments.quiet);
    let mut text: String = told.map(|(case, ended)| shown::case(case, ended, suite.sources(), options)).collect();
    if let Some(coverage) = &results.coverage {
        text += &shown::coverage(coverage, options);
    }
    if let Some(mutation) = &results.mutation {
        text += &shown::mutation(mutation, options);
    }
    text + &shown::summary(&results.summary)
}

fn nothing(arguments: &Arguments) -> Failure {
    match &arguments.run {
        Some(pattern) => Failure::new(format!("no test has `{pattern}` in its name")),
        None => Failure::new("there are no tests").help("write one: `test \"…\" { given \"complete.json\" expect … }`"),
    }
}
