//! Rules and their clauses.

use super::Printer;
use super::between::{INDENT, Lines};
use super::columns::pad;
use super::doc::Doc;
use super::items::{in_force, zh_column};
use super::literals::{label, message, message_text};
use super::render::{WIDTH, flat, width};
use crate::source::Span;
use crate::syntax::ast::{self, Clause, ClauseKind, ForItem, RuleKind};

pub(super) fn rule_kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::RedLine => "red_line",
        RuleKind::Baseline => "baseline",
        RuleKind::Guidance => "guidance",
    }
}

impl Printer<'_> {
    pub fn rule(&mut self, rule: &ast::Rule, span: Span) -> Doc {
        let head = format!("{} {} ", rule_kind(rule.kind), rule.id.text);
        self.titled(head, &rule.title, &rule.clauses, span)
    }

    pub fn outside(&mut self, outside: &ast::Outside, span: Span) -> Doc {
        self.titled(format!("outside {} ", outside.id.text), &outside.title, &outside.clauses, span)
    }

    fn titled(&mut self, head: String, title: &ast::Label, clauses: &[Clause], span: Span) -> Doc {
        let mut lines = Lines::default();
        for (clause, column) in clauses.iter().zip(self.clause_columns(clauses)) {
            self.line(&mut lines, clause.span, |printer| printer.clause(clause, column));
        }
        self.approach(&mut lines, span.end);
        Doc::row([head.into(), label(title, INDENT), " ".into(), lines.block()])
    }

    /// For each clause the width of the column of keywords: what a rule is about in one, and what it asks for in one
    /// for each row of short clauses.
    fn clause_columns(&self, clauses: &[Clause]) -> Vec<usize> {
        let about = clauses.iter().filter(|clause| is_about(clause)).map(|clause| width(clause.kind.keyword()));
        let about = about.max().unwrap_or_default();
        let together = |above: &Clause, below: &Clause| {
            let apart = self.has_blank_between(above.span.end, below.span.start);
            !apart && is_short(above) && is_short(below)
        };
        let mut columns = Vec::new();
        for run in clauses.chunk_by(together) {
            let asked = run.iter().map(|clause| width(clause.kind.keyword())).max().unwrap_or_default();
            columns.extend(run.iter().map(|clause| if is_about(clause) { about } else { asked }));
        }
        columns
    }

    fn clause(&mut self, clause: &Clause, column: usize) -> Doc {
        let word = format!("{} ", pad(clause.kind.keyword(), column));
        let rest = match &clause.kind {
            ClauseKind::Cites(locators) => locators.iter().map(locator).collect::<Vec<_>>().join(", ").into(),
            ClauseKind::Addressee(name) | ClauseKind::Argument(name) => name.text.as_str().into(),
            ClauseKind::Stage { from, names } => {
                let names: Vec<_> = names.iter().map(|name| name.text.as_str()).collect();
                format!("{}{}", if *from { "from " } else { "" }, names.join(", ")).into()
            }
            ClauseKind::Effective(effective) => in_force(effective).into(),
            ClauseKind::When(condition) => self.expr(condition),
            ClauseKind::Note(note) => label(note, zh_column(column)),
            ClauseKind::Remedy(remedy) => message(remedy, zh_column(column)),
            ClauseKind::Review(review) => self.review(review, column),
            ClauseKind::Require(require) => return self.require(require, column),
            ClauseKind::For(block) => return self.for_block(block),
        };
        Doc::row([word.into(), rest])
    }

    fn review(&mut self, review: &ast::Review, column: usize) -> Doc {
        let Some(condition) = &review.condition else { return message(&review.message, zh_column(column)) };
        let condition = Doc::row(["when ".into(), self.expr(condition)]);
        let message = Doc::row([Doc::Line, message(&review.message, 0)]).nest(INDENT);
        Doc::row([condition, message]).group()
    }

    /// `require …`, and below it what is said where it does not hold.
    fn require(&mut self, require: &ast::Require, column: usize) -> Doc {
        let check = if require.check { "check " } else { "" };
        let word = format!("{} {check}", pad("require", column));
        let condition = Doc::row([word.into(), self.expr(&require.condition)]);
        let Some(message) = &require.message else { return condition };
        let comments = self.amid(message.en.span.start).unwrap_or_else(Doc::nothing);
        let otherwise = self.otherwise(message);
        Doc::row([condition, Doc::row([comments, Doc::Hard, otherwise]).nest(INDENT)])
    }

    /// `else "…" zh "…"`, or the two below each other.
    fn otherwise(&mut self, message: &ast::Message) -> Doc {
        let en = format!("else {}", message_text(&message.en));
        let Some(zh) = &message.zh else { return en.into() };
        let line = self.amid(zh.span.start).map_or(Doc::Line, |comments| Doc::row([comments, Doc::Hard]));
        let zh = Doc::row(["zh ".into(), Doc::IfBroken("  "), message_text(zh).into()]);
        Doc::row([en.into(), line, zh]).group()
    }

    fn for_block(&mut self, block: &ast::For) -> Doc {
        let head = Doc::row([format!("for {} in ", block.binder.text).into(), self.expr(&block.list)]);
        let filter = block.filter.as_ref().map_or_else(Doc::nothing, |filter| {
            Doc::row([Doc::Line, "where ".into(), self.expr(filter)]).nest(2 * INDENT)
        });
        let mut lines = Lines::default();
        for item in &block.body {
            match item {
                ForItem::Require(require) => self.line(&mut lines, require.span, |printer| printer.require(require, 0)),
                ForItem::For(inner) => self.line(&mut lines, inner.span, |printer| printer.for_block(inner)),
            }
        }
        self.approach(&mut lines, block.span.end);
        Doc::row([Doc::row([head, filter]).group(), " ".into(), lines.block()])
    }
}

/// Whether a clause says what the rule is about, rather than what it asks for.
fn is_about(clause: &Clause) -> bool {
    !matches!(clause.kind, ClauseKind::For(_) | ClauseKind::Require(_) | ClauseKind::Review(_) | ClauseKind::Remedy(_))
}

/// Whether a clause asks for something, and does so on one line.
fn is_short(clause: &Clause) -> bool {
    let has_else = matches!(&clause.kind, ClauseKind::Require(require) if require.message.is_some());
    if is_about(clause) || has_else || matches!(clause.kind, ClauseKind::For(_)) {
        return false;
    }
    let doc = Printer::bare().clause(clause, width("require"));
    INDENT + width(&flat(&doc)) <= WIDTH
}

fn locator(locator: &ast::Locator) -> String {
    match &locator.source {
        Some(source) => format!("{source}:{}", locator.text),
        None => locator.text.clone(),
    }
}
