//! `policy plugin new`: a folder to start a plugin from.

use crate::commands::pack::{new_folder, write_below};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::toolchain::Language;
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/bin/policy/templates/plugin");

/// What every plugin stands on, as it is in this project: the contract, the crate, the border in C.
static WIT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/wasm-plugins/wit");
static SDK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/wasm-plugins/sdk");
static BORDER_IN_C: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/wasm-plugins/c");

/// Writes the folder of a new plugin, whose cases pass
///
/// One toolchain has to be installed, once:
///   rust      rustup target add wasm32-unknown-unknown
///             or, on Debian: apt-get install rustc-web cargo-web rust-web-src lld-22
///   c         pip install ziglang
///   js        npm install, in the new folder
///   python    pip install componentize-py==0.25.1
///
/// Examples:
///   policy plugin new digits && policy plugin build digits && policy plugin test digits/digits.wasm
///   policy plugin new digits --lang c
///
/// Exit codes: 0, or 2 where the folder is not empty or could not be written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder; it must not exist, or be empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,

    /// The language
    #[arg(long, value_enum, value_name = "LANG", default_value = "rust")]
    lang: Language,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let dir = &arguments.dir;
    new_folder(dir)?;
    let name = plugin_name(dir);
    let template = TEMPLATES.get_dir(template(arguments.lang)).ok_or_else(|| Failure::new("there is no template"))?;
    for part in [template, TEMPLATES.get_dir("common").unwrap_or(template)] {
        copy(part, dir, "", &|text| text.replace("{name}", &name))?;
    }
    for (part, below) in parts(arguments.lang) {
        copy(part, dir, below, &str::to_owned)?;
    }
    terminal.tell(&told(dir, &name, arguments.lang));
    Ok(Exit::Good)
}

/// What was written, and what to do with it: each line can be pasted.
fn told(dir: &Path, name: &str, lang: Language) -> String {
    let install = lang.install().replace('\n', "\n  ");
    let (folder, plugin) = (pasted(dir), pasted(&dir.join(format!("{name}.wasm"))));
    // Without its host a plugin can be built, and not run.
    let test = if cfg!(feature = "plugins") { format!("  policy plugin test {plugin}\n") } else { String::new() };
    let dir = dir.display();
    format!(
        "wrote the plugin `{name}` to `{dir}`\n\nonce:\n  {install}\n\nthen:\n  policy plugin build {folder}\n{test}"
    )
}

/// A path as a shell takes it for one word.
fn pasted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

const fn template(language: Language) -> &'static str {
    match language {
        Language::Rust => "rust",
        Language::C => "c",
        Language::Js => "js",
        Language::Python => "python",
    }
}

/// What a plugin in this language stands on, and below which folder it goes.
fn parts(language: Language) -> Vec<(&'static Dir<'static>, &'static str)> {
    let mut parts = vec![(&WIT, "hongxian/wit")];
    match language {
        Language::Rust => parts.push((&SDK, "hongxian/sdk")),
        Language::C => parts.push((&BORDER_IN_C, "hongxian/c")),
        Language::Js | Language::Python => {}
    }
    parts
}

/// Copies a folder's files below another one; texts through `with`. A name that ends in `.in` is written without that
/// ending: a `Cargo.toml` would make the folder another package.
fn copy(from: &Dir<'_>, dir: &Path, below: &str, with: &dyn Fn(&str) -> String) -> Result<(), Failure> {
    let mut folders = vec![from];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path =
                file.path().strip_prefix(from.path()).unwrap_or(file.path()).to_string_lossy().replace('\\', "/");
            let name = Path::new(below).join(path.trim_end_matches(".in")).to_string_lossy().into_owned();
            match file.contents_utf8() {
                Some(text) => write_below(dir, &name, with(text).as_bytes())?,
                None => write_below(dir, &name, file.contents())?,
            }
        }
    }
    Ok(())
}

/// The folder's name as a plugin may be called: lower-case letters, digits and `_`.
pub(super) fn plugin_name(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_default();
    let name = folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let name = name.trim_matches('_').trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    if name.is_empty() { "my_plugin".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_pasted_is_one_word() {
        for (path, word) in
            [("a/b-1.wasm", "a/b-1.wasm"), ("插件", "插件"), ("My Digits", "'My Digits'"), ("it's", r"'it'\''s'")]
        {
            assert_eq!(pasted(Path::new(path)), word);
        }
    }

    #[test]
    fn names_of_plugins_come_from_folders() {
        for (folder, name) in
            [("/a/digits", "digits"), ("/a/My Digits", "my_digits"), ("/a/插件", "my_plugin"), ("/9x", "x")]
        {
            assert_eq!(plugin_name(Path::new(folder)), name);
        }
    }
}
