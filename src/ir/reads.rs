//! What a rule reads: fields as paths, parameters, `let`s and functions, also those that it reads through others. It knows
//! nothing of declarations: these are the fields that it may read, in the order in which the rule names them.

use super::{Check, Expr, ExprKind, FieldId, FunctionId, LetId, LocalId, ParamId, Policy, RequireItem, Rule, Type};
use indexmap::IndexSet;

/// What a rule reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// Fields, as `product.data.items[].name`.
    pub fields: IndexSet<String>,
    /// Parameters.
    pub params: IndexSet<ParamId>,
    /// `let`s.
    pub lets: IndexSet<LetId>,
    /// Functions.
    pub functions: IndexSet<FunctionId>,
}

impl Policy {
    /// What a rule reads.
    #[must_use]
    pub fn reads(&self, rule: &Rule) -> Reads {
        let mut reader = Reader { policy: self, reads: Reads::default() };
        let mut locals = vec![None; rule.locals.len()];
        if let Some(expr) = &*rule.when {
            reader.value(expr, &mut locals);
        }
        reader.items(&rule.body, &mut locals);
        for expr in rule.review.iter().flat_map(|review| &review.condition) {
            reader.value(expr, &mut locals);
        }
        reader.reads
    }

    /// What the stage of a declaration hangs on.
    #[must_use]
    pub fn stage_reads(&self) -> Reads {
        let mut reader = Reader { policy: self, reads: Reads::default() };
        if let Some(code) = &self.model.handles.stage {
            reader.value(&code.body, &mut vec![None; code.locals.len()]);
        }
        reader.reads
    }
}

/// For each local the path that it stands for, where it stands for one.
type Locals = Vec<Option<String>>;

struct Reader<'p> {
    policy: &'p Policy,
    reads: Reads,
}

impl<'p> Reader<'p> {
    fn items(&mut self, items: &[RequireItem], locals: &mut Locals) {
        for item in items {
            match item {
                RequireItem::Require(require) => self.value(&require.condition, locals),
                RequireItem::Check(check) => self.check(check, locals),
                RequireItem::For(each) => {
                    self.bind(&each.list, each.binder, locals);
                    if let Some(filter) = &each.filter {
                        self.value(filter, locals);
                    }
                    self.items(&each.body, locals);
                }
            }
        }
    }

    /// What a check announced that it reads.
    fn check(&mut self, check: &Check, locals: &mut Locals) {
        if let Some(subject) = self.path(&check.subject, locals) {
            for pointer in &check.reads {
                let path = subject.clone() + &pointer.replace("/*", "[]").replace('/', ".");
                self.reads.fields.insert(path);
            }
        }
        for (_, option) in &check.options {
            self.value(option, locals);
        }
    }

    /// Reads a list, and lets its element stand for the path of one.
    fn bind(&mut self, list: &Expr, binder: LocalId, locals: &mut Locals) {
        let path = self.path(list, locals).map(|path| path + "[]");
        if path.is_none() {
            self.value(list, locals);
        }
        if let Some(local) = locals.get_mut(binder.index()) {
            *local = path;
        }
    }

    /// Notes what an expression reads: the field that it is, or those of its parts.
    fn value(&mut self, expr: &Expr, locals: &mut Locals) {
        if let Some(path) = self.path(expr, locals) {
            if path.contains('.') {
                self.reads.fields.insert(path);
            }
            return;
        }
        match &expr.kind {
            ExprKind::Param(param) => {
                self.reads.params.insert(*param);
            }
            ExprKind::Lookup(param, key) => {
                self.reads.params.insert(*param);
                self.value(key, locals);
            }
            ExprKind::Let(id) => {
                self.reads.lets.insert(*id);
                if let Some(bound) = self.policy.lets.get(id.index()) {
                    self.value(&bound.code.body, &mut vec![None; bound.code.locals.len()]);
                }
            }
            ExprKind::Call(id, arguments) => {
                self.reads.functions.insert(*id);
                let Some(function) = self.policy.functions.get(id.index()) else { return };
                let mut own: Locals = arguments.iter().map(|argument| self.path(argument, locals)).collect();
                own.resize(function.code.locals.len(), None);
                for argument in arguments {
                    self.argument(argument, locals);
                }
                self.value(&function.code.body, &mut own);
            }
            ExprKind::Map { list, binder, body, .. }
            | ExprKind::Filter { list, binder, predicate: body }
            | ExprKind::Quantify { list, binder, body, .. } => self.each(list, *binder, body, locals),
            _ => {
                for part in expr.parts() {
                    self.value(part, locals);
                }
            }
        }
    }

    fn each(&mut self, list: &Expr, binder: LocalId, body: &Expr, locals: &mut Locals) {
        self.bind(list, binder, locals);
        self.value(body, locals);
    }

    /// A record or a list that is handed on is read by what it is handed to.
    fn argument(&mut self, argument: &Expr, locals: &mut Locals) {
        if !matches!(argument.ty, Type::Record(_)) {
            self.value(argument, locals);
        }
    }

    /// The path that an expression is, where it is one. What a filter on the way reads is noted.
    fn path(&mut self, expr: &Expr, locals: &mut Locals) -> Option<String> {
        match &expr.kind {
            ExprKind::Root => Some("product".to_owned()),
            ExprKind::Local(local) => locals.get(local.index()).cloned().flatten(),
            ExprKind::Field(record, field) => {
                let name = self.name(record, *field)?;
                Some(format!("{}.{name}", self.path(record, locals)?))
            }
            ExprKind::Follow(reference) => {
                if let Some(path) = self.path(reference, locals) {
                    self.reads.fields.insert(path);
                }
                let Type::Record(record) = expr.ty else { return None };
                self.list_of(record).map(|list| list + "[]")
            }
            ExprKind::Let(id) => {
                self.reads.lets.insert(*id);
                let bound = self.policy.lets.get(id.index())?;
                self.path(&bound.code.body, &mut vec![None; bound.code.locals.len()])
            }
            ExprKind::Filter { list, binder, predicate } => {
                let path = self.path(list, locals)?;
                self.each(list, *binder, predicate, locals);
                Some(path)
            }
            ExprKind::Map { list, binder, body, .. } => {
                let element = self.path(list, locals)? + "[]";
                if let Some(local) = locals.get_mut(binder.index()) {
                    *local = Some(element);
                }
                self.path(body, locals)
            }
            _ => None,
        }
    }

    fn name(&self, record: &Expr, field: FieldId) -> Option<&'p str> {
        let Type::Record(id) = record.ty else { return None };
        Some(&self.policy.model.record(id)?.field(field)?.name)
    }

    /// The path of the keyed list whose elements are of a record.
    fn list_of(&self, record: super::RecordId) -> Option<String> {
        let model = &self.policy.model;
        let mut path = "product".to_owned();
        let mut at = model.root;
        for field in model.keyed_lists.get(&record)? {
            let field = model.record(at)?.field(*field)?;
            path = path + "." + &field.name;
            if let Type::Record(next) = &field.ty {
                at = *next;
            }
        }
        Some(path)
    }
}
