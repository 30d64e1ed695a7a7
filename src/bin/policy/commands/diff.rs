//! `policy diff`: what changed from one policy to another, and which way.

use super::shared::Language;
use crate::declarations::{self, Declarations, Layout, Unit};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs::{self, Pack};
use crate::settings::Settings;
use crate::targets::{none_there, write_file};
use crate::terminal::Terminal;
use crate::{progress, revisions};
use hongxian::change::contract::{Diff, Search, Witness};
use hongxian::change::search::SEARCH_LIMIT;
use hongxian::change::{Comparison, Deny, Example, Seen, examples};
use hongxian::decode::Limits;
use hongxian::engine::Engine;
use hongxian::pack::Modules;
use hongxian::render::{self, change, json};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Says what changed from one policy to another: rule by rule, product by product, and which way
///
/// A policy is the folder of a pack, an archive of one (.tar.gz, .tar, .zip), the name of one inside
/// this program, or a revision of git with the pack's folder after `--`. Without NEW, the pack as it
/// stands in the folder is the new one.
///
/// Both judge the declarations in the packs, those of their tests, and those named with --corpus.
/// Where none shows how a rule moved, one is looked for: a search, not a proof. What `loosened`
/// means: docs/change.md.
///
/// Examples:
///   policy diff old-plan new-plan
///   policy diff main -- policies/fintech-plan
///   policy diff v1.0 v1.1 -- policies/fintech-plan --deny any
///   policy diff main --corpus declarations/ --format markdown > comment.md
///   policy diff plan-1.0.tar.gz my-plan --cases my-plan/cases
///
/// Exit codes:
///   0  nothing changed that --deny refuses
///   1  something did
///   2  wrong usage, or a policy that is not valid or could not be read
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The policy before
    #[arg(value_name = "OLD")]
    old: String,

    /// The policy after [default: the pack's folder]
    #[arg(value_name = "NEW")]
    new: Option<String>,

    /// The folder of the pack, where OLD and NEW are revisions [default: the one that the current folder is in]
    #[arg(value_name = "PATH", last = true)]
    path: Option<PathBuf>,

    /// Declarations, or folders of them, beside those of the packs; may be given several times
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,

    /// What is refused
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    deny: Refused,

    /// How many declarations are tried for each rule that no declaration shows; 0 looks for none
    #[arg(long, value_name = "N", default_value_t = SEARCH_LIMIT)]
    search: usize,

    /// A folder into which declarations that were found are written, each with a case file; nothing is written over
    #[arg(long, value_name = "DIR")]
    cases: Option<PathBuf>,

    /// What is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    #[command(flatten)]
    language: Language,

    /// The headline only
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// All products of each rule
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Refused {
    /// A red line that is looser
    #[default]
    LoosenedRedLine,
    /// Any rule that is looser
    Loosened,
    /// Anything but words
    Any,
}

impl From<Refused> for Deny {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::LoosenedRedLine => Self::LoosenedRedLine,
            Refused::Loosened => Self::Loosened,
            Refused::Any => Self::Any,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// hongxian.diff/1
    Json,
    /// For a pull request
    Markdown,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let settings = Settings::find()?;
    let (old, new) = sides(arguments, &settings)?;
    let (before, after) = rayon::join(|| old.engine(), || new.engine());
    let (before, after) = (before?, after?);
    let comparison = Comparison::new(&before, &after);
    let corpus = corpus(arguments, &before, &after)?;
    let seen = judge(&comparison, &corpus);
    let searches = look(&comparison, &corpus, &seen, arguments.search);
    let mut diff = comparison.diff((&old.given, &new.given), seen, searches);
    if let Some(folder) = &arguments.cases {
        keep(&mut diff, folder, new.folder.as_deref())?;
    }
    let lang = arguments.language.or_set(&settings);
    terminal.print(&shown(&diff, arguments, lang, terminal))?;
    Ok(if Deny::from(arguments.deny).refuses(&diff) { Exit::Found } else { Exit::Good })
}

fn shown(diff: &Diff, arguments: &Arguments, lang: render::Lang, terminal: Terminal) -> String {
    let detail = super::detail(arguments.quiet, arguments.verbose);
    match arguments.format {
        Format::Human => change::human(diff, &terminal.out(lang, detail)),
        Format::Json => json::document(diff),
        Format::Markdown => change::markdown(diff, lang),
    }
}

/// A policy as it was named, with its packs.
struct Side {
    given: String,
    packs: Vec<Pack>,
    /// Its folder, where it has one.
    folder: Option<PathBuf>,
}

impl Side {
    fn engine(&self) -> Result<Engine, Failure> {
        let packs = self.packs.iter().map(|pack| Pack {
            files: pack.files.clone(),
            prefix: pack.prefix.clone(),
            brought_along: pack.brought_along,
        });
        Ok(packs::build(packs.collect(), true, Modules::All)?)
    }
}

