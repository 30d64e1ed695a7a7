//! A rule explained: what it says, what it stands on, what it reads; and how a verdict of it came about.

use super::Options;
use super::human::{Lines, write_rule};
use super::page::Page;
use super::view::{View, line_at};
use super::words::{Lang, fill, pick};
use crate::compile::Program;
use crate::ir::{Direction, Label, Outside, Policy, Rule, SourceId, Stages};
use crate::report;
use crate::report::contract::{Report, Words};
use crate::source::{SourceMap, Span};
use anstyle::Style;

/// A rule, as its pack has it. `text` is where the whole of it stands.
#[must_use]
pub fn rule(program: &Program, rule: &Rule, text: Span, sources: &SourceMap, options: &Options) -> String {
    let policy = &program.policy;
    let mut page = Page::new(options);
    let kind = kind(&page, policy, rule);
    heading(&mut page, &rule.id, &kind, &rule.title);
    basis(&mut page, policy, rule);
    module(&mut page, policy, rule, sources);
    words(&mut page, &rule.doc, &rule.note);
    reads(&mut page, program, rule);
    page.section(page.words.rule_text, "");
    source_text(&mut page, sources.slice(text));
    page.text
}

/// An entry that no declaration can show.
#[must_use]
pub fn outside(policy: &Policy, outside: &Outside, options: &Options) -> String {
    let mut page = Page::new(options);
    let kind = page.words.outside;
    heading(&mut page, &outside.id, kind, &outside.title);
    let cites: Vec<String> = outside.cites.iter().map(|cite| cited(&page, policy, cite.source, &cite.text)).collect();
    page.entry(page.words.clauses, &cites.join("\n"));
    page.entry(page.words.addressee, page.words.addressee(outside.addressee));
    words(&mut page, "", &outside.note);
    page.text
}

/// The verdict of the rules of a report, each finding at its place, passes too.
#[must_use]
pub fn verdict(report: &Report, declaration: &str, options: &Options) -> String {
    let mut page = Page::new(options);
    let lines = Lines::of(report, declaration);
    for rule in &report.rules {
        write_rule(&mut page, report, rule, &lines);
    }
    page.text
}

/// What each expression of a rule came to, in the order of evaluation; those inside others further in.
#[must_use]
pub fn derivation(steps: &[(Span, Words)], sources: &SourceMap, options: &Options) -> String {
    let mut page = Page::new(options);
    page.section(page.words.derivation, "");
    let mut file = None;
    for (span, value) in steps {
        if file != Some(span.file) {
            file = Some(span.file);
            page.gap();
            page.paragraph(2, page.palette.dim(), sources.name(span.file));
        }
        step(&mut page, steps, *span, pick(value, options.lang), sources);
    }
    page.text
}

fn step(page: &mut Page, steps: &[(Span, Words)], span: Span, value: &str, sources: &SourceMap) {
    let holds = |outer: &Span| outer.file == span.file && outer.start <= span.start && span.end <= outer.end;
    let mut around: Vec<Span> =
        steps.iter().map(|(outer, _)| *outer).filter(|outer| *outer != span && holds(outer)).collect();
    around.sort_unstable_by_key(|outer| (outer.start, outer.end));
    around.dedup();
    let at = sources.position(span);
    let place = format!("{}:{}", at.line, at.column);
    let words = sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let indent = 2 * around.len().min(10);
    let room = page.width.saturating_sub(12 + indent).max(20);
    let expression = View::new(&words, &(0..0), room).text;
    let dim = page.palette.dim();
    let text = format!("{expression} = {value}");
    page.hanging((2, 10 + indent), (dim, &place), (Style::new(), &text));
}

fn heading(page: &mut Page, id: &str, kind: &str, title: &Label) {
    let strong = page.palette.strong();
    page.lead(0, (strong, id), kind);
    for text in [&title.en, &title.zh].into_iter().flatten() {
        page.paragraph(0, strong, text);
    }
    page.gap();
}

fn kind(page: &Page, policy: &Policy, rule: &Rule) -> String {
    let kind = page.words.kind(rule.kind);
    let Some(raised) = &rule.raised else { return kind.to_owned() };
    let by = policy.packs.get(raised.by.index()).map_or("", |pack| &pack.name);
    fill(page.words.was_raised, &[&kind, &page.words.kind(raised.from), &by])
}

