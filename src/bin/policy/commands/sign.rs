//! `policy sign`: signs evidence.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::signature;
use crate::targets::{self, none_there};
use crate::terminal::{Terminal, read_file};
use hongxian::evidence::{self, MAX_EVIDENCE_BYTES};
use std::path::PathBuf;

/// Signs evidence
///
/// Writes the signature beside it, as FILE.minisig, in the format of minisign; `policy verify --key`
/// and the tool of that name check it. A comment is signed as well; without one nothing but the
/// evidence is. A signature that is there is not written over.
///
/// Examples:
///   policy sign product.evidence.json --key our-bank.key
///   policy sign product.evidence.json --key our-bank.key --comment 'self-assessment, 2020-03'
///
/// Exit codes: 0, or 2 where the file is no evidence, or something could not be read or written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The evidence, as `policy eval -o evidence=FILE` writes it
    #[arg(value_name = "FILE")]
    evidence: PathBuf,

    /// The secret key, as `policy keygen` writes it
    #[arg(long, value_name = "FILE")]
    key: PathBuf,

    /// One line that is signed with it
    #[arg(long, value_name = "TEXT", value_parser = signature::comment, default_value = "", hide_default_value = true)]
    comment: String,

    /// Where the signature is written [default: FILE.minisig]
    #[arg(long, value_name = "FILE")]
    signature: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let bytes = read_file(&arguments.evidence, MAX_EVIDENCE_BYTES)?;
    evidence::read(&bytes).map_err(|error| super::verify::unreadable(&arguments.evidence, &error))?;
    let target = arguments.signature.clone().unwrap_or_else(|| signature::beside(&arguments.evidence));
    none_there([target.clone()]).map_err(|failure| failure.help("`--signature FILE` writes it elsewhere"))?;
    let key = signature::secret_key(&arguments.key, password)?;
    let text = signature::sign(&key, &bytes, &arguments.comment)?;
    targets::write_new(&target, &text, false)?;
    terminal.tell(&format!("wrote {}\n", target.display()));
    Ok(Exit::Good)
}

fn password() -> Result<String, Failure> {
    signature::ask("Password of the key: ").ok_or_else(|| {
        Failure::new("the key has a password, and there is no terminal to ask for it")
            .help("`policy keygen --no-password` makes a key without one")
    })
}
