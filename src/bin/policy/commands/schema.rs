//! `policy schema`: the JSON Schema of a declaration, and those of results.

use super::shared::Packs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::terminal::Terminal;
use hongxian::pack::Modules;
use hongxian::render::json;
use hongxian::schema::json_schema;

/// Writes the JSON Schema (2020-12) of a declaration, or of what the command writes
///
/// Examples:
///   policy schema > declaration.schema.json
///   policy schema --policy my-plan
///   policy schema --of result
///
/// Exit codes: 0, or 2 where a pack is not valid or could not be read.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    #[command(flatten)]
    packs: Packs,

    /// Of what
    #[arg(long, value_enum, default_value_t)]
    of: Of,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Of {
    /// What declarations may say, by the model of the packs
    #[default]
    Declaration,
    /// hongxian.result/1: what `policy eval --format json` writes
    Result,
    /// hongxian.verdict/1: what `policy eval --format verdict-lines` writes
    Verdict,
    /// hongxian.rejected/1: what `policy eval --format json` writes for a declaration that is not valid
    Rejected,
    /// hongxian.diagnostics/1: what `policy check --format json` writes
    Diagnostics,
    /// hongxian.tests/1: what `policy test --format json` writes
    Tests,
    /// hongxian.diff/1: what `policy diff --format json` writes
    Diff,
    /// hongxian.evidence/1: what `policy eval --format evidence` writes
    Evidence,
    /// hongxian.verification/1: what `policy verify --format json` writes
    Verification,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit, Failure> {
    match arguments.of {
        Of::Declaration => {
            let engine = arguments.packs.engine(&Settings::find()?, Modules::WithoutTests)?;
            terminal.print(&json::document(&json_schema(&engine.program().policy, engine.sources())))?;
        }
        Of::Result => terminal.print(include_str!("../../../../schemas/result.schema.json"))?,
        Of::Verdict => terminal.print(include_str!("../../../../schemas/verdict.schema.json"))?,
        Of::Rejected => terminal.print(include_str!("../../../../schemas/rejected.schema.json"))?,
        Of::Tests => terminal.print(include_str!("../../../../schemas/tests.schema.json"))?,
        Of::Diagnostics => terminal.print(include_str!("../../../../schemas/diagnostics.schema.json"))?,
        Of::Evidence => terminal.print(include_str!("../../../../schemas/evidence.schema.json"))?,
        Of::Verification => terminal.print(include_str!("../../../../schemas/verification.schema.json"))?,
        Of::Diff => terminal.print(include_str!("../../../../schemas/diff.schema.json"))?,
    }
    Ok(Exit::Good)
}
