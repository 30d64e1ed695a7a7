//! The engine: packs in, reports out. What an embedder needs, and what the `policy` command is the first user of.
//!
//! It reads no file, clock or environment and prints nothing. Once built it is `Send + Sync` and never changes.

mod loaded;
mod outcomes;
mod plugins;
mod session;
mod settlements;
mod verdicts;

pub use outcomes::{RuleOutcome, Standing};
pub use session::{Done, Judgement, Line, Session, lines};
pub use settlements::Settlements;

use crate::check::check;
use crate::compile::{NodeId, Program, compile, stored};
use crate::decode::cells::Cells;
use crate::decode::declaration::{Content, Declaration, Place};
use crate::decode::{self, Decoder};
use crate::diagnostic::{Diagnostic, nearest};
use crate::eval::{self, Basis, Operand, Outcomes, Setting, Step, Truth, Verdict};
use crate::function::{Fault, Registry};
use crate::ir::{MemberId, RuleId};
use crate::pack::{self, LoadedPack, PackFiles};
pub use crate::report::Digests;
use crate::report::contract::{Origin, Pinned, Report, Words};
use crate::report::form::{Form, FormContext};
use crate::report::public::Public;
use crate::report::{self, Context};
use crate::source::{SourceMap, Span};
use crate::value::{Date, Value};
use loaded::Packs;
use plugins::Plugins;
use std::sync::OnceLock;

/// Packs to be loaded together, and what they may call.
#[derive(Debug, Default)]
pub struct Builder {
    packs: Vec<(PackFiles, String)>,
    registry: Registry,
    limits: decode::Limits,
    modules: pack::Modules,
    plugins: Plugins,
}

impl Builder {
    /// Adds a pack. Its files enter diagnostics and reports under `prefix` followed by their path in the pack; most give
    /// an empty prefix, or the folder's name where several packs are loaded.
    #[must_use]
    pub fn pack(mut self, files: PackFiles, prefix: impl Into<String>) -> Self {
        self.packs.push((files, prefix.into()));
        self
    }

    /// Which modules are read; all of them unless said otherwise. Without those that hold nothing but tests, which move
    /// no verdict, loading is faster: their errors are then not found, and [`crate::testing`] finds no case in them.
    #[must_use]
    pub const fn modules(mut self, which: pack::Modules) -> Self {
        self.modules = which;
        self
    }

    /// Lends functions to the packs.
    #[must_use]
    pub fn functions(mut self, registry: Registry) -> Self {
        self.registry = registry;
        self
    }

