//! The commands, one file each.

mod bench;
mod cases;
mod category;
mod check;
mod completions;
mod diff;
mod doc;
mod eval;
mod explain;
mod filing;
mod fmt;
mod init;
mod keygen;
mod man;
mod pack;
mod plugin;
mod schema;
mod shared;
mod sign;
mod snapshot;
mod test;
mod timing;
mod trace;
mod verify;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::{Colour, Terminal};
use clap::builder::RangedI64ValueParser;
use clap::{Parser, Subcommand, ValueEnum};
use hongxian::render::Detail;

/// Judges declarations of financial products by policies: red lines, baselines and guidance.
///
/// Absent data never passes: what a declaration leaves out is unknown, and stays on the list of what is still to
/// declare. The result is a self-assessment, no supervisor's decision.
#[derive(Debug, Parser)]
#[command(name = "policy", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "`policy help COMMAND` shows examples and exit codes.")]
pub struct Policy {
    #[command(subcommand)]
    command: Command,

    /// When to colour; `NO_COLOR` is honoured
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: Colour,

    /// Compile plugins anew and keep nothing, as on a machine whose cache others can write
    #[arg(long, global = true)]
    #[cfg(feature = "plugins")]
    no_plugin_cache: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Eval(eval::Arguments),
    Verify(verify::Arguments),
    Sign(sign::Arguments),
    Keygen(keygen::Arguments),
    Check(check::Arguments),
    Test(test::Arguments),
    Diff(diff::Arguments),
    Cases(cases::Arguments),
    Fmt(fmt::Arguments),
    Explain(explain::Arguments),
    Trace(trace::Arguments),
    Bench(bench::Arguments),
    Snapshot(snapshot::Arguments),
    Doc(doc::Arguments),
    Filing(filing::Arguments),
    Schema(schema::Arguments),
    Init(init::Arguments),
    Pack(pack::Arguments),
    Plugin(plugin::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Policy {
    /// The terminal, as the arguments want it.
    pub fn terminal(&self) -> Terminal {
        Terminal { colour: self.color }
    }

    /// Runs the command.
    pub fn run(self, terminal: Terminal) -> Result<Exit, Failure> {
        #[cfg(feature = "plugins")]
        if self.no_plugin_cache {
            crate::plugins::keep_nothing();
        }
        match self.command {
            Command::Eval(arguments) => eval::run(&arguments, terminal),
            Command::Verify(arguments) => verify::run(&arguments, terminal),
            Command::Sign(arguments) => sign::run(&arguments, terminal),
            Command::Keygen(arguments) => keygen::run(&arguments, terminal),
            Command::Check(arguments) => check::run(&arguments, terminal),
            Command::Test(arguments) => test::run(&arguments, terminal),
            Command::Cases(arguments) => cases::run(&arguments, terminal),
            Command::Diff(arguments) => diff::run(&arguments, terminal),
            Command::Fmt(arguments) => fmt::run(&arguments, terminal),
            Command::Explain(arguments) => explain::run(&arguments, terminal),
            Command::Trace(arguments) => trace::run(&arguments, terminal),
            Command::Bench(arguments) => bench::run(&arguments, terminal),
            Command::Snapshot(arguments) => snapshot::run(&arguments, terminal),
            Command::Doc(arguments) => doc::run(&arguments, terminal),
            Command::Filing(arguments) => filing::run(&arguments, terminal),
            Command::Schema(arguments) => schema::run(&arguments, terminal),
            Command::Init(arguments) => init::run(&arguments, terminal),
            Command::Pack(arguments) => pack::run(&arguments, terminal),
            Command::Plugin(arguments) => plugin::run(&arguments, terminal),
            Command::Completions(arguments) => completions::run(&arguments, terminal),
            Command::Man(arguments) => man::run(&arguments, terminal),
        }
    }
}

/// How many threads may be asked for.
fn threads() -> RangedI64ValueParser<u16> {
    clap::value_parser!(u16).range(1..=1024)
}

/// How much is said: `--quiet` and `--verbose`.
pub const fn detail(quiet: bool, verbose: bool) -> Detail {
    match (quiet, verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Normal,
    }
}

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum DiagnosticFormat {
    /// For people, on standard error
    #[default]
    Human,
    /// `hongxian.diagnostics/1`, on standard output
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Command, CommandFactory};

    /// How wide a line may be that is shown as it is: a wider one breaks behind its first words.
    const WIDTH: usize = 98;

    fn all(command: &Command) -> Vec<&Command> {
        let below = command.get_subcommands().flat_map(all);
        std::iter::once(command).chain(below).collect()
    }

    #[test]
    fn no_line_of_help_is_broken() {
        let mut policy = Policy::command();
        policy.build();
        let mut wide = Vec::new();
        for command in all(&policy).into_iter().filter(|command| command.get_name() != "policy") {
            let about = command.get_long_about().or_else(|| command.get_about()).unwrap_or_default().to_string();
            wide.extend(about.lines().filter(|line| line.chars().count() > WIDTH).map(str::to_owned));
            let help = command.clone().render_long_help().to_string();
            wide.extend(help.lines().filter(|line| line.chars().count() > 100).map(str::to_owned));
        }
        assert_eq!(wide, Vec::<String>::new());
    }
}
