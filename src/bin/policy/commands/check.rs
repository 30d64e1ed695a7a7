//! `policy check`: whether packs are valid.

use super::DiagnosticFormat;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::diagnostic::Diagnostic;
use hongxian::pack::Modules;
use hongxian::render::{diagnostics, json};
use hongxian::report::contract::{DIAGNOSTICS, Diagnostics};
use hongxian::source::SourceMap;
use std::path::PathBuf;

/// Checks packs: names, types, units, citations, laws of the language
///
/// All errors are listed at once. Several packs are checked as loaded together. Without a pack, the
/// one is checked that the current folder is in, else those of policy.toml, else the one inside the
/// program.
///
/// Examples:
///   policy check my-plan
///   policy check fintech-plan our-bank --format json
///
/// Exit codes:
///   0  the packs are valid; there may be warnings
///   1  something is wrong with them
///   2  they could not be read
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Packs: folders, or names of those inside the program
    #[arg(value_name = "PACK")]
    packs: Vec<PathBuf>,

    /// How diagnostics are shown
    #[arg(long, value_enum, default_value_t)]
    format: DiagnosticFormat,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let packs = packs::here(&arguments.packs, &Settings::find()?)?;
    match packs::build(packs, true, Modules::All) {
        Ok(engine) => {
            show(engine.warnings(), engine.sources(), arguments.format, terminal)?;
            if arguments.format == DiagnosticFormat::Human {
                let policy = &engine.program().policy;
                let names: Vec<String> =
                    policy.packs.iter().map(|pack| format!("{} {}", pack.name, pack.version)).collect();
                let (rules, outside) = (policy.rules.len(), policy.outside.len());
                terminal.tell(&format!("{}: valid; rules: {rules}, outside: {outside}\n", names.join(", ")));
            }
            Ok(Exit::Good)
        }
        Err(invalid) => {
            show(&invalid.diagnostics, &invalid.sources, arguments.format, terminal)?;
            if arguments.format == DiagnosticFormat::Human {
                terminal.tell(&count(&invalid.diagnostics));
            }
            Ok(Exit::Found)
        }
    }
}

/// Shows diagnostics: to people on standard error, to programs on standard output.
pub(super) fn show(
    found: &[Diagnostic],
    sources: &SourceMap,
    format: DiagnosticFormat,
    terminal: Terminal,
) -> Result<(), Failure> {
    match format {
        DiagnosticFormat::Human => terminal.tell(&diagnostics::human(found, sources, &terminal.err())),
        DiagnosticFormat::Json => {
            let diagnostics = diagnostics::problems(found, sources);
            terminal.print(&json::document(&Diagnostics { schema: DIAGNOSTICS, diagnostics }))?;
        }
    }
    Ok(())
}

/// `2 errors, 1 warning`
pub(super) fn count(found: &[Diagnostic]) -> String {
    let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = found.len() - errors;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match warnings {
        0 => plural(errors, "error") + "\n",
        _ => format!("{}, {}\n", plural(errors, "error"), plural(warnings, "warning")),
    }
}
