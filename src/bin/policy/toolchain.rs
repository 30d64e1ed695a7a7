//! The toolchains of others that make plugins: which one a folder wants, whether it is here, how it is run. It knows the
//! languages in which plugins are written, and nothing of what stands in a plugin.

use crate::failure::Failure;
use crate::terminal::Terminal;
use clap::ValueEnum;
use serde_json::Value as Json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The target of plugins in Rust.
const TARGET: &str = "wasm32-unknown-unknown";

/// Where Debian's packages put a toolchain that builds the standard library itself.
const DEBIAN: [&str; 3] = ["/usr/bin/rustc", "/usr/bin/cargo", "/usr/lib/rustlib/src/rust/library"];

/// A language in which plugins are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Rust, with the crate `hongxian-plugin`
    Rust,
    /// C, with the border as a header
    C,
    /// JavaScript: a component of some 12 MB
    Js,
    /// Python: a component of some 18 MB
    Python,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Rust, Self::C, Self::Js, Self::Python];

    /// The file by which a folder says in which language its plugin is written.
    pub const fn marker(self) -> &'static str {
        match self {
            Self::Rust => "Cargo.toml",
            Self::C => "plugin.c",
            Self::Js => "plugin.js",
            Self::Python => "plugin.py",
        }
    }

    /// What has to be installed once.
    pub const fn install(self) -> &'static str {
        match self {
            Self::Rust => {
                "rustup target add wasm32-unknown-unknown\n\
                 or, on Debian: apt-get install rustc-web cargo-web rust-web-src lld-22"
            }
            Self::C => "pip install ziglang",
            Self::Js => "npm install        (in the plugin's folder)",
            Self::Python => "pip install componentize-py==0.25.1",
        }
    }

    /// The language of a folder.
    fn of(folder: &Path) -> Option<Self> {
        Self::ALL.into_iter().find(|language| folder.join(language.marker()).is_file())
    }
}

/// Makes the module or the component of the plugin in a folder, and says where it is.
pub fn make(folder: &Path, terminal: Terminal) -> Result<PathBuf, Failure> {
    let language = Language::of(folder).ok_or_else(|| {
        let markers = Language::ALL.map(|language| format!("`{}`", language.marker())).join(", ");
        Failure::new(format!("`{}` is no plugin's folder: expected one of {markers}", folder.display()))
            .help("`policy plugin new DIR` writes one")
    })?;
    let folder = folder.canonicalize().map_err(|error| Failure::unreadable(folder, &error))?;
    match language {
        Language::Rust => rust(&folder, terminal),
        Language::C => c(&folder),
        Language::Js => js(&folder),
        Language::Python => python(&folder),
    }
}

fn missing(language: Language, what: &str) -> Failure {
    let lines = language.install().lines().map(str::to_owned);
    lines.fold(Failure::new(format!("there is no {what} here")), Failure::help)
}

/// `rustc` and `cargo`, with what makes them build for plugins.
struct Rust {
    rustc: OsString,
    cargo: OsString,
    /// Builds the standard library as well.
    linker: Option<OsString>,
}

impl Rust {
    /// The toolchain of the folder where it has the target, else Debian's.
    fn find(folder: &Path) -> Result<Self, Failure> {
        if has_target(folder) {
            return Ok(Self { rustc: "rustc".into(), cargo: "cargo".into(), linker: None });
        }
        let linker = wasm_linker().filter(|_| DEBIAN.iter().all(|path| Path::new(path).exists()));
        match linker {
            Some(linker) => Ok(Self { rustc: DEBIAN[0].into(), cargo: DEBIAN[1].into(), linker: Some(linker) }),
            None => Err(missing(Language::Rust, "Rust toolchain for WebAssembly")),
        }
    }

    /// The folder of the workspace that a package is in: all its plugins are built with the same flags, and the standard
    /// library once.
    fn workspace(&self, folder: &Path) -> PathBuf {
        let mut cargo = Command::new(&self.cargo);
        cargo.current_dir(folder).args(["locate-project", "--workspace", "--message-format", "plain"]);
        let printed = cargo.stderr(Stdio::null()).output().map(|output| output.stdout).unwrap_or_default();
        let manifest = PathBuf::from(String::from_utf8_lossy(&printed).trim());
        manifest.parent().filter(|root| root.is_dir()).unwrap_or(folder).to_path_buf()
    }

