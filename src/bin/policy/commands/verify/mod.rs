//! `policy verify`: judges again what evidence says was judged, and says how the two compare.

mod inputs;

use super::shared::{Language, Packs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::packs;
use crate::settings::Settings;
use crate::signature;
use crate::terminal::{Terminal, read_file};
use hongxian::decode::Limits;
use hongxian::engine::{Engine, Input, Options, Settlements};
use hongxian::evidence::{
    self, Comparison, Evidence, InputState, MAX_EVIDENCE_BYTES, Recorded, Signature, Standing, Unreadable,
    VERIFICATION, Verification,
};
use hongxian::ir::RuleId;
use hongxian::pack::Modules;
use hongxian::render::{json, verification};
use hongxian::report::contract::Origin;
use hongxian::value::Date;
use inputs::{Material, Named};
use std::path::{Path, PathBuf};

/// Verifies evidence: judges again, and says whether the same comes out
///
/// The inputs are looked for where they are named, else under their recorded names beside the
/// evidence; packs that are not named are those inside the program. Each must have its recorded
/// digest. They are then judged as they were: on the recorded day, at the recorded stage, by the
/// recorded rules. No policy.toml is read. With the same version of the program the same bytes must
/// come out; with another one, the verdicts are compared.
///
/// Examples:
///   policy verify product.evidence.json
///   policy verify product.evidence.json --declaration product.json --policy plan-0.1.0/
///   policy verify product.evidence.json --key our-bank.pub
///   policy verify product.evidence.json --other-packs --policy plan-0.2.0/
///
/// Exit codes:
///   0  the same bytes; or, by another version or --other-packs, the same decision, outcomes, places
///   1  something else came out; or the same engine and inputs, and not the same bytes
///   2  nothing could be compared: the signature is missing or not good, the evidence cannot be read,
///      an input is missing or has another digest, or the declaration cannot be judged any more
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The evidence, as `policy eval -o evidence=FILE` writes it
    #[arg(value_name = "FILE")]
    evidence: PathBuf,

    /// The declaration: a file, or a folder or file of many that has it; - for standard input
    #[arg(long, value_name = "FILE|DIR|-")]
    declaration: Option<PathBuf>,

    #[command(flatten)]
    packs: Packs,

    /// The waivers; where several files were recorded, each in its turn
    #[arg(long, value_name = "FILE")]
    waivers: Vec<PathBuf>,

    /// The reviews; where several files were recorded, each in its turn
    #[arg(long, value_name = "FILE")]
    reviews: Vec<PathBuf>,

    /// The public key of who must have signed it: a file, or the key itself. It is checked before anything else
    #[arg(long, value_name = "FILE|KEY")]
    key: Option<String>,

    /// Where the signature is [default: FILE.minisig]
    #[arg(long, value_name = "FILE", requires = "key")]
    signature: Option<PathBuf>,

    /// Judges although packs are not the recorded ones: how would these judge it?
    #[arg(long)]
    other_packs: bool,

    /// What is written to standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    #[command(flatten)]
    language: Language,

    /// Only how it stands
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// All findings that differ
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// hongxian.verification/1
    Json,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    let bytes = read_file(&arguments.evidence, MAX_EVIDENCE_BYTES)?;
    let signed = arguments.signature(&bytes)?;
    let recorded = evidence::read(&bytes).map_err(|error| unreadable(&arguments.evidence, &error))?;
    let mut found = inputs::find(&recorded, &arguments.named())?;
    let again = match found.take_material(arguments.other_packs) {
        Some(material) => Some(judge(&recorded, material)?),
        None => None,
    };
    let (standing, differences) = again.map(|again| compared(&recorded, &bytes, &again)).unzip();
    let verification = Verification {
        schema: VERIFICATION,
        evidence: arguments.evidence.display().to_string(),
        signature: signed,
        recorded: Recorded::of(&recorded),
        engine: env!("CARGO_PKG_VERSION"),
        inputs: found.checked,
        standing,
        differences,
    };
    terminal.print(&arguments.shown(&verification, terminal))?;
    for missing in verification.inputs.iter().filter(|input| input.state == InputState::Missing) {
        terminal.tell(&inputs::missing(missing).shown(&terminal.err()));
    }
    Ok(exit(standing))
}

