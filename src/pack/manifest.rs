//! `pack.toml`: what a pack says about itself. It knows nothing of the other files but their names.

use super::table::{Placed, Table, document, is_sha256};
use super::views::{self, Views};
use super::wildcard::Glob;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Label;
use crate::source::{FileId, Span};
use crate::value::Date;
use indexmap::IndexMap;

/// The edition of the language that this engine reads.
pub const LANGUAGE: &str = "2026";

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its file.
    pub file: FileId,
    /// `name`: lower-case letters, digits and `-`.
    pub name: Placed<String>,
    /// `version`
    pub version: Placed<String>,
    /// `language`: the edition, [`LANGUAGE`].
    pub language: Placed<String>,
    /// `title`; empty where none is given.
    pub title: Label,
    /// `root`: the record that a declaration is; absent where another pack's model is used.
    pub root: Option<Placed<String>>,
    /// `model`: the packs whose modules may be used.
    pub model: Vec<Placed<String>>,
    /// `extends`: the pack that this overlay tightens.
    pub extends: Option<Placed<String>>,
    /// `extension`: the record that the overlay adds to the root.
    pub extension: Option<Placed<String>>,
    /// `lapsed_on`: the day on which the pack's source ended its life.
    pub lapsed_on: Option<Placed<Date>>,
    /// `[[source]]`
    pub sources: Vec<Source>,
    /// `[arguments]`: what each letter says.
    pub arguments: IndexMap<String, Argument>,
    /// `[[plugin]]`
    pub plugins: Vec<Plugin>,
    /// `[sections]`, `[[family]]`, `[[form]]`, `institution`
    pub views: Views,
}

/// A text that rules cite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `name`: a word.
    pub name: Placed<String>,
    /// `title`; empty where none is given.
    pub title: Label,
    /// `locators`: the file of its locators.
    pub locators: Placed<String>,
    /// Whether locators without a name are its: `default = true`, or the only source.
    pub default: bool,
    /// `accounted`: the sentences that some rule or `outside` entry must account for, as a glob over locators.
    pub accounted: Option<Placed<Glob>>,
    /// `printing`: the printing of the source whose digests the locator table keeps.
    pub printing: Label,
    /// Where it is declared.
    pub span: Span,
}

/// An argument of a source, by its letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// What it says.
    pub label: Label,
    /// Where it is declared.
    pub span: Span,
}

/// A plugin that belongs to the pack. It is known by its digest; nothing loads it here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plugin {
    /// `name`: a word.
    pub name: Placed<String>,
    /// `file`
    pub file: Placed<String>,
    /// `sha256`: 64 hexadecimal digits, lower case.
    pub sha256: Placed<String>,
    /// `limits`
    pub limits: PluginLimits,
    /// Where it is declared.
    pub span: Span,
}

/// What a plugin may use; only lower than the engine's own limits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PluginLimits {
    /// `fuel`
    pub fuel: Option<Placed<u64>>,
    /// `memory_bytes`
    pub memory_bytes: Option<Placed<u64>>,
    /// `findings`
    pub findings: Option<Placed<u64>>,
}

impl Manifest {
    /// Reads a manifest.
    pub fn parse(file: FileId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let (manifest, found) = read(file, text);
        if found.is_empty() { Ok(manifest) } else { Err(found) }
    }

    /// The source that locators without a name belong to.
    #[must_use]
    pub fn default_source(&self) -> Option<&Source> {
        self.sources.iter().find(|source| source.default)
    }
}

/// The manifest as far as it could be read, and what is wrong with it.
pub(super) fn read(file: FileId, text: &str) -> (Manifest, Vec<Diagnostic>) {
    let blank = || Placed::new(String::new(), Span::new(file, 0, 0));
    let mut manifest = Manifest {
        file,
        name: blank(),
        version: blank(),
        language: blank(),
        title: Label::default(),
        root: None,
        model: Vec::new(),
        extends: None,
        extension: None,
        lapsed_on: None,
        sources: Vec::new(),
        arguments: IndexMap::new(),
        plugins: Vec::new(),
        views: Views::default(),
    };
    let found = document(file, text, "a manifest", |table| fill(&mut manifest, table));
    (manifest, found)
}

fn fill(manifest: &mut Manifest, table: &mut Table<'_>) {
    manifest.name = table.required_text("name", "\"my-pack\"");
    manifest.version = table.required_text("version", "\"0.1.0\"");
    manifest.language = table.required_text("language", &format!("\"{LANGUAGE}\""));
    manifest.title = table.label("title");
    let stands_on_another = table.has("model") || table.has("extends");
    if !stands_on_another {
        table.require("root", "\"Product\"");
    }
    manifest.root = table.text("root");
    manifest.model = table.texts("model");
    manifest.extends = table.text("extends");
    manifest.extension = table.text("extension");
    manifest.lapsed_on = table.date("lapsed_on");
    manifest.sources = table.tables("source", "a source", source);
    let arguments = table.table("arguments", "the arguments", |inner| inner.named_tables("an argument", argument));
    manifest.arguments =
        arguments.unwrap_or_default().into_iter().map(|(name, argument)| (name.value, argument)).collect();
    manifest.plugins = table.tables("plugin", "a plugin", plugin);
    manifest.views = views::read(table);
    settle_default(manifest);
    check(manifest, table);
}

