//! The gap list for compliance officers, as Markdown: what is open by root field, what must become true and which proof
//! would show it, the shortest way to a verdict, and what holds. Nothing in it drafts a fact.

use super::format::{Format, Item, Writer};
use super::page::value_words;
use super::sheet::cut;
use super::words::{Lang, Table, fill, pick};
use super::{standing, visible};
use crate::ir::RuleKind;
use crate::report::contract::{Finding, Outcome, Rejected, Report, Rule, WorkField};
use crate::report::gaps::{Gap, gaps};
use std::fmt::Write as _;

/// The gap list as Markdown.
pub(super) const FORMAT: Format = Format {
    name: "markdown",
    about: "The gap list, with what would close each gap",
    start: |run| Box::new(Markdown(run.options.lang)),
};

/// Characters of somebody's text that a cell shows at most.
const CELL: usize = 600;

struct Markdown(Lang);

impl Writer for Markdown {
    fn piece(&self, item: Item<'_>) -> String {
        match item {
            Item::Report(report, _) => {
                let mut page = Page { text: String::new(), lang: self.0, words: self.0.table() };
                page.head(report);
                page.gaps(report);
                page.becomes_true(report);
                page.worklist(report);
                page.held(report);
                page.foot(report);
                page.text
            }
            Item::Rejected(rejected) => refused(rejected, self.0.table()),
        }
    }

    fn between(&self) -> String {
        "\n---\n\n".to_owned()
    }
}

fn refused(rejected: &Rejected, words: &Table) -> String {
    let mut text = format!("# {}: {}\n\n", escaped(&rejected.declaration.file), words.rejected);
    for problem in &rejected.diagnostics {
        let place = problem.at.as_ref().map_or(String::new(), |at| format!(" ({}:{})", at.line, at.column));
        let _ = writeln!(text, "- {} {}{place}", problem.code, escaped(&problem.message));
        for help in &problem.help {
            let _ = writeln!(text, "  - {}", escaped(help));
        }
    }
    text
}

