//! `policy man`: the manual's pages.

use super::Policy;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::targets::write_file;
use crate::terminal::Terminal;
use clap::CommandFactory;
use std::path::PathBuf;

/// Writes a page of the manual
///
/// Examples:
///   policy man | man -l -
///   policy man eval | man -l -
///   policy man --out share/man/man1
///
/// Exit codes: 0, or 2 where a page could not be written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The command to write about; of `policy` itself where none is named
    command: Option<String>,

    /// Writes every page into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    out: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let mut policy = Policy::command();
    policy.build();
    let pages: Vec<&clap::Command> = std::iter::once(&policy).chain(policy.get_subcommands()).collect();
    if let Some(folder) = &arguments.out {
        std::fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, &error))?;
        for command in pages {
            write_file(&folder.join(format!("{}.1", name(command))), &page(command)?)?;
        }
        return Ok(Exit::Good);
    }
    let wanted = arguments.command.as_deref().unwrap_or("policy");
    let command = pages.into_iter().find(|command| command.get_name() == wanted);
    let command = command.ok_or_else(|| Failure::new(format!("there is no command `{wanted}`")))?;
    terminal.print(&String::from_utf8_lossy(&page(command)?))?;
    Ok(Exit::Good)
}

/// `policy`, `policy-eval`
fn name(command: &clap::Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn page(command: &clap::Command) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    let page = clap_mangen::Man::new(command.clone()).title(name(command).to_uppercase());
    page.render(&mut text).map_err(|error| Failure::new(format!("cannot write the manual: {error}")))?;
    Ok(text)
}