fn source(table: &mut Table<'_>) -> Source {
    let name = table.required_text("name", "\"plan\"");
    let title = table.label("title");
    let locators = table.required_text("locators", "\"sources/plan.txt\"");
    let default = table.flag("default").is_some_and(|flag| flag.value);
    let accounted = table.text("accounted").map(|text| Placed::new(Glob::new(&text.value), text.span));
    let printing = table.label("printing");
    word(table, &name);
    Source { name, title, locators, default, accounted, printing, span: table.span() }
}

fn argument(table: &mut Table<'_>) -> Argument {
    Argument { label: table.words(), span: table.span() }
}

fn plugin(table: &mut Table<'_>) -> Plugin {
    let name = table.required_text("name", "\"registry_codes\"");
    let file = table.required_text("file", "\"plugins/registry_codes.wasm\"");
    let sha256 = table.required_text("sha256", "\"…\"");
    let limits = table.table("limits", "a plugin's limits", |inner| PluginLimits {
        fuel: inner.count("fuel"),
        memory_bytes: inner.count("memory_bytes"),
        findings: inner.count("findings"),
    });
    word(table, &name);
    if !sha256.value.is_empty() && !is_sha256(&sha256.value) {
        table.wrong(sha256.span, "expected 64 lower-case hexadecimal digits for `sha256`");
    }
    Plugin { name, file, sha256, limits: limits.unwrap_or_default(), span: table.span() }
}

fn word(table: &mut Table<'_>, name: &Placed<String>) {
    let good =
        name.value.chars().enumerate().all(|(at, c)| c == '_' || c.is_alphabetic() || (at > 0 && c.is_numeric()));
    if !good {
        table
            .wrong(name.span, format!("expected a word of letters, digits and `_` for `name`, found `{}`", name.value));
    }
}

/// The only source is the default one.
fn settle_default(manifest: &mut Manifest) {
    if let [only] = manifest.sources.as_mut_slice() {
        only.default = true;
    }
}

fn check(manifest: &Manifest, table: &mut Table<'_>) {
    let name = &manifest.name;
    let good = |(at, c): (usize, char)| c.is_ascii_lowercase() || (at > 0 && (c.is_ascii_digit() || c == '-'));
    if !name.value.chars().enumerate().all(good) || name.value.ends_with('-') {
        let message = format!("expected lower-case letters, digits and `-` for `name`, found `{}`", name.value);
        table.wrong(name.span, message);
    }
    let language = &manifest.language;
    if !language.value.is_empty() && language.value != LANGUAGE {
        let message = format!("expected language edition `{LANGUAGE}`, found `{}`", language.value);
        let help = "this engine reads one edition; a pack of another one needs another version of the engine";
        table.report(Diagnostic::error(Code::BAD_VALUE, language.span, message).help(help));
    }
    if let (Some(extension), None) = (&manifest.extension, &manifest.extends) {
        let message = "`extension` stands in a pack that does not extend another";
        table.report(
            Diagnostic::error(Code::BAD_VALUE, extension.span, message).help("add `extends = \"…\"`, or remove it"),
        );
    }
    let sources = || manifest.sources.iter();
    twice(table, "source", sources().map(|source| &source.name));
    twice(table, "plugin", manifest.plugins.iter().map(|plugin| &plugin.name));
    let mut defaults = sources().filter(|source| source.default);
    if let (Some(first), Some(second)) = (defaults.next(), defaults.next()) {
        let message = format!("`{}` and `{}` are both the default source", first.name.value, second.name.value);
        table.report(
            Diagnostic::error(Code::NAMED_TWICE, second.span, message)
                .also(first.span, "the first one")
                .help("keep `default = true` at one of them"),
        );
    }
}

fn twice<'m>(table: &mut Table<'_>, what: &str, names: impl Iterator<Item = &'m Placed<String>>) {
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    for name in names {
        match seen.get(name.value.as_str()) {
            Some(first) if !name.value.is_empty() => table.report(
                Diagnostic::error(Code::NAMED_TWICE, name.span, format!("{what} `{}` stands here twice", name.value))
                    .also(*first, "the first one"),
            ),
            _ => {
                seen.insert(&name.value, name.span);
            }
        }
    }
}
