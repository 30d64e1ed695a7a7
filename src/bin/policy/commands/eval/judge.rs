//! Judging one declaration: a report, or why there is none.

use super::Arguments;
use super::profile::Profile;
use crate::commands;
use crate::declarations::{self, Unit};
use crate::exit::{Exit, FailOn};
use crate::failure::Failure;
use crate::output::Told;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::diagnostic::{Code, Diagnostic};
use hongxian::engine::{Engine, Input, Invalid, Options, Refusal, Session, Settlements};
use hongxian::ir::RuleId;
use hongxian::render::format::{Item, Reads};
use hongxian::render::{self, visible};
use hongxian::report::contract::{self, Problem, ProblemPlace, REJECTED, RejectedDeclaration, Report};
use hongxian::report::verdict::{Roll, Verdict};
use hongxian::report::{Digests, digest_of};
use hongxian::source::SourceMap;
use hongxian::worklist::worklist;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What is the same for every declaration of a run.
pub struct Judge<'a> {
    pub engine: &'a Engine,
    pub arguments: &'a Arguments,
    pub settings: &'a Settings,
    pub rules: Option<&'a [RuleId]>,
    pub settlements: Settlements,
    pub fail_on: FailOn,
}

/// How a run judges: what is the same for every declaration, of which of them the reports are read, and a session for each
/// thread.
pub struct Judging<'a> {
    judge: &'a Judge<'a>,
    reads: Reads,
    digests: Digests,
    /// What verdicts share, made for the first of them.
    roll: OnceLock<Arc<Roll>>,
    /// None where every report is made anyway, of a single declaration: the rules are then not prepared for many.
    sessions: Vec<Mutex<Session<'a>>>,
    profile: Option<Profile<'a>>,
}

/// What became of a declaration.
pub enum Judged {
    /// It was judged; with its text.
    Report(Box<Report>, String, Exit),
    /// It was judged, and nobody reads its report.
    Verdict(Box<Verdict>, Exit),
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
            Self::Report(_, _, exit) | Self::Verdict(_, exit) => *exit,
            Self::Rejected(_) => Exit::Failed,
        }
    }

    /// As formats see it.
    pub fn told(&self) -> Told<'_> {
        match self {
            Self::Report(report, text, _) => Told::Whole(Item::Report(report, text)),
            Self::Verdict(verdict, _) => Told::Brief(verdict),
            Self::Rejected(rejected) => Told::Whole(Item::Rejected(&rejected.contract)),
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
        let diagnostics = &self.invalid.diagnostics;
        render::diagnostics::human(diagnostics, &self.invalid.sources, options)
            + &render::diagnostics::patch(diagnostics)
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

    /// For a reason that has no place in its text. Of a declaration on a line, that is the place.
    fn placeless(unit: &Unit, diagnostic: Diagnostic) -> Self {
        let mut rejected = Self::new(unit, Invalid { sources: SourceMap::new(), diagnostics: vec![diagnostic] });
        if let Some(line) = unit.line {
            for diagnostic in &mut rejected.invalid.diagnostics {
                diagnostic.message = format!("{}:{line}: {}", unit.file, diagnostic.message);
            }
            for problem in &mut rejected.contract.diagnostics {
                problem.at = Some(beginning(&unit.file, line));
            }
        }
        rejected
    }
}

/// Where a line begins.
fn beginning(file: &str, line: u32) -> ProblemPlace {
    ProblemPlace { file: file.to_owned(), line, column: 1, end_line: line, end_column: 1, label: String::new() }
}

/// A problem without the line that it is in.
fn bare(file: &str, problem: &Problem) -> String {
    let place = problem.at.as_ref().map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    format!("{}{place}: {} {}\n", visible(file), problem.code, problem.message)
}

impl Judge<'_> {
    /// How reports are to be shown.
    pub fn shown(&self, terminal: Terminal) -> render::Options {
        let detail = commands::detail(self.arguments.quiet, self.arguments.verbose);
        terminal.out(self.arguments.language.or_set(self.settings), detail)
    }

    /// Whether the report of every declaration is wanted, of those that some output reads.
    fn reads_all(&self, reads: Reads) -> bool {
        reads == Reads::Reports && self.arguments.portfolio.only.is_empty()
    }

    /// Whether a declaration that came out so is shown.
    pub fn shows(&self, exit: Exit) -> bool {
        let only = &self.arguments.portfolio.only;
        only.is_empty() || only.iter().any(|shown| shown.exit() == exit)
    }

    /// The report; of one for the public also the text that its places are counted in.
    fn report(&self, unit: &Unit, bytes: &[u8], digests: Digests) -> Result<(Report, Option<String>), Refusal> {
        let input = Input { name: &unit.file, bytes };
        let options = Options { digests, ..self.options(unit.line) };
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
            as_of: self.arguments.as_of.date,
            stage: self.arguments.stage.as_deref(),
            rules: self.rules,
            settlements: Some(&self.settlements),
            list_passes: self.arguments.all,
            digests: Digests::All,
            configuration: self.settings.file.as_deref(),
        }
    }
}

