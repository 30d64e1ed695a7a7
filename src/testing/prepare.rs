//! What a test has judged, made ready: the declaration with its changes, its date and stage, the files that settle.

use super::trial::{Expectation, Trial};
use super::words::{helped, misspelt};
use super::{Case, Given, change};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::engine::{Engine, Input, Options, Settlements};
use crate::ir::RuleId;
use crate::pack::{LoadedPack, Placed};
use crate::report::contract::Report;
use crate::source::Span;
use crate::syntax::ast::{Path, PathStep};
use serde_json::Value as Json;

/// A test that can be run. It holds for every engine of the same model, not only for the one that it was made with.
#[derive(Debug)]
pub(super) struct Prepared<'c> {
    /// What it expects.
    pub trial: &'c Trial,
    /// The rules that it asks about; all of them where it asks for the decision.
    pub rules: Option<Vec<RuleId>>,
    /// For each expectation, the JSON Pointer that it names.
    pub pointers: Vec<Option<String>>,
    file: &'c str,
    text: String,
    settlements: Settlements,
    span: Span,
}

impl<'c> Prepared<'c> {
    pub(super) fn new(engine: &Engine, case: &'c Case<'_>) -> Result<Self, Vec<Diagnostic>> {
        let trial = case.read.as_ref().map_err(Clone::clone)?;
        let mut found = incomplete(case.span, trial);
        let declaration =
            trial.given.as_ref().and_then(|given| declaration(engine, case.pack, given, trial, &mut found));
        let waivers = fixtures(case.pack, &trial.waivers, &mut found);
        let reviews = fixtures(case.pack, &trial.reviews, &mut found);
        found.extend(misspelt(engine, trial));
        let (Some(declaration), true) = (declaration, found.is_empty()) else { return Err(found) };
        let settlements = engine
            .settlements(&inputs(&waivers), &inputs(&reviews))
            .map_err(|invalid| vec![refused(case.span, &invalid)])?;
        Ok(Self {
            trial,
            rules: asked(engine, trial),
            pointers: declaration.pointers,
            file: declaration.file,
            text: declaration.text,
            settlements,
            span: case.span,
        })
    }

    /// Has the declaration judged by an engine; by some rules, then there is no decision, or by all.
    pub(super) fn judge(&self, engine: &Engine, rules: Option<&[RuleId]>) -> Result<Report, Vec<Diagnostic>> {
        let options = Options { rules, ..self.options() };
        engine.evaluate(self.input(), &options).map_err(|refusal| vec![refused(self.span, &refusal)])
    }

    /// The declaration, to be judged by somebody else.
    pub(super) fn given(self) -> Given<'c> {
        Given { text: self.text, as_of: self.trial.as_of, stage: self.trial.stage.as_deref() }
    }

    /// The declaration.
    pub(super) fn input(&self) -> Input<'_> {
        Input { name: self.file, bytes: self.text.as_bytes() }
    }

    /// How it is judged; by all rules.
    pub(super) fn options(&self) -> Options<'_> {
        Options {
            as_of: self.trial.as_of,
            stage: self.trial.stage.as_deref(),
            settlements: Some(&self.settlements),
            list_passes: true,
            ..Options::default()
        }
    }
}

/// The rules that a test asks about; all of them where it asks for the decision.
fn asked(engine: &Engine, trial: &Trial) -> Option<Vec<RuleId>> {
    (!trial.decides()).then(|| trial.rules().filter_map(|id| engine.rule(id)).collect())
}

fn incomplete(span: Span, trial: &Trial) -> Vec<Diagnostic> {
    let missing = |what: &str| Diagnostic::error(Code::TEST_INCOMPLETE, span, what);
    let given = trial.given.is_none().then(|| {
        missing("expected a declaration in the test, found none")
            .help("add `given \"fixtures/complete.json\"`, in a case file `given = \"fixtures/complete.json\"`")
    });
    let expected = trial.expected.is_empty().then(|| {
        missing("expected something to be expected in the test, found nothing")
            .help("add `expect decision refused`, in a case file `expect.decision = \"refused\"`")
    });
    given.into_iter().chain(expected).collect()
}