    /// Limits what a declaration may be.
    #[must_use]
    pub const fn limits(mut self, limits: decode::Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Keeps compiled plugins, so that each is compiled once; without it they are compiled at every build.
    #[cfg(feature = "plugins")]
    #[must_use]
    pub fn code_cache(mut self, cache: std::sync::Arc<dyn crate::plugin::CodeCache>) -> Self {
        self.plugins.cache = Some(plugins::hosted::Cache(cache));
        self
    }

    /// Loads, checks and compiles the packs.
    ///
    /// # Errors
    ///
    /// Every error of every pack, with the texts that they point into.
    pub fn build(mut self) -> Result<Engine, Invalid> {
        if let Some((program, packs, sources)) = self.ahead() {
            return Ok(self.engine(program, packs, sources, Vec::new()));
        }
        let mut sources = SourceMap::new();
        let (mut packs, mut diagnostics) = (Vec::new(), Vec::new());
        for (files, prefix) in &self.packs {
            match pack::load(files, prefix, self.modules, &mut sources) {
                Ok(pack) => packs.push(pack),
                Err(found) => diagnostics.extend(found),
            }
        }
        if diagnostics.is_empty() {
            diagnostics = self.plugins.lend(&packs, &mut self.registry);
        }
        if !diagnostics.is_empty() {
            return Err(Invalid { sources, diagnostics });
        }
        let checked = check(&packs, &self.registry);
        match checked.policy {
            Some(policy) => Ok(self.engine(compile(policy), packs.into(), sources, checked.diagnostics)),
            None => Err(Invalid { sources, diagnostics: checked.diagnostics }),
        }
    }

    /// What was checked and compiled when the program was built, where just that is to be loaded: one pack as it is in the program,
    /// without its tests and without functions from outside.
    fn ahead(&self) -> Option<(Program, Packs, SourceMap)> {
        let [(files, prefix)] = self.packs.as_slice() else { return None };
        if self.modules != pack::Modules::WithoutTests || !self.registry.is_empty() {
            return None;
        }
        let mut sources = SourceMap::new();
        let program = stored(files.built_in()?, prefix, &mut sources)?;
        Some((program, Packs::later(files.clone(), prefix.clone()), sources))
    }

    fn engine(self, program: Program, packs: Packs, sources: SourceMap, warnings: Vec<Diagnostic>) -> Engine {
        let decoder = Decoder::new(&program.policy.model, &program.layout, self.limits);
        Engine {
            program,
            decoder,
            registry: self.registry,
            sources,
            packs,
            warnings,
            closures: OnceLock::new(),
            #[cfg(feature = "plugins")]
            host: self.plugins.host,
        }
    }
}

/// A text is not valid: what is wrong with it, and the texts that the diagnostics point into.
#[derive(Debug, Clone)]
pub struct Invalid {
    /// The texts.
    pub sources: SourceMap,
    /// What is wrong, in order.
    pub diagnostics: Vec<Diagnostic>,
}

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            if let Some(place) = &diagnostic.primary {
                let at = self.sources.position(place.span);
                write!(f, "{}:{}:{}: ", self.sources.name(place.span.file), at.line, at.column)?;
            }
            write!(f, "{}: {}", diagnostic.code, diagnostic.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// Why a declaration was not judged.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// The declaration is not valid.
    Invalid(Invalid),
    /// No evaluation date was given, and the declaration states none; the field that would.
    NoDate {
        /// JSON Pointer of the field, where the model names one.
        field: Option<String>,
    },
    /// A plugin kept the machine so long that no verdict can be trusted to be the same on another one.
    Stuck(Fault),
    /// The stage is none of the model's; those that there are.
    NoSuchStage {
        /// What was asked for.
        given: String,
        /// What can be asked for.
        stages: Vec<String>,
    },
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Invalid(invalid) => invalid.fmt(f),
            Self::Stuck(fault) => write!(f, "`{}` was ended: {}", fault.function, fault.message),
            Self::NoDate { field: Some(field) } => {
                write!(f, "expected an evaluation date, found none: declare `{field}` or give one")
            }
            Self::NoDate { field: None } => {
                write!(f, "expected an evaluation date, found none: the model names no field for it, so give one")
            }
            Self::NoSuchStage { given, stages } if stages.is_empty() => {
                write!(f, "expected no stage, found `{given}`: the model has no stages")
            }
            Self::NoSuchStage { given, stages } => {
                write!(f, "expected a stage ({}), found `{given}`", stages.join(", "))?;
                match nearest(given, stages.iter().map(String::as_str)) {
                    Some(near) => write!(f, "; did you mean `{near}`?"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// A text under its name: a declaration, a waivers file, a reviews file.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The name under which diagnostics and reports refer to it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// How a declaration is to be judged. The default is: by every rule, on its own date, at its own stage.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The line of its file that the declaration stands on, from 1, where a file has one on each line: places count
    /// from there.
    pub line: Option<u32>,
    /// The evaluation date, instead of the declaration's.
    pub as_of: Option<Date>,
    /// The stage, instead of the one that follows from the declaration.
    pub stage: Option<&'a str>,
    /// Only these rules: then there is no decision.
    pub rules: Option<&'a [RuleId]>,
    /// Waivers and reviews, read by [`Engine::settlements`].
    pub settlements: Option<&'a Settlements>,
    /// Whether findings that passed are listed.
    pub list_passes: bool,
    /// Of which rules the report has the digest of their facts.
    pub digests: Digests,
    /// The configuration file that was picked up, to be named in the report.
    pub configuration: Option<&'a str>,
}

/// Packs, loaded, checked and compiled.
#[derive(Debug)]
pub struct Engine {
    program: Program,
    decoder: Decoder,
    registry: Registry,
    sources: SourceMap,
    packs: Packs,
    warnings: Vec<Diagnostic>,
    #[cfg(feature = "plugins")]
    host: Option<crate::plugin::Host>,
    /// The rules as closures, made when somebody asks for outcomes alone.
    closures: OnceLock<Outcomes>,
}

/// A declaration that can be judged.
struct Decoded<'t, 'e> {
    declaration: Declaration<'t>,
    setting: Setting<'e>,
}

impl Engine {
    /// Starts with no packs.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The host of the packs' plugins; none where they have none. Who judges with a clock at hand ticks it.
    #[cfg(feature = "plugins")]
    #[must_use]
    pub const fn plugin_host(&self) -> Option<&crate::plugin::Host> {
        self.host.as_ref()
    }

    /// The compiled policy: its rules, model and parameters, and the listing that it prints as.
    #[must_use]
    pub const fn program(&self) -> &Program {
        &self.program
    }

    /// The texts that the packs were loaded from.
    #[must_use]
    pub const fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The packs as they were loaded.
    #[must_use]
    pub fn packs(&self) -> &[LoadedPack] {
        self.packs.loaded()
    }

    /// What is worth knowing about the packs although they are valid.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The rule with this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<RuleId> {
        self.program.policy.rules.iter().position(|rule| rule.id == id).map(RuleId::new)
    }

    /// Judges a declaration.
    ///
    /// # Errors
    ///
    /// Where the declaration is not valid, or no date or stage can be had.
    pub fn evaluate(&self, declaration: Input<'_>, options: &Options<'_>) -> Result<Report, Refusal> {
        let decoded = self.decoded(Cells::default(), declaration, options)?;
        self.report(declaration, options, &decoded, None)
    }

    /// Judges a declaration for the public: what the model marks confidential is in no part of the report, nor in the
    /// declaration's text that comes with it, in which the report's places are counted.
    ///
    /// # Errors
    ///
    /// As [`Self::evaluate`]. Diagnostics of a refusal may name anything that the declaration says.
    pub fn evaluate_public(&self, declaration: Input<'_>, options: &Options<'_>) -> Result<(Report, String), Refusal> {
        let decoded = self.decoded(Cells::default(), declaration, options)?;
        let public = Public::new(&self.program, &decoded.declaration);
        let report = self.report(declaration, options, &decoded, Some(&public))?;
        Ok((report, public.text()))
    }

    fn report(
        &self,
        declaration: Input<'_>,
        options: &Options<'_>,
        decoded: &Decoded<'_, '_>,
        public: Option<&Public<'_>>,
    ) -> Result<Report, Refusal> {
        let Decoded { declaration: decoded, setting } = decoded;
        let none = Settlements::default();
        let settlements = options.settlements.unwrap_or(&none);
        let selects = |rule: RuleId| options.rules.is_none_or(|rules| rules.contains(&rule));
        let verdict: Verdict<'_> = eval::evaluate(&self.program, decoded, *setting, selects);
        if let Some(fault) = verdict.stuck {
            return Err(Refusal::Stuck(fault));
        }
        let pinned = Pinned {
            waivers: settlements.waived_in.clone(),
            reviews: settlements.reviewed_in.clone(),
            limits: self.decoder.limits(),
            public: public.is_some(),
        };
        let context = Context {
            sources: &self.sources,
            file: declaration.name,
            line: options.line,
            bytes: declaration.bytes,
            as_of: (setting.as_of, if options.as_of.is_some() { Origin::Option } else { Origin::Declaration }),
            stage_from: if options.stage.is_some() { Origin::Option } else { Origin::Status },
            filing: eval::filing(&self.program, decoded, &self.registry, setting.as_of),
            waivers: &settlements.waivers,
            reviews: &settlements.reviews,
            list_passes: options.list_passes,
            digests: options.digests,
            narrowed: options.rules.is_some(),
            configuration: options.configuration,
            pinned: &pinned,
            public,
        };
        Ok(report::build(&self.program, decoded, &verdict, &context))
    }

    fn closures(&self) -> &Outcomes {
        self.closures.get_or_init(|| Outcomes::new(&self.program))
    }

    /// Lays a declaration out in the parts of the form that a pack names; for the public, what is confidential is withheld.
    ///
    /// # Errors
    ///
    /// As [`Self::evaluate`].
    pub fn form(&self, declaration: Input<'_>, options: &Options<'_>, public: bool) -> Result<Form, Refusal> {
        let Decoded { declaration: decoded, setting } = &self.decoded(Cells::default(), declaration, options)?;
        let void = eval::void_fields(&self.program, decoded, &self.registry, setting.as_of);
        let context = FormContext { bytes: declaration.bytes, void: &void, public };
        Ok(report::form::form(&self.program, decoded, &context))
    }

    /// Judges one rule and shows what each of its expressions came to, in the order of evaluation.
    ///
    /// # Errors
    ///
    /// As [`Self::evaluate`].
    pub fn derivation(
        &self,
        declaration: Input<'_>,
        options: &Options<'_>,
        rule: RuleId,
    ) -> Result<Vec<Derived>, Refusal> {
        let Decoded { declaration: decoded, setting } = &self.decoded(Cells::default(), declaration, options)?;
        let steps = eval::derive(&self.program, decoded, *setting, rule).map(|(_, steps)| steps).unwrap_or_default();
        Ok(steps.into_iter().filter_map(|step| self.derived(decoded, &step)).collect())
    }

    /// Judges rules one by one, all of them or those of `options`, and hands on the truth value of each condition that was
    /// asked for, by its node in [`Self::program`]. A condition in the body of a quantifier comes once for each element.
    ///
    /// # Errors
    ///
    /// As [`Self::evaluate`].
    pub fn conditions(
        &self,
        declaration: Input<'_>,
        options: &Options<'_>,
        mut see: impl FnMut(NodeId, Truth),
    ) -> Result<(), Refusal> {
        let Decoded { declaration: decoded, setting } = &self.decoded(Cells::default(), declaration, options)?;
        let all = (0..self.program.policy.rules.len()).map(RuleId::new);
        for rule in all.filter(|rule| options.rules.is_none_or(|rules| rules.contains(rule))) {
            let steps = eval::derive(&self.program, decoded, *setting, rule).map(|(_, steps)| steps);
            for (node, operand) in steps.unwrap_or_default() {
                see(node, truth(&operand));
            }
        }
        Ok(())
    }

    /// The same packs with other modules: checks and compiles them, and keeps texts, functions and limits. The packs'
    /// texts must be those that this engine has; their files are not kept.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub fn rechecked(&self, packs: &[LoadedPack]) -> Result<Self, Vec<Diagnostic>> {
        let checked = check(packs, &self.registry);
        let program = compile(checked.policy.ok_or(checked.diagnostics)?);
        let decoder = self.decoder.clone();
        Ok(Self {
            program,
            decoder,
            registry: self.registry.clone(),
            sources: self.sources.clone(),
            packs: Packs::from(Vec::new()),
            warnings: Vec::new(),
            closures: OnceLock::new(),
            #[cfg(feature = "plugins")]
            host: self.host.clone(),
        })
    }

    /// JSON Pointers of the fields that do not apply to a declaration which is still being written. Without a date in it,
    /// a day late enough for everything that comes into force counts.
    ///
    /// # Errors
    ///
    /// Where the declaration is not valid, apart from fields that it lacks.
    pub fn void_fields(&self, draft: Input<'_>) -> Result<Vec<String>, Invalid> {
        let mut sources = SourceMap::new();
        let file = sources.add(draft.name, String::from_utf8_lossy(draft.bytes));
        let decoded = self.decoder.decode_draft(draft.bytes, file);
        let decoded = decoded.map_err(|diagnostics| Invalid { sources, diagnostics })?;
        let as_of = self.declared_date(&decoded).unwrap_or(Date::LAST);
        let places = eval::void_fields(&self.program, &decoded, &self.registry, as_of);
        Ok(places.into_iter().map(|place| decoded.pointer(&self.program.layout, place)).collect())
    }

    fn derived(&self, declaration: &Declaration<'_>, (node, operand): &Step<'_>) -> Option<Derived> {
        let span = self.program.span(*node)?;
        let value = match self.records(declaration, operand) {
            Some(pointers) => Words { zh: Some(pointers.join("、")), en: pointers.join(", ") },
            None => report::value_words(&self.program, *node, operand),
        };
        Some(Derived { span, value })
    }

    /// JSON Pointers of the records that an expression came to, where it came to some below the root.
    fn records(&self, declaration: &Declaration<'_>, operand: &Operand<'_, Basis>) -> Option<Vec<String>> {
        match operand {
            Operand::Record(place) if *place != Place::ROOT => {
                Some(vec![declaration.pointer(&self.program.layout, *place)])
            }
            Operand::List(elements) if !elements.items.is_empty() => {
                let pointers = elements.items.iter().map(|element| self.records(declaration, &element.value));
                pointers.collect::<Option<Vec<_>>>().map(|pointers| pointers.concat())
            }
            _ => None,
        }
    }

    /// Decodes a declaration, and finds its date and stage.
    fn decoded<'t>(
        &self,
        cells: Cells,
        declaration: Input<'t>,
        options: &Options<'_>,
    ) -> Result<Decoded<'t, '_>, Refusal> {
        // The declaration's text comes after the policy's own, so that a diagnostic can point into both.
        let file = self.sources.next(0);
        let invalid = |diagnostics| {
            let mut sources = self.sources.clone();
            let text = String::from_utf8_lossy(declaration.bytes);
            sources.add_from_line(declaration.name, text, options.line.unwrap_or(1));
            Refusal::Invalid(Invalid { sources, diagnostics })
        };
        let decoded = self.decoder.decode_in(cells, declaration.bytes, file).map_err(invalid)?;
        let as_of = options.as_of.or_else(|| self.declared_date(&decoded)).ok_or_else(|| self.no_date())?;
        let stage = options.stage.map(|stage| self.stage(stage)).transpose()?;
        let setting = Setting { registry: &self.registry, as_of, stage };
        let applies = self.closures.get().is_some_and(|known| known.all_apply(&self.program, &decoded, setting));
        if !applies {
            let found = eval::contradictions(&self.program, &decoded, &self.registry, as_of, file);
            if !found.is_empty() {
                return Err(invalid(found));
            }
        }
        Ok(Decoded { declaration: decoded, setting })
    }

    fn declared_date(&self, declaration: &Declaration<'_>) -> Option<Date> {
        let path = self.program.policy.model.handles.as_of.as_ref()?;
        let column = self.program.layout.root_column(&self.program.policy.model, path)?;
        match declaration.cell(&self.program.layout, Place::ROOT.field(column)).content {
            Content::Value(Value::Date(date)) => Some(date),
            _ => None,
        }
    }

    fn no_date(&self) -> Refusal {
        let path = self.program.policy.model.handles.as_of.as_ref();
        let column = path.and_then(|path| self.program.layout.root_column(&self.program.policy.model, path));
        let column = column.and_then(|column| self.program.layout.tables.first()?.columns.get(column));
        Refusal::NoDate { field: column.map(|column| format!("/{}", column.path.join("/"))) }
    }

    fn stage(&self, name: &str) -> Result<MemberId, Refusal> {
        self.program.stage_named(name).ok_or_else(|| {
            let stages = self.program.stage.and_then(|(_, stages)| self.program.policy.model.enumeration(stages));
            let stages = stages.map(|stages| stages.members.iter().map(|member| member.name.clone()).collect());
            Refusal::NoSuchStage { given: name.to_owned(), stages: stages.unwrap_or_default() }
        })
    }
}

/// What a condition came to: where a truth value is wanted, what does not apply is false.
const fn truth(operand: &Operand<'_, Basis>) -> Truth {
    match operand {
        Operand::Known(Value::Bool(true)) => Truth::True,
        Operand::Known(Value::Bool(false)) | Operand::Void | Operand::Null => Truth::False,
        _ => Truth::Unknown,
    }
}

/// What an expression of a rule came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The expression.
    pub span: Span,
    /// Its value, in words.
    pub value: Words,
}
