//! Expressions: on one line where they fit; else broken before their operators, the outermost first.

use super::Printer;
use super::between::{INDENT, Lines};
use super::doc::Doc;
use super::literals::{literal, regex};
use crate::source::Span;
use crate::syntax::ast::{Connective, Expr, ExprKind, PresenceTest};

impl Printer<'_> {
    pub fn expr(&mut self, expr: &Expr) -> Doc {
        match &expr.kind {
            ExprKind::Literal(value) => literal(value).into(),
            ExprKind::Name(name) => name.as_str().into(),
            ExprKind::List(items) => self.bracketed("[", items, "]", expr.span),
            ExprKind::Field(of, name) => Doc::row([self.expr(of), format!(".{}", name.text).into()]),
            ExprKind::Project(of, name) => Doc::row([self.expr(of), format!("[].{}", name.text).into()]),
            ExprKind::Call(function, arguments) => {
                let span = Span { start: function.span.end, ..expr.span };
                Doc::row([self.expr(function), self.bracketed("(", arguments, ")", span)])
            }
            ExprKind::Not(operand) => Doc::row(["not ".into(), self.expr(operand)]),
            ExprKind::Negate(operand) => Doc::row(["-".into(), self.expr(operand)]),
            ExprKind::Paren(inner) => Doc::row(["(".into(), self.expr(inner).align(), ")".into()]),
            ExprKind::Junction(connective, operands) => self.junction(*connective, operands, expr.span.start),
            ExprKind::Implies(left, right) => self.binary(left, "implies", right),
            _ => self.relation(&expr.kind),
        }
    }

    fn relation(&mut self, kind: &ExprKind) -> Doc {
        match kind {
            ExprKind::Compare(op, left, right) => self.binary(left, op.as_str(), right),
            ExprKind::Arithmetic(op, left, right) => self.binary(left, op.as_str(), right),
            ExprKind::Coalesce(left, right) => self.binary(left, "??", right),
            ExprKind::In { element, negated, list } => {
                self.binary(element, if *negated { "not in" } else { "in" }, list)
            }
            ExprKind::QuantifiedIn { list, quantifier, set } => {
                self.binary(list, &format!("{} in", quantifier.words()), set)
            }
            ExprKind::Covers(left, right) => self.binary(left, "covers", right),
            ExprKind::StartsWith(left, right) => self.binary(left, "starts_with", right),
            ExprKind::Contains(left, right) => self.binary(left, "contains", right),
            ExprKind::Matches(text, pattern) => before(self.expr(text), format!("matches {}", regex(pattern)).into()),
            ExprKind::Is { of, negated, test } => {
                let not = if *negated { "not " } else { "" };
                Doc::row([self.expr(of), format!(" is {not}{}", presence_words(test)).into()])
            }
            ExprKind::Within { date, period, before: last } => {
                let date = self.expr(date);
                let period = Doc::row(["within ".into(), self.expr(period), " before ".into(), self.expr(last)]);
                before(date, period)
            }
            ExprKind::Quantified { list, quantifier, binder, body } => {
                self.bound(list, &quantifier.words(), &binder.text, body)
            }
            ExprKind::Where { list, binder, predicate } => self.bound(list, "where", &binder.text, predicate),
            _ => Doc::nothing(),
        }
    }

    /// `left op right`, broken before the operator; not before a list, which breaks by itself.
    fn binary(&mut self, left: &Expr, op: &str, right: &Expr) -> Doc {
        let (left, breaks_itself) = (self.expr(left), matches!(right.kind, ExprKind::List(_)));
        let right = self.expr(right);
        if breaks_itself {
            return Doc::row([left, format!(" {op} ").into(), right]);
        }
        before(left, Doc::row([format!("{op} ").into(), right.align()]))
    }

    /// `list any x: body`, broken before the body.
    fn bound(&mut self, list: &Expr, words: &str, binder: &str, body: &Expr) -> Doc {
        let head = Doc::row([self.expr(list), format!(" {words} {binder}:").into()]);
        let body = Doc::row([Doc::Line, self.expr(body)]).nest(INDENT);
        Doc::row([head, body.group()]).align()
    }

    /// `a and b and c`: one operand a line where they do not fit into one.
    fn junction(&mut self, connective: Connective, operands: &[Expr], start: u32) -> Doc {
        let word = match connective {
            Connective::And => "and ",
            Connective::Or => "or ",
        };
        self.hold(start);
        let Some((first, others)) = operands.split_first() else { return Doc::nothing() };
        let mut lines = Lines::beginning(self.expr(first).align());
        for operand in others {
            self.line(&mut lines, operand.span, |printer| Doc::row([word.into(), printer.expr(operand).align()]));
        }
        let between = if lines.has_comment() { Doc::Hard } else { Doc::Line };
        lines.join(&between).align().group()
    }

    /// What stands between brackets, filled into lines where it is made of words, else one a line.
    fn bracketed(&mut self, open: &'static str, items: &[Expr], close: &'static str, span: Span) -> Doc {
        self.hold(span.start);
        let commented = self.has_comment_in(span);
        let filled = !commented && items.iter().all(is_plain);
        let mut lines = Lines::dense();
        for (at, item) in items.iter().enumerate() {
            let comma = if at + 1 < items.len() { Doc::from(",") } else { Doc::IfBroken(",") };
            self.line(&mut lines, item.span, |printer| {
                let item = Doc::row([printer.expr(item), comma]);
                if filled && at > 0 { Doc::row([Doc::Line, item]).group() } else { item }
            });
        }
        self.approach(&mut lines, span.end);
        let edge = if commented { Doc::Hard } else { Doc::Soft };
        let between = match (filled, commented) {
            (true, _) => Doc::nothing(),
            (_, true) => Doc::Hard,
            _ => Doc::Line,
        };
        if lines.is_empty() {
            return Doc::row([open.into(), close.into()]);
        }
        lines.enclose([open, close], &edge, &between).group()
    }
}

/// `left rest`, with the rest on the next line where they do not fit into one.
fn before(left: Doc, rest: Doc) -> Doc {
    Doc::row([left, Doc::Line, rest]).align().group()
}

/// Whether an item of a list is a word or a literal.
fn is_plain(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(_) | ExprKind::Name(_) => true,
        ExprKind::Field(of, _) | ExprKind::Negate(of) => is_plain(of),
        _ => false,
    }
}

fn presence_words(test: &PresenceTest) -> &str {
    match test {
        PresenceTest::Declared => "declared",
        PresenceTest::Absent => "absent",
        PresenceTest::Proven { independently: false } => "proven",
        PresenceTest::Proven { independently: true } => "proven independently",
        PresenceTest::Empty => "empty",
        PresenceTest::Null(word) => &word.text,
    }
}