    fn cargo(&self, folder: &Path) -> Command {
        let mut cargo = Command::new(&self.cargo);
        cargo.current_dir(folder).args(["build", "--release", "--message-format=json-render-diagnostics"]);
        cargo.args(["--target", TARGET]).env("RUSTFLAGS", flags(&self.workspace(folder)));
        if let Some(linker) = &self.linker {
            cargo.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1").env("RUSTC", &self.rustc);
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        cargo
    }
}

fn has_target(folder: &Path) -> bool {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(folder).args(["--print", "target-libdir", "--target", TARGET]).stderr(Stdio::null());
    let printed = rustc.output().map(|output| output.stdout).unwrap_or_default();
    let libraries = String::from_utf8_lossy(&printed);
    !libraries.is_empty() && Path::new(libraries.trim()).is_dir()
}

/// The newest `wasm-ld` that Debian's packages of LLVM have put here.
fn wasm_linker() -> Option<OsString> {
    let entries = std::fs::read_dir("/usr/bin").ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let version = |name: &str| name.strip_prefix("wasm-ld-")?.parse::<u32>().ok();
    names.filter_map(|name| Some((version(&name)?, name))).max().map(|(_, name)| name.into())
}

/// No path of this machine in what is built: it would be another plugin elsewhere.
fn flags(workspace: &Path) -> OsString {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap_or_default();
    let mut flags = std::env::var_os("RUSTFLAGS").unwrap_or_default();
    for (from, to) in [(home.join("registry"), "/registry"), (workspace.to_path_buf(), "/plugins")] {
        flags.push(" --remap-path-prefix=");
        flags.push(from);
        flags.push("=");
        flags.push(to);
    }
    flags
}

fn rust(folder: &Path, terminal: Terminal) -> Result<PathBuf, Failure> {
    let rust = Rust::find(folder)?;
    let mut version = Command::new(&rust.rustc);
    let version = version.arg("--version").current_dir(folder).output().map(|output| output.stdout);
    terminal.tell(&format!("building with {}", String::from_utf8_lossy(&version.unwrap_or_default())));
    let printed = run(&mut rust.cargo(folder), "cargo build")?;
    let made = String::from_utf8_lossy(&printed).lines().filter_map(artefact).next_back();
    made.ok_or_else(|| {
        Failure::new("`cargo build` made no module")
            .help("a plugin's library has `crate-type = [\"cdylib\", \"rlib\"]`")
    })
}

/// The module that a message of cargo's tells of.
fn artefact(message: &str) -> Option<PathBuf> {
    let message: Json = serde_json::from_str(message).ok()?;
    let files = message.get("filenames")?.as_array()?.iter().filter_map(Json::as_str);
    files.map(PathBuf::from).find(|file| file.extension().is_some_and(|extension| extension == "wasm"))
}

fn c(folder: &Path) -> Result<PathBuf, Failure> {
    let border = ["hongxian/c", "../c"].map(|place| folder.join(place)).into_iter().find(|place| place.is_dir());
    let border = border.ok_or_else(|| {
        Failure::new("expected the border in `hongxian/c`").help("`policy plugin new --lang c` writes it")
    })?;
    let made = target(folder)?.join("plugin.wasm");
    let mut zig = zig().ok_or_else(|| missing(Language::C, "compiler of C for WebAssembly"))?;
    zig.current_dir(folder).args(["cc", "--target=wasm32-wasi", "-mexec-model=reactor", "-Os", "-flto", "-s", "-Wall"]);
    zig.args(sources(folder)?).arg(border.join("plugin.c")).arg(border.join("plugin_component_type.o"));
    run(zig.arg("-o").arg(&made), "zig cc")?;
    Ok(made)
}

/// `zig`, or the one in a package of Python's.
fn zig() -> Option<Command> {
    let mut python = Command::new("python3");
    python.args(["-m", "ziglang"]);
    [Command::new("zig"), python].into_iter().find(|zig| {
        let mut probe = Command::new(zig.get_program());
        probe.args(zig.get_args()).arg("version").stdout(Stdio::null()).stderr(Stdio::null());
        probe.status().is_ok_and(|status| status.success())
    })
}

/// The C files of a folder, tests left out.
fn sources(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| Failure::unreadable(folder, &error);
    let entries: Vec<_> = std::fs::read_dir(folder).and_then(Iterator::collect).map_err(unreadable)?;
    let names = entries.into_iter().map(|entry: std::fs::DirEntry| PathBuf::from(entry.file_name()));
    let is_source = |name: &PathBuf| {
        let name = name.to_string_lossy();
        name.ends_with(".c") && !name.ends_with("_test.c")
    };
    let mut sources: Vec<PathBuf> = names.filter(is_source).collect();
    sources.sort();
    Ok(sources)
}

fn js(folder: &Path) -> Result<PathBuf, Failure> {
    if !folder.join("node_modules").is_dir() {
        return Err(missing(Language::Js, "`node_modules`"));
    }
    run(Command::new("node").current_dir(folder).arg("build.mjs"), "node build.mjs")?;
    Ok(folder.join("target/plugin.wasm"))
}

fn python(folder: &Path) -> Result<PathBuf, Failure> {
    let made = target(folder)?.join("plugin.wasm");
    let wit = ["hongxian/wit", "../../wit"].map(|place| folder.join(place)).into_iter().find(|place| place.is_dir());
    let mut command = Command::new("componentize-py");
    command.current_dir(folder).arg("-d").arg(wit.unwrap_or_default()).args(["-w", "plugin", "componentize"]);
    command.args(["--stub-wasi", "plugin", "-o"]).arg(&made);
    match run(&mut command, "componentize-py") {
        Err(_) if !is_here("componentize-py") => Err(missing(Language::Python, "`componentize-py`")),
        result => result.map(|_| made),
    }
}

fn is_here(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// The folder for what is built.
fn target(folder: &Path) -> Result<PathBuf, Failure> {
    let target = folder.join("target");
    std::fs::create_dir_all(&target).map_err(|error| Failure::unwritable(&target, &error))?;
    Ok(target)
}

/// Runs a toolchain, whose complaints go to standard error, and gives what it printed.
fn run(command: &mut Command, name: &str) -> Result<Vec<u8>, Failure> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| Failure::new(format!("cannot run `{name}`: {error}")))?;
    if output.status.success() { Ok(output.stdout) } else { Err(Failure::new(format!("`{name}` failed"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_found_among_cargos_messages() {
        let library = r#"{"reason":"compiler-artifact","filenames":["/t/libx.rlib"]}"#;
        let module = r#"{"reason":"compiler-artifact","filenames":["/t/libx.rlib","/t/x.wasm"]}"#;
        assert_eq!((artefact(library), artefact("no JSON")), (None, None));
        assert_eq!(artefact(module), Some(PathBuf::from("/t/x.wasm")));
    }

    #[test]
    fn tests_are_no_part_of_a_plugin() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["plugin.c", "a.c", "a_test.c", "a.h"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(sources(folder.path()).unwrap(), [PathBuf::from("a.c"), PathBuf::from("plugin.c")]);
        assert_eq!(Language::of(folder.path()), Some(Language::C));
    }
}
