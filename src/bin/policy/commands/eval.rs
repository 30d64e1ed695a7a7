//! `policy eval`: judges declarations.

use super::Lang;
use crate::declarations;
use crate::exit::{Exit, FailOn};
use crate::failure::Failure;
use crate::output::{self, Outputs};
use crate::packs;
use crate::select;
use crate::settings::Settings;
use crate::terminal::Terminal;
use clap::ValueEnum;
use hongxian::decode::Limits;
use hongxian::diagnostic::{Code, Diagnostic};
use hongxian::engine::{Engine, Input, Invalid, Options, Refusal, Settlements};
use hongxian::ir::RuleId;
use hongxian::pack::Modules;
use hongxian::render::format::Format;
use hongxian::render::{self, Detail};
use hongxian::report::contract::Report;
use hongxian::source::SourceMap;
use hongxian::value::Date;
use std::path::{Path, PathBuf};

/// Judges declarations
///
/// A declaration is a JSON file; what it leaves out is unknown, and unknown never passes.
/// Without --policy the pack inside the program judges.
///
/// Examples:
///   policy eval product.json
///   policy eval product.json --policy my-plan --lang zh
///   policy eval declarations/ --format ndjson > results.ndjson
///   policy eval product.json --rule 'T17-*' -v
///   policy eval product.json --waivers waivers.toml --reviews reviews.toml -o json=result.json
///   policy eval product.json --public -o markdown=gaps.md
///   cat product.json | policy eval -
///
/// Exit codes, over the rules at or above the fail level:
///   0  none of them fails or is open
///   1  one fails
///   3  none fails; one is unknown, in review or erring
///   4  nothing was evaluated: no rule applies or was selected, no declaration in the folder
///   2  wrong usage, unreadable input, a declaration or a policy that is not valid
/// With several declarations the gravest counts, in the order 2, 1, 3, 4, 0.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Declarations, folders of them (every *.json below), or - for standard input
    #[arg(value_name = "FILE|DIR|-")]
    declarations: Vec<PathBuf>,

    /// The folder of a pack; may be given several times
    #[arg(long, value_name = "PATH")]
    policy: Vec<PathBuf>,

    /// The evaluation date, YYYY-MM-DD, instead of the declaration's own
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,

    /// The stage, instead of the one that follows from the declaration
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,

    /// Only rules whose id matches, * and ? allowed; may be given several times. There is no decision then
    #[arg(long, value_name = "GLOB")]
    rule: Vec<String>,

    /// From which kind of rule an outcome counts for the exit code [default: baseline]
    #[arg(long, value_name = "LEVEL", value_enum)]
    fail_on: Option<FailOn>,

    /// A file of waivers
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,

    /// A file of reviews
    #[arg(long, value_name = "FILE")]
    reviews: Option<PathBuf>,

    /// Lists the findings that passed, too
    #[arg(long)]
    all: bool,

    /// Leaves out what the model marks confidential, in every format and in messages
    #[arg(long)]
    public: bool,

    /// What is written to standard output
    #[arg(long, value_name = "FORMAT", value_parser = output::format(), default_value = "human")]
    format: &'static Format,

    /// Writes a format to a file as well, as json=result.json; may be given several times
    #[arg(short, long, value_name = "FORMAT=PATH", value_parser = output::format_with_path)]
    output: Vec<(&'static Format, PathBuf)>,

    /// The language of the report [default: en]
    #[arg(long, value_enum)]
    lang: Option<Lang>,

    /// The decision only
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Also what passed, what does not apply, and the parameters
    #[arg(short, long)]
    verbose: bool,
}

pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a day of the calendar, YYYY-MM-DD".to_owned())
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let files = declarations::named(&arguments.declarations)?;
    if files.is_empty() {
        terminal.tell(&no_declaration(&arguments.declarations).shown(&terminal.err()));
        return Ok(Exit::Nothing);
    }
    let settings = Settings::find(&files)?;
    let engine = packs::engine(&arguments.policy, &settings, Modules::WithoutTests)?;
    let rules = match select::rules(&engine, &arguments.rule) {
        Ok(rules) => rules,
        Err(failure) => {
            terminal.tell(&failure.shown(&terminal.err()));
            return Ok(Exit::Nothing);
        }
    };
    let fail_on = arguments.fail_on.or_else(|| setting(settings.fail_on.as_deref())).unwrap_or_default();
    let run = Run {
        engine: &engine,
        arguments,
        settings: &settings,
        rules: rules.as_deref(),
        settlements: settlements(&engine, arguments, &settings)?,
    };
    let several = files.len() > 1;
    let mut outputs =
        Outputs::new(arguments.format, &arguments.output, (run.shown(terminal), arguments.public), terminal, several)?;
    let mut exit = None;
    for file in &files {
        let own = match run.judge(file)? {
            Judged::Report(report, text) => {
                outputs.report(&report, &text)?;
                fail_on.exit(&report)
            }
            Judged::Rejected(rejected) => {
                outputs.rejected(&rejected)?;
                Exit::Failed
            }
        };
        exit = Some(exit.map_or(own, |exit: Exit| exit.and(own)));
    }
    outputs.finish()?;
    Ok(exit.unwrap_or(Exit::Nothing))
}

