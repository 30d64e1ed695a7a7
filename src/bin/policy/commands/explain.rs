//! `policy explain`: a rule, how a verdict of it came about, or what a diagnostic means.

use super::shared::{Language, Packs, date};
use crate::declarations;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::select;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::decode::Limits;
use hongxian::diagnostic::nearest;
use hongxian::engine::{Engine, Input, Options, Refusal};
use hongxian::ir::{Outside, RuleId};
use hongxian::pack::Modules;
use hongxian::render::{self, Detail, explain, visible_lines};
use hongxian::source::Span;
use hongxian::syntax::ast::ItemKind;
use hongxian::value::Date;
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/diagnostics");

/// Explains a rule or a diagnostic
///
/// Of a rule: its text, the sentences it stands on, the fields and parameters that it reads. With
/// --on, also how its verdict over a declaration came about: every expression with the value that it
/// had.
///
/// Examples:
///   policy explain T17-R7
///   policy explain T17-R7 --on product.json
///   policy explain E0201
///
/// Exit codes: 0, or 2 where there is no such rule or code, or something could not be read.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// A rule's id, or the code of a diagnostic
    #[arg(value_name = "RULE|CODE")]
    what: String,

    /// The declaration over which the rule's verdict is derived
    #[arg(long, value_name = "FILE|-")]
    on: Option<PathBuf>,

    #[command(flatten)]
    packs: Packs,

    /// The evaluation date, YYYY-MM-DD, instead of the declaration's own
    #[arg(long, value_name = "DATE", value_parser = date, requires = "on")]
    as_of: Option<Date>,

    /// The stage, instead of the one that follows from the declaration
    #[arg(long, value_name = "NAME", requires = "on")]
    stage: Option<String>,

    #[command(flatten)]
    language: Language,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    if is_code(&arguments.what) {
        terminal.print(&visible_lines(page(&arguments.what.to_uppercase())?))?;
        return Ok(Exit::Good);
    }
    let settings = Settings::find()?;
    let options = terminal.out(arguments.language.or_set(&settings), Detail::Verbose);
    let engine = arguments.packs.engine(&settings, Modules::WithoutTests)?;
    let text = match find(&engine, &arguments.what)? {
        Found::Outside(outside) => explain::outside(&engine.program().policy, outside, &options),
        Found::Rule(rule) => match &arguments.on {
            Some(file) => derived(&engine, rule, file, arguments, &options)?,
            None => explained(&engine, rule, &options),
        },
    };
    terminal.print(&text)?;
    Ok(Exit::Good)
}

/// `E0201`, `W0001`
fn is_code(word: &str) -> bool {
    let digits = word.strip_prefix(['E', 'W', 'e', 'w']);
    digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn page(code: &str) -> Result<&'static str, Failure> {
    if let Some(page) = PAGES.get_file(format!("{code}.md")).and_then(include_dir::File::contents_utf8) {
        return Ok(page);
    }
    let codes = PAGES.files().filter_map(|file| file.path().file_stem()?.to_str());
    let failure = Failure::new(format!("there is no diagnostic `{code}`"));
    Err(match nearest(code, codes) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure,
    })
}

enum Found<'e> {
    Rule(RuleId),
    Outside(&'e Outside),
}

fn find<'e>(engine: &'e Engine, id: &str) -> Result<Found<'e>, Failure> {
    let plain = id.rsplit('/').next().unwrap_or(id);
    if let Some(outside) = engine.program().policy.outside.iter().find(|outside| outside.id == plain) {
        return Ok(Found::Outside(outside));
    }
    let rules = select::rules(engine, &[id.to_owned()])?.unwrap_or_default();
    match rules.as_slice() {
        [rule] => Ok(Found::Rule(*rule)),
        _ => Err(Failure::new(format!("`{id}` stands for {} rules", rules.len())).help("name one of them")),
    }
}

fn explained(engine: &Engine, id: RuleId, options: &render::Options) -> String {
    let program = engine.program();
    let Some(rule) = program.policy.rules.get(id.index()) else { return String::new() };
    let text = whole(engine, &rule.id).unwrap_or(rule.span);
    explain::rule(program, rule, text, engine.sources(), options)
}

/// Where the whole of a rule stands.
fn whole(engine: &Engine, id: &str) -> Option<Span> {
    let mut items = engine.packs().iter().flat_map(|pack| &pack.modules).flat_map(|module| &module.items);
    let is_it = |kind: &ItemKind| matches!(kind, ItemKind::Rule(rule) if rule.id.text == id);
    items.find(|item| is_it(&item.kind)).map(|item| item.span)
}

/// The rule's verdict over a declaration, and what each of its expressions came to.
fn derived(
    engine: &Engine,
    rule: RuleId,
    file: &Path,
    arguments: &Arguments,
    shown: &render::Options,
) -> Result<String, Failure> {
    let bytes = declarations::read(file, Limits::DEFAULT.bytes)?;
    let name = file.display().to_string();
    let input = Input { name: &name, bytes: &bytes };
    let rules = [rule];
    let options = Options {
        as_of: arguments.as_of,
        stage: arguments.stage.as_deref(),
        rules: Some(&rules),
        list_passes: true,
        ..Options::default()
    };
    let report = engine.evaluate(input, &options).map_err(refused)?;
    let steps = engine.derivation(input, &options, rule).map_err(refused)?;
    let steps: Vec<_> = steps.into_iter().map(|step| (step.span, step.value)).collect();
    let text = String::from_utf8_lossy(&bytes);
    Ok(explain::verdict(&report, &text, shown) + &explain::derivation(&steps, engine.sources(), shown))
}

pub(super) fn refused(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Invalid(invalid) => invalid.into(),
        refusal @ Refusal::NoDate { .. } => Failure::new(refusal.to_string()).help("`--as-of YYYY-MM-DD` gives one"),
        refusal @ (Refusal::NoSuchStage { .. } | Refusal::Stuck(_)) => Failure::new(refusal.to_string()),
    }
}
