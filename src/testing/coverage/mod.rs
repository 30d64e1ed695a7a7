//! Coverage by condition: whether the tests have seen every atomic condition of every rule true, false and unknown.
//!
//! A condition is seen by a test only in the rules that the test expects something of; a test that expects a decision
//! expects something of all. What a condition cannot be by its form is not asked for (`atoms.rs` says which).

mod atoms;

use super::Case;
use super::prepare::Prepared;
use crate::engine::{Engine, Options};
use crate::eval::Truth;
use crate::ir::RuleId;
use crate::report::contract::SourcePlace;
use atoms::{Atoms, States};
use serde::Serialize;

/// How far tests have seen the conditions of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Conditions that can have more than one truth value.
    pub conditions: u32,
    /// Those that were seen with every truth value that they can have.
    pub seen: u32,
    /// The share of these in tenths of a percent, rounded down; none where there are no conditions.
    pub seen_per_mille: Option<u32>,
    /// The others, in the order of the text.
    pub unseen: Vec<Unseen>,
}

/// A condition that was not seen with every truth value that it can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unseen {
    /// Where it stands.
    pub at: SourcePlace,
    /// The condition.
    pub condition: String,
    /// The rules that it stands in, by itself or in a `let` or function that they use.
    pub rules: Vec<String>,
    /// The truth values that were not seen: `true`, `false`, `unknown`.
    pub never: Vec<&'static str>,
}

impl Coverage {
    /// Whether at least so many of a hundred conditions were seen; with no conditions, all were.
    #[must_use]
    pub fn reaches(&self, percent: u8) -> bool {
        u64::from(self.seen) * 100 >= u64::from(self.conditions) * u64::from(percent)
    }
}

const NAMES: [&str; 3] = ["true", "false", "unknown"];

/// The conditions of an engine's rules: what tests are held against.
#[derive(Debug)]
pub struct Conditions<'e> {
    engine: &'e Engine,
    atoms: Atoms,
}

/// What tests have seen of conditions.
#[derive(Debug, Clone, Default)]
pub struct Seen(Vec<States>);

impl Seen {
    /// What either has seen.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        if self.0.len() < more.0.len() {
            self.0.resize(more.0.len(), [false; 3]);
        }
        self.0.iter_mut().zip(more.0).for_each(|(states, more)| add(states, more));
        self
    }
}

fn add(states: &mut States, more: States) {
    states.iter_mut().zip(more).for_each(|(state, more)| *state |= more);
}

impl<'e> Conditions<'e> {
    /// The conditions of the rules that are picked.
    #[must_use]
    pub fn new(engine: &'e Engine, picks: impl Fn(RuleId) -> bool) -> Self {
        Self { engine, atoms: Atoms::new(engine.program(), picks) }
    }

    /// Runs a test and notes what each condition came to. One that cannot be run sees nothing.
    #[must_use]
    pub fn seen_by(&self, case: &Case<'_>) -> Seen {
        let mut seen = vec![[false; 3]; self.atoms.list.len()];
        let Ok(prepared) = Prepared::new(self.engine, case) else { return Seen(seen) };
        let options = Options { rules: prepared.rules.as_deref(), ..prepared.options() };
        // What is not judged sees nothing; running the test says why.
        let _ = self.engine.conditions(prepared.input(), &options, |node, truth| {
            if let Some(states) = self.atoms.of.get(&node).and_then(|atom| seen.get_mut(*atom)) {
                add(states, [truth == Truth::True, truth == Truth::False, truth == Truth::Unknown]);
            }
        });
        Seen(seen)
    }

    /// How far the conditions were seen.
    #[must_use]
    pub fn coverage(&self, seen: &Seen) -> Coverage {
        summed(self.engine, &self.atoms, &seen.0)
    }
}

fn summed(engine: &Engine, atoms: &Atoms, seen: &[States]) -> Coverage {
    let seen = seen.iter().copied().chain(std::iter::repeat([false; 3]));
    let counted = atoms.list.iter().zip(seen).filter(|(atom, _)| atom.possible.iter().filter(|can| **can).count() > 1);
    let mut coverage = Coverage { conditions: 0, seen: 0, seen_per_mille: None, unseen: Vec::new() };
    for (atom, seen) in counted {
        coverage.conditions += 1;
        let states = NAMES.iter().zip(atom.possible).zip(seen);
        let never: Vec<_> = states.filter(|((_, can), seen)| *can && !*seen).map(|((name, _), _)| *name).collect();
        if never.is_empty() {
            coverage.seen += 1;
        } else {
            coverage.unseen.push(unseen(engine, atom, never));
        }
    }
    coverage.seen_per_mille = super::per_mille(coverage.seen, coverage.conditions);
    coverage.unseen.sort_by(|a, b| (&a.at.file, a.at.line, a.at.column).cmp(&(&b.at.file, b.at.line, b.at.column)));
    coverage
}

fn unseen(engine: &Engine, atom: &atoms::Atom, never: Vec<&'static str>) -> Unseen {
    let sources = engine.sources();
    let rules = atom.rules.iter().filter_map(|rule| engine.program().policy.rules.get(rule.index()));
    Unseen {
        at: super::place(sources, atom.span),
        condition: sources.slice(atom.span).split_whitespace().collect::<Vec<_>>().join(" "),
        rules: rules.map(|rule| rule.id.clone()).collect(),
        never,
    }
}
