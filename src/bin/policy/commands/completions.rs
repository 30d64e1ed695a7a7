//! `policy completions`: what the shell needs to complete commands and options.

use super::Policy;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;
use clap::CommandFactory;
use clap_complete::Shell;

/// Writes the completions for a shell
///
/// Examples:
///   policy completions bash > ~/.local/share/bash-completion/completions/policy
///   policy completions zsh > ~/.zfunc/_policy
///   policy completions fish > ~/.config/fish/completions/policy.fish
///
/// Exit codes: 0, or 2 where it could not be written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// For which shell
    shell: Shell,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Policy::command(), "policy", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Good)
}
