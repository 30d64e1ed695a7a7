//! The part of the contract that says how rules are grouped for people. No verdict depends on it.

use super::contract::Words;
use serde::Serialize;

/// Red lines that belong together, in the eyes of their pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Family {
    /// What they are about.
    pub title: Words,
    /// Their ids, among the selected rules.
    pub rules: Vec<String>,
}

/// A module that accounts for sentences of a source: a task of a plan, a chapter of a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// Its pack.
    pub pack: String,
    /// Its title.
    pub title: Words,
    /// What the ids of all its rules begin with, up to a hyphen; its name where they share nothing.
    pub code: String,
    /// What all locators that it cites begin with; empty where they share nothing.
    pub locator: String,
    /// The section that it stands in, a key of its pack's `sections`.
    pub section: Option<String>,
    /// How many sentences it names that no declaration can show.
    pub outside: u32,
}

/// A stage of the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageName {
    /// A member of the model's enum of stages.
    pub name: String,
    /// Its label.
    pub title: Words,
}

/// A source that rules cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its name: `pipl` in `pipl:55#1`.
    pub name: String,
    /// Its title.
    pub title: Words,
    /// Whether locators without a name are its.
    pub default: bool,
}