struct Page {
    text: String,
    lang: Lang,
    words: &'static Table,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.text += text;
        self.text.push('\n');
    }

    fn section(&mut self, title: &str) {
        self.line(&format!("\n## {title}\n"));
    }

    fn table(&mut self, header: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        self.line(&format!("| {} |", header.join(" | ")));
        self.line(&format!("|{}", " --- |".repeat(header.len())));
        for row in rows {
            self.line(&format!("| {} |", row.join(" | ")));
        }
    }

    fn head(&mut self, report: &Report) {
        let words = self.words;
        let declaration = &report.declaration;
        let name = declaration.name.as_ref().or(declaration.id.as_ref()).unwrap_or(&declaration.file);
        let (decision, why) = words.decision(report.decision);
        self.line(&format!("# {}\n", fill(words.item, &[&words.gap_list, &escaped(name)])));
        self.line(&format!("**{decision}**: {why}\n"));
        let day = fill(words.item, &[&words.as_of, &report.as_of.date]);
        let at = escaped(&standing(&declaration.file, declaration.line));
        self.line(&format!("- {}", fill(words.item, &[&words.declaration, &at])));
        self.line(&format!("- {day}"));
        let filing = report.filing;
        let percent = if filing.of == 0 { 100 } else { u64::from(filing.given) * 100 / u64::from(filing.of) };
        let given = fill(words.filing_given, &[&filing.given, &filing.of, &percent]);
        self.line(&format!("- {}", fill(words.item, &[&words.filing, &given])));
        self.line(&format!("- {}", fill(words.unproven, &[&report.summary.unproven_claims])));
        for notice in &report.notices {
            self.line(&format!("- {}", escaped(pick(&notice.message, self.lang))));
        }
    }

    fn gaps(&mut self, report: &Report) {
        let words = self.words;
        self.section(words.gaps);
        let gaps = gaps(report);
        if gaps.is_empty() {
            return self.line(words.no_gaps);
        }
        let header =
            [words.status, words.clauses, words.requirement, words.field, words.value, words.proof_grade, words.fix];
        let rows: Vec<Vec<String>> = gaps.iter().map(|gap| self.gap(gap)).collect();
        self.table(&header, rows.into_iter());
    }

    fn gap(&self, gap: &Gap<'_>) -> Vec<String> {
        let (words, lang) = (self.words, self.lang);
        let Some((gravest, finding)) = gap.blocks.first() else { return Vec::new() };
        let status = format!("{}<br>{}", words.kind(gravest.kind), words.outcome(finding.outcome, gravest.kind));
        let clauses = gap.blocks.iter().map(|(rule, _)| format!("{} {}", escaped(&rule.cites.join(", ")), rule.id));
        let titles = gap.blocks.iter().map(|(_, finding)| escaped(pick(&finding.message, lang)));
        let label = gap.undeclared.map(|field| pick(&field.label, lang)).filter(|label| !label.is_empty());
        let field = if gap.pointer.is_empty() { escaped(words.whole_declaration) } else { escaped(gap.pointer) };
        let line = fill(words.line, &[&gap.at.line]);
        let field = [Some(field), label.map(escaped), Some(line)].into_iter().flatten();
        let remedies = gap.blocks.iter().filter_map(|(_, finding)| Some(escaped(pick(finding.remedy.as_ref()?, lang))));
        let expects = gap.undeclared.filter(|field| !field.expects.is_empty());
        let expects = expects.map(|field| fill(words.item, &[&words.expects, &escaped(&field.expects)]));
        vec![
            status,
            joined(clauses),
            joined(titles),
            joined(field),
            gap.value.map_or_else(String::new, |value| escaped(&value_words(value, lang))),
            gap.grade().map_or_else(String::new, |grade| words.grade(grade).to_owned()),
            joined(remedies.chain(expects)),
        ]
    }

    /// For each failing rule what must hold, and where its proof would stand.
    fn becomes_true(&mut self, report: &Report) {
        let failing: Vec<(&Rule, &Finding)> = report
            .gravest_first()
            .into_iter()
            .filter(|(rule, finding)| finding.outcome == Outcome::Fail && rule.kind != RuleKind::Guidance)
            .collect();
        if failing.is_empty() {
            return;
        }
        let words = self.words;
        self.section(words.to_become_true);
        let mut last = "";
        for (rule, finding) in failing {
            if rule.id != last {
                self.line(&format!("- **{}** {}", rule.id, escaped(pick(&rule.title, self.lang))));
                last = &rule.id;
            }
            self.line(&format!("  - {}", fill(words.item, &[&words.must_hold, &code(&finding.requires)])));
            let proofs: Vec<String> = words.proofs(finding).iter().map(|proof| escaped(proof)).collect();
            let proofs =
                if proofs.is_empty() { words.no_proof_field.to_owned() } else { proofs.join(self.lang.comma()) };
            self.line(&format!("  - {}", fill(words.item, &[&words.proof_at, &proofs])));
        }
    }

    fn worklist(&mut self, report: &Report) {
        let Some(worklist) = report.worklist.as_ref().filter(|list| !list.is_empty()) else { return };
        self.section(self.words.shortest);
        self.line(&fill(self.words.shortest_says, &[&worklist.fields.len(), &worklist.settles.len()]));
        self.line("");
        for field in &worklist.fields {
            self.field(field);
        }
        let unmet = worklist.unmet();
        if !unmet.is_empty() {
            self.line(&format!("\n{}", fill(self.words.shortest_unmet, &[&unmet.join(self.lang.comma())])));
        }
        if !worklist.open.is_empty() {
            self.line(&format!("\n{}", fill(self.words.shortest_open, &[&worklist.open.join(self.lang.comma())])));
        }
    }

    fn field(&mut self, field: &WorkField) {
        let words = self.words;
        let label = pick(&field.label, self.lang);
        let label = if label.is_empty() { String::new() } else { fill(words.aside, &[&escaped(label)]) };
        let needed = fill(words.needed_by, &[&field.rules.join(self.lang.comma())]);
        self.line(&format!("- [ ] {}{label}; {}; {needed}", escaped(&field.pointer), escaped(&field.expects)));
    }

    fn held(&mut self, report: &Report) {
        let words = self.words;
        let held: Vec<&Rule> = report.rules.iter().filter(|rule| rule.outcome == Outcome::Pass).collect();
        if held.is_empty() {
            return;
        }
        self.section(words.held);
        let lang = self.lang;
        let row = |rule: &&Rule| {
            vec![
                words.kind(rule.kind).to_owned(),
                escaped(&rule.cites.join(lang.comma())),
                format!("{} {}", rule.id, escaped(pick(&rule.title, lang))),
                rule.proof.map_or_else(String::new, |grade| words.grade(grade).to_owned()),
            ]
        };
        let rows: Vec<Vec<String>> = held.iter().map(row).collect();
        self.table(&[words.kind, words.clauses, words.requirement, words.proof_grade], rows.into_iter());
    }

    fn foot(&mut self, report: &Report) {
        self.line("");
        for pack in &report.packs {
            let about = format!("{} {} {}", pack.name, pack.version, pack.digest);
            self.line(&format!("- {}", fill(self.words.item, &[&self.words.pack, &escaped(&about)])));
        }
        let engine = report.engine;
        let is = fill(self.words.engine_is, &[&engine.name, &engine.version, &engine.language]);
        self.line(&format!("- {}\n", fill(self.words.item, &[&self.words.engine, &is])));
        self.line(self.words.disclaimer);
    }
}

/// What differs, one below the other in a cell.
fn joined(parts: impl Iterator<Item = String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for part in parts {
        if !once.contains(&part) {
            once.push(part);
        }
    }
    once.join("<br>")
}

/// Somebody's words as Markdown that shows just them: on one line, nothing in them marks up, links or ends a cell.
pub(super) fn escaped(text: &str) -> String {
    plain(&cut(&visible(text), CELL))
}

/// A text in which nothing marks up.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '#' | '!' | '$' | ':') {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

/// A piece of a policy, as code.
fn code(text: &str) -> String {
    let text = cut(&visible(text), CELL).replace('`', "'");
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_marks_up() {
        assert_eq!(escaped("a|b<br>`x`\n# [t](http://y)"), "a\\|b\\<br\\>\\`x\\`\\\\n\\# \\[t\\](http\\://y)");
        assert_eq!(escaped(&"文".repeat(1000)).chars().count(), CELL);
    }
}