/// A declaration of a test as JSON text.
struct Declaration<'c> {
    file: &'c str,
    text: String,
    pointers: Vec<Option<String>>,
}

/// The declaration of a test: the fixture's own bytes where nothing is changed.
fn declaration<'c>(
    engine: &Engine,
    pack: &LoadedPack,
    given: &'c Placed<String>,
    trial: &Trial,
    found: &mut Vec<Diagnostic>,
) -> Option<Declaration<'c>> {
    let broken = |why: String| Diagnostic::error(Code::TEST_FILE, given.span, format!("`{}` is {why}", given.value));
    let bytes = fixture(pack, given, found)?;
    let Ok(text) = std::str::from_utf8(bytes) else {
        found.push(broken("not UTF-8 text".to_owned()));
        return None;
    };
    let mut json: Json =
        serde_json::from_str(text).map_err(|error| found.push(broken(format!("no JSON: {error}")))).ok()?;
    let model = &engine.program().policy.model;
    for change in &trial.changes {
        if let Err(diagnostic) = change::apply(model, &mut json, change) {
            found.push(*diagnostic);
        }
    }
    let pointers =
        trial.expected.iter().map(|expectation| place(expectation).map(|path| pointer(path, &json))).collect();
    let text = if trial.changes.is_empty() { text.to_owned() } else { serde_json::to_string_pretty(&json).ok()? };
    Some(Declaration { file: &given.value, text, pointers })
}

const fn place(expectation: &Expectation) -> Option<&Path> {
    match expectation {
        Expectation::Rule { at, .. } => at.as_ref(),
        Expectation::Decision(_) => None,
    }
}

/// A path as a JSON Pointer into a declaration; the root's name is not part of it. An element that is picked by a field
/// and is not there stays as it is written, which no finding has.
fn pointer(path: &Path, json: &Json) -> String {
    path.steps.iter().fold(String::new(), |pointer, step| {
        pointer.clone()
            + &match step {
                PathStep::Field(name) => format!("/{}", name.text.replace('~', "~0").replace('/', "~1")),
                PathStep::Index(index, _) => format!("/{index}"),
                PathStep::Key(name, value) => match index_of(json.pointer(&pointer), &name.text, &value.text) {
                    Some(index) => format!("/{index}"),
                    None => format!("[{}={}]", name.text, value.text),
                },
            }
    })
}

fn index_of(list: Option<&Json>, key: &str, value: &str) -> Option<usize> {
    list?.as_array()?.iter().position(|item| item.get(key).and_then(Json::as_str) == Some(value))
}

fn fixtures<'a>(
    pack: &'a LoadedPack,
    files: &'a [Placed<String>],
    found: &mut Vec<Diagnostic>,
) -> Vec<(&'a str, &'a [u8])> {
    files.iter().filter_map(|file| Some((file.value.as_str(), fixture(pack, file, found)?))).collect()
}

fn fixture<'a>(pack: &'a LoadedPack, file: &Placed<String>, found: &mut Vec<Diagnostic>) -> Option<&'a [u8]> {
    let bytes = pack.files.get(&file.value);
    if bytes.is_none() {
        let message = format!("the pack has no file `{}`", file.value);
        let diagnostic = Diagnostic::error(Code::TEST_FILE, file.span, message);
        let near = nearest(&file.value, pack.files.files.keys().map(String::as_str));
        found.push(match near {
            Some(_) => helped(diagnostic, near),
            None => diagnostic.help("files are named relative to the pack, as in `fixtures/complete.json`"),
        });
    }
    bytes
}

fn inputs<'a>(files: &[(&'a str, &'a [u8])]) -> Vec<Input<'a>> {
    files.iter().map(|(name, bytes)| Input { name, bytes }).collect()
}

fn refused(span: Span, why: &impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error(Code::TEST_REFUSED, span, "the test's declaration was not judged").help(why.to_string())
}
