//! A comparison for people: the headline, decisions, parameters, then rule by rule with both places.

use super::words;
use crate::change::contract::{
    DecisionChange, Diff, Difference, FindingChange, ParameterChange, Part, Places, ProductChange, RuleChange, Search,
    Which,
};
use crate::change::{Direction, Movement};
use crate::render::page::Page;
use crate::render::style::{Painted, Palette};
use crate::render::words::{Lang, pick};
use crate::render::wrap::width;
use crate::render::{Detail, Options, json, visible_lines};
use anstyle::Style;

/// How many products are shown for a rule where nobody asks for all.
const PRODUCTS: usize = 5;

/// The comparison as text.
#[must_use]
pub fn human(diff: &Diff, options: &Options) -> String {
    let mut page = Page::new(options);
    let (way, text) = words::headline(diff, page.lang);
    let style = of_direction(page.palette, way).invert();
    let word = words::direction(Some(way), page.lang).to_uppercase();
    let moved = diff.summary.loosened + diff.summary.tightened > 0;
    let badge = if moved { format!("{}   ", Painted(style, format!(" {word} "))) } else { String::new() };
    page.put(format_args!("{badge}{text}\n"));
    if options.detail == Detail::Quiet {
        return page.text;
    }
    page.paragraph(0, page.palette.dim(), &format!("{} → {}", side(&diff.old), side(&diff.new)));
    page.paragraph(0, page.palette.dim(), &words::corpus(diff, page.lang));
    decisions(&mut page, &diff.decisions);
    refused(&mut page, diff);
    parameters(&mut page, &diff.parameters);
    if !diff.rules.is_empty() {
        let same = diff.summary.same.to_string();
        let note = page.lang.choose("{} are the same", "其余{}条相同").replace("{}", &same);
        page.section(page.lang.choose("Rules", "规则"), &note);
    }
    for rule in &diff.rules {
        of_rule(&mut page, rule);
    }
    page.text
}

fn side(side: &crate::change::contract::Side) -> String {
    let packs: Vec<String> = side.packs.iter().map(|pack| format!("{} {}", pack.name, pack.version)).collect();
    format!("{} ({})", side.given, packs.join(", "))
}

const fn of_direction(palette: Palette, direction: Direction) -> Style {
    match direction {
        Direction::Loosened => palette.pointer(),
        Direction::Tightened => palette.added(),
    }
}

fn of_movements(palette: Palette, movements: &[Movement]) -> Style {
    if movements.contains(&Movement::Loosened) {
        return palette.pointer();
    }
    match movements.first() {
        Some(Movement::Tightened) => palette.added(),
        Some(Movement::OnlyWords) | None => palette.dim(),
        Some(_) => palette.help(),
    }
}

fn decisions(page: &mut Page, all: &[DecisionChange]) {
    if all.is_empty() {
        return;
    }
    page.section(page.lang.choose("Decisions that changed", "结论变化"), &all.len().to_string());
    for change in all {
        let (from, to) = (words::decision(change.from, page.lang), words::decision(change.to, page.lang));
        let way = change.direction.map_or("", |it| words::direction(Some(it), page.lang));
        let style = change.direction.map_or(Style::new(), |it| of_direction(page.palette, it));
        page.hanging((2, 4), (Style::new(), ""), (style, format!("{from} → {to}  {way}").trim_end()));
        page.paragraph(6, page.palette.dim(), &words::product(&change.product));
    }
}

fn refused(page: &mut Page, diff: &Diff) {
    if diff.corpus.refused.is_empty() {
        return;
    }
    let note = diff.corpus.refused.len().to_string();
    page.section(page.lang.choose("Declarations that one side refuses", "仅一版接受的声明"), &note);
    for refused in &diff.corpus.refused {
        let by = match refused.by {
            Which::Old => page.lang.choose("the old policy refuses it", "旧版不接受"),
            Which::New => page.lang.choose("the new policy refuses it", "新版不接受"),
        };
        page.paragraph(2, Style::new(), &format!("{}: {by}: {}", refused.file, refused.reason));
    }
}

fn parameters(page: &mut Page, all: &[ParameterChange]) {
    if all.is_empty() {
        return;
    }
    page.section(page.lang.choose("Parameters", "参数"), &all.len().to_string());
    for parameter in all {
        let none = page.lang.choose("none", "无").to_owned();
        let from = parameter.from.as_ref().map_or(none.clone(), |value| page.shown(value));
        let to = parameter.to.as_ref().map_or(none, |value| page.shown(value));
        let way = parameter.direction.map_or("", |it| words::direction(Some(it), page.lang));
        let style = parameter.direction.map_or(Style::new(), |it| of_direction(page.palette, it));
        let strong = page.palette.strong();
        let hang = 4 + width(&parameter.name);
        page.hanging((2, hang), (strong, &parameter.name), (style, format!("{from} → {to}  {way}").trim_end()));
        both_places(page, 6, &parameter.places);
        page.paragraph(6, Style::new(), &words::readers(parameter, page.lang));
    }
}

