//! Programs as bytes: a pack that is known when a program is built can be checked and compiled then, and need not be in
//! each run. What is kept is what [`compile`] made; there is no other way to a program.
//!
//! Only what a pack is alone is stored: without other packs, functions from outside, or anything to be said about it. The
//! bytes are for programs built from the same version of this library; nothing is promised about their shape.

use super::layout::Layout;
use super::pattern::Pattern;
use super::program::{Node, Program, Routine, RoutineId, RuleCode};
use crate::check::check;
use crate::compile::compile;
use crate::function::Registry;
use crate::ir::{EnumId, Policy, Type};
use crate::pack::{self, BuiltIn, Modules, PackFiles};
use crate::source::{FileId, SourceFile, SourceMap, Span};
use serde::{Deserialize, Serialize};

/// What the bytes begin with: another version may check or compile otherwise.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The version, the paths of the texts in the order in which places count them, and the program.
type Stored<'t> = (&'t str, Vec<&'t str>, Parts);

/// What a program is made of; its layout follows from the model.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Parts {
    policy: Policy,
    nodes: Vec<Node>,
    origins: Vec<(Type, Span)>,
    routines: Vec<Routine>,
    patterns: Vec<String>,
    conditions: Vec<Vec<Option<RoutineId>>>,
    stage: Option<(RoutineId, EnumId)>,
    rules: Vec<RuleCode>,
}

impl Parts {
    fn of(program: Program) -> Self {
        let Program { policy, layout: _, nodes, origins, routines, patterns, conditions, stage, rules } = program;
        let patterns = patterns.iter().map(|pattern| pattern.source().to_owned()).collect();
        Self { policy, nodes, origins, routines, patterns, conditions, stage, rules }
    }

    fn program(self) -> Program {
        let Self { policy, nodes, origins, routines, patterns, conditions, stage, rules } = self;
        let layout = Layout::new(&policy.model);
        let patterns = patterns.iter().map(|source| Pattern::new(source)).collect();
        Program { policy, layout, nodes, origins, routines, patterns, conditions, stage, rules }
    }
}

/// The program that a pack's modules are alone, those that hold only tests left out. None where it is none, or where there
/// is something to be said about it.
#[must_use]
pub fn store(files: &PackFiles) -> Option<Vec<u8>> {
    let mut sources = SourceMap::new();
    let pack = pack::load(files, "", Modules::WithoutTests, &mut sources).ok()?;
    let checked = check(&[pack], &Registry::default());
    let policy = checked.policy.filter(|_| checked.diagnostics.is_empty())?;
    let texts: Vec<&str> = (0..).map_while(|index| sources.get(FileId::new(index))).map(SourceFile::name).collect();
    postcard::to_allocvec::<Stored<'_>>(&(VERSION, texts, Parts::of(compile(policy)))).ok()
}

/// The program that was stored with a pack; its texts enter `sources`, which must be empty, under `name_prefix` followed by
/// their path. None where nothing was stored, or by another version.
#[must_use]
pub fn stored(pack: &'static BuiltIn, name_prefix: &str, sources: &mut SourceMap) -> Option<Program> {
    let (version, texts, program) = postcard::from_bytes::<Stored<'static>>(pack.checked?).ok()?;
    let texts = texts.into_iter().map(|path| Some((path, pack.text(path)?))).collect::<Option<Vec<_>>>()?;
    if version != VERSION || sources.next(0) != FileId::new(0) {
        return None;
    }
    for (path, text) in texts {
        sources.add_static(format!("{name_prefix}{path}"), text);
    }
    Some(program.program())
}
