//! The trace for people: how much is accounted for, what is not, what changed; with `-v` every sentence.

use super::{compared, form, outcome};
use crate::render::page::Page;
use crate::render::words::{Lang, pick};
use crate::render::{Detail, Options};
use crate::trace::{Coverage, Sentence, Trace, TracedSource};
use anstyle::Style;

/// The trace as text.
#[must_use]
pub fn human(trace: &Trace, options: &Options) -> String {
    let mut page = Page::new(options);
    for source in &trace.sources {
        of_source(&mut page, source, options.detail);
    }
    page.text.trim_start_matches('\n').to_owned()
}

fn of_source(page: &mut Page, source: &TracedSource, detail: Detail) {
    let lang = page.lang;
    page.section(pick(&source.title, lang), &format!("{} · {}", source.pack, source.name));
    page.paragraph(2, Style::new(), &coverage(&source.coverage, lang));
    if detail == Detail::Quiet {
        return;
    }
    let open: Vec<&Sentence> =
        source.sentences.iter().filter(|sentence| sentence.required && sentence.entries.is_empty()).collect();
    if !open.is_empty() {
        page.section(choose(lang, "Accounted for by nothing", "没有对应规则的条款"), &open.len().to_string());
        let locators: Vec<&str> = open.iter().map(|sentence| sentence.locator.as_str()).collect();
        page.paragraph(2, Style::new(), &locators.join(", "));
    }
    copies(page, source);
    if detail == Detail::Verbose {
        page.section(choose(lang, "Sentence by sentence", "逐句对照"), "");
        for sentence in &source.sentences {
            of_sentence(page, sentence);
        }
    }
}

fn coverage(coverage: &Coverage, lang: Lang) -> String {
    let Coverage { sentences, accounted, sections, sections_accounted, rules, outside } = coverage;
    match lang {
        Lang::En => format!(
            "{accounted} of {sentences} sentences accounted for, {sections_accounted} of {sections} sections whole; {rules} rules and {outside} outside entries, {} together",
            rules + outside
        ),
        Lang::Zh => format!(
            "{sentences}句中已对应{accounted}句，{sections}节中完整{sections_accounted}节；规则{rules}条、声明之外{outside}条，共{}条",
            rules + outside
        ),
    }
}

/// What the user's copy has in other words, and the rules to be looked at again.
fn copies(page: &mut Page, source: &TracedSource) {
    let lang = page.lang;
    if source.sentences.iter().all(|sentence| sentence.copy.is_none()) {
        return;
    }
    let printing = source.printing.as_ref().map_or("", |printing| pick(printing, lang));
    page.section(choose(lang, "Compared with your copy", "与您的副本比对"), printing);
    let mut changed = source.changed().peekable();
    if changed.peek().is_none() && source.strangers.is_empty() {
        page.paragraph(2, Style::new(), choose(lang, "every sentence is there in the same words", "各句文字均一致"));
        return;
    }
    for sentence in changed {
        let ids: Vec<&str> = sentence.entries.iter().map(|entry| entry.id.as_str()).collect();
        let state = sentence.copy.map_or("", |copy| compared(copy, lang));
        let again = if ids.is_empty() {
            String::new()
        } else {
            format!("{} {}", choose(lang, "look again at", "请重新审视"), ids.join(", "))
        };
        page.lead(2, (Style::new(), &sentence.locator), &format!("{state}  {again}"));
    }
    if !source.strangers.is_empty() {
        let text = format!(
            "{}: {}",
            choose(lang, "locators that the source does not have", "依据中没有的编号"),
            source.strangers.join(", ")
        );
        page.paragraph(2, Style::new(), &text);
    }
}

fn of_sentence(page: &mut Page, sentence: &Sentence) {
    let lang = page.lang;
    if sentence.entries.is_empty() {
        let text = if sentence.required { choose(lang, "nothing", "无") } else { "–" };
        page.lead(2, (Style::new(), &sentence.locator), text);
        return;
    }
    for (index, entry) in sentence.entries.iter().enumerate() {
        let lead = if index == 0 { sentence.locator.clone() } else { " ".repeat(sentence.locator.chars().count()) };
        let tests = choose(lang, "tests", "项测试");
        let text = format!(
            "{} {}  {}  ({} {tests})  {}",
            entry.id,
            form(entry.form, lang),
            pick(&entry.title, lang),
            entry.tests,
            outcome(entry, lang)
        );
        page.lead(2, (Style::new(), &lead), text.trim_end());
    }
}

const fn choose(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
