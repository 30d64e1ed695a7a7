//! A book of rules, shown: as one page of HTML, and as Markdown. Both show the same rows.

mod html;
mod markdown;

pub use html::html;
pub use markdown::markdown;

use super::page::value_words;
use super::words::{Lang, Table, fill, pick};
use crate::book::{Entry, FieldRead, Parameter, Part};
use crate::ir::Direction;
use crate::report::contract::Words;

/// A row of an entry: what it is about, and its lines.
struct Row {
    title: &'static str,
    lines: Vec<String>,
    /// Whether the lines are pieces of a policy.
    code: bool,
}

/// Everything there is to say of an entry below its title.
fn rows(part: &Part, entry: &Entry, lang: Lang) -> Vec<Row> {
    let words = lang.table();
    let row = |title, lines: Vec<String>| Row { title, lines, code: false };
    let said = |text: &Option<Words>| text.iter().map(|text| pick(text, lang).to_owned()).collect();
    let rows = vec![
        row(words.clauses, vec![entry.cites.join(lang.comma())]),
        row(words.argument_title, argument(part, entry, lang)),
        row(words.addressee, vec![words.addressee(entry.addressee).to_owned()]),
        row(words.stage, listed(entry.stages.iter().map(|stage| pick(stage, lang)), lang)),
        row(words.in_force, in_force(entry, words, lang)),
        Row { title: words.applies_when, lines: entry.when.iter().cloned().collect(), code: true },
        row(words.fails_where, entry.failures.iter().map(|text| pick(text, lang).to_owned()).collect()),
        Row { title: words.must_be_declared, lines: entry.declared.clone(), code: true },
        row(words.judged_by_a_person, said(&entry.review)),
        row(words.remedy_title, said(&entry.remedy)),
        row(words.note, said(&entry.note)),
        row(words.parameters, entry.parameters.iter().map(|param| parameter(param, lang)).collect()),
        row(words.reads, entry.fields.iter().map(|read| field(read, lang)).collect()),
    ];
    rows.into_iter().filter(|row| !row.lines.is_empty()).collect()
}

fn argument(part: &Part, entry: &Entry, lang: Lang) -> Vec<String> {
    let Some(letter) = &entry.argument else { return Vec::new() };
    let says = part.arguments.iter().find(|(known, _)| known == letter).map_or("", |(_, says)| pick(says, lang));
    vec![fill(lang.table().item, &[letter, &says])]
}

/// Nothing where there is nothing to list.
fn listed<'a>(items: impl Iterator<Item = &'a str>, lang: Lang) -> Vec<String> {
    let items: Vec<&str> = items.collect();
    if items.is_empty() { Vec::new() } else { vec![items.join(lang.comma())] }
}

fn in_force(entry: &Entry, words: &Table, lang: Lang) -> Vec<String> {
    let from = entry.effective.from.map(|day| fill(words.in_force_from, &[&day]));
    let until = entry.effective.until.map(|day| fill(words.in_force_until, &[&day]));
    let days: Vec<String> = from.into_iter().chain(until).collect();
    listed(days.iter().map(String::as_str), lang)
}

/// `Screening at least every: 12 months (screening_interval, from project, an overlay may make it lower)`
fn parameter(param: &Parameter, lang: Lang) -> String {
    let words = lang.table();
    let mut about = vec![param.shown.name.clone(), fill(words.origin_is, &[&param.shown.origin])];
    about.extend(param.direction.map(|way| fill(words.may_tighten, &[&direction(words, way)])));
    about.extend(param.shown.tightened_by.as_ref().map(|by| fill(words.tightened_by, &[by])));
    let named = fill(words.item, &[&pick(&param.label, lang), &value_words(&param.shown.value, lang)]);
    named + &aside(words, &about.join(lang.comma()))
}

/// `Storage encryption (data.protection.storage_encryption)`
fn field(read: &FieldRead, lang: Lang) -> String {
    match pick(&read.label, lang) {
        label if read.path.ends_with(label) => read.path.clone(),
        label => format!("{label}{}", aside(lang.table(), &read.path)),
    }
}

fn aside(words: &Table, text: &str) -> String {
    if text.is_empty() { String::new() } else { fill(words.aside, &[&text]) }
}

const fn direction(words: &Table, direction: Direction) -> &'static str {
    match direction {
        Direction::Lower => words.lower,
        Direction::Higher => words.higher,
        Direction::More => words.more,
        Direction::Fewer => words.fewer,
    }
}

/// The kind of a rule, or that no declaration can show it.
fn kind(entry: &Entry, lang: Lang) -> &'static str {
    entry.kind.map_or(lang.table().outside, |kind| lang.table().kind(kind))
}

/// What identifies a pack: its name, version and digest.
fn identity(part: &Part) -> String {
    format!("{} {} · {}", part.name, part.version, part.digest)
}

/// That a pack's source has lapsed.
fn lapsed(part: &Part, lang: Lang) -> Option<String> {
    part.lapsed_on.map(|day| fill(lang.table().lapsed_on, &[&day]))
}
