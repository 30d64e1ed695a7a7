//! Silence never passes: where presence may be asked for, and where it would let silence decide.
//!
//! In a red line or a baseline a presence test is true or unknown, so it may stand where being true is what is
//! required, and nowhere else: not as a condition, not under `not`. `is absent` and `??` may not stand there at all.
//! A condition of the model and the stage belong to every rule, so they are as strict, and no presence is required
//! there. In guidance and in messages everything is allowed.

use super::notes::Notes;
use super::unit::Unit;
use super::walk::{self, Required};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constant, Expr, ExprKind, Rule, RuleKind};
use crate::source::Span;
use crate::syntax::ast::{CompareOp, Quantifier};

/// How presence is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Declared,
    Proven,
    Absent,
    Default,
}

impl Ask {
    const fn word(self) -> &'static str {
        match self {
            Self::Declared => "is declared",
            Self::Proven => "is proven",
            Self::Absent => "is absent",
            Self::Default => "??",
        }
    }
}

/// One place where presence is asked for.
#[derive(Debug, Clone, Copy)]
struct Asked {
    ask: Ask,
    /// Where the test stands.
    test: Span,
    /// Where the owner reaches it: the test itself, or the `let` or call through which it is reached.
    reached: Span,
    /// Whether being true is what is required there.
    required: bool,
}

/// Refuses silence that decides in a rule that is a red line or a baseline; `raised` says where an overlay made it one.
pub(super) fn refuse_in_rule(unit: &Unit<'_>, rule: &Rule, raised: Option<Span>, notes: &mut Notes) {
    if rule.kind == RuleKind::Guidance {
        return;
    }
    let kind = if rule.kind == RuleKind::RedLine { "a red line" } else { "a baseline" };
    let mut conditions: Vec<&Expr> = rule.when.iter().collect();
    let mut requirements = Vec::new();
    walk::required(&rule.body, &mut |part| match part {
        Required::Condition(expr) => requirements.push(expr),
        Required::List(expr) | Required::Filter(expr) | Required::Given(expr) => conditions.push(expr),
    });
    conditions.extend(rule.review.iter().filter_map(|review| review.condition.as_ref()));
    for (exprs, required) in [(conditions, false), (requirements, true)] {
        for asked in exprs.into_iter().flat_map(|expr| asked(unit, expr, required)) {
            if !asked.required || matches!(asked.ask, Ask::Absent | Ask::Default) {
                let diagnostic = refusal(asked, kind);
                notes.report(raised.into_iter().fold(diagnostic, |d, span| d.also(span, "raised here")));
            }
        }
    }
}

/// Refuses every question of presence in the model: what it decides holds for every rule.
pub(super) fn refuse_in_model(unit: &Unit<'_>, expr: &Expr, what: &str, notes: &mut Notes) {
    for asked in asked(unit, expr, false) {
        notes.report(refusal(asked, what));
    }
}

fn refusal(asked: Asked, what: &str) -> Diagnostic {
    let word = asked.ask.word();
    let as_condition = match asked.ask {
        Ask::Absent | Ask::Default => "",
        Ask::Declared | Ask::Proven => "as a condition, ",
    };
    let message = format!("{as_condition}`{word}` would let silence decide in {what}");
    let diagnostic = Diagnostic::error(Code::SILENCE_DECIDES, asked.reached, message);
    let diagnostic = if asked.reached == asked.test { diagnostic } else { diagnostic.also(asked.test, "asked here") };
    diagnostic.help("let it depend on a fact that is stated: a category, a `used` flag")
}

/// Every question of presence in an expression; of each `let` or call only the first of a kind.
fn asked(unit: &Unit<'_>, expr: &Expr, required: bool) -> Vec<Asked> {
    let mut found = Vec::new();
    Search { unit, found: &mut found }.expr(expr, required);
    found
}

struct Search<'s, 'u, 'a> {
    unit: &'u Unit<'a>,
    found: &'s mut Vec<Asked>,
}

impl Search<'_, '_, '_> {
    fn expr(&mut self, expr: &Expr, required: bool) {
        match &expr.kind {
            ExprKind::Declared(_) => self.note(Ask::Declared, expr.span, required),
            ExprKind::Proven { .. } => self.note(Ask::Proven, expr.span, required),
            ExprKind::Absent(_) => self.note(Ask::Absent, expr.span, required),
            ExprKind::Coalesce(..) => self.note(Ask::Default, expr.span, required),
            ExprKind::Let(_) | ExprKind::Call(..) => self.through(expr, required),
            _ => {}
        }
        for (part, keeps) in keeping(expr) {
            self.expr(part, required && keeps);
        }
    }

    fn note(&mut self, ask: Ask, span: Span, required: bool) {
        self.found.push(Asked { ask, test: span, reached: span, required });
    }

    fn through(&mut self, expr: &Expr, required: bool) {
        let Some((_, body)) = walk::body(self.unit, expr) else { return };
        let mut inner: Vec<Asked> = asked(self.unit, body, required);
        inner.dedup_by_key(|asked| (asked.ask.word(), asked.required));
        self.found.extend(inner.into_iter().map(|asked| Asked { reached: expr.span, ..asked }));
    }
}

/// The parts of an expression, each with whether the whole requires the part to be true, where the whole is required to be.
fn keeping(expr: &Expr) -> Vec<(&Expr, bool)> {
    match &expr.kind {
        ExprKind::Junction(_, operands) => operands.iter().map(|operand| (operand, true)).collect(),
        ExprKind::Implies(condition, then) => vec![(condition, false), (then, true)],
        ExprKind::Quantify { quantifier, list, body, .. } => {
            let keeps = matches!(quantifier, Quantifier::All | Quantifier::Any | Quantifier::AtLeast(_));
            vec![(list, false), (body, keeps)]
        }
        ExprKind::Compare(CompareOp::Equal, tested, truth) if is_true(truth) => vec![(tested, true)],
        _ => expr.parts().into_iter().map(|part| (part, false)).collect(),
    }
}

/// `x == true` requires what `x` does.
const fn is_true(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Constant(Constant::Bool(true)))
}
