//! Bare names: locals, sibling fields, `let`s, parameters, members of the enum that is expected.

use super::{Lowered, Lowering, Want, typed};
use crate::check::index::{Definition, Meaning, Named};
use crate::check::notes::suggest;
use crate::check::unit::Unit;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constant, EnumId, ExprKind, FieldId, LocalId, MemberId, ModuleId, ParamId, RecordId, Type};
use crate::source::Span;

/// What a bare name stands for.
#[derive(Debug)]
pub(super) enum Seen {
    Local(usize),
    Sibling(RecordId, FieldId),
    /// A sibling field of which nothing came.
    Broken,
    Product,
    AsOf,
    Defined(Named, ModuleId),
    Several(Vec<(Named, ModuleId)>),
}

impl Lowering<'_, '_> {
    /// What a bare name stands for, members aside.
    pub(super) fn seen(&self, name: &str) -> Option<Seen> {
        if let Some(at) = self.scope.iter().rposition(|binding| binding.name == name) {
            return Some(Seen::Local(at));
        }
        if let Some(seen) = self.siblings.and_then(|record| self.sibling(record, name)) {
            return Some(seen);
        }
        match (name, self.unit.index.meaning(self.module, name)) {
            ("product", _) => Some(Seen::Product),
            ("as_of", _) => Some(Seen::AsOf),
            (_, Meaning::One(named, owner)) => Some(Seen::Defined(named, owner)),
            (_, Meaning::Several(several)) => Some(Seen::Several(several)),
            (_, Meaning::Nothing) => None,
        }
    }

    fn sibling(&self, record: RecordId, name: &str) -> Option<Seen> {
        match self.unit.record(record)?.field_id(name) {
            Some(field) => Some(Seen::Sibling(record, field)),
            None => self.unit.is_broken_field(record, name).then_some(Seen::Broken),
        }
    }

    pub(super) fn name(&mut self, name: &str, span: Span, want: Want<'_>) -> Lowered {
        match (self.seen(name), self.wanted_member(name, want)) {
            (Some(seen), Some((id, _))) => self.clash(name, id, &seen, span),
            (Some(seen), None) => self.value(name, seen, span),
            (None, Some((id, member))) => {
                let home = self.unit.index.enums.get(id.index())?.module;
                self.notes.mark(self.module, home, Definition::Enum(id));
                Some(member_expr(id, member, span))
            }
            (None, None) => self.unknown(name, span, want),
        }
    }

    fn wanted_member(&self, name: &str, want: Want<'_>) -> Option<(EnumId, MemberId)> {
        match want {
            Want::Type(Type::Enum(id)) => self.unit.member(*id, name).map(|member| (*id, member)),
            _ => None,
        }
    }

