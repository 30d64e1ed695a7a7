//! Where one type may stand for another: quotients for ratios, literals for names. Nothing else converts.

use super::{Lowered, Lowering};
use crate::check::operands::{advice, kind};
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constant, Expr, ExprKind, Type};
use crate::syntax::ast::ArithmeticOp;
use crate::value::fold_name;

impl Lowering<'_, '_> {
    /// The expression as a value of the type wanted, or an error.
    pub(in crate::check) fn fit(&mut self, found: Expr, ty: &Type) -> Lowered {
        match adapt(self.unit, found, ty) {
            Ok(expr) => Some(expr),
            Err(found) => self.mismatch(&found, ty),
        }
    }

    fn mismatch(&mut self, found: &Expr, ty: &Type) -> Lowered {
        let message = format!("expected `{}`, found `{}`", self.unit.show(ty), self.unit.show(&found.ty));
        let diagnostic = Diagnostic::error(Code::TYPE_MISMATCH, found.span, message);
        let help = match (ty, &found.ty) {
            (Type::Bool, Type::List(_)) => Some("say how many: `any`, `none`, `is not empty`, `count(…) >= 1`"),
            (Type::Bool, _) => Some("compare it with something"),
            (Type::List(_), other) if !matches!(other, Type::List(_)) => Some("a list is written `[a, b]`"),
            (Type::List(_), _) => None,
            (wanted, other) => advice(kind(wanted), kind(other)),
        };
        self.notes.refuse(help.into_iter().fold(diagnostic, Diagnostic::help))
    }

    /// Two expressions that stand beside each other, the one as the other's type where that is possible.
    pub(super) fn meet(&self, a: Expr, b: Expr) -> (Expr, Expr) {
        match adapt(self.unit, b, &a.ty) {
            Ok(b) => (a, b),
            Err(b) => match adapt(self.unit, a, &b.ty) {
                Ok(a) | Err(a) => (a, b),
            },
        }
    }
}

/// The expression as a value of another type; the expression itself where that cannot be.
fn adapt(unit: &Unit<'_>, expr: Expr, ty: &Type) -> Result<Expr, Expr> {
    if expr.ty == *ty {
        return Ok(expr);
    }
    match (expr.kind, &expr.ty, ty) {
        (ExprKind::Constant(Constant::Text(text)), Type::Text, Type::Name) => {
            let folded = Constant::Text(fold_name(&text).into_owned());
            Ok(Expr { kind: ExprKind::Constant(folded), ty: Type::Name, span: expr.span })
        }
        (ExprKind::List(items), Type::List(_), Type::List(element)) => adapt_items(unit, items, element, expr.span),
        (kind, Type::Number, Type::Ratio) if is_quotient(unit, &kind) => {
            Ok(Expr { kind, ty: Type::Ratio, span: expr.span })
        }
        (kind, ..) => Err(Expr { kind, ..expr }),
    }
}

fn adapt_items(unit: &Unit<'_>, items: Vec<Expr>, element: &Type, span: crate::source::Span) -> Result<Expr, Expr> {
    let was = items.first().map_or_else(|| element.clone(), |item| item.ty.clone());
    if items.iter().all(|item| adapt(unit, item.clone(), element).is_ok()) {
        let items = items.into_iter().map(|item| adapt(unit, item, element).unwrap_or_else(|item| item)).collect();
        return Ok(Expr { kind: ExprKind::List(items), ty: Type::List(Box::new(element.clone())), span });
    }
    Err(Expr { kind: ExprKind::List(items), ty: Type::List(Box::new(was)), span })
}

/// Whether a number is the quotient of two, also through a `let` or a function: it may stand where a ratio is wanted.
fn is_quotient(unit: &Unit<'_>, kind: &ExprKind) -> bool {
    match kind {
        ExprKind::Arithmetic(ArithmeticOp::Divide, ..) => true,
        ExprKind::Let(id) => unit.let_(*id).is_some_and(|it| is_quotient(unit, &it.code.body.kind)),
        ExprKind::Call(id, _) => unit.function(*id).is_some_and(|it| is_quotient(unit, &it.code.body.kind)),
        _ => false,
    }
}
