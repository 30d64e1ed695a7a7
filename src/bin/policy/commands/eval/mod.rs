//! `policy eval`: judges declarations.

mod judge;
mod profile;

use super::shared::{AsOf, Language, Packs};
use crate::declarations::{self, Declarations, Layout};
use crate::exit::{Exit, FailOn};
use crate::failure::Failure;
use crate::interrupt;
use crate::output::{self, Outputs};
use crate::packs;
use crate::portfolio;
use crate::progress::Progress;
use crate::select;
use crate::settings::Settings;
use crate::targets::Inputs;
use crate::terminal::{Terminal, read_file};
use clap::ValueEnum;
use hongxian::decode::Limits;
use hongxian::engine::{Engine, Input, Settlements};
use hongxian::pack::{MAX_TOML_BYTES, Modules};
use hongxian::render::format::Format;
use judge::{Judge, Judged, Judging};
use std::mem::ManuallyDrop;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// Judges declarations
///
/// A declaration is a JSON file; what it leaves out is unknown, and unknown never passes.
/// Without --policy the pack inside the program judges.
///
/// Examples:
///   policy eval product.json
///   policy eval product.json --policy my-plan --lang zh
///   policy eval declarations/ --format ndjson > results.ndjson
///   policy eval portfolio.ndjson.gz --format ndjson --only failed,undecided > open.ndjson
///   policy eval product.json --rule 'T17-*' -v
///   policy eval product.json --waivers waivers.toml --reviews reviews.toml -o json=result.json
///   policy eval product.json --public -o markdown=gaps.md
///   policy eval product.json -o evidence=product.evidence.json
///   cat portfolio.ndjson | policy eval - -q --jobs 4
///
/// Exit codes, over the rules at or above the fail level:
///   0  none of them fails or is open
///   1  one fails
///   3  none fails; one is unknown, in review or erring
///   4  none of them was evaluated: no rule applies or was selected, no declaration in the folder
///   2  wrong usage, unreadable input, a declaration or a policy that is not valid
/// With several declarations the gravest counts, in the order 2, 1, 3, 4, 0. One that is not valid is
/// reported in its place, and the run goes on. A run that is interrupted (Ctrl-C) ends with 2 and has
/// written what was done until then.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Declarations: files, folders (every *.json, *.ndjson and *.jsonl below), patterns in quotes, or - for standard
    /// input; gzip and Zstandard are recognised
    #[arg(value_name = "FILE|DIR|-")]
    declarations: Vec<PathBuf>,

    #[command(flatten)]
    packs: Packs,

    #[command(flatten)]
    as_of: AsOf,

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

    /// Looks for the shortest way to a verdict: few fields for which some values settle what is undecided
    #[arg(long)]
    worklist: bool,

    /// What is written to standard output
    #[arg(long, value_name = "FORMAT", value_parser = output::format(), default_value = "human")]
    format: &'static Format,

    /// Writes a format to a file as well, as json=result.json; may be given several times
    #[arg(short, long, value_name = "FORMAT=PATH", value_parser = output::format_with_path)]
    output: Vec<(&'static Format, PathBuf)>,

    #[command(flatten)]
    language: Language,

    /// The decision only
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Also what passed, what does not apply, and the parameters
    #[arg(short, long)]
    verbose: bool,

    /// Says on standard error where the time goes: decoding, each rule by its place, reports
    #[arg(long)]
    profile: bool,

    #[command(flatten)]
    portfolio: Portfolio,
}

/// What matters where there are many declarations.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Many declarations")]
struct Portfolio {
    /// What a file has in it
    #[arg(long, value_enum, value_name = "LAYOUT", default_value_t)]
    input: Layout,

    /// Adds to the files of -o instead of writing them anew: whole lines, as they come; for formats that have no end
    #[arg(long, requires = "output")]
    append: bool,

    /// Shows only declarations that came out so, several with commas between; all of them count
    #[arg(long, value_name = "OUTCOME", value_enum, value_delimiter = ',')]
    only: Vec<Shown>,

    /// On how many threads several declarations are judged [default: one for each processor]
    #[arg(short, long, value_name = "NUMBER", value_parser = super::threads())]
    jobs: Option<u16>,

    /// Stops at the first declaration that fails or is not valid
    #[arg(long, conflicts_with = "keep_going")]
    fail_fast: bool,

    /// Goes on whatever happens; this is the default
    #[arg(long)]
    keep_going: bool,
}

/// How a declaration came out, for choosing which are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// A rule at or above the fail level fails
    Failed,
    /// None fails, and one is unknown, in review or erring
    Undecided,
    /// Not a valid declaration
    Rejected,
    /// No rule applied
    NotEvaluated,
    /// All of them hold
    Good,
}

impl Shown {
    const fn exit(self) -> Exit {
        match self {
            Self::Failed => Exit::Found,
            Self::Undecided => Exit::Undecided,
            Self::Rejected => Exit::Failed,
            Self::NotEvaluated => Exit::Nothing,
            Self::Good => Exit::Good,
        }
    }
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let files = declarations::named(&arguments.declarations)?;
    if files.is_empty() {
        terminal.tell(&no_declaration(&arguments.declarations).shown(&terminal.err()));
        return Ok(Exit::Nothing);
    }
    let settings = Settings::find()?;
    // The process ends with it: taking it to pieces would cost as much as judging a declaration.
    let engine = ManuallyDrop::new(arguments.packs.engine(&settings, Modules::WithoutTests)?);
    let rules = match select::rules(&engine, &arguments.rule) {
        Ok(rules) => rules,
        Err(failure) => {
            terminal.tell(&failure.shown(&terminal.err()));
            return Ok(Exit::Nothing);
        }
    };
    let fail_on = arguments.fail_on.or_else(|| setting(settings.fail_on.as_deref())).unwrap_or_default();
    let judge = Judge {
        engine: &engine,
        arguments,
        settings: &settings,
        rules: rules.as_deref(),
        settlements: settlements(&engine, arguments, &settings)?,
        fail_on,
    };
    let inputs = read(arguments, &settings, &files)?;
    all(&judge, &inputs, Declarations::new(files, arguments.portfolio.input, Limits::DEFAULT.bytes), terminal)
}