/// A word of the settings as an option's value.
pub(super) fn setting<T: ValueEnum>(word: Option<&str>) -> Option<T> {
    word.and_then(|word| T::from_str(word, false).ok())
}

fn no_declaration(named: &[PathBuf]) -> Failure {
    let folders: Vec<String> = named.iter().map(|folder| format!("`{}`", folder.display())).collect();
    Failure::new(format!("no declaration in {}", folders.join(", ")))
        .help("a declaration is a file whose name ends in `.json`, in the folder or below it")
}

/// The waivers and reviews of the run.
fn settlements(engine: &Engine, arguments: &Arguments, settings: &Settings) -> Result<Settlements, Failure> {
    let waivers = text(arguments.waivers.as_deref().or(settings.waivers.as_deref()))?;
    let reviews = text(arguments.reviews.as_deref().or(settings.reviews.as_deref()))?;
    Ok(engine.settlements(&inputs(waivers.as_ref()), &inputs(reviews.as_ref()))?)
}

/// A file that belongs to the run.
fn text(path: Option<&Path>) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let read = |path: &Path| std::fs::read(path).map(|bytes| (path.display().to_string(), bytes));
    path.map(|path| read(path).map_err(|error| Failure::unreadable(path, &error))).transpose()
}

/// A declaration that was judged, with its text; or one that was not.
enum Judged {
    Report(Box<Report>, String),
    Rejected(Rejected),
}

/// A declaration that could not be judged.
pub struct Rejected {
    /// The file as it was given.
    pub file: String,
    /// Its bytes, where it could be read.
    pub bytes: Option<Vec<u8>>,
    /// Why.
    pub invalid: Invalid,
}

/// What is the same for every declaration of a run.
struct Run<'a> {
    engine: &'a Engine,
    arguments: &'a Arguments,
    settings: &'a Settings,
    rules: Option<&'a [RuleId]>,
    settlements: Settlements,
}

impl Run<'_> {
    fn shown(&self, terminal: Terminal) -> render::Options {
        let lang = self.arguments.lang.or_else(|| setting(self.settings.lang.as_deref()));
        let detail = match (self.arguments.quiet, self.arguments.verbose) {
            (true, _) => Detail::Quiet,
            (_, true) => Detail::Verbose,
            _ => Detail::Normal,
        };
        terminal.out(lang.map(Into::into).unwrap_or_default(), detail)
    }

    /// Judges a declaration. An error is one of the run, which every declaration would meet.
    fn judge(&self, path: &Path) -> Result<Judged, Failure> {
        let file = path.display().to_string();
        let bytes = match declarations::read(path, Limits::DEFAULT.bytes) {
            Ok(bytes) => bytes,
            Err(failure) => return Ok(rejected(file, None, failure.into_diagnostic(Code::UNREADABLE))),
        };
        if bytes.len() > Limits::DEFAULT.bytes {
            let message = format!("expected at most {} bytes in `{file}`, found more", Limits::DEFAULT.bytes);
            return Ok(rejected(file, None, Diagnostic::placeless(Code::DECLARATION_LIMIT, message)));
        }
        if let Some(diagnostic) = declarations::not_a_declaration(&file, &bytes) {
            return Ok(rejected(file, Some(bytes), diagnostic));
        }
        let options = Options {
            as_of: self.arguments.as_of,
            stage: self.arguments.stage.as_deref(),
            rules: self.rules,
            settlements: Some(&self.settlements),
            list_passes: self.arguments.all,
            configuration: self.settings.file.as_deref(),
        };
        let input = Input { name: &file, bytes: &bytes };
        let judged = if self.arguments.public {
            self.engine.evaluate_public(input, &options)
        } else {
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            self.engine.evaluate(input, &options).map(|report| (report, text()))
        };
        match judged {
            Ok((report, text)) => Ok(Judged::Report(Box::new(report), text)),
            Err(Refusal::Invalid(invalid)) => Ok(Judged::Rejected(Rejected { file, bytes: Some(bytes), invalid })),
            Err(refusal @ Refusal::NoDate { .. }) => {
                let diagnostic = Diagnostic::placeless(Code::NO_DATE, refusal.to_string());
                Ok(rejected(file, Some(bytes), diagnostic.help("`--as-of YYYY-MM-DD` gives one")))
            }
            Err(refusal @ (Refusal::NoSuchStage { .. } | Refusal::Stuck(_))) => Err(Failure::new(refusal.to_string())),
        }
    }
}

fn inputs(file: Option<&(String, Vec<u8>)>) -> Vec<Input<'_>> {
    file.map(|(name, bytes)| Input { name, bytes }).into_iter().collect()
}

fn rejected(file: String, bytes: Option<Vec<u8>>, diagnostic: Diagnostic) -> Judged {
    let invalid = Invalid { sources: SourceMap::new(), diagnostics: vec![diagnostic] };
    Judged::Rejected(Rejected { file, bytes, invalid })
}