fn sides(arguments: &Arguments, settings: &Settings) -> Result<(Side, Side), Failure> {
    let folder = match &arguments.path {
        Some(path) => Some(path.clone()),
        None => packs::surrounding(),
    };
    let revisions = arguments.path.is_some();
    let old = side(&arguments.old, revisions, folder.as_deref())?;
    let new = match (&arguments.new, &folder) {
        (Some(new), _) => side(new, revisions, folder.as_deref())?,
        (None, Some(folder)) => in_folder(folder)?,
        (None, None) => {
            let packs = packs::chosen(&[], settings)?;
            Side { given: settings.file.clone().unwrap_or_else(|| packs::DEFAULT.to_owned()), packs, folder: None }
        }
    };
    Ok((old, new))
}

/// A folder or an archive, else a pack inside the program, else a revision.
fn side(given: &str, revision: bool, folder: Option<&Path>) -> Result<Side, Failure> {
    let path = Path::new(given);
    if revision {
        return at_revision(given, folder.unwrap_or(Path::new(".")));
    }
    if path.is_dir() {
        return in_folder(path);
    }
    if let Some(pack) = packs::archived(path) {
        return Ok(with_bases(given, pack?, None));
    }
    match (packs::embedded(given), folder) {
        (Some(pack), _) if !path.exists() => Ok(with_bases(given, pack, None)),
        (_, Some(folder)) if !path.exists() => at_revision(given, folder),
        _ => in_folder(path).map_err(|failure| {
            failure
                .help(
                    "a policy is a folder with a `pack.toml`, an archive of one, or the name of a pack in this program",
                )
                .help("a revision of git needs the pack's folder: `policy diff main -- policies/fintech-plan`")
        }),
    }
}

fn in_folder(folder: &Path) -> Result<Side, Failure> {
    Ok(with_bases(&folder.display().to_string(), packs::read(folder)?, Some(folder.to_owned())))
}

fn at_revision(revision: &str, folder: &Path) -> Result<Side, Failure> {
    let given = format!("{revision}:{}", folder.display());
    let pack = Pack { files: revisions::pack(revision, folder)?, prefix: format!("{given}/"), brought_along: false };
    Ok(with_bases(&given, pack, None))
}

fn with_bases(given: &str, pack: Pack, folder: Option<PathBuf>) -> Side {
    Side { given: given.to_owned(), packs: packs::with_bases(vec![pack]), folder }
}

/// The declarations of the packs, of their tests, and those that are named; each once.
fn corpus(arguments: &Arguments, old: &Engine, new: &Engine) -> Result<Vec<Example>, Failure> {
    let mut all = examples(new);
    all.extend(examples(old));
    if !arguments.corpus.is_empty() {
        let files = declarations::named(&arguments.corpus)?;
        all.extend(Declarations::new(files, Layout::Auto, Limits::DEFAULT.bytes).map(example));
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|example| seen.insert((example.bytes.clone(), example.as_of, example.stage.clone())));
    Ok(all)
}

/// A declaration that cannot be read is one that neither side takes.
fn example(unit: Unit) -> Example {
    let name = unit.line.map_or_else(|| unit.file.clone(), |line| format!("{}:{line}", unit.file));
    Example { name, bytes: unit.bytes.unwrap_or_default(), as_of: None, stage: None }
}

fn judge(comparison: &Comparison<'_>, corpus: &[Example]) -> Vec<Seen> {
    let bar = progress::counter("judging", corpus.len());
    let judged = corpus.par_iter().map(|example| {
        let seen = comparison.product(example);
        bar.inc(1);
        seen
    });
    let seen = judged.collect();
    bar.finish_and_clear();
    seen
}

/// Searches for every changed rule of which the corpus does not show how it moved.
fn look(comparison: &Comparison<'_>, corpus: &[Example], seen: &[Seen], limit: usize) -> HashMap<usize, Search> {
    let all = 0..comparison.changed().len();
    let wanted: Vec<usize> = all.filter(|at| limit > 0 && comparison.wants_search(*at, seen)).collect();
    let bar = progress::counter("searching", wanted.len() * limit);
    let searched = wanted.par_iter().filter_map(|at| {
        let mut tried = 0;
        let search = comparison.search(*at, corpus, limit, &mut |count| {
            bar.inc(u64::try_from(count - tried).unwrap_or_default());
            tried = count;
        })?;
        Some((*at, search))
    });
    let found = searched.collect();
    bar.finish_and_clear();
    found
}

/// Writes the declarations that were found, all of them, or none where one is in the way.
fn keep(diff: &mut Diff, folder: &Path, pack: Option<&Path>) -> Result<(), Failure> {
    let found =
        diff.rules.iter_mut().filter_map(|rule| Some((rule.id.clone(), rule.search.as_mut()?.witness.as_mut()?)));
    let found: Vec<(String, &mut Witness)> = found.collect();
    if found.is_empty() {
        return Ok(());
    }
    let files = |id: &str| [format!("{id}.json"), format!("{id}.case.toml")].map(|name| folder.join(name));
    none_there(found.iter().flat_map(|(id, _)| files(id)))
        .map_err(|failure| failure.help("give another folder with `--cases`, or move what is there"))?;
    std::fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, &error))?;
    for (id, witness) in found {
        let [path, case] = files(&id);
        write_file(&path, json::document(&witness.declaration).as_bytes())?;
        let given = pack.and_then(|pack| path.strip_prefix(pack).ok()).unwrap_or(&path);
        write_file(&case, witness.case(&id, &given.display().to_string()).as_bytes())?;
        witness.file = Some(case.display().to_string());
    }
    Ok(())
}
