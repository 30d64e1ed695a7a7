//! Judging one declaration: a report, or why there is none.

use super::{Arguments, setting};
use crate::declarations::{self, Unit};
use crate::exit::{Exit, FailOn};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::diagnostic::{Code, Diagnostic};
use hongxian::engine::{Engine, Input, Invalid, Options, Refusal, Settlements};
use hongxian::ir::RuleId;
use hongxian::render::format::Item;
use hongxian::render::{self, Detail, visible};
use hongxian::report::contract::{self, Problem, REJECTED, RejectedDeclaration, Report};
use hongxian::report::digest_of;
use hongxian::source::SourceMap;
use hongxian::worklist::worklist;

/// What is the same for every declaration of a run.
pub struct Judge<'a> {
    pub engine: &'a Engine,
    pub arguments: &'a Arguments,
    pub settings: &'a Settings,
    pub rules: Option<&'a [RuleId]>,
    pub settlements: Settlements,
    pub fail_on: FailOn,
}

/// What became of a declaration.
pub enum Judged {
    /// It was judged; with its text.
    Report(Box<Report>, String, Exit),
    /// It could not be judged.
    Rejected(Box<Rejected>),
}

/// A declaration that could not be judged.
pub struct Rejected {
    contract: contract::Rejected,
    invalid: Invalid,
    public: bool,
}

impl Judged {
    /// How a run of this one alone would end.
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Report(_, _, exit) => *exit,
            Self::Rejected(_) => Exit::Failed,
        }
    }

    /// As formats see it.
    pub fn item(&self) -> Item<'_> {
        match self {
            Self::Report(report, text, _) => Item::Report(report, text),
            Self::Rejected(rejected) => Item::Rejected(&rejected.contract),
        }
    }
}

impl Rejected {
    /// Why, for people.
    pub fn told(&self, options: &render::Options) -> String {
        if self.public {
            let problems = self.contract.diagnostics.iter();
            return problems.map(|problem| bare(&self.contract.declaration.file, problem)).collect();
        }
        render::diagnostics::human(&self.invalid.diagnostics, &self.invalid.sources, options)
    }

    fn new(unit: &Unit, invalid: Invalid) -> Self {
        let declaration = RejectedDeclaration {
            file: unit.file.clone(),
            line: unit.line,
            digest: unit.bytes.as_deref().ok().map(digest_of),
        };
        let diagnostics = render::diagnostics::problems(&invalid.diagnostics, &invalid.sources);
        Self { contract: contract::Rejected { schema: REJECTED, declaration, diagnostics }, invalid, public: false }
    }

    /// One whose diagnostics may name anything that the declaration says.
    fn invalid(unit: &Unit, mut invalid: Invalid, public: bool) -> Self {
        if public {
            invalid.diagnostics = invalid.diagnostics.iter().map(Diagnostic::for_the_public).collect();
        }
        Self { public, ..Self::new(unit, invalid) }
    }

    /// For a reason that has no place in its text.
    fn placeless(unit: &Unit, mut diagnostic: Diagnostic) -> Self {
        if let Some(line) = unit.line {
            diagnostic.message = format!("{}:{line}: {}", unit.file, diagnostic.message);
        }
        Self::new(unit, Invalid { sources: SourceMap::new(), diagnostics: vec![diagnostic] })
    }
}

/// A problem without the line that it is in.
fn bare(file: &str, problem: &Problem) -> String {
    let place = problem.at.as_ref().map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    format!("{}{place}: {} {}\n", visible(file), problem.code, problem.message)
}

impl Judge<'_> {
    /// How reports are to be shown.
    pub fn shown(&self, terminal: Terminal) -> render::Options {
        let lang = self.arguments.lang.or_else(|| setting(self.settings.lang.as_deref()));
        let detail = match (self.arguments.quiet, self.arguments.verbose) {
            (true, _) => Detail::Quiet,
            (_, true) => Detail::Verbose,
            _ => Detail::Normal,
        };
        terminal.out(lang.map(Into::into).unwrap_or_default(), detail)
    }

    /// Judges a declaration. An error is one of the run, which every declaration would meet.
    pub fn judge(&self, unit: Unit) -> Result<Judged, Failure> {
        let bytes = match &unit.bytes {
            Ok(bytes) => bytes,
            Err(diagnostic) => {
                let diagnostic = diagnostic.as_ref().clone();
                return Ok(Judged::Rejected(Box::new(Rejected::placeless(&unit, diagnostic))));
            }
        };
        if let Some(diagnostic) = declarations::not_a_declaration(&unit.file, bytes) {
            return Ok(Judged::Rejected(Box::new(Rejected::placeless(&unit, diagnostic))));
        }
        match self.report(&unit, bytes) {
            Ok((report, public)) => {
                let text = || String::from_utf8(unit.bytes.unwrap_or_default()).unwrap_or_default();
                let text = public.unwrap_or_else(text);
                let exit = self.fail_on.exit(&report);
                Ok(Judged::Report(Box::new(report), text, exit))
            }
            Err(Refusal::Invalid(invalid)) => {
                Ok(Judged::Rejected(Box::new(Rejected::invalid(&unit, invalid, self.arguments.public))))
            }
            Err(refusal @ Refusal::NoDate { .. }) => {
                let diagnostic = Diagnostic::placeless(Code::NO_DATE, refusal.to_string());
                let diagnostic = diagnostic.help("`--as-of YYYY-MM-DD` gives one");
                Ok(Judged::Rejected(Box::new(Rejected::placeless(&unit, diagnostic))))
            }
            Err(refusal @ (Refusal::NoSuchStage { .. } | Refusal::Stuck(_))) => Err(Failure::new(refusal.to_string())),
        }
    }

    /// The report; of one for the public also the text that its places are counted in.
    fn report(&self, unit: &Unit, bytes: &[u8]) -> Result<(Report, Option<String>), Refusal> {
        let (input, options) = (Input { name: &unit.file, bytes }, self.options(unit.line));
        let (mut report, text) = if self.arguments.public {
            let (report, text) = self.engine.evaluate_public(input, &options)?;
            (report, Some(text))
        } else {
            (self.engine.evaluate(input, &options)?, None)
        };
        if self.arguments.worklist {
            report.worklist = Some(worklist(self.engine, input, &options, &report));
        }
        Ok((report, text))
    }

    fn options(&self, line: Option<u32>) -> Options<'_> {
        Options {
            line,
            as_of: self.arguments.as_of,
            stage: self.arguments.stage.as_deref(),
            rules: self.rules,
            settlements: Some(&self.settlements),
            list_passes: self.arguments.all,
            configuration: self.settings.file.as_deref(),
        }
    }
}
