//! Local names: quantifiers' elements, functions' parameters.

use super::Lowering;
use crate::check::collect::{hidden, reserved};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{FieldId, LocalId, RecordId, Type};
use crate::source::Span;
use crate::syntax::ast;

/// The field that a value is read from.
pub(in crate::check) type Source = (RecordId, FieldId);

/// A visible local.
#[derive(Debug)]
pub(super) struct Binding {
    pub(super) name: String,
    /// None where nothing is known of it, because its list was wrong.
    pub(super) local: Option<LocalId>,
    pub(super) span: Span,
    pub(super) used: bool,
}

impl Lowering<'_, '_> {
    /// Makes a local visible under a name. Its type is not known where what it stands for was wrong.
    pub(in crate::check) fn bind(
        &mut self,
        name: &ast::Name,
        ty: Option<Type>,
        source: Option<Source>,
    ) -> Option<LocalId> {
        self.refuse_hiding(name);
        let local = ty.map(|ty| self.local(&name.text, ty, source));
        self.scope.push(Binding { name: name.text.clone(), local, span: name.span, used: false });
        local
    }

    /// Ends the visibility of the innermost local.
    pub(in crate::check) fn unbind(&mut self) {
        let Some(binding) = self.scope.pop() else { return };
        if !binding.used && binding.local.is_some() && !binding.name.starts_with('_') {
            let message = format!("`{}` is never used", binding.name);
            let diagnostic = Diagnostic::warning(Code::UNUSED, binding.span, message);
            self.notes.report(diagnostic.help(format!("if that is meant, call it `_{}`", binding.name)));
        }
    }

    fn refuse_hiding(&mut self, name: &ast::Name) {
        let outer = self.scope.iter().find(|binding| binding.name == name.text).map(|binding| binding.span);
        let index = &self.unit.index;
        let first = outer.or_else(|| hidden(index, self.module, &name.text).map(|named| named.span));
        if let Some(first) = first {
            let message = format!("`{}` already stands for something else here", name.text);
            let diagnostic = Diagnostic::error(Code::SHADOWED_NAME, name.span, message);
            self.notes.report(diagnostic.also(first, "declared here").help("give the local a name of its own"));
        } else if let Some(diagnostic) = reserved(index, name, false) {
            self.notes.report(diagnostic);
        }
    }
}
