//! `is declared`, `is absent`, `is proven`, `is empty`, named nulls, `??`. Where they may stand is a law of its own.

use super::{Lowered, Lowering, Want, lacks_proof, negated, source, truth, typed};
use crate::check::notes::suggest;
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Expr, ExprKind, RecordId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, PresenceTest};

impl Lowering<'_, '_> {
    pub(super) fn presence(&mut self, of: &ast::Expr, is_negated: bool, test: &PresenceTest, span: Span) -> Lowered {
        let tested = match test {
            PresenceTest::Declared => ExprKind::Declared(Box::new(self.declarable(of)?)),
            PresenceTest::Absent => ExprKind::Absent(Box::new(self.declarable(of)?)),
            PresenceTest::Empty => ExprKind::Empty(Box::new(self.list_operand(of, Want::Anything)?.0)),
            PresenceTest::Proven { independently } => self.proven(of, *independently)?,
            PresenceTest::Null(word) => self.null(of, word)?,
        };
        Some(negated(truth(tested, span), is_negated))
    }

    /// Something that a declaration can give or leave out.
    fn declarable(&mut self, of: &ast::Expr) -> Lowered {
        let of = self.expr(of, Want::Anything)?;
        if is_place(self.unit, &of) {
            return Some(of);
        }
        let message = "only a field of the declaration can be declared or absent";
        let diagnostic = Diagnostic::error(Code::NOT_A_FIELD, of.span, message);
        let help = match of.kind {
            ExprKind::Map { .. } => "say it of each element: `for x in list { require x.field is declared }`",
            _ => "name the field itself: `product.field is declared`",
        };
        self.notes.refuse(diagnostic.help(help))
    }

    fn proven(&mut self, of: &ast::Expr, independently: bool) -> Option<ExprKind> {
        let reference = self.expr(of, Want::Anything)?;
        let Type::Ref(record) = reference.ty else { return self.not_a_reference(&reference) };
        self.provable(record, reference.span)?;
        Some(ExprKind::Proven { reference: Box::new(reference), independently })
    }

    fn not_a_reference(&mut self, of: &Expr) -> Option<ExprKind> {
        let message = format!("expected a reference, found `{}`", self.unit.show(&of.ty));
        let diagnostic = Diagnostic::error(Code::NO_PROOF, of.span, message);
        let proof = source(self.unit, &self.sources, of).and_then(|(record, field)| {
            let record = self.unit.record(record)?;
            record.field(record.field(field)?.proof?)
        });
        let help = match proof {
            Some(proof) => format!("its proof stands in `{}`: ask whether that is proven", proof.name),
            None => "what is proven is a field of a type like `ref evidence`".into(),
        };
        self.notes.refuse(diagnostic.help(help))
    }

    /// By convention, a record that proves something has certain fields.
    fn provable(&mut self, record: RecordId, span: Span) -> Option<()> {
        let Some(lacks) = lacks_proof(self.unit, record) else { return Some(()) };
        let diagnostic = Diagnostic::error(Code::NO_PROOF, span, lacks);
        let declared = self.unit.record(record).map(|record| record.span);
        self.notes.refuse(declared.into_iter().fold(diagnostic, |d, span| d.also(span, "declared here")))
    }

    /// `x is open`
    fn null(&mut self, of: &ast::Expr, word: &ast::Name) -> Option<ExprKind> {
        let of = self.expr(of, Want::Anything)?;
        let field = source(self.unit, &self.sources, &of).and_then(|(record, field)| self.unit.field(record, field));
        let known = field.and_then(|field| field.null_word.as_deref());
        if known == Some(word.text.as_str()) {
            return Some(ExprKind::IsNull(Box::new(of)));
        }
        let message = match field {
            Some(field) => format!("`null` does not mean `{}` for `{}`", word.text, field.name),
            None => format!("nothing says that `null` means `{}` here", word.text),
        };
        let diagnostic = Diagnostic::error(Code::NULL_WORD, word.span, message);
        let diagnostic = field.into_iter().fold(diagnostic, |d, field| d.also(field.span, "declared here"));
        let tests = ["declared", "absent", "proven", "empty"];
        let diagnostic = match (&of.ty, known) {
            (Type::Enum(id), None) if self.unit.member(*id, &word.text).is_some() => {
                diagnostic.help(format!("for a member, write `== {}`", word.text))
            }
            _ => suggest(diagnostic, &word.text, tests.into_iter().chain(known)),
        };
        self.notes.refuse(diagnostic)
    }

    /// `path ?? default`
    pub(super) fn coalesce(&mut self, path: &ast::Expr, default: &ast::Expr, span: Span) -> Lowered {
        let path = self.expr(path, Want::Anything);
        let default = match &path {
            Some(path) => self.expect(default, &path.ty),
            None => self.expr(default, Want::Wrong),
        };
        let (path, default) = (path?, default?);
        if !is_place(self.unit, &path) || matches!(path.ty, Type::Record(_) | Type::List(_)) {
            let message = "`??` stands behind a scalar field of the declaration";
            return self.notes.error(Code::NOT_A_FIELD, path.span, message);
        }
        let ty = path.ty.clone();
        Some(typed(ExprKind::Coalesce(Box::new(path), Box::new(default)), ty, span))
    }
}

/// Whether an expression names something that a declaration can give or leave out.
fn is_place(unit: &Unit<'_>, expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Local(_) => true,
        ExprKind::Field(base, _) => matches!(base.kind, ExprKind::Root) || is_place(unit, base),
        ExprKind::Follow(base) => is_place(unit, base),
        ExprKind::Let(id) => unit.let_(*id).is_some_and(|it| is_place(unit, &it.code.body)),
        _ => false,
    }
}
