//! `policy cases`: boundary cases of a rule, ready to be read and kept.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::select;
use crate::settings::Settings;
use crate::targets::{none_there, write_file};
use crate::terminal::Terminal;
use hongxian::change::search::boundary_cases;
use hongxian::change::{Example, files};
use hongxian::engine::Engine;
use hongxian::ir::RuleId;
use hongxian::pack::Modules;
use hongxian::testing::{NewCase, case_text};
use std::path::{Path, PathBuf};

/// Writes boundary cases for a rule, from its conditions
///
/// A declaration of the pack is changed in one place at a time: at, under and over each threshold, at
/// each member of an enum, absent, empty. Each case expects what the rule comes to now, and says so:
/// read it before you keep it. Without --into they are printed.
///
/// Examples:
///   policy cases T17-R7
///   policy cases R1 --policy my-plan --into my-plan/cases
///   policy test my-plan
///
/// Exit codes:
///   0  cases were written
///   2  there is no such rule, a pack is not valid, a file is in the way
///   4  there is no declaration to begin with
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The rule's id
    #[arg(value_name = "RULE")]
    rule: String,

    /// The folder of a pack; may be given several times
    #[arg(long, value_name = "PATH")]
    policy: Vec<PathBuf>,

    /// The folder into which they are written; below the pack's folder, so that `policy test` finds them
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let packs = packs::here(&arguments.policy, &Settings::find()?)?;
    let engine = packs::build(packs, false, Modules::WithoutTests)?;
    let rule = rule(&engine, &arguments.rule)?;
    let files: Vec<Example> = files(&engine).collect();
    let cases = boundary_cases(&engine, rule, &files);
    if cases.is_empty() {
        let failure = Failure::new("no file of the pack is a declaration that the rule can judge");
        let failure = failure.help("put one into `fixtures/`: `policy init --declaration fixtures/complete.json`");
        terminal.tell(&failure.shown(&terminal.err()));
        return Ok(Exit::Nothing);
    }
    match &arguments.into {
        None => terminal.print(&cases.iter().map(case_text).collect::<Vec<_>>().join("\n"))?,
        Some(folder) => keep(&arguments.rule, &cases, folder, terminal)?,
    }
    Ok(Exit::Good)
}

fn rule(engine: &Engine, id: &str) -> Result<RuleId, Failure> {
    engine.rule(id).ok_or_else(|| {
        select::rules(engine, &[id.to_owned()])
            .err()
            .unwrap_or_else(|| Failure::new(format!("there is no rule `{id}`")))
    })
}

/// Writes all of them, or none where one is in the way.
fn keep(rule: &str, cases: &[NewCase], folder: &Path, terminal: Terminal) -> Result<(), Failure> {
    let path = |at: usize| folder.join(format!("{rule}-{:02}.case.toml", at + 1));
    none_there((0..cases.len()).map(path))
        .map_err(|failure| failure.help("give another folder with `--into`, or move what is there"))?;
    std::fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, &error))?;
    for (at, case) in cases.iter().enumerate() {
        write_file(&path(at), case_text(case).as_bytes())?;
    }
    terminal.print(&format!("{} cases of {rule} in {}\n", cases.len(), folder.display()))
}
