//! Silence never decides: `is absent`, `??` and presence as a condition are for guidance and messages. In red lines,
//! baselines and the model they are errors, also through a `let` or a function.

use super::walk::{Role, children, judged};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Expr, ExprKind, FunctionId, LetId, Policy, RuleKind};
use crate::source::Span;
use crate::syntax::ast::Quantifier;
use std::collections::HashMap;

/// What an expression makes of silence.
#[derive(Debug, Clone, Copy, Default)]
struct Silence {
    /// `is absent` or `??`: silence decides.
    decides: Option<Place>,
    /// `is declared` as a condition: silence would decide.
    condition: Option<Place>,
    /// `is declared` as a requirement: true, or unknown.
    asked: Option<Place>,
}

/// Where silence is asked for, and where that is written if it is in a `let` or a function.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: Span,
    inside: Option<Span>,
}

impl Silence {
    fn join(&mut self, other: Self) {
        self.decides = self.decides.or(other.decides);
        self.condition = self.condition.or(other.condition);
        self.asked = self.asked.or(other.asked);
    }

    /// The same as part of something that is not simply required to hold.
    fn as_condition(self) -> Self {
        Self { condition: self.condition.or(self.asked), asked: None, ..self }
    }

    /// The same, seen from where the `let` or function is used.
    fn from(self, at: Span) -> Self {
        let seen = |place: Option<Place>| place.map(|place| Place { at, inside: place.inside.or(Some(place.at)) });
        Self { decides: seen(self.decides), condition: seen(self.condition), asked: seen(self.asked) }
    }
}

/// Every silence that would decide.
pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    let mut known = Known { policy, functions: HashMap::new(), lets: HashMap::new() };
    let rules = policy.rules.iter().filter(|rule| rule.kind != RuleKind::Guidance);
    let in_rules = rules.flat_map(|rule| {
        let what = if rule.kind == RuleKind::RedLine { "a red line" } else { "a baseline" };
        judged(rule).into_iter().map(move |(role, _, expr)| (what, role, expr))
    });
    let fields = policy.model.records.iter().flat_map(|record| record.fields.values());
    let in_model = fields.filter_map(|field| Some(("the model", Role::Condition, &field.condition.as_ref()?.code.body)));
    in_rules.chain(in_model).filter_map(|(what, role, expr)| known.refuse(what, role, expr)).collect()
}

/// What functions and `let`s make of silence, each found out once.
struct Known<'p> {
    policy: &'p Policy,
    functions: HashMap<FunctionId, Silence>,
    lets: HashMap<LetId, Silence>,
}

impl Known<'_> {
    fn of_let(&mut self, id: LetId) -> Silence {
        if let Some(known) = self.lets.get(&id) {
            return *known;
        }
        let silence = self.policy.lets.get(id.index()).map_or_else(Silence::default, |declared| self.silence(&declared.code.body));
        self.lets.insert(id, silence);
        silence
    }

    fn of_function(&mut self, id: FunctionId) -> Silence {
        if let Some(known) = self.functions.get(&id) {
            return *known;
        }
        let function = self.policy.functions.get(id.index());
        let silence = function.map_or_else(Silence::default, |function| self.silence(&function.code.body));
        self.functions.insert(id, silence);
        silence
    }

    fn refuse(&mut self, what: &str, role: Role, expr: &Expr) -> Option<Diagnostic> {
        let silence = self.silence(expr);
        let silence = if role == Role::Requirement { silence } else { silence.as_condition() };
        let (place, message) = match (silence.decides, silence.condition) {
            (Some(place), _) => (place, format!("silence would decide in {what}")),
            (None, Some(place)) => (place, format!("presence can't be a condition in {what}: silence would decide")),
            (None, None) => return None,
        };
        let diagnostic = Diagnostic::error(Code::SILENCE_DECIDES, place.at, message)
            .help("condition on a stated fact, for instance a category or a `used` flag; what is left out is then unknown");
        Some(match place.inside {
            Some(inside) => diagnostic.also(inside, "here"),
            None => diagnostic,
        })
    }

    fn silence(&mut self, expr: &Expr) -> Silence {
        let own = Some(Place { at: expr.span, inside: None });
        match &expr.kind {
            ExprKind::Declared(_) => Silence { asked: own, ..Silence::default() },
            ExprKind::Absent(_) | ExprKind::Coalesce(..) => Silence { decides: own, ..Silence::default() },
            ExprKind::Let(id) => self.of_let(*id).from(expr.span),
            ExprKind::Call(id, arguments) => {
                let body = self.of_function(*id).from(expr.span);
                arguments.iter().fold(body, |mut sum, argument| {
                    sum.join(self.silence(argument).as_condition());
                    sum
                })
            }
            ExprKind::Junction(_, operands) => operands.iter().fold(Silence::default(), |mut sum, operand| {
                sum.join(self.silence(operand));
                sum
            }),
            ExprKind::Implies(premise, conclusion) => {
                let mut sum = self.silence(premise).as_condition();
                sum.join(self.silence(conclusion));
                sum
            }
            ExprKind::Quantify { quantifier: Quantifier::All | Quantifier::Any | Quantifier::AtLeast(_), list, body, .. } => {
                let mut sum = self.silence(list).as_condition();
                sum.join(self.silence(body));
                sum
            }
            _ => children(expr).into_iter().fold(Silence::default(), |mut sum, child| {
                sum.join(self.silence(child).as_condition());
                sum
            }),
        }
    }
}
