//! What the grammar lets through and the language does not, with the words that help.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Connective, Expr, ExprKind};

/// A clause that may stand once.
pub(in crate::syntax) fn twice(clause: &str, span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::SYNTAX, span, format!("expected one `{clause}`, found a second one")))
}

/// `2019-8-22`
pub(in crate::syntax) fn short_date(span: Span) -> Box<Diagnostic> {
    let message = "expected two digits for the month and two for the day of a date";
    Box::new(Diagnostic::error(Code::BAD_LITERAL, span, message).help("write a date as `2019-08-22`"))
}

/// `a and b or c`; `words` are the operands as written.
pub(in crate::syntax) fn mixed_connectives(
    span: Span,
    words: &[String],
    connectives: &[Connective],
) -> Box<Diagnostic> {
    let ways = [Connective::And, Connective::Or].map(|bound| grouped(words, connectives, bound));
    needs_parentheses(span, "`and` and `or` stand together, and only parentheses say which comes first", &ways)
}

/// `a implies b implies c`
pub(in crate::syntax) fn nested_implies(span: Span, words: &[String]) -> Box<Diagnostic> {
    let ways = words.split_first().zip(words.split_last()).map(|((first, others), (last, before))| {
        let (others, before) = (others.join(" implies "), before.join(" implies "));
        [format!("{first} implies ({others})"), format!("({before}) implies {last}")]
    });
    let ways = ways.as_ref().map_or(&[][..], |ways| &ways[..]);
    needs_parentheses(span, "one `implies` stands in another, and only parentheses say which comes first", ways)
}

/// `a < b < c`; `links` are `< b` and `< c` as written, each with its operand.
pub(in crate::syntax) fn chained(span: Span, first: &str, links: &[(String, String)]) -> Box<Diagnostic> {
    let operands = std::iter::once(first).chain(links.iter().map(|(_, operand)| operand.as_str()));
    let pairs: Vec<_> = operands.zip(links).map(|(left, (link, _))| format!("{left} {link}")).collect();
    needs_parentheses(span, "comparisons do not chain: each compares two things", &[pairs.join(" and ")])
}

/// `list where x: x.n == 1 any y: y.ok`, with the part before the relation too many, and the rest.
pub(in crate::syntax) fn related_twice(span: Span, before: &str, after: &str) -> Box<Diagnostic> {
    let way = format!("({before}) {after}");
    needs_parentheses(span, "two relations stand in a row, and only parentheses say which comes first", &[way])
}

/// `list any x: P and Q`: does `Q` belong to the body? `words` are the operands as written.
pub(in crate::syntax) fn open_before(span: Span, words: &[String], connective: &str) -> Box<Diagnostic> {
    let joint = format!(" {connective} ");
    let ways = words.split_first().map_or_else(Vec::new, |(first, others)| {
        let rest = others.join(&joint);
        let inside = first.split_once(": ").map(|(head, body)| format!("{head}: ({body}{joint}{rest})"));
        std::iter::once(format!("({first}){joint}{rest}")).chain(inside).collect()
    });
    let message = format!("only parentheses say whether what follows `{connective}` belongs to what is said before it");
    needs_parentheses(span, &message, &ways)
}

/// Whether what stands behind the expression would be read as part of it.
pub(in crate::syntax) fn is_open(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Quantified { .. } | ExprKind::Where { .. } => true,
        ExprKind::Not(operand) => is_open(operand),
        _ => false,
    }
}

pub(in crate::syntax) fn connective_word(connective: Connective) -> &'static str {
    match connective {
        Connective::And => "and",
        Connective::Or => "or",
    }
}

/// The operands with parentheses round each row that `bound` joins.
fn grouped(words: &[String], connectives: &[Connective], bound: Connective) -> String {
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let joined = std::iter::once(false).chain(connectives.iter().map(|connective| *connective == bound));
    for (word, joined) in words.iter().zip(joined) {
        match rows.last_mut() {
            Some(row) if joined => row.push(word),
            _ => rows.push(vec![word]),
        }
    }
    let inner = format!(" {} ", connective_word(bound));
    let rows = rows.iter().map(|row| if row.len() > 1 { format!("({})", row.join(&inner)) } else { row.concat() });
    let outer = if bound == Connective::And { " or " } else { " and " };
    rows.collect::<Vec<_>>().join(outer)
}

/// A combination whose grouping must be written down; `ways` are the ways to write it.
fn needs_parentheses(span: Span, message: &str, ways: &[String]) -> Box<Diagnostic> {
    const LONGEST: usize = 400;
    let diagnostic = Diagnostic::error(Code::NEEDS_PARENTHESES, span, message);
    if ways.iter().any(|way| way.len() > LONGEST) {
        return Box::new(diagnostic.help("put parentheses round what belongs together"));
    }
    Box::new(ways.iter().fold(diagnostic, |diagnostic, way| diagnostic.help(format!("write `{way}`"))))
}
