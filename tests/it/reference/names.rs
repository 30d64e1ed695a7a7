//! What names mean: locals, siblings, lets, parameters, functions, tables, members of enums.

use super::value::{RecordVal, Val, fold};
use super::world::{Scope, World};
use super::{lists, outside};
use hongxian::syntax::ast::{self, ExprKind, TypeKind};

impl<'a> World<'a> {
    /// "Names resolve as local, `let`, `param`, function; root fields only through `product.`. A bare enum member is
    /// understood where the other side's type says which enum."
    pub fn name(&self, name: &'a str, scope: &Scope<'a>) -> Val<'a> {
        if let Some((_, val)) = scope.locals.iter().rev().find(|(local, _)| *local == name) {
            return val.clone();
        }
        let sibling = |record: &&RecordVal<'a>| record.ty.fields.iter().any(|field| field.name.text == name);
        if let Some(record) = scope.siblings.as_ref().filter(sibling) {
            return self.field(record, name);
        }
        match name {
            "product" => Val::Record(self.product()),
            "as_of" => Val::Date(self.as_of),
            _ => self.module_value(name, scope).unwrap_or_else(|| Val::BareMember(name.to_owned())),
        }
    }

    /// A `let` or a parameter.
    fn module_value(&self, name: &str, scope: &Scope<'a>) -> Option<Val<'a>> {
        let pick = |item: &'a ast::ItemKind| match item {
            ast::ItemKind::Let(found) if found.name.text == name => Some((&found.value, None)),
            ast::ItemKind::Param(found) if found.name.text == name => match self.param_value(found) {
                ast::ParamValue::Expr(value) => Some((value, Some(&found.ty))),
                ast::ParamValue::Table(..) => None,
            },
            _ => None,
        };
        let ((value, ty), home) = self.find(scope.module, pick)?;
        let val = self.eval(value, &Scope::of_module(home, scope.two_valued));
        Some(match ty {
            Some(ty) => self.typed(val, ty, home),
            None => val,
        })
    }

    /// Gives a bare member or a text the declared type of the parameter that it is a value of.
    fn typed(&self, val: Val<'a>, ty: &'a ast::Type, home: &'a ast::File) -> Val<'a> {
        match (val, &ty.kind) {
            (Val::BareMember(member), TypeKind::Named(name)) => {
                let of = self.enum_named(home, &name.text).expect("the enum of a member");
                Val::Member(of, member_index(of, &member))
            }
            (Val::Text(text), TypeKind::Named(name)) if name.text == "name" => Val::Name(fold(&text)),
            (Val::List(mut list), TypeKind::List(element)) => {
                for elem in &mut list.elems {
                    elem.val = self.typed(elem.val.clone(), element, home);
                }
                Val::List(list)
            }
            (val, _) => val,
        }
    }

    /// Functions from outside, builtin ones, those of the policy, and tables, which are looked up like a call.
    pub fn call(&self, callee: &'a ast::Expr, args: &'a [ast::Expr], scope: &Scope<'a>) -> Val<'a> {
        let vals: Vec<_> = args.iter().map(|arg| self.eval(arg, scope)).collect();
        if let Some(function) = outside::called(callee) {
            return outside::call(function, &vals);
        }
        let ExprKind::Name(name) = &callee.kind else { panic!("no plugins in the reference") };
        let pick = |item: &'a ast::ItemKind| match item {
            ast::ItemKind::Function(found) if found.name.text == *name => Some(item),
            ast::ItemKind::Param(found) if found.name.text == *name => Some(item),
            _ => None,
        };
        match self.find(scope.module, pick) {
            Some((ast::ItemKind::Function(function), home)) => {
                let mut inner = Scope::of_module(home, scope.two_valued);
                for ((param, ty), val) in function.params.iter().zip(vals) {
                    inner = inner.with(param, self.typed(val, ty, home));
                }
                self.eval(&function.body, &inner)
            }
            Some((ast::ItemKind::Param(table), home)) => self.look_up(table, home, &vals[0]),
            _ => lists::builtin(name, vals.into_iter().next().expect("an argument")),
        }
    }

    /// "A `table` parameter maps an enum to values (complete or with `_`)."
    fn look_up(&self, table: &'a ast::Param, home: &'a ast::File, key: &Val<'a>) -> Val<'a> {
        let key = match key {
            Val::Member(of, index) => of.members[*index].name.text.as_str(),
            Val::BareMember(name) => name.as_str(),
            // nothing maps to nothing
            Val::Void => return Val::Void,
            Val::Null { .. } => return Val::undefined(),
            unknown => return Val::unknown(unknown.missing().expect("a member")),
        };
        let (ast::ParamValue::Table(entries, _), TypeKind::Table { value: ty, .. }) =
            (self.param_value(table), &table.ty.kind)
        else {
            panic!("no table: {table:?}");
        };
        let entry = |key: &str| entries.iter().find(|entry| entry.key.text == key);
        let found = entry(key).or_else(|| entry("_")).expect("a complete table");
        self.typed(self.eval(&found.value, &Scope::of_module(home, false)), ty, home)
    }
}

pub fn member_index(of: &ast::Enum, member: &str) -> usize {
    of.members.iter().position(|found| found.name.text == member).unwrap_or_else(|| panic!("no member `{member}`"))
}
