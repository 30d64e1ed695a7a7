//! Embeds the engine: loads a pack from a folder, lends it a function of our own, and judges a declaration.
//!
//! ```sh
//! cargo run --example embed -- policies/fintech-plan examples/icbc-iot-supply-chain.json
//! ```

use hongxian::decode::Limits;
use hongxian::engine::{Engine, Input, Options};
use hongxian::function::{Registry, Signature, Type};
use hongxian::pack::PackFiles;
use hongxian::render::{self, Lang};
use hongxian::value::Value;
use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// A function that policies may call as `bank.is_branch(code)`.
fn functions() -> Result<Registry, Box<dyn Error>> {
    let mut registry = Registry::new();
    let signature = Signature {
        name: "bank.is_branch".into(),
        params: vec![Type::Text],
        result: Type::Bool,
        doc: "whether a code is one of our branches".into(),
    };
    registry.register(signature, |arguments: &[Value<'_>]| match arguments {
        [Value::Text(code)] => Ok(Value::Bool(code.as_str().starts_with("BR-"))),
        _ => Err("expected a text".into()),
    })?;
    Ok(registry)
}

/// The library reads no disk, so the caller hands it the files.
fn read(folder: &Path, base: &Path, files: &mut PackFiles) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, base, files)?;
        } else {
            let name = path.strip_prefix(base)?.to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path)?);
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(pack), Some(declaration)) = (arguments.next(), arguments.next()) else {
        return Err("usage: embed PACK DECLARATION".into());
    };
    let mut files = PackFiles::new();
    read(Path::new(&pack), Path::new(&pack), &mut files)?;
    let limits = Limits { bytes: 1 << 20, ..Limits::DEFAULT };
    let engine = Engine::builder().pack(files, "").functions(functions()?).limits(limits).build()?;

    let bytes = fs::read(&declaration)?;
    let report = engine.evaluate(Input { name: &declaration, bytes: &bytes }, &Options::default())?;
    let shown = render::Options { lang: Lang::Zh, ..render::Options::default() };
    let text = render::human::render(&report, &String::from_utf8_lossy(&bytes), &shown);
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
