//! From files to a pack: manifest, locator tables and modules, every error of every file in one go.

use super::files::{MANIFEST, MAX_FILES, MAX_PACK_BYTES, PackFiles, hex};
use super::locators::Locators;
use super::manifest::{self, Manifest};
use super::table::Placed;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::{self, Stored, ast};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A pack, parsed and not yet checked.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedPack {
    /// What it says about itself.
    pub manifest: Manifest,
    /// `sha256:…` over manifest, modules, locator tables and plugins.
    pub digest: String,
    /// Its modules that were read, sorted by path.
    pub modules: Vec<ast::File>,
    /// The locators of each source, in the order of `manifest.sources`.
    pub locators: Vec<Locators>,
    /// What the names of its files begin with in diagnostics and reports.
    pub prefix: String,
    /// All its files, also those that are not part of it: tests read fixtures.
    pub files: PackFiles,
}

/// From how many bytes to be parsed on a second thread pays.
const WORTH_A_THREAD: usize = 32 << 10;

/// Which modules of a pack are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Modules {
    /// All of them.
    #[default]
    All,
    /// Those that can move a verdict: modules that hold nothing but tests are left out.
    WithoutTests,
}

/// Loads a pack. Its texts enter `sources` under `name_prefix` followed by their path in the pack.
pub fn load(
    files: &PackFiles,
    name_prefix: &str,
    which: Modules,
    sources: &mut SourceMap,
) -> Result<LoadedPack, Vec<Diagnostic>> {
    let mut loader = Loader { files, name_prefix, which, sources, found: Vec::new() };
    let pack = loader.pack();
    match pack {
        Some(pack) if loader.found.is_empty() => Ok(pack),
        _ => Err(loader.found),
    }
}

struct Loader<'a> {
    files: &'a PackFiles,
    name_prefix: &'a str,
    which: Modules,
    sources: &'a mut SourceMap,
    found: Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn pack(&mut self) -> Option<LoadedPack> {
        self.limits()?;
        let Some(bytes) = self.files.get(MANIFEST) else {
            self.found.push(self.no_manifest());
            return None;
        };
        let (file, text) = self.text(MANIFEST, bytes);
        let (manifest, found) = text.map_or_else(|| manifest::read(file, ""), |text| manifest::read(file, text));
        if text.is_some() {
            self.found.extend(found);
        }
        let locators = self.locators(&manifest);
        self.plugins(&manifest);
        let modules = self.modules();
        let named = manifest.sources.iter().map(|source| &source.locators);
        let named = named.chain(manifest.plugins.iter().map(|plugin| &plugin.file)).map(|file| file.value.as_str());
        let digest = self.files.digest(named.chain([MANIFEST]).chain(self.files.modules()));
        Some(LoadedPack {
            manifest,
            digest,
            modules,
            locators,
            prefix: self.name_prefix.to_owned(),
            files: self.files.clone(),
        })
    }

    fn limits(&mut self) -> Option<()> {
        let bytes: usize = self.files.files.values().map(|bytes| bytes.len()).sum();
        let limits = [("files", self.files.files.len(), MAX_FILES), ("bytes", bytes, MAX_PACK_BYTES)];
        for (what, found, most) in limits {
            if found > most {
                let message = format!("expected at most {most} {what} in a pack, found {found}");
                self.found.push(Diagnostic::placeless(Code::PACK_LIMIT, message));
            }
        }
        self.found.is_empty().then_some(())
    }

    fn no_manifest(&self) -> Diagnostic {
        let message = format!("expected a manifest `{}{MANIFEST}`, found none", self.name_prefix);
        let diagnostic = Diagnostic::placeless(Code::PACK_FILE, message);
        let inside = format!("/{MANIFEST}");
        match self.files.files.keys().find(|path| path.ends_with(&inside)) {
            Some(path) => diagnostic.help(format!("did you mean the folder of `{path}`?")),
            None => diagnostic.help("a pack is a folder with a `pack.toml`; `policy init` makes one"),
        }
    }

    /// Takes a text in; where it is not UTF-8, notes the place of the first byte that is not.
    fn text<'b>(&mut self, path: &str, bytes: &'b [u8]) -> (FileId, Option<&'b str>) {
        let name = format!("{}{path}", self.name_prefix);
        match std::str::from_utf8(bytes) {
            Ok(text) => (self.sources.add(name, text), Some(text)),
            Err(error) => {
                let file = self.sources.add(name, String::from_utf8_lossy(bytes));
                let at = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
                let message = format!("expected UTF-8 text in `{path}`, found another encoding");
                self.found.push(Diagnostic::error(Code::NOT_UTF8, Span::new(file, at, at), message));
                (file, None)
            }
        }
    }

    /// The bytes of a file that the manifest names.
    fn named(&mut self, path: &Placed<String>) -> Option<&'a [u8]> {
        if path.value.is_empty() {
            return None;
        }
        let files = self.files;
        let bytes = files.get(&path.value);
        if bytes.is_none() {
            let message = format!("expected a file `{}` in the pack, found none", path.value);
            let diagnostic = Diagnostic::error(Code::PACK_FILE, path.span, message);
            self.found.push(match nearest(&path.value, files.files.keys().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("paths are relative to the pack, with `/` between folders"),
            });
        }
        bytes
    }

    fn locators(&mut self, manifest: &Manifest) -> Vec<Locators> {
        let mut tables = Vec::new();
        for source in &manifest.sources {
            let Some(bytes) = self.named(&source.locators) else { continue };
            let (file, text) = self.text(&source.locators.value, bytes);
            match text.map(|text| Locators::parse(file, text)) {
                Some(Ok(table)) => tables.push(table),
                Some(Err(found)) => self.found.extend(found),
                None => {}
            }
        }
        tables
    }

    fn plugins(&mut self, manifest: &Manifest) {
        for plugin in &manifest.plugins {
            let Some(digest) = self.named(&plugin.file).map(|bytes| hex(&Sha256::digest(bytes))) else { continue };
            if digest != plugin.sha256.value {
                let message = format!("expected SHA-256 `{}`, found `{digest}`", plugin.sha256.value);
                let help = "if the change of the plugin is meant, write its new digest here";
                self.found.push(
                    Diagnostic::error(Code::PLUGIN_DIGEST, plugin.sha256.span, message)
                        .also(plugin.file.span, "this file's digest is another one")
                        .help(help),
                );
            }
        }
    }

    fn modules(&mut self) -> Vec<ast::File> {
        let files = self.files;
        let before = self.found.len();
        let mut texts = Vec::new();
        for path in files.modules() {
            if let (file, Some(text)) = self.text(path, files.get(path).unwrap_or_default()) {
                texts.push(Module { file, text, stored: files.stored(path) });
            }
        }
        let mut modules = Vec::new();
        for parsed in parse_all(&texts, self.which) {
            match parsed {
                Ok(module) => modules.push(module),
                Err(found) => self.found.extend(found),
            }
        }
        let file = |diagnostic: &Diagnostic| diagnostic.primary.as_ref().map(|label| label.span.file);
        self.found.get_mut(before..).unwrap_or_default().sort_by_key(file);
        modules
    }
}

