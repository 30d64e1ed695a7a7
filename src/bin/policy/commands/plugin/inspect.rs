//! `policy plugin inspect`: what a file imports, exports and says of itself.

use super::{digest, host, read};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;
use hongxian::function::{Check, Description, Function, Library, Parameter};
use hongxian::plugin::{CONTRACT, Import, Item, Limits, Surface};
use hongxian::render::visible;
use std::fmt::Write;
use std::path::PathBuf;

/// Shows what a component imports and exports, and what it says of itself as a plugin
///
/// Examples:
///   policy plugin inspect my-pack/plugins/registry_codes.wasm
///
/// Exit codes:
///   0  it is a plugin
///   1  it is none; the reason is said
///   2  it could not be read
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The component
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let bytes = read(&arguments.file)?;
    let host = host()?;
    let mut text = format!(
        "file      {}\nsize      {} bytes\nsha256    {}\n",
        arguments.file.display(),
        bytes.len(),
        digest(&bytes)
    );
    if let Ok(surface) = host.surface(&bytes) {
        text += &surface_shown(&surface);
    }
    match host.load(&bytes, Limits::DEFAULT) {
        Ok(plugin) => {
            text += &described(plugin.description());
            terminal.print(&text)?;
            Ok(Exit::Good)
        }
        Err(error) => {
            terminal.print(&text)?;
            terminal.tell(&format!("no plugin for `hongxian:plugin` {CONTRACT}: {}\n", visible(&error.to_string())));
            Ok(Exit::Found)
        }
    }
}

fn surface_shown(surface: &Surface) -> String {
    let mut text = String::new();
    for (what, items) in [("imports", &surface.imports), ("exports", &surface.exports)] {
        for item in items {
            let _infallible = writeln!(text, "{what}   {}{}", item_shown(item), standing(item));
        }
    }
    text
}

fn item_shown(item: &Item) -> String {
    let functions = item.functions.iter().map(|name| visible(name).into_owned()).collect::<Vec<_>>().join(", ");
    match functions.as_str() {
        "" => visible(&item.name).into_owned(),
        _ => format!("{} ({functions})", visible(&item.name)),
    }
}

fn standing(item: &Item) -> &'static str {
    match item.standing() {
        Import::Known => "",
        Import::OtherVersion => ", another version",
        Import::Foreign => ", not of the contract",
    }
}

fn described(description: &Description) -> String {
    let mut text = format!("\n{} {}\n", description.name, description.version);
    text += &doc(&description.doc);
    for function in &description.functions {
        text += &function_shown(function);
    }
    for check in &description.checks {
        text += &check_shown(check);
    }
    text
}

fn function_shown(function: &Function) -> String {
    let params = function.params.iter().map(parameter).collect::<Vec<_>>().join(", ");
    format!("\n{}({params}) -> {}\n{}", function.name, function.result, doc(&function.doc))
}

fn check_shown(check: &Check) -> String {
    let arguments = std::iter::once("record".to_owned()).chain(check.options.iter().map(parameter));
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let reads =
        check.reads.iter().map(|it| if it.is_empty() { "everything".to_owned() } else { visible(it).into_owned() });
    let reads = reads.collect::<Vec<_>>().join(" ");
    format!("\ncheck {}({arguments})\n{}  reads {reads}\n", check.name, doc(&check.doc))
}

fn parameter(parameter: &Parameter) -> String {
    format!("{}: {}", parameter.name, parameter.ty)
}

fn doc(text: &str) -> String {
    text.lines().fold(String::new(), |mut shown, line| {
        let _infallible = writeln!(shown, "  {}", visible(line.trim_end()));
        shown
    })
}
