//! Lists: literals, quantifiers, `where`, membership, `covers`.

use super::{Lowered, Lowering, Want, negated, truth, typed};
use crate::check::operands::{is_equal, kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Expr, ExprKind, Type};
use crate::source::Span;
use crate::syntax::ast::{self, Quantifier};

impl Lowering<'_, '_> {
    pub(super) fn list(&mut self, items: &[ast::Expr], span: Span, want: Want<'_>) -> Lowered {
        let element = match want {
            Want::Type(Type::List(element)) => Some(element.as_ref().clone()),
            _ => None,
        };
        let Some((first, rest)) = items.split_first() else { return self.empty_list(element, span, want) };
        let hint = match (&element, want) {
            (Some(element), _) => Want::Type(element),
            (None, Want::Wrong) => Want::Wrong,
            (None, _) => Want::Anything,
        };
        let first = self.expr(first, hint);
        let of = element.or_else(|| first.as_ref().map(|first| first.ty.clone()));
        let first = first.and_then(|first| match &of {
            Some(of) => self.fit(first, of),
            None => Some(first),
        });
        let rest: Vec<Lowered> = rest
            .iter()
            .map(|item| match &of {
                Some(of) => self.expect(item, of),
                None => self.expr(item, Want::Wrong),
            })
            .collect();
        let items: Option<Vec<Expr>> = std::iter::once(first).chain(rest).collect();
        Some(typed(ExprKind::List(items?), Type::List(Box::new(of?)), span))
    }

    fn empty_list(&mut self, element: Option<Type>, span: Span, want: Want<'_>) -> Lowered {
        match element {
            Some(element) => Some(typed(ExprKind::List(Vec::new()), Type::List(Box::new(element)), span)),
            None if matches!(want, Want::Wrong) => None,
            None => self.notes.error(Code::UNTYPED_LIST, span, "nothing says what this is a list of"),
        }
    }

    /// An expression that must be a list, and the type of its elements.
    pub(in crate::check) fn list_operand(&mut self, list: &ast::Expr, want: Want<'_>) -> Option<(Expr, Type)> {
        let list = self.expr(list, want)?;
        match &list.ty {
            Type::List(element) => {
                let element = element.as_ref().clone();
                Some((list, element))
            }
            other => {
                let message = format!("expected a list, found `{}`", self.unit.show(other));
                self.notes.error(Code::NOT_A_LIST, list.span, message)
            }
        }
    }

    /// Binds the elements of a list to a name, looks at the body, and says what came of list, local and body.
    fn over<T>(
        &mut self,
        list: &ast::Expr,
        binder: &ast::Name,
        body: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<(Expr, crate::ir::LocalId, T)> {
        let list = self.list_operand(list, Want::Anything);
        let from = list.as_ref().and_then(|(list, _)| self.element_source(list));
        let local = self.bind(binder, list.as_ref().map(|(_, element)| element.clone()), from);
        let body = body(self);
        self.unbind();
        Some((list?.0, local?, body?))
    }

    pub(super) fn quantified(
        &mut self,
        list: &ast::Expr,
        quantifier: Quantifier,
        binder: &ast::Name,
        body: &ast::Expr,
        span: Span,
    ) -> Lowered {
        let (list, binder, body) = self.over(list, binder, |inner| inner.truth(body))?;
        Some(truth(ExprKind::Quantify { quantifier, list: Box::new(list), binder, body: Box::new(body) }, span))
    }

    pub(super) fn filter(
        &mut self,
        list: &ast::Expr,
        binder: &ast::Name,
        predicate: &ast::Expr,
        span: Span,
    ) -> Lowered {
        let (list, binder, predicate) = self.over(list, binder, |inner| inner.truth(predicate))?;
        let ty = list.ty.clone();
        Some(typed(ExprKind::Filter { list: Box::new(list), binder, predicate: Box::new(predicate) }, ty, span))
    }

    /// `list any in set` is `list any x: x in set`.
    pub(super) fn quantified_in(
        &mut self,
        list: &ast::Expr,
        quantifier: Quantifier,
        set: &ast::Expr,
        span: Span,
    ) -> Lowered {
        let list = self.list_operand(list, Want::Anything);
        let set = self.expr(set, Want::like(list.as_ref().map(|(list, _)| &list.ty)));
        let ((list, element), set) = (list?, set?);
        let from = self.element_source(&list);
        let binder = self.local("element", element, from);
        let element = self.local_expr(binder, list.span)?;
        let body = self.element_of(element, set, span)?;
        Some(truth(ExprKind::Quantify { quantifier, list: Box::new(list), binder, body: Box::new(body) }, span))
    }

    pub(super) fn membership(
        &mut self,
        element: &ast::Expr,
        is_negated: bool,
        list: &ast::Expr,
        span: Span,
    ) -> Lowered {
        let (element, list) = if self.wants_hint(element) && !self.wants_hint(list) {
            let list = self.list_operand(list, Want::Anything);
            let element = self.expr(element, Want::like(list.as_ref().map(|(_, element)| element)));
            (element, list.map(|(list, _)| list))
        } else {
            let element = self.expr(element, Want::Anything);
            let wanted = element.as_ref().map(|element| Type::List(Box::new(element.ty.clone())));
            let list = self.expr(list, Want::like(wanted.as_ref()));
            (element, list)
        };
        let test = self.element_of(element?, list?, span)?;
        Some(negated(test, is_negated))
    }

    /// `element in list`
    fn element_of(&mut self, element: Expr, list: Expr, span: Span) -> Lowered {
        let Type::List(of) = &list.ty else {
            let message = format!("expected a list, found `{}`", self.unit.show(&list.ty));
            let diagnostic = Diagnostic::error(Code::NOT_A_LIST, list.span, message);
            return self.notes.refuse(diagnostic.help("for one value, write `==`; for several, `in [a, b]`"));
        };
        let of = of.as_ref().clone();
        let (one, element) = self.meet(typed(ExprKind::List(Vec::new()), of.clone(), list.span), element);
        // A list of quotients or texts may have to be read as one of ratios or names.
        let list = if one.ty == of { list } else { self.fit(list, &Type::List(Box::new(one.ty.clone())))? };
        let same = one.ty == element.ty && is_equal(kind(&element.ty));
        if !same {
            return self.not_comparable(&element, &one.ty, list.span, span);
        }
        Some(truth(ExprKind::In(Box::new(element), Box::new(list)), span))
    }

    pub(super) fn covers(&mut self, list: &ast::Expr, set: &ast::Expr, span: Span) -> Lowered {
        let (list, set) = self.pair(list, set)?;
        for side in [&list, &set] {
            if !matches!(side.ty, Type::List(_)) {
                let message = format!("expected a list, found `{}`", self.unit.show(&side.ty));
                let diagnostic = Diagnostic::error(Code::NOT_A_LIST, side.span, message);
                return self.notes.refuse(diagnostic.help("`covers` stands between two lists: `a covers [b, c]`"));
            }
        }
        match (&list.ty, &set.ty) {
            (Type::List(a), Type::List(b)) if a == b && is_equal(kind(a)) => {
                Some(truth(ExprKind::Covers(Box::new(list), Box::new(set)), span))
            }
            (Type::List(a), Type::List(b)) => {
                let of = typed(list.kind, a.as_ref().clone(), list.span);
                self.not_comparable(&of, b, set.span, span)
            }
            _ => None,
        }
    }
}