fn of_rule(page: &mut Page, rule: &RuleChange) {
    let lang = page.lang;
    let (strong, dim) = (page.palette.strong(), page.palette.dim());
    let style = of_movements(page.palette, &rule.movements);
    let mut head = vec![words::kinds(rule, lang), words::movements(&rule.movements, lang)];
    head.extend(words::state(rule, lang));
    page.gap();
    page.hanging((2, 4 + width(&rule.id)), (strong, &rule.id), (style, &head.join("  ")));
    page.paragraph(4, Style::new(), pick(&rule.title, lang));
    both_places(page, 4, &rule.places);
    if !rule.through.is_empty() {
        page.paragraph(4, Style::new(), &format!("{} {}", lang.choose("through", "经由"), rule.through.join(", ")));
    }
    for difference in &rule.differences {
        of_difference(page, difference);
    }
    let shown = if page.verbose { rule.products.len() } else { PRODUCTS };
    for product in rule.products.iter().take(shown) {
        of_product(page, product);
    }
    if rule.products.len() > shown {
        let more = (rule.products.len() - shown).to_string();
        let text =
            lang.choose("and {} more products (-v shows them)", "另有{}个产品（-v 全部显示）").replace("{}", &more);
        page.paragraph(4, dim, &text);
    }
    if let Some(search) = &rule.search {
        of_search(page, search);
    }
}

/// Where something stands before and after, a line each.
fn both_places(page: &mut Page, indent: usize, places: &Places) {
    for place in [&places.old, &places.new].into_iter().flatten() {
        page.unbroken(indent, "", &words::places(None, Some(place)));
    }
}

fn of_difference(page: &mut Page, difference: &Difference) {
    if difference.part == Part::Rule {
        return;
    }
    let mut head = words::part(difference.part, page.lang).to_owned();
    if difference.part != Part::Words {
        head = format!("{head}: {}", words::direction(difference.direction, page.lang));
    }
    page.paragraph(4, Style::new(), &head);
    let (gone, come) = (page.palette.removed(), page.palette.added());
    for (sign, style, written) in [("-", gone, &difference.old), ("+", come, &difference.new)] {
        if let Some(written) = written {
            let place = words::places(None, Some(&written.place));
            page.hanging((6, 8), (style, sign), (style, &written.text));
            page.unbroken(8, "", &place);
        }
    }
}

fn of_product(page: &mut Page, change: &ProductChange) {
    let lang = page.lang;
    let outcomes = format!("{} → {}", words::outcome(change.from, lang), words::outcome(change.to, lang));
    let style = of_movements(page.palette, &change.movements);
    let text = format!("{outcomes}  {}", words::movements(&change.movements, lang));
    page.hanging((4, 6), (Style::new(), ""), (style, &text));
    page.paragraph(6, Style::new(), &words::product(&change.product));
    for finding in &change.findings {
        of_finding(page, finding);
    }
}

fn of_finding(page: &mut Page, finding: &FindingChange) {
    let (sign, style) = match finding.side {
        Which::Old => ("-", page.palette.removed()),
        Which::New => ("+", page.palette.added()),
    };
    let pointer = if finding.pointer.is_empty() { "/" } else { &finding.pointer };
    let place = format!("{}:{}  {pointer}", finding.at.line, finding.at.column);
    let outcome = words::outcome(Some(finding.outcome), page.lang);
    let text = format!("{outcome}  {}", pick(&finding.message, page.lang));
    page.hanging((8, 10), (style, sign), (style, &text));
    page.paragraph(10, page.palette.dim(), &place);
    page.unbroken(10, "", &words::places(None, Some(&finding.requirement)));
}

fn of_search(page: &mut Page, search: &Search) {
    let lang = page.lang;
    page.paragraph(4, Style::new(), &words::search(search, lang));
    let Some(witness) = &search.witness else { return };
    let style = of_movements(page.palette, &witness.movements);
    let outcomes = format!("{} → {}", words::outcome(Some(witness.from), lang), words::outcome(Some(witness.to), lang));
    let text = format!("{outcomes}  {}", words::movements(&witness.movements, lang));
    page.hanging((4, 6), (Style::new(), ""), (style, &text));
    let made = match lang {
        Lang::En => format!("from {}, changed at {}", witness.from_file, witness.changed.join(", ")),
        Lang::Zh => format!("由{}改动{}而得", witness.from_file, witness.changed.join("、")),
    };
    page.paragraph(6, page.palette.dim(), &made);
    for (word, value) in [("as_of", &witness.as_of), ("stage", &witness.stage)] {
        if let Some(value) = value {
            page.paragraph(6, page.palette.dim(), &format!("{word} {value}"));
        }
    }
    match &witness.file {
        Some(file) => page.paragraph(6, Style::new(), file),
        None => declaration(page, &witness.declaration),
    }
}

fn declaration(page: &mut Page, json: &serde_json::Value) {
    for line in visible_lines(&json::document(json)).lines() {
        page.put(format_args!("      {line}\n"));
    }
}
