//! `policy test`: runs the tests that stand in packs.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::pack::Modules;
use hongxian::render::{self, Options, diagnostics, visible};
use hongxian::report::contract::Outcome;
use hongxian::source::{SourceMap, Span};
use hongxian::testing::{self, Case, Ended, Failure as Unmet, Suite};
use regex::Regex;
use std::path::PathBuf;

/// Runs the tests of packs
///
/// Without a pack, those of the pack are run that the current folder is in, else those of policy.toml, else those of
/// the one inside the program.
///
/// Examples:
///   policy test my-plan
///   policy test --run 'C3|stored'
///
/// Exit codes:
///   0  every test passed
///   1  one did not, or could not be run
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
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let packs = packs::here(&arguments.packs, &Settings::find(&[])?)?;
    // What was brought along has tests of its own, which know nothing of what stands on it.
    let asked: Vec<String> = packs.iter().filter(|pack| !pack.brought_along).filter_map(packs::Pack::name).collect();
    let engine = packs::build(packs, true, Modules::All)?;
    let options = terminal.out(render::Lang::En, render::Detail::Normal);
    let (mut passed, mut wrong) = (0_usize, 0_usize);
    let suite = Suite::new(&engine);
    let of_asked = |case: &&Case<'_>| asked.iter().any(|name| name == case.pack());
    let picked = |case: &&Case<'_>| arguments.run.as_ref().is_none_or(|pattern| pattern.is_match(case.name()));
    for case in suite.cases().iter().filter(of_asked).filter(picked) {
        let ended = testing::run(&engine, case);
        if ended == Ended::Passed {
            passed += 1;
        } else {
            wrong += 1;
        }
        if ended != Ended::Passed || !arguments.quiet {
            terminal.print(&shown(suite.sources(), case, &ended, &options))?;
        }
    }
    if passed + wrong == 0 {
        terminal.tell(&nothing(arguments).shown(&terminal.err()));
        return Ok(Exit::Nothing);
    }
    terminal.print(&format!("{passed} passed, {wrong} did not\n"))?;
    Ok(if wrong == 0 { Exit::Good } else { Exit::Found })
}

fn nothing(arguments: &Arguments) -> Failure {
    match &arguments.run {
        Some(pattern) => Failure::new(format!("no test has `{pattern}` in its name")),
        None => Failure::new("there are no tests").help("write one: `test \"…\" { given \"complete.json\" expect … }`"),
    }
}

/// A test's name and how it ended; where it did not pass, why.
fn shown(sources: &SourceMap, case: &Case<'_>, ended: &Ended, options: &Options) -> String {
    let palette = render::style::Palette::new(options.colour);
    let (word, style) = match ended {
        Ended::Passed => ("pass", palette.outcome(Outcome::Pass)),
        Ended::Failed(_) => ("fail", palette.outcome(Outcome::Fail)),
        Ended::Broken(_) => ("broken", palette.outcome(Outcome::Error)),
    };
    let mut text = format!("{style}{word}{style:#}  {}\n", visible(case.name()));
    match ended {
        Ended::Passed => {}
        Ended::Failed(failures) => text.extend(failures.iter().map(|failure| unmet(sources, failure))),
        Ended::Broken(found) => text += &diagnostics::human(found, sources, options),
    }
    text
}

/// An expectation beside what was found, each with its place.
fn unmet(sources: &SourceMap, failure: &Unmet) -> String {
    let place = |span: Span| {
        let at = sources.position(span);
        format!("{}:{}:{}", visible(sources.name(span.file)), at.line, at.column)
    };
    let rows = [("expected", &failure.expected, Some(failure.span)), ("found", &failure.found, failure.rule)];
    let width = failure.expected.chars().count().max(failure.found.chars().count());
    let rows = rows.iter().map(|(word, what, span)| {
        let at = span.map(|span| format!("  {}", place(span))).unwrap_or_default();
        format!("      {word:<8}  {:<width$}{at}\n", visible(what))
    });
    let because = failure.because.iter().map(|because| {
        let at = &because.requirement;
        let file = visible(&at.file);
        let place = if because.pointer.is_empty() { "/" } else { &because.pointer };
        format!("        {place}  {}  {file}:{}:{}\n", visible(&because.message), at.line, at.column)
    });
    rows.chain(because).collect()
}
