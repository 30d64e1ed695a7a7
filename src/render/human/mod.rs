//! The report for people: decision first, what stands against it, what is still to do, and what it rests on.

mod excerpt;
mod foot;
mod head;
mod rules;
mod worklist;

pub(super) use excerpt::{Lines, absent};
pub(super) use rules::write_rule;

use super::format::{Format, Item, Reads, Run, Writer};
use super::page::Page;
use super::{Detail, Options, summary, sums};
use crate::report::Digests;
use crate::report::contract::Report;
use crate::report::portfolio::Portfolio;
use crate::report::verdict::Verdict;

/// The report for people.
pub(super) const FORMAT: Format = Format { name: "human", about: "For people", start: |run| Box::new(Human::new(run)) };

/// Reports for people, one below the other, and how they came out.
struct Human {
    run: Run,
    portfolio: Portfolio,
}

impl Human {
    fn new(run: Run) -> Self {
        Self { run, portfolio: Portfolio::default() }
    }
}

impl Writer for Human {
    fn reads(&self) -> Reads {
        match (self.run.options.detail, self.run.several) {
            (Detail::Quiet, _) => Reads::Verdicts,
            (Detail::Normal, true) => Reads::Open,
            _ => Reads::Reports,
        }
    }

    fn digests(&self) -> Digests {
        Digests::ForReview
    }

    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, declaration) => render(report, declaration, &self.run.options),
            Item::Rejected(_) => String::new(),
        }
    }

    fn brief(&self, verdict: &Verdict) -> String {
        let mut page = Page::new(&self.run.options);
        head::decision_line(&mut page, verdict);
        page.text
    }

    /// Sums stand below each run.
    fn can_go_on(&self) -> bool {
        true
    }

    fn between(&self) -> String {
        let Options { detail, width, .. } = self.run.options;
        if detail == Detail::Quiet {
            return String::new();
        }
        format!("\n{}\n\n", "─".repeat(width.min(Options::WIDTH)))
    }

    fn note(&mut self, item: Item<'_>) {
        if self.run.several {
            sums::note(&mut self.portfolio, item);
        }
    }

    fn count(&mut self, verdict: &Verdict) {
        if self.run.several {
            self.portfolio.add(verdict);
        }
    }

    fn end(&self) -> String {
        if !self.run.several {
            return String::new();
        }
        format!("\n{}", summary::below(&self.portfolio, &self.run.options))
    }
}

/// The whole report. `declaration` is the text that was judged.
#[must_use]
pub fn render(report: &Report, declaration: &str, options: &Options) -> String {
    let mut page = Page::new(options);
    if options.detail == Detail::Quiet {
        head::decision_line(&mut page, &Verdict::from(report));
        return page.text;
    }
    let lines = Lines::of(report, declaration);
    head::write(&mut page, report);
    rules::write(&mut page, report, &lines);
    worklist::fields(&mut page, report);
    worklist::shortest(&mut page, report);
    worklist::reviews(&mut page, report);
    foot::passed(&mut page, report, &lines);
    foot::not_applicable(&mut page, report);
    foot::exceptions(&mut page, report);
    foot::later(&mut page, report);
    foot::basis(&mut page, report);
    page.text
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
