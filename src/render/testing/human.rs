//! For people: a line for each test, expected and found one beside the other, and what tests did not see.

use super::{FailureShown, Summary};
use crate::render::style::{Painted, Palette};
use crate::render::{Options, diagnostics, visible};
use crate::report::contract::{Outcome, SourcePlace};
use crate::source::SourceMap;
use crate::testing::{Case, Coverage, Ended, Mutation, Tally};
use std::fmt::Write;

/// A test's name and how it ended; where it did not pass, why.
#[must_use]
pub fn case(case: &Case<'_>, ended: &Ended, sources: &SourceMap, options: &Options) -> String {
    let palette = Palette::new(options.colour);
    let (word, outcome) = match ended {
        Ended::Passed => ("pass", Outcome::Pass),
        Ended::Failed(_) => ("fail", Outcome::Fail),
        Ended::Broken(_) => ("broken", Outcome::Error),
    };
    let head = format!("{}  {}\n", Painted(palette.outcome(outcome), word), visible(case.name()));
    match ended {
        Ended::Passed => head,
        Ended::Failed(failures) => {
            let failures = failures.iter().map(|failure| super::failure(failure, sources));
            head + &failures.map(|failure| unmet(&failure, palette)).collect::<String>()
        }
        Ended::Broken(found) => head + &diagnostics::human(found, sources, options),
    }
}

/// An expectation and what was found, in two columns, each with its place; and what the found outcome rests on.
fn unmet(failure: &FailureShown, palette: Palette) -> String {
    let rule = failure.rule_at.as_ref().map(place).unwrap_or_default();
    let left = ["expected".to_owned(), visible(&failure.expected).into_owned(), place(&failure.at)];
    let right = ["found".to_owned(), visible(&failure.found).into_owned(), rule];
    let width = left.iter().map(|cell| cell.chars().count()).max().unwrap_or_default();
    let styles = [palette.dim(), palette.strong(), palette.dim()];
    let mut text = String::new();
    for ((left, right), style) in left.iter().zip(&right).zip(styles) {
        let row = format!("      {left:<width$}   {right}");
        // A string takes every character.
        let _ = writeln!(text, "{}", Painted(style, row.trim_end()));
    }
    for because in &failure.because {
        let pointer = if because.pointer.is_empty() { "/" } else { &because.pointer };
        let (pointer, message) = (visible(pointer), visible(&because.message));
        let _ = writeln!(text, "        {} {pointer}: {message}", visible(&because.rule));
        let _ = writeln!(text, "          {}", Painted(palette.dim(), place(&because.requirement)));
    }
    text
}

fn place(at: &SourcePlace) -> String {
    format!("{}:{}:{}", visible(&at.file), at.line, at.column)
}

/// How many passed.
#[must_use]
pub fn summary(summary: &Summary) -> String {
    format!("{} passed, {} did not\n", summary.passed, summary.failed + summary.broken)
}

/// How far conditions were seen, and what never was.
#[must_use]
pub fn coverage(coverage: &Coverage, options: &Options) -> String {
    let palette = Palette::new(options.colour);
    let mut text = String::new();
    for unseen in &coverage.unseen {
        let head = format!("never {}", unseen.never.join(", "));
        let (condition, rules) = (visible(&unseen.condition), visible(&unseen.rules.join(", ")).into_owned());
        // A string takes every character.
        let _ = writeln!(text, "{}  {condition}", Painted(palette.outcome(Outcome::Unknown), head));
        let _ = writeln!(text, "      {}", Painted(palette.dim(), format!("{}  {rules}", place(&unseen.at))));
    }
    let share = percent(coverage.seen_per_mille);
    text + &format!("{} of {} conditions seen in every state{share}\n", coverage.seen, coverage.conditions)
}

/// What became of mutants, which no test noticed, and what has none.
#[must_use]
pub fn mutation(mutation: &Mutation, options: &Options) -> String {
    let palette = Palette::new(options.colour);
    let mut text = String::new();
    for survivor in &mutation.survivors {
        let rules = survivor.rules.join(", ");
        // What is shared is named beside the rules that share it.
        let (rules, within) = match survivor.within.strip_prefix("rule ") {
            Some(_) => (String::new(), rules),
            None => (format!("  {}", visible(&rules)), survivor.within.clone()),
        };
        let (within, change) = (visible(&within), visible(&survivor.change));
        let at = format!("{}  {}{rules}", place(&survivor.at), survivor.kind);
        // A string takes every character.
        let _ = writeln!(text, "{}  {within}: {change}", Painted(palette.outcome(Outcome::Unknown), "unnoticed"));
        let _ = writeln!(text, "      {}", Painted(palette.dim(), at));
    }
    for without in &mutation.without {
        let why = match without.refused {
            0 => "nothing in it can be changed in a small way".to_owned(),
            refused => format!("the checker refuses all its changes, {refused}"),
        };
        let _ = writeln!(text, "no mutant  {}: {why}", visible(&without.within));
        let _ = writeln!(text, "      {}", Painted(palette.dim(), place(&without.at)));
    }
    text + &tally("rules", &mutation.rules) + &tally("red lines", &mutation.red_lines)
}

fn tally(what: &str, tally: &Tally) -> String {
    let Tally { rules, shared, mutants, survived, survived_per_mille, refused } = tally;
    let share = percent(*survived_per_mille);
    let head = format!("{rules} {what} and {shared} definitions that they read: {mutants} mutants");
    format!("{head}, {survived} unnoticed{share}; the checker refused {refused} changes\n")
}

/// A share in percent, where there is one.
fn percent(per_mille: Option<u32>) -> String {
    per_mille.map(|tenths| format!(" ({}.{} %)", tenths / 10, tenths % 10)).unwrap_or_default()
}