/// All files of the run.
fn read(arguments: &Arguments, settings: &Settings, declarations: &[PathBuf]) -> Result<Inputs, Failure> {
    let settlements = [&arguments.waivers, &settings.waivers, &arguments.reviews, &settings.reviews];
    let files = declarations.iter().chain(settlements.into_iter().flatten());
    packs::inputs(packs::named_or_set(&arguments.packs.named, settings), settings, files)
}

/// Judges all declarations, and shows them in their order.
fn all(judge: &Judge<'_>, inputs: &Inputs, declarations: Declarations, terminal: Terminal) -> Result<Exit, Failure> {
    let arguments = judge.arguments;
    let outputs = Outputs::new(&output::Wanted {
        format: arguments.format,
        files: &arguments.output,
        append: arguments.portfolio.append,
        inputs,
        options: judge.shown(terminal),
        several: declarations.several,
        terminal,
    })?;
    let progress = Progress::start(&declarations, terminal, arguments.quiet);
    if declarations.several {
        interrupt::gradually();
    }
    let jobs = if declarations.several { jobs(arguments) } else { 1 };
    let judging = Judging::new(judge, (outputs.reads(), outputs.digests()), jobs, declarations.several);
    let outputs = RwLock::new(outputs);
    let mut exit: Option<Exit> = None;
    let work = |thread, unit| {
        let judged = judging.judge(thread, &unit)?;
        let pieces = judge
            .shows(judged.exit())
            .then(|| outputs.read().unwrap_or_else(PoisonError::into_inner).pieces(judged.told()));
        Ok((judged, pieces))
    };
    let mut take = |(judged, pieces): (Judged, Option<Vec<String>>)| {
        exit = Some(exit.map_or(judged.exit(), |exit| exit.and(judged.exit())));
        let mut outputs = outputs.write().unwrap_or_else(PoisonError::into_inner);
        if let (Judged::Rejected(rejected), Some(_)) = (&judged, &pieces) {
            outputs.flush()?;
            progress.aside(|| terminal.tell(&rejected.told(&terminal.err())));
        }
        outputs.add(judged.told(), pieces.as_deref())?;
        progress.step();
        let stops = arguments.portfolio.fail_fast && matches!(judged.exit(), Exit::Found | Exit::Failed);
        Ok(if stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    let seen = || {
        let mut outputs = outputs.write().unwrap_or_else(PoisonError::into_inner);
        progress.aside(|| outputs.flush())
    };
    let ended = portfolio::each(declarations, jobs, work, &mut take, seen)?;
    progress.finish();
    outputs.into_inner().unwrap_or_else(PoisonError::into_inner).finish()?;
    if let Some(profile) = judging.profile() {
        terminal.tell(&profile);
    }
    Ok(match (ended, exit) {
        (portfolio::Ended::Interrupted(count), _) => {
            terminal.tell(&interrupted(count).shown(&terminal.err()));
            Exit::Failed
        }
        (_, Some(exit)) => exit,
        (_, None) => {
            terminal.tell(&no_declaration(&arguments.declarations).shown(&terminal.err()));
            Exit::Nothing
        }
    })
}

fn jobs(arguments: &Arguments) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    arguments.portfolio.jobs.map_or_else(all, usize::from)
}

fn interrupted(count: usize) -> Failure {
    Failure::new(format!("interrupted after {count} declarations")).help("what was done until then has been written")
}

/// A word of the settings as an option's value.
pub(super) fn setting<T: ValueEnum>(word: Option<&str>) -> Option<T> {
    word.and_then(|word| T::from_str(word, false).ok())
}

fn no_declaration(named: &[PathBuf]) -> Failure {
    let folders: Vec<String> = named.iter().map(|folder| format!("`{}`", folder.display())).collect();
    let named = if folders.is_empty() { "standard input".to_owned() } else { folders.join(", ") };
    Failure::new(format!("no declaration in {named}"))
        .help("a declaration is a file whose name ends in `.json`, in the folder or below it, or a line of `.ndjson`")
}

/// The waivers and reviews of the run.
fn settlements(engine: &Engine, arguments: &Arguments, settings: &Settings) -> Result<Settlements, Failure> {
    let waivers = text(arguments.waivers.as_deref().or(settings.waivers.as_deref()))?;
    let reviews = text(arguments.reviews.as_deref().or(settings.reviews.as_deref()))?;
    Ok(engine.settlements(&inputs(waivers.as_ref()), &inputs(reviews.as_ref()))?)
}

/// A file that belongs to the run.
fn text(path: Option<&Path>) -> Result<Option<(String, Vec<u8>)>, Failure> {
    path.map(|path| Ok((path.display().to_string(), read_file(path, MAX_TOML_BYTES)?))).transpose()
}

fn inputs(file: Option<&(String, Vec<u8>)>) -> Vec<Input<'_>> {
    file.map(|(name, bytes)| Input { name, bytes }).into_iter().collect()
}
