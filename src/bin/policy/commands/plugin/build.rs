//! `policy plugin build`: from the sources of a plugin, or from a core module, to a component.

use super::new::plugin_name;
use super::{digest, read};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::targets::{Inputs, Target, Way};
use crate::terminal::Terminal;
use crate::toolchain;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use wit_component::ComponentEncoder;

/// How a module or a component begins.
const MODULE: &[u8] = b"\0asm";
/// How a component begins; a core module has another version.
const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";

/// Builds a plugin: its folder's toolchain makes a module, and this makes it a component
///
/// A folder with a `Cargo.toml` is Rust, with a `plugin.c` C, with a `plugin.js` JavaScript, with a
/// `plugin.py` Python. One toolchain has to be installed, once:
///   Rust        rustup target add wasm32-unknown-unknown
///               or, on Debian: apt-get install rustc-web cargo-web rust-web-src lld-22
///   C           pip install ziglang
///   JavaScript  npm install, in the folder
///   Python      pip install componentize-py==0.25.1
///
/// Examples:
///   policy plugin build digits
///   policy plugin build digits -o my-pack/plugins/digits.wasm
///   policy plugin build module.wasm -o digits.wasm
///
/// Exit codes: 0, or 2 where it could not be built.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The plugin's folder, or a core module
    #[arg(value_name = "DIR|MODULE", default_value = ".")]
    from: PathBuf,

    /// Where the component goes; into the folder, under its name, where this is missing
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let from = &arguments.from;
    let output = output(arguments)?;
    target(&output, from)?;
    let bytes = component(&if from.is_dir() { toolchain::make(from, terminal)? } else { from.clone() })?;
    // What the toolchain has made may stand there by now, and gives way too.
    target(&output, from)?.write(&bytes)?;
    terminal.tell(&told(&output, &bytes));
    Ok(Exit::Good)
}

fn output(arguments: &Arguments) -> Result<PathBuf, Failure> {
    let default = || arguments.from.join(format!("{}.wasm", plugin_name(&arguments.from)));
    let missing = || Failure::new("expected the component's file").help("say where it goes: `-o plugin.wasm`");
    let default = arguments.from.is_dir().then(default);
    arguments.output.clone().or(default).ok_or_else(missing)
}

/// Where the component goes: it takes the place of another one, and of nothing else.
fn target(output: &Path, read: &Path) -> Result<Target, Failure> {
    let target = Target::apart(output, Way::Anew, &Inputs::new([read]))?;
    if output.is_file() && !target.is_empty() && !begins_with(output, MODULE) {
        let failure = Failure::new(format!("cannot write `{}`: what is there is no WebAssembly", output.display()));
        return Err(failure.help("a component takes the place of another one only: name another file"));
    }
    Ok(target)
}

fn begins_with(path: &Path, bytes: &[u8]) -> bool {
    let mut head = vec![0; bytes.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok_and(|()| head == bytes)
}

/// The component in a file, or the one that its module makes.
fn component(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read(path)?;
    if bytes.starts_with(COMPONENT) {
        return Ok(bytes);
    }
    let encoded = ComponentEncoder::default().module(&bytes).and_then(|encoder| encoder.validate(true).encode());
    encoded.map_err(|error| {
        Failure::new(format!("`{}` makes no component: {error:#}", path.display()))
            .help("a plugin imports the declaration and the log of the contract, and nothing else")
    })
}

/// What was written, and the lines by which a pack takes it.
fn told(output: &Path, bytes: &[u8]) -> String {
    let name = plugin_name(&output.with_extension(""));
    let file = output.file_name().unwrap_or_default().to_string_lossy();
    let digest = digest(bytes);
    format!(
        "wrote `{}`, {} bytes\n\nin the manifest of a pack that has it in `plugins`:\n\n  [[plugin]]\n  name = \"{name}\"\n  \
         file = \"plugins/{file}\"\n  sha256 = \"{digest}\"\n",
        output.display(),
        bytes.len()
    )
}
