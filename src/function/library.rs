//! A library: functions and checks that come together and share an instance for each declaration. A plugin is one; an
//! embedding program can lend one of its own.

use super::describe::Description;
use super::document::PlaceId;
use super::limits::{MAX_FINDINGS, MAX_MESSAGE, MAX_RELATED};
use super::reader::Reader;
use crate::value::Value;

/// Functions and checks under one name.
pub trait Library: Send + Sync {
    /// What it says of itself.
    fn description(&self) -> &Description;

    /// A fresh instance, for one declaration.
    ///
    /// # Errors
    ///
    /// Why there is none, for people.
    fn open(&self) -> Result<Box<dyn Instance>, String>;
}

/// An instance of a library. What it remembers dies with it.
pub trait Instance {
    /// Calls a function, by its index in the description, with arguments of the types that it announced.
    ///
    /// # Errors
    ///
    /// What went wrong; the instance is not used again.
    fn call(&mut self, function: usize, arguments: &[Value<'_>]) -> Result<Value<'static>, Trouble>;

    /// Runs a check, by its index in the description.
    ///
    /// # Errors
    ///
    /// As [`Self::call`].
    fn check(&mut self, check: usize, reader: &mut Reader) -> Result<Vec<CheckFinding>, Trouble>;

    /// How many findings a check may have.
    fn most_findings(&self) -> usize {
        MAX_FINDINGS
    }
}

/// Why a call came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It failed; the rule that asked is an `error`.
    Fault(String),
    /// The machine was stuck: the run ends without a verdict, since a busy machine must not change one.
    Stuck(String),
}

/// Something that a check found wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckFinding {
    /// The JSON Pointer of the place, from the root of the declaration.
    pub pointer: String,
    /// Further places that it rests on.
    pub related: Vec<String>,
    /// What is wrong there, in English.
    pub en: String,
    /// The same in Chinese, where there is a translation.
    pub zh: Option<String>,
}

/// A finding whose places were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Its place, then those that it rests on.
    pub places: Vec<PlaceId>,
    /// What is wrong there, in English.
    pub en: String,
    /// The same in Chinese.
    pub zh: Option<String>,
}

/// Finds the places of findings, and holds what they say to its limits.
pub(super) fn resolved(findings: Vec<CheckFinding>, most: usize, reader: &Reader) -> Result<Vec<Resolved>, String> {
    at_most("findings", findings.len(), most.min(MAX_FINDINGS))?;
    findings
        .into_iter()
        .map(|finding| {
            at_most("related places of a finding", finding.related.len(), MAX_RELATED)?;
            for message in [Some(&finding.en), finding.zh.as_ref()].into_iter().flatten() {
                at_most("characters of a message", message.chars().count(), MAX_MESSAGE)?;
            }
            if finding.en.trim().is_empty() {
                return Err("expected a message with a finding, found none".to_owned());
            }
            let pointers = [&finding.pointer].into_iter().chain(&finding.related);
            let places = pointers.map(|pointer| reader.find(pointer)).collect::<Result<_, _>>();
            let places = places.map_err(|wrong| format!("points at a place, but {wrong}"))?;
            Ok(Resolved { places, en: finding.en, zh: finding.zh })
        })
        .collect()
}

fn at_most(what: &str, found: usize, most: usize) -> Result<(), String> {
    if found > most { Err(format!("expected at most {most} {what}, found {found}")) } else { Ok(()) }
}
