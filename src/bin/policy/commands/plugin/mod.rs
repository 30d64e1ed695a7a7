//! `policy plugin`: what the authors of plugins need.

#[cfg(feature = "plugins")]
mod bench;
mod build;
#[cfg(feature = "plugins")]
mod inspect;
mod new;
#[cfg(feature = "plugins")]
mod test;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::{Terminal, read_file};
use hongxian::pack::MAX_PACK_BYTES;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;

/// Works with plugins: WebAssembly components that bring functions and checks to policies
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    New(new::Arguments),
    Build(build::Arguments),
    #[cfg(feature = "plugins")]
    Inspect(inspect::Arguments),
    #[cfg(feature = "plugins")]
    Test(test::Arguments),
    #[cfg(feature = "plugins")]
    Bench(bench::Arguments),
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::New(arguments) => new::run(arguments, terminal),
        Action::Build(arguments) => build::run(arguments, terminal),
        #[cfg(feature = "plugins")]
        Action::Inspect(arguments) => inspect::run(arguments, terminal),
        #[cfg(feature = "plugins")]
        Action::Test(arguments) => test::run(arguments, terminal),
        #[cfg(feature = "plugins")]
        Action::Bench(arguments) => bench::run(arguments, terminal),
    }
}

#[cfg(feature = "plugins")]
mod loading {
    use crate::failure::Failure;
    use crate::plugins;
    use hongxian::plugin::{Host, Limits, Plugin};
    use std::path::Path;

    /// A host whose clock runs.
    pub fn host() -> Result<Host, Failure> {
        let host = Host::new(plugins::cache()).map_err(|error| Failure::new(error.to_string()))?;
        plugins::tick(&host);
        Ok(host)
    }

    /// The plugin in a file, with the limits of every plugin.
    pub fn load(host: &Host, path: &Path) -> Result<Plugin, Failure> {
        let failure = |error: hongxian::plugin::LoadError| {
            Failure::new(format!("`{}` is no plugin: {error}", path.display()))
                .help("`policy plugin inspect` shows what it is")
        };
        host.load(&super::read(path)?, Limits::DEFAULT).map_err(failure)
    }
}

#[cfg(feature = "plugins")]
use loading::{host, load};

/// The bytes of a plugin, or of its cases: no more than a pack may have.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_file(path, MAX_PACK_BYTES)
}

/// The SHA-256 of some bytes, as a manifest has it.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