    fn clash(&mut self, name: &str, id: EnumId, seen: &Seen, span: Span) -> Lowered {
        let of = self.unit.show(&Type::Enum(id));
        let message = format!("`{name}` is a member of `{of}` and also a name in scope");
        let diagnostic = Diagnostic::error(Code::MEMBER_CLASH, span, message);
        let other = match seen {
            Seen::Local(at) => self.scope.get(*at).map(|binding| binding.span),
            Seen::Sibling(record, field) => self.unit.field(*record, *field).map(|field| field.span),
            Seen::Defined(named, _) => Some(named.span),
            Seen::Several(several) => several.first().map(|(named, _)| named.span),
            Seen::Broken | Seen::Product | Seen::AsOf => None,
        };
        let diagnostic =
            other.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.also(span, "the name in scope"));
        self.notes.refuse(diagnostic.help(format!("for the member, write `{of}.{name}`")))
    }

    fn value(&mut self, name: &str, seen: Seen, span: Span) -> Lowered {
        match seen {
            Seen::Local(at) => {
                let binding = self.scope.get_mut(at)?;
                binding.used = true;
                let local = binding.local?;
                self.local_expr(local, span)
            }
            Seen::Sibling(record, field) => {
                let base = typed(ExprKind::Local(LocalId::new(0)), Type::Record(record), span);
                let ty = self.unit.field(record, field)?.ty.clone();
                Some(typed(ExprKind::Field(Box::new(base), field), ty, span))
            }
            Seen::Product => {
                let root = self.unit.root?;
                let home = self.unit.index.records.get(root.index())?.module;
                self.notes.mark(self.module, home, Definition::Record(root));
                Some(typed(ExprKind::Root, Type::Record(root), span))
            }
            Seen::AsOf => Some(typed(ExprKind::AsOf, Type::Date, span)),
            Seen::Defined(named, owner) => self.defined(name, named, owner, span),
            Seen::Several(several) => self.ambiguous(name, &several, span),
            Seen::Broken => None,
        }
    }

    fn defined(&mut self, name: &str, named: Named, owner: ModuleId, span: Span) -> Lowered {
        self.notes.mark(self.module, owner, named.definition);
        match named.definition {
            Definition::Let(id) => {
                let ty = self.unit.let_(id)?.code.body.ty.clone();
                Some(typed(ExprKind::Let(id), ty, span))
            }
            Definition::Param(id) => self.param(name, id, span),
            other => {
                let message = format!("expected a value, found {} `{name}`", other.noun());
                let diagnostic = Diagnostic::error(Code::NOT_A_VALUE, span, message).also(named.span, "declared here");
                let help = match other {
                    Definition::Enum(_) => format!("name one of its members: `{name}.member`"),
                    Definition::Record(_) => "name a field of the declaration: `product.field`".into(),
                    _ => format!("call it: `{name}(…)`"),
                };
                self.notes.refuse(diagnostic.help(help))
            }
        }
    }

    fn param(&mut self, name: &str, id: ParamId, span: Span) -> Lowered {
        let definition = self.unit.param(id)?;
        if definition.key.is_none() {
            return Some(typed(ExprKind::Param(id), definition.param.ty.clone(), span));
        }
        let message = format!("expected a value, found the table `{name}`");
        let diagnostic =
            Diagnostic::error(Code::NOT_A_VALUE, span, message).also(definition.param.span, "declared here");
        self.notes.refuse(diagnostic.help(format!("look something up in it: `{name}(…)`")))
    }

    pub(super) fn ambiguous<T>(&mut self, name: &str, several: &[(Named, ModuleId)], span: Span) -> Option<T> {
        let message = format!("`{name}` is declared in several modules that are used here");
        let diagnostic = Diagnostic::error(Code::AMBIGUOUS_NAME, span, message);
        let diagnostic =
            several.iter().fold(diagnostic, |diagnostic, (named, _)| diagnostic.also(named.span, "declared here"));
        self.notes.refuse(diagnostic.help("rename one of them, or use only one of the modules"))
    }

    fn unknown(&mut self, name: &str, span: Span, want: Want<'_>) -> Lowered {
        let incomplete = self.unit.index.module(self.module).is_none_or(|module| module.incomplete);
        if incomplete || matches!(want, Want::Wrong) {
            return None;
        }
        let diagnostic = match want {
            Want::Type(Type::Enum(id)) => unknown_member(self.unit, *id, name, span),
            Want::Type(Type::List(element)) if self.is_member_of(element, name) => {
                let message = format!("expected a list, found `{name}`");
                Diagnostic::error(Code::NOT_A_LIST, span, message).help(format!("write `[{name}]`"))
            }
            _ => self.unknown_name(name, span),
        };
        self.notes.refuse(diagnostic)
    }

    fn is_member_of(&self, ty: &Type, name: &str) -> bool {
        matches!(ty, Type::Enum(id) if self.unit.member(*id, name).is_some())
    }

    fn unknown_name(&self, name: &str, span: Span) -> Diagnostic {
        let diagnostic = Diagnostic::error(Code::UNKNOWN_NAME, span, format!("nothing here is called `{name}`"));
        let root = self.unit.root.and_then(|root| self.unit.record(root));
        if root.is_some_and(|root| root.field_id(name).is_some()) {
            return diagnostic.help(format!("fields are reached through `product`: `product.{name}`"));
        }
        if let Some(of) = self.unit.enums.iter().find(|it| it.members.iter().any(|member| member.name == name)) {
            return diagnostic.help(format!("for the member of `{0}`, write `{0}.{name}`", of.name));
        }
        let locals = self.scope.iter().map(|binding| binding.name.as_str());
        let siblings = self.siblings.and_then(|record| self.unit.record(record));
        let siblings = siblings.into_iter().flat_map(|record| record.fields.keys().map(String::as_str));
        let defined = self.unit.index.names(self.module).map(|(name, _)| name);
        let suggested = suggest(diagnostic, name, locals.chain(siblings).chain(defined).chain(["product", "as_of"]));
        if !suggested.help.is_empty() {
            return suggested;
        }
        let fields: Vec<String> =
            root.into_iter().flat_map(|root| root.fields.keys().map(|field| format!("product.{field}"))).collect();
        suggest(suggested, &format!("product.{name}"), fields.iter().map(String::as_str))
    }
}

/// A member that its enum does not have.
pub(in crate::check) fn unknown_member(unit: &Unit<'_>, id: EnumId, name: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` has no member `{name}`", unit.show(&Type::Enum(id)));
    let diagnostic = Diagnostic::error(Code::NO_SUCH_MEMBER, span, message);
    let Some(declared) = unit.enumeration(id) else { return diagnostic };
    if let Some(member) = declared.members.iter().find(|member| member.spelling == name) {
        return diagnostic.help(format!("in policies it is called `{}`", member.name));
    }
    let members = declared.members.iter().map(|member| member.name.as_str());
    suggest(diagnostic, name, members).also(declared.span, "declared here")
}

/// A member as an expression.
pub(super) const fn member_expr(id: EnumId, member: MemberId, span: Span) -> crate::ir::Expr {
    typed(ExprKind::Constant(Constant::Member(id, member)), Type::Enum(id), span)
}