impl Arguments {
    /// Who signed it; nothing is judged where the signature is not good.
    fn signature(&self, bytes: &[u8]) -> Result<Option<Signature>, Failure> {
        let Some(key) = &self.key else { return Ok(None) };
        let key = signature::public_key(key)?;
        let file = self.signature.clone().unwrap_or_else(|| signature::beside(&self.evidence));
        let signature::Good { key, trusted_comment } = signature::check(&key, &file, bytes)?;
        Ok(Some(Signature { key, trusted_comment }))
    }

    fn named(&self) -> Named<'_> {
        Named {
            beside: self.evidence.parent().unwrap_or(Path::new("")),
            declaration: self.declaration.as_deref(),
            packs: &self.packs.named,
            waivers: &self.waivers,
            reviews: &self.reviews,
        }
    }

    fn shown(&self, verification: &Verification, terminal: Terminal) -> String {
        let detail = super::detail(self.quiet, self.verbose);
        match self.format {
            Format::Human => {
                verification::human(verification, &terminal.out(self.language.or_set(&Settings::default()), detail))
            }
            Format::Json => json::document(verification),
        }
    }
}

const fn exit(standing: Option<Standing>) -> Exit {
    match standing {
        Some(Standing::Identical | Standing::Agrees) => Exit::Good,
        Some(Standing::Differs) => Exit::Found,
        None => Exit::Failed,
    }
}

/// Why a text is no evidence, and what would help.
pub(super) fn unreadable(path: &Path, error: &Unreadable) -> Failure {
    let failure = Failure::new(format!("`{}` is no evidence that can be read: {error}", path.display()));
    match error {
        Unreadable::OtherSchema(Some(schema)) if schema.starts_with("hongxian.evidence/") => {
            failure.help("it was written by another version of this program, which can verify it")
        }
        Unreadable::OtherSchema(_) => failure.help("`policy eval product.json -o evidence=FILE` writes evidence"),
        _ => failure,
    }
}

/// Judges again as it was recorded.
fn judge(recorded: &Evidence, material: Material) -> Result<Evidence, Failure> {
    let limits = recorded.limits.within(Limits::DEFAULT).ok_or_else(|| {
        Failure::new("the evidence was made with limits beyond those of this program")
            .help("whoever made it has raised them; only a program with the same limits can verify it")
    })?;
    let builder = Engine::builder().modules(Modules::WithoutTests).limits(limits);
    let engine = packs::build_with(builder, material.packs, false)?;
    let settlements = settlements(&engine, recorded, &material.waivers, &material.reviews)?;
    let input = Input { name: &recorded.declaration.file, bytes: &material.declaration };
    let rules = selected(&engine, recorded);
    let options = Options {
        line: recorded.declaration.line,
        as_of: Date::parse(&recorded.as_of.date).filter(|_| recorded.as_of.from == Origin::Option),
        stage: recorded.stage.as_ref().filter(|stage| stage.from == Origin::Option).map(|stage| stage.name.as_str()),
        rules: rules.as_deref(),
        settlements: Some(&settlements),
        ..Options::default()
    };
    let report = if recorded.public {
        engine.evaluate_public(input, &options).map(|(report, _)| report)
    } else {
        engine.evaluate(input, &options)
    };
    Ok(Evidence::of(&report.map_err(super::explain::refused)?))
}

fn selected(engine: &Engine, recorded: &Evidence) -> Option<Vec<RuleId>> {
    let ids = recorded.selected.as_ref()?;
    Some(ids.iter().filter_map(|id| engine.rule(id)).collect())
}

fn settlements(
    engine: &Engine,
    recorded: &Evidence,
    waivers: &[Vec<u8>],
    reviews: &[Vec<u8>],
) -> Result<Settlements, Failure> {
    let waivers = under_their_names(&recorded.waivers, waivers);
    let reviews = under_their_names(&recorded.reviews, reviews);
    Ok(engine.settlements(&waivers, &reviews)?)
}

/// Files are named as they were, so that the same bytes come out wherever they are now.
fn under_their_names<'a>(recorded: &'a [evidence::File], found: &'a [Vec<u8>]) -> Vec<Input<'a>> {
    recorded.iter().zip(found).map(|(file, bytes)| Input { name: &file.file, bytes }).collect()
}

fn compared(recorded: &Evidence, bytes: &[u8], again: &Evidence) -> (Standing, Comparison) {
    let comparison = Comparison::new(recorded, again);
    let same = [json::document(again), json::line(again)].iter().any(|text| text.as_bytes() == bytes);
    (comparison.standing(same), comparison)
}
