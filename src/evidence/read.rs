//! Evidence from bytes: strictly what the schema describes, and within a limit.

use super::contract::{EVIDENCE, Evidence};
use crate::value::Date;
use serde::Deserialize;
use serde_json::Value;
use std::fmt;

/// How many bytes a text of evidence may have.
pub const MAX_EVIDENCE_BYTES: usize = 64 << 20;

/// Why a text is no evidence that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is larger than [`MAX_EVIDENCE_BYTES`].
    TooLarge,
    /// It says that it is something else, or says nothing about what it is.
    OtherSchema(Option<String>),
    /// It is not JSON, or not what the schema describes; with line and column where that is known.
    NotValid(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "expected at most {MAX_EVIDENCE_BYTES} bytes, found more"),
            Self::OtherSchema(Some(found)) => write!(f, "expected the schema `{EVIDENCE}`, found `{found}`"),
            Self::OtherSchema(None) => write!(f, "expected the schema `{EVIDENCE}`, found none"),
            Self::NotValid(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Unreadable {}

/// What a text says that it is.
#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

/// Reads evidence.
///
/// # Errors
///
/// Where it is too large, of another schema or version, or has a member that the schema does not describe.
pub fn read(bytes: &[u8]) -> Result<Evidence, Unreadable> {
    if bytes.len() > MAX_EVIDENCE_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|error| not_valid(&error))?;
    if head.schema.as_deref() != Some(EVIDENCE) {
        return Err(Unreadable::OtherSchema(head.schema));
    }
    let evidence: Evidence = serde_json::from_slice(bytes).map_err(|error| not_valid(&error))?;
    well_formed(&evidence)?;
    if serde_json::to_value(&evidence).ok() != serde_json::from_slice::<Value>(bytes).ok() {
        return Err(Unreadable::NotValid("it is not laid out as the schema says".to_owned()));
    }
    Ok(evidence)
}

fn not_valid(error: &serde_json::Error) -> Unreadable {
    Unreadable::NotValid(error.to_string())
}

/// What the types do not say.
fn well_formed(evidence: &Evidence) -> Result<(), Unreadable> {
    let wrong = |why: String| Err(Unreadable::NotValid(why));
    if Date::parse(&evidence.as_of.date).is_none() {
        return wrong(format!("expected a day of the calendar, YYYY-MM-DD, found `{}`", evidence.as_of.date));
    }
    let files = evidence.waivers.iter().chain(&evidence.reviews).map(|file| &file.file);
    let mut names = std::iter::once(&evidence.declaration.file).chain(files);
    if let Some(name) = names.find(|name| !is_bare(name)) {
        return wrong(format!("expected the name of a file without its folder, found `{name}`"));
    }
    if evidence.declaration.line == Some(0) {
        return wrong("expected a line from 1, found 0".to_owned());
    }
    Ok(())
}

/// Whether a name leads nowhere else.
fn is_bare(name: &str) -> bool {
    !name.is_empty() && !matches!(name, "." | "..") && !name.contains(['/', '\\', '\0'])
}
