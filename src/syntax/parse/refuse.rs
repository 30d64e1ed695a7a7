//! What the grammar lets through and the language does not, with the words that help.

use super::build::Built;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{CompareOp, Connective, Expr, ExprKind};

/// A clause that may stand once.
pub(super) fn twice(clause: &str, span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::SYNTAX, span, format!("expected one `{clause}`, found a second one")))
}

/// `a and b or c`; `words` are the operands as written.
pub(super) fn mixed_connectives<T>(span: Span, words: &[&str], connectives: &[Connective]) -> Built<T> {
    let ways = [Connective::And, Connective::Or].map(|bound| grouped(words, connectives, bound));
    needs_parentheses(span, "`and` and `or` stand together, and only parentheses say which comes first", &ways)
}

/// `a implies b implies c`
pub(super) fn nested_implies<T>(span: Span, words: &[&str]) -> Built<T> {
    let (first, last) = (words.split_first(), words.split_last());
    let (Some((first, others)), Some((last, before))) = (first, last) else { return needs_parentheses(span, "", &[]) };
    let ways = [
        format!("{first} implies ({})", others.join(" implies ")),
        format!("({}) implies {last}", before.join(" implies ")),
    ];
    needs_parentheses(span, "one `implies` stands in another, and only parentheses say which comes first", &ways)
}

/// `a < b < c`, `list where x: x.n == 1 any y: y.ok`; `before` is the part in front of the relation too many.
pub(super) fn chained<T>(span: Span, whole: &str, before: &str, left: &Expr) -> Built<T> {
    let after = whole.get(before.len()..).unwrap_or_default().trim_start();
    let grouped = format!("({before}) {after}");
    match &left.kind {
        ExprKind::Compare(op, _, middle) if *op != CompareOp::NotEqual && after.starts_with(['<', '>', '=']) => {
            let start = usize::try_from(middle.span.start - left.span.start).unwrap_or_default();
            let middle = before.get(before.len().saturating_sub(before.len() - start.min(before.len()))..);
            let way = format!("{before} and {} {after}", middle.unwrap_or_default());
            needs_parentheses(span, "comparisons are not chained", &[way])
        }
        _ => needs_parentheses(
            span,
            "one relation stands in another, and only parentheses say which comes first",
            &[grouped],
        ),
    }
}

/// `list any x: P and Q`: does `Q` belong to the body?
pub(super) fn open_before<T>(span: Span, words: &[&str], connective: &str) -> Built<T> {
    let Some((first, others)) = words.split_first() else { return needs_parentheses(span, "", &[]) };
    let rest = others.join(&format!(" {connective} "));
    let mut ways = vec![format!("({first}) {connective} {rest}")];
    if let Some((head, body)) = first.split_once(": ") {
        ways.push(format!("{head}: ({body} {connective} {rest})"));
    }
    let message = format!("only parentheses say whether what follows `{connective}` belongs to the body before it");
    needs_parentheses(span, &message, &ways)
}

/// Whether what stands behind the expression would be read as part of it.
pub(super) fn is_open(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Quantified { .. } | ExprKind::Where { .. } => true,
        ExprKind::Not(operand) => is_open(operand),
        _ => false,
    }
}

pub(super) fn connective_word(connective: Connective) -> &'static str {
    match connective {
        Connective::And => "and",
        Connective::Or => "or",
    }
}

/// The operands with parentheses round each row that `bound` joins.
fn grouped(words: &[&str], connectives: &[Connective], bound: Connective) -> String {
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
fn needs_parentheses<T>(span: Span, message: &str, ways: &[String]) -> Built<T> {
    let ways = ways.iter().map(|way| format!("`{way}`")).collect::<Vec<_>>().join(" or ");
    Err(Box::new(Diagnostic::error(Code::NEEDS_PARENTHESES, span, message).help(format!("write {ways}"))))
}
