//! `policy keygen`: keys to sign evidence with.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::signature;
use crate::targets;
use crate::terminal::Terminal;
use std::path::PathBuf;

/// Makes a pair of keys to sign evidence with
///
/// Writes NAME.key, which signs and stays with you, and NAME.pub, which verifies and is handed out.
/// They are those of minisign, and its tool takes them as well. The secret key is protected by a
/// password, which is asked for. Nothing that is there is written over.
///
/// Examples:
///   policy keygen our-bank
///   policy keygen ci --no-password
///
/// Exit codes: 0, or 2 where a file is there already or could not be written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The files' name, without an ending
    #[arg(value_name = "NAME")]
    name: PathBuf,

    /// Protects the secret key by nothing but the file's mode: who can read it can sign
    #[arg(long)]
    no_password: bool,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let with = |ending: &str| {
        let mut name = arguments.name.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (secret, public) = (with(".key"), with(".pub"));
    targets::none_there([secret.clone(), public.clone()])?;
    let password = if arguments.no_password { None } else { Some(new_password()?) };
    let (public_text, secret_text) = signature::generate(password)?;
    targets::write_new(&secret, &secret_text, true)?;
    targets::write_new(&public, &public_text, false)?;
    terminal.tell(&format!("wrote {} (keep it) and {} (hand it out)\n", secret.display(), public.display()));
    Ok(Exit::Good)
}

fn new_password() -> Result<String, Failure> {
    let ask = |prompt| signature::ask(prompt).ok_or_else(no_terminal);
    let password = ask("Password for the secret key: ")?;
    if password.is_empty() {
        return Err(Failure::new("expected a password, found none").help("`--no-password` makes a key without one"));
    }
    if ask("Once more: ")? != password {
        return Err(Failure::new("the two passwords differ"));
    }
    Ok(password)
}

fn no_terminal() -> Failure {
    Failure::new("there is no terminal to ask for the new key's password")
        .help("`--no-password` makes a key without one")
}
