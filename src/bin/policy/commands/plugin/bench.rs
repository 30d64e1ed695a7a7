//! `policy plugin bench`: how long a plugin's cases take.

use super::test::{Asked, Case, Tested};
use super::{host, load};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;
use hongxian::function::{Instance, Library, Session};
use hongxian::plugin::Plugin;
use hongxian::render::visible;
use std::time::{Duration, Instant};

/// Measures the cases of a plugin: the best of several rounds, and the fuel
///
/// Cases are those of `policy plugin test`. A call is measured in one instance that is called again
/// and again, a check with its reading of the declaration. What is measured depends on the machine,
/// the fuel does not.
///
/// Examples:
///   policy plugin bench digits.wasm
///
/// Exit codes: 0, or 2 where the plugin or the cases could not be read.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    #[command(flatten)]
    plugin: Tested,
}

/// How often a case is measured.
const ROUNDS: usize = 20;
/// How long one round takes, about.
const ROUND: Duration = Duration::from_millis(10);

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let host = host()?;
    let before = Instant::now();
    let plugin = load(&host, &arguments.plugin.file)?;
    terminal.print(&format!("load   {:>12.3?}\n", before.elapsed()))?;
    let starts = best(|| plugin.start().map(drop).map_err(Failure::new))?;
    terminal.print(&format!("start  {starts:>12.3?}\n"))?;
    for case in arguments.plugin.cases()? {
        let (time, fuel) = measured(&plugin, &case)?;
        terminal.print(&format!("{time:>12.3?}  fuel {fuel:>10}  {}\n", visible(&case.title())))?;
    }
    Ok(Exit::Good)
}

/// The best time of a case, and its fuel in the first call.
fn measured(plugin: &Plugin, case: &Case) -> Result<(Duration, u64), Failure> {
    let mut running = plugin.start().map_err(Failure::new)?;
    let description = plugin.description();
    match case.asked(description)? {
        Asked::Call(index, arguments) => {
            let first = running.call(index, &arguments);
            let fuel = running.fuel();
            if first.is_err() {
                return Ok((Duration::ZERO, fuel));
            }
            let time =
                best(|| running.call(index, &arguments).map(drop).map_err(|it| Failure::new(format!("{it:?}"))))?;
            Ok((time, fuel))
        }
        Asked::Check(index, mut reader) => {
            if Session::check_alone(&mut running, index, &mut reader).is_err() {
                return Ok((Duration::ZERO, running.fuel()));
            }
            let fuel = running.fuel();
            let time = best(|| {
                Session::check_alone(&mut running, index, &mut reader)
                    .map(drop)
                    .map_err(|trouble| Failure::new(format!("{trouble:?}")))
            })?;
            Ok((time, fuel))
        }
    }
}

/// The shortest time that something took, out of several rounds of many.
fn best(mut what: impl FnMut() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let once = Instant::now();
    what()?;
    let once = once.elapsed().max(Duration::from_nanos(100));
    let times = u32::try_from((ROUND.as_nanos() / once.as_nanos()).clamp(1, 100_000)).unwrap_or(1);
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let before = Instant::now();
        for _ in 0..times {
            what()?;
        }
        best = best.min(before.elapsed() / times);
    }
    Ok(best)
}