impl<'a> Judging<'a> {
    /// Begins to judge on so many threads, one declaration or several.
    pub fn new(judge: &'a Judge<'a>, (reads, digests): (Reads, Digests), jobs: usize, several: bool) -> Self {
        // With `--all` also what passed is shown.
        let reads = if judge.arguments.all && reads == Reads::Open { Reads::Reports } else { reads };
        let threads = if several || !judge.reads_all(reads) { jobs.max(1) } else { 0 };
        let sessions = (0..threads).map(|_| Mutex::new(judge.engine.session())).collect();
        let profile = judge.arguments.profile.then(|| Profile::new(judge.engine, jobs));
        Self { judge, reads, digests, roll: OnceLock::new(), sessions, profile }
    }

    fn roll(&self) -> &Arc<Roll> {
        self.roll.get_or_init(|| self.judge.engine.roll(&self.judge.options(None)))
    }

    /// Where the time went, where somebody asked.
    pub fn profile(&self) -> Option<String> {
        self.profile.as_ref().map(Profile::shown)
    }

    /// Judges a declaration on a thread. An error is one of the run, which every declaration would meet.
    pub fn judge(&self, thread: usize, unit: &Unit) -> Result<Judged, Failure> {
        let bytes = match &unit.bytes {
            Ok(bytes) => bytes,
            Err(diagnostic) => {
                let diagnostic = diagnostic.as_ref().clone();
                return Ok(Judged::Rejected(Box::new(Rejected::placeless(unit, diagnostic))));
            }
        };
        if let Some(diagnostic) = declarations::not_a_declaration(&unit.file, bytes) {
            return Ok(Judged::Rejected(Box::new(Rejected::placeless(unit, diagnostic))));
        }
        match self.judged(thread, unit, bytes) {
            Ok(judged) => Ok(judged),
            Err(Refusal::Invalid(invalid)) => {
                Ok(Judged::Rejected(Box::new(Rejected::invalid(unit, invalid, self.judge.arguments.public))))
            }
            Err(refusal @ Refusal::NoDate { .. }) => {
                let diagnostic = Diagnostic::placeless(Code::NO_DATE, refusal.to_string());
                let diagnostic = diagnostic.help("`--as-of YYYY-MM-DD` gives one");
                Ok(Judged::Rejected(Box::new(Rejected::placeless(unit, diagnostic))))
            }
            Err(refusal @ (Refusal::NoSuchStage { .. } | Refusal::Stuck(_))) => Err(Failure::new(refusal.to_string())),
        }
    }

    /// The verdict, and the report where somebody reads it. Waivers and reviews look at findings, so there the report comes
    /// first.
    fn judged(&self, thread: usize, unit: &Unit, bytes: &[u8]) -> Result<Judged, Refusal> {
        let judge = self.judge;
        if let Some(profile) = &self.profile {
            profile.verdict(thread, Input { name: &unit.file, bytes }, &judge.options(unit.line));
        }
        if !judge.reads_all(self.reads) && judge.settlements.is_empty() {
            let verdict = self.verdict(thread, unit, bytes)?;
            let exit = judge.fail_on.exit(&verdict);
            if !self.is_read(&verdict, exit) {
                return Ok(Judged::Verdict(Box::new(verdict), exit));
            }
        }
        let make = || judge.report(unit, bytes, self.digests);
        let (report, public) = self.profile.as_ref().map_or_else(make, |profile| profile.report(thread, make))?;
        let verdict = Verdict::from(&report);
        let exit = judge.fail_on.exit(&verdict);
        if !self.is_read(&verdict, exit) {
            return Ok(Judged::Verdict(Box::new(Verdict { roll: Arc::clone(self.roll()), ..verdict }), exit));
        }
        let text = public.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
        Ok(Judged::Report(Box::new(report), text, exit))
    }

    fn is_read(&self, verdict: &Verdict, exit: Exit) -> bool {
        self.judge.shows(exit)
            && match self.reads {
                Reads::Verdicts => false,
                Reads::Open => verdict.is_open(),
                Reads::Reports => true,
            }
    }

    fn verdict(&self, thread: usize, unit: &Unit, bytes: &[u8]) -> Result<Verdict, Refusal> {
        let (input, options) = (Input { name: &unit.file, bytes }, self.judge.options(unit.line));
        let public = self.judge.arguments.public;
        match self.sessions.get(thread) {
            Some(session) => {
                let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
                session.told(input, &options, self.roll(), public)
            }
            None => self.judge.engine.session().told(input, &options, self.roll(), public),
        }
    }
}