/// A module on its way to a tree.
struct Module<'t> {
    file: FileId,
    text: &'t str,
    stored: Option<Stored<'static>>,
}

impl Module<'_> {
    fn is_wanted(&self, which: Modules) -> bool {
        let only_tests = || self.stored.map_or_else(|| syntax::holds_only_tests(self.text), |stored| stored.only_tests);
        which == Modules::All || !only_tests()
    }

    fn parse(&self) -> Parsed {
        let stored = self.stored.and_then(|stored| stored.tree(self.file));
        stored.map_or_else(|| syntax::parse(self.file, self.text), Ok)
    }
}

type Parsed = Result<ast::File, Vec<Diagnostic>>;

/// The trees of the modules that are wanted, in their order. Modules are independent of each other until they are
/// checked, so two threads share the work where there is enough of it, each taking the next one.
fn parse_all(modules: &[Module<'_>], which: Modules) -> Vec<Parsed> {
    let next = AtomicUsize::new(0);
    let parse = || -> Vec<(FileId, Parsed)> {
        let taken = std::iter::from_fn(|| modules.get(next.fetch_add(1, Ordering::Relaxed)));
        taken.filter(|module| module.is_wanted(which)).map(|module| (module.file, module.parse())).collect()
    };
    let unparsed = modules.iter().filter(|module| module.stored.is_none());
    let bytes: usize = unparsed.map(|module| module.text.len()).sum();
    let mut parsed = if bytes < WORTH_A_THREAD {
        parse()
    } else {
        std::thread::scope(|scope| {
            let other = scope.spawn(parse);
            let mut parsed = parse();
            parsed.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            parsed
        })
    };
    parsed.sort_by_key(|(file, _)| *file);
    parsed.into_iter().map(|(_, parsed)| parsed).collect()
}