/// Clauses, argument, addressee, stages, days.
fn basis(page: &mut Page, policy: &Policy, rule: &Rule) {
    let words = page.words;
    let cites: Vec<String> = rule.cites.iter().map(|cite| cited(page, policy, cite.source, &cite.text)).collect();
    page.entry(words.clauses, &cites.join("\n"));
    if let Some(letter) = &rule.argument {
        let module = policy.modules.get(rule.module.index());
        let pack = module.and_then(|module| policy.packs.get(module.pack.index()));
        let says = pack.and_then(|pack| pack.arguments.get(letter)).map_or("", |says| label(says, page.lang));
        page.entry(words.argument_title, &fill(words.item, &[letter, &says]));
    }
    page.entry(words.addressee, words.addressee(rule.addressee));
    if let Some(stages) = &rule.stages {
        page.entry(words.stage, &stage_names(page, policy, stages));
    }
    let from = rule.effective.from.map(|day| fill(words.in_force_from, &[&day]));
    let until = rule.effective.until.map(|day| fill(words.in_force_until, &[&day]));
    let days: Vec<String> = from.into_iter().chain(until).collect();
    if !days.is_empty() {
        page.entry(words.in_force, &page.list(days));
    }
}

/// `3.4.3#2 (Development plan)`
fn cited(page: &Page, policy: &Policy, source: SourceId, text: &str) -> String {
    let title = policy.sources.get(source.index()).map_or("", |source| label(&source.title, page.lang));
    format!("{text}{}", page.aside(title))
}

fn stage_names(page: &Page, policy: &Policy, stages: &Stages) -> String {
    let declared = policy.model.handles.stages.and_then(|id| policy.model.enumeration(id));
    let members = declared.map(|declared| declared.members.as_slice()).unwrap_or_default();
    page.list(stages.members.iter().filter_map(|member| members.get(member.index())).map(|member| &member.name))
}

fn module(page: &mut Page, policy: &Policy, rule: &Rule, sources: &SourceMap) {
    let Some(module) = policy.modules.get(rule.module.index()) else { return };
    if let Some(pack) = policy.packs.get(module.pack.index()) {
        page.entry(page.words.pack, &format!("{} {}  {}", pack.name, pack.version, label(&pack.title, page.lang)));
    }
    let at = sources.position(rule.span);
    page.entry(page.words.module, &module.name);
    page.unbroken(14, "", &format!("{}:{}:{}", sources.name(rule.span.file), at.line, at.column));
}

fn words(page: &mut Page, doc: &str, note: &Label) {
    let note = label(note, page.lang).to_owned();
    if !note.is_empty() {
        page.entry(page.words.note, &note);
    }
    if !doc.trim().is_empty() {
        page.gap();
        page.paragraph(0, Style::new(), doc.trim());
    }
}

/// Fields and parameters that a rule reads.
fn reads(page: &mut Page, program: &Program, rule: &Rule) {
    let reads = program.policy.reads(rule);
    if !reads.fields.is_empty() {
        page.section(page.words.reads, "");
    }
    for field in &reads.fields {
        page.paragraph(2, Style::new(), field);
    }
    if !reads.params.is_empty() {
        page.section(page.words.parameters, "");
    }
    for id in &reads.params {
        let Some(param) = program.policy.params.get(id.index()) else { continue };
        let Some(shown) = report::parameter(program, param) else { continue };
        let mut about = vec![fill(page.words.origin_is, &[&shown.origin])];
        about.extend(param.direction.map(|way| fill(page.words.may_tighten, &[&direction(page, way)])));
        about.extend(shown.tightened_by.as_ref().map(|by| fill(page.words.tightened_by, &[by])));
        let text = format!("{}{}", page.shown(&shown.value), page.aside(&page.list(about)));
        page.lead(2, (page.palette.strong(), &shown.name), &text);
    }
}

const fn direction(page: &Page, direction: Direction) -> &'static str {
    match direction {
        Direction::Lower => page.words.lower,
        Direction::Higher => page.words.higher,
        Direction::More => page.words.more,
        Direction::Fewer => page.words.fewer,
    }
}

/// The lines of a text, escaped, indented as they are.
fn source_text(page: &mut Page, text: &str) {
    for line in text.lines() {
        let line = line.get(line_at(line, 0)).unwrap_or_default();
        let view = View::new(line, &(0..0), usize::MAX);
        page.put(format_args!("  {}\n", view.text));
    }
}

fn label(label: &Label, lang: Lang) -> &str {
    let (first, second) = match lang {
        Lang::En => (&label.en, &label.zh),
        Lang::Zh => (&label.zh, &label.en),
    };
    first.as_deref().or(second.as_deref()).unwrap_or_default()
}
