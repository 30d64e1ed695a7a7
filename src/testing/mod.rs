//! Tests of packs: `test "…" { given … with { … } expect … }` blocks and case files, run against the engine.
//!
//! A test edits a declaration of its pack, has it judged as anybody's would be, and compares. It knows no disk: the pack's
//! files are at hand.

mod change;
mod compare;
mod coverage;
mod mutate;
mod prepare;
mod read;
pub mod snapshot;
mod trial;
mod typed;
mod words;
mod write;

pub use compare::{Because, Failure};
pub use coverage::{Conditions, Coverage, Seen, Unseen};
pub use mutate::{Mutated, Mutation, Mutator, Site, Survivor, Tally, Without};
pub use trial::{Change, Expectation, Trial};
pub use write::{NewCase, NewExpectation, case_text};

use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use crate::pack::{CaseFile, LoadedPack};
use crate::report::contract::SourcePlace;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::ast::ItemKind;
use crate::value::Date;
use prepare::Prepared;

/// A test of a pack.
#[derive(Debug, Clone)]
pub struct Case<'e> {
    pack: &'e LoadedPack,
    name: String,
    read: Result<Trial, Vec<Diagnostic>>,
    /// Where it stands.
    pub span: Span,
}

impl<'e> Case<'e> {
    /// What it shows.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it has judged and expects; nothing where it could not be read.
    #[must_use]
    pub fn trial(&self) -> Option<&Trial> {
        self.read.as_ref().ok()
    }

    /// The pack that it belongs to.
    #[must_use]
    pub fn pack(&self) -> &'e str {
        &self.pack.manifest.name.value
    }
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Everything that it expects was found.
    Passed,
    /// Something was not.
    Failed(Vec<Failure>),
    /// It could not be run: what is wrong with it.
    Broken(Vec<Diagnostic>),
}

/// All tests of an engine's packs: the blocks of their modules, then their case files.
#[derive(Debug)]
pub struct Suite<'e> {
    sources: SourceMap,
    cases: Vec<Case<'e>>,
}

impl<'e> Suite<'e> {
    /// Reads the tests. One that cannot be read is among them and ends as [`Ended::Broken`].
    #[must_use]
    pub fn new(engine: &'e Engine) -> Self {
        let mut sources = engine.sources().clone();
        let mut cases = Vec::new();
        for pack in engine.packs() {
            cases.extend(blocks(pack));
            cases.extend(files(pack, &mut sources));
        }
        Self { sources, cases }
    }

    /// The tests, in order.
    #[must_use]
    pub fn cases(&self) -> &[Case<'e>] {
        &self.cases
    }

    /// The texts that tests, failures and diagnostics point into.
    #[must_use]
    pub const fn sources(&self) -> &SourceMap {
        &self.sources
    }
}

/// Every test of every pack, in order; for those who do not show places.
pub fn cases(engine: &Engine) -> impl Iterator<Item = Case<'_>> {
    Suite::new(engine).cases.into_iter()
}

/// Runs a test.
#[must_use]
pub fn run(engine: &Engine, case: &Case<'_>) -> Ended {
    let judged = Prepared::new(engine, case).and_then(|prepared| {
        let report = prepared.judge(engine, prepared.rules.as_deref());
        report.map(|report| compare::compare(engine, &prepared, &report))
    });
    match judged {
        Ok(failures) if failures.is_empty() => Ended::Passed,
        Ok(failures) => Ended::Failed(failures),
        Err(found) => Ended::Broken(found),
    }
}

/// A declaration that a test has judged, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<'c> {
    /// Its text, with the changes made.
    pub text: String,
    /// The evaluation date, where the test gives one.
    pub as_of: Option<Date>,
    /// The stage, where the test gives one.
    pub stage: Option<&'c str>,
}

/// The declaration that a test has judged.
///
/// # Errors
///
/// What is wrong with the test.
pub fn given<'c>(engine: &Engine, case: &'c Case<'_>) -> Result<Given<'c>, Vec<Diagnostic>> {
    Prepared::new(engine, case).map(Prepared::given)
}

fn blocks(pack: &LoadedPack) -> impl Iterator<Item = Case<'_>> {
    pack.modules.iter().flat_map(|module| &module.items).filter_map(move |item| match &item.kind {
        ItemKind::Test(test) => {
            Some(Case { pack, name: test.name.text.clone(), read: read::block(test), span: item.span })
        }
        _ => None,
    })
}

fn files<'e>(pack: &'e LoadedPack, sources: &mut SourceMap) -> Vec<Case<'e>> {
    let paths = pack.files.cases().into_iter();
    paths.map(|path| file(pack, path, pack.files.get(path).unwrap_or_default(), sources)).collect()
}

fn file<'e>(pack: &'e LoadedPack, path: &str, bytes: &[u8], sources: &mut SourceMap) -> Case<'e> {
    let file = sources.add(format!("{}{path}", pack.prefix), String::from_utf8_lossy(bytes));
    let (name, read) = match text(file, path, bytes).and_then(|text| CaseFile::parse(file, text)) {
        Ok(case) => (case.title.as_ref().map(|title| title.value.clone()), Ok(read::file(case))),
        Err(found) => (None, Err(found)),
    };
    Case { pack, name: name.unwrap_or_else(|| path.to_owned()), read, span: Span::new(file, 0, 0) }
}

fn text<'b>(file: FileId, path: &str, bytes: &'b [u8]) -> Result<&'b str, Vec<Diagnostic>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
        let message = format!("expected UTF-8 text in `{path}`, found another encoding");
        vec![Diagnostic::error(crate::diagnostic::Code::NOT_UTF8, Span::new(file, at, at), message)]
    })
}

/// A share in tenths of a percent, rounded down; none of nothing.
fn per_mille(part: u32, whole: u32) -> Option<u32> {
    let tenths = (u64::from(part) * 1000).checked_div(u64::from(whole))?;
    u32::try_from(tenths).ok()
}

/// A place in a text, as results name it.
fn place(sources: &SourceMap, span: Span) -> SourcePlace {
    let at = sources.position(span);
    SourcePlace { file: sources.name(span.file).to_owned(), line: at.line, column: at.column }
}
