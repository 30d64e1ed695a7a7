//! The report for people: decision first, what stands against it, what is still to do, and what it rests on.

mod excerpt;
mod foot;
mod head;
mod rules;
mod worklist;

pub(super) use excerpt::Lines;
pub(super) use rules::write_rule;

use super::format::{Format, Item, Run, Writer};
use super::page::Page;
use super::{Detail, Options};
use crate::render::words::fill;
use crate::report::contract::{Decision, Report};
use indexmap::IndexMap;

/// The report for people.
pub(super) const FORMAT: Format = Format { name: "human", about: "For people", start: |run| Box::new(Human::new(run)) };

/// Reports for people, one below the other, and how they came out.
struct Human {
    run: Run,
    decisions: Vec<Option<Decision>>,
    rejected: usize,
}

impl Human {
    const fn new(run: Run) -> Self {
        Self { run, decisions: Vec::new(), rejected: 0 }
    }
}

impl Writer for Human {
    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, declaration) => render(report, declaration, &self.run.options),
            Item::Rejected(_) => String::new(),
        }
    }

    fn between(&self) -> String {
        let Options { detail, width, .. } = self.run.options;
        if detail == Detail::Quiet {
            return String::new();
        }
        format!("\n{}\n\n", "─".repeat(width.min(Options::WIDTH)))
    }

    fn note(&mut self, item: Item<'_>) {
        match item {
            Item::Report(report, _) => self.decisions.push(report.decision),
            Item::Rejected(_) => self.rejected += 1,
        }
    }

    fn end(&self) -> String {
        if !self.run.several {
            return String::new();
        }
        format!("\n{}", tally(&self.decisions, self.rejected, &self.run.options))
    }
}

/// The whole report. `declaration` is the text that was judged.
#[must_use]
pub fn render(report: &Report, declaration: &str, options: &Options) -> String {
    let mut page = Page::new(options);
    if options.detail == Detail::Quiet {
        head::decision_line(&mut page, report);
        return page.text;
    }
    let lines = Lines::of(report, declaration);
    head::write(&mut page, report);
    rules::write(&mut page, report, &lines);
    worklist::fields(&mut page, report);
    worklist::reviews(&mut page, report);
    foot::passed(&mut page, report, &lines);
    foot::not_applicable(&mut page, report);
    foot::exceptions(&mut page, report);
    foot::later(&mut page, report);
    foot::basis(&mut page, report);
    page.text
}

/// How several declarations came out, on one line; `rejected` is how many were not valid.
#[must_use]
pub fn tally(decisions: &[Option<Decision>], rejected: usize, options: &Options) -> String {
    let page = Page::new(options);
    let total = decisions.len() + rejected;
    let mut counts: IndexMap<Option<Decision>, usize> = IndexMap::new();
    for decision in decisions {
        *counts.entry(*decision).or_default() += 1;
    }
    let counted = counts.iter().map(|(decision, count)| (page.words.decision(*decision).0, *count));
    let counted = counted.chain((rejected > 0).then_some((page.words.rejected, rejected)));
    let parts: Vec<String> = counted.map(|(word, count)| format!("{count} {word}")).collect();
    format!("{}  {}\n", fill(page.words.declarations_count, &[&total]), parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Lang, sample};

    fn shown(options: Options) -> String {
        render(&sample::report(), sample::DECLARATION, &options)
    }

    #[test]
    fn reports_in_both_languages() {
        insta::assert_snapshot!("english", shown(Options::default()));
        insta::assert_snapshot!("chinese", shown(Options { lang: Lang::Zh, ..Options::default() }));
        insta::assert_snapshot!(
            "verbose",
            shown(Options { detail: Detail::Verbose, width: 100, ..Options::default() })
        );
        insta::assert_snapshot!("quiet", shown(Options { detail: Detail::Quiet, ..Options::default() }));
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for lang in [Lang::En, Lang::Zh] {
            for width in [60, 80, 100] {
                let text = shown(Options { lang, width, ..Options::default() });
                for line in text.lines().filter(|line| !line.contains("sha256:")) {
                    assert!(crate::render::wrap::width(line) <= width, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn colours_only_where_asked_and_nothing_else_that_acts_on_a_terminal() {
        assert!(!shown(Options::default()).contains('\u{1b}'));
        let coloured = shown(Options { colour: true, ..Options::default() });
        assert!(coloured.contains("\u{1b}[1m"));
        assert!(!coloured.contains("\u{1b}[2J") && coloured.contains("\\u{1b}[2J"), "the declaration's own is escaped");
        assert!(!coloured.contains('\u{202e}'));
    }
}
