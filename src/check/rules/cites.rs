//! Citations, against the tables of locators.

use super::lineage;
use crate::check::notes::{Notes, suggest};
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Citation, PackId, SourceId, SourceInfo};
use crate::syntax::ast::Locator;

/// All sources of all packs, and in which order each pack looks a citation up.
#[derive(Debug)]
pub(in crate::check) struct Sources {
    pub(in crate::check) all: Vec<SourceInfo>,
    lineage: Vec<Vec<PackId>>,
}

impl Sources {
    pub(super) fn new(unit: &Unit<'_>) -> Self {
        let packs = unit.index.packs.iter().enumerate();
        let all = packs.flat_map(|(pack, loaded)| {
            loaded.manifest.sources.iter().zip(&loaded.locators).map(move |(source, table)| SourceInfo {
                pack: PackId::new(pack),
                name: source.name.value.clone(),
                title: source.title.clone().into(),
                default: source.default,
                locators: table.entries.iter().map(|(text, locator)| (text.clone(), locator.sha256.clone())).collect(),
            })
        });
        let lineage = (0..unit.index.packs.len()).map(|pack| lineage(unit, PackId::new(pack)).collect());
        Self { all: all.collect(), lineage: lineage.collect() }
    }

    /// The sources that a pack can cite, its own first.
    fn of(&self, pack: PackId) -> impl Iterator<Item = (SourceId, &SourceInfo)> {
        let lineage = self.lineage.get(pack.index()).map(Vec::as_slice).unwrap_or_default();
        lineage.iter().flat_map(|pack| {
            self.all.iter().enumerate().filter(|(_, it)| it.pack == *pack).map(|(at, it)| (SourceId::new(at), it))
        })
    }

    pub(super) fn resolve(&self, locators: &[Locator], pack: PackId, notes: &mut Notes) -> Option<Vec<Citation>> {
        let found: Vec<Option<Citation>> = locators.iter().map(|locator| self.one(locator, pack, notes)).collect();
        let citations: Vec<Citation> = found.into_iter().collect::<Option<_>>()?;
        for (at, citation) in citations.iter().enumerate() {
            let same = |other: &&Citation| (other.source, &other.locator) == (citation.source, &citation.locator);
            if let Some(first) = citations.iter().take(at).find(same) {
                let message = format!("`{}` is cited twice", citation.text);
                notes.report(
                    Diagnostic::error(Code::REPEATED_CLAUSE, citation.span, message).also(first.span, "the first time"),
                );
            }
        }
        Some(citations)
    }

    fn one(&self, locator: &Locator, pack: PackId, notes: &mut Notes) -> Option<Citation> {
        let named = locator.source.as_deref();
        let found = self.of(pack).find(|(_, source)| named.map_or(source.default, |name| source.name == name));
        let Some((id, source)) = found else { return notes.refuse(self.no_source(locator, pack)) };
        if !source.locators.contains_key(&locator.text) {
            let message = format!("`{}` has no sentence `{}`", source.name, locator.text);
            let diagnostic = Diagnostic::error(Code::UNKNOWN_LOCATOR, locator.span, message);
            return notes.refuse(suggest(diagnostic, &locator.text, source.locators.keys().map(String::as_str)));
        }
        let text = if source.default { locator.text.clone() } else { format!("{}:{}", source.name, locator.text) };
        Some(Citation { source: id, locator: locator.text.clone(), text, span: locator.span })
    }

    fn no_source(&self, locator: &Locator, pack: PackId) -> Diagnostic {
        let names: Vec<&str> = self.of(pack).map(|(_, source)| source.name.as_str()).collect();
        match &locator.source {
            Some(name) => {
                let message = format!("the pack names no source `{name}`");
                suggest(Diagnostic::error(Code::UNKNOWN_SOURCE, locator.span, message), name, names)
            }
            None if names.is_empty() => {
                let diagnostic =
                    Diagnostic::error(Code::UNKNOWN_SOURCE, locator.span, "the pack names no source to cite");
                diagnostic.help("name one in `pack.toml`: `[[source]]`")
            }
            None => {
                let diagnostic =
                    Diagnostic::error(Code::UNKNOWN_SOURCE, locator.span, "the pack has no default source");
                let first = names.first().copied().unwrap_or_default();
                diagnostic
                    .help(format!("name the source, `{first}:{}`, or give one of them `default = true`", locator.text))
            }
        }
    }
}
