//! `policy fmt`: writes policies as everybody's are written.

use super::DiagnosticFormat;
use super::check;
use crate::declarations::STDIN;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::targets::write_file;
use crate::terminal::{Terminal, read_file, read_input};
use hongxian::diagnostic::{Code, Diagnostic};
use hongxian::pack::MAX_PACK_BYTES;
use hongxian::render::{style::Palette, visible};
use hongxian::source::{FileId, SourceMap, Span};
use hongxian::syntax;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Formats policies
///
/// Files are rewritten in place, comments are kept; of a folder every *.policy in it and below.
/// Without a file, the current folder is formatted. What is not valid stays as it is.
///
/// Examples:
///   policy fmt
///   policy fmt --check my-plan
///   policy fmt --diff my-plan/rules.policy
///   policy fmt - < rules.policy
///
/// Exit codes:
///   0  everything is formatted now; with --check or --diff: was formatted already
///   1  with --check or --diff: something is not formatted
///   2  a file is not valid, or could not be read or written
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Files, folders, or - for standard input, which is written to standard output
    #[arg(value_name = "FILE|DIR|-")]
    files: Vec<PathBuf>,

    /// Writes nothing, and names the files that are not formatted
    #[arg(long)]
    check: bool,

    /// Writes nothing, and shows what formatting would change
    #[arg(long)]
    diff: bool,

    /// How diagnostics are shown
    #[arg(long, value_enum, default_value_t)]
    format: DiagnosticFormat,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let mut sources = SourceMap::new();
    let mut found = Vec::new();
    let mut exit = Exit::Good;
    for path in named(&arguments.files)? {
        match formatted(&path, &mut sources)? {
            Ok((before, after)) => exit = exit.and(settle(arguments, &path, &before, &after, terminal)?),
            Err(diagnostics) => found.extend(diagnostics),
        }
    }
    if !found.is_empty() || arguments.format == DiagnosticFormat::Json {
        check::show(&found, &sources, arguments.format, terminal)?;
    }
    Ok(if found.is_empty() { exit } else { Exit::Failed })
}

fn is_policy(path: &Path) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case("policy"))
}

/// The files behind the paths; those of a folder sorted.
fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let here = [PathBuf::from(".")];
    let mut files = Vec::new();
    for path in if paths.is_empty() { &here[..] } else { paths } {
        if path.is_dir() {
            let before = files.len();
            crate::declarations::below(path, &is_policy, &mut files)?;
            if files.len() == before {
                return Err(Failure::new(format!("no policy in `{}`", path.display()))
                    .help("a policy is a file whose name ends in `.policy`"));
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// A policy's text as it is and as it should be, or what is wrong with it.
fn formatted(path: &Path, sources: &mut SourceMap) -> Result<Result<(String, String), Vec<Diagnostic>>, Failure> {
    let is_input = path == Path::new(STDIN);
    let bytes = if is_input { read_input(MAX_PACK_BYTES) } else { read_file(path, MAX_PACK_BYTES) }?;
    let name = path.display().to_string();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Ok(Err(vec![not_utf8(&name, &error, sources)])),
    };
    let id = sources.add(&name, &text);
    Ok(syntax::parse(id, &text).map(|file| {
        let after = syntax::print(&file);
        // A text keeps the line ends that it came with.
        let after = if text.contains("\r\n") { after.replace('\n', "\r\n") } else { after };
        (text, after)
    }))
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error, sources: &mut SourceMap) -> Diagnostic {
    let valid = u32::try_from(error.utf8_error().valid_up_to()).unwrap_or(u32::MAX);
    let id: FileId = sources.add(name, String::from_utf8_lossy(error.as_bytes()));
    Diagnostic::error(Code::NOT_UTF8, Span::new(id, valid, valid), "expected UTF-8 text, found another encoding")
}

/// Writes what changed, or says so.
fn settle(arguments: &Arguments, path: &Path, before: &str, after: &str, terminal: Terminal) -> Result<Exit, Failure> {
    let only_look = arguments.check || arguments.diff;
    if path == Path::new(STDIN) && !only_look {
        terminal.print(after)?;
        return Ok(Exit::Good);
    }
    if before == after {
        return Ok(Exit::Good);
    }
    if arguments.diff {
        let name = path.display().to_string();
        terminal.print(&difference(&name, before, after, terminal.out_palette()))?;
    } else if arguments.check {
        terminal.print(&format!("{}\n", visible(&path.display().to_string())))?;
    } else {
        write_file(path, after.as_bytes())?;
    }
    Ok(if only_look { Exit::Found } else { Exit::Good })
}

/// A unified difference.
fn difference(name: &str, before: &str, after: &str, palette: Palette) -> String {
    let name = visible(name);
    let mut text = format!("--- {name}\n+++ {name}\n");
    for hunk in TextDiff::from_lines(before, after).unified_diff().iter_hunks() {
        text += &hunk.header().to_string();
        text.push('\n');
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Equal => (' ', palette.plain()),
                ChangeTag::Delete => ('-', palette.removed()),
                ChangeTag::Insert => ('+', palette.added()),
            };
            let line = change.value().trim_end_matches(['\n', '\r']);
            // A string takes every character.
            let _ = writeln!(text, "{style}{sign}{}{style:#}", visible(line));
        }
    }
    text
}
