//! What a policy's ids stand for, in a form that two policies share: the same meaning has the same number on both sides.
//!
//! A `let`, a function, a parameter and a field are numbered by what they say, with the numbers of what they use in
//! place of names. So a rule whose own text stands still is seen to change when a parameter behind a function does, and
//! a name that changes while its meaning stands still is not. It knows nothing of directions.

use crate::ir::shape::{Head, shape};
use crate::ir::{
    Check, Code, Condition, Constant, EnumId, Expr, ExprKind, Field, FieldId, LocalId, ParamValue, Policy, RecordId,
    RequireItem, Rule, Type,
};
use indexmap::IndexSet;
use std::collections::HashMap;
use std::fmt::Write;

/// How often the numbering is done again with what is known by then: as deep are conditions of fields followed that
/// read fields with conditions, and functions that use `let`s that call functions.
const PASSES: usize = 4;

/// Texts that got a number. Equal texts have equal numbers, on both sides.
#[derive(Debug, Default)]
pub(super) struct Numbers(IndexSet<String>);

impl Numbers {
    fn of(&mut self, text: String) -> usize {
        self.0.insert_full(text).0
    }
}

/// The meanings of one policy.
#[derive(Debug)]
pub(super) struct Meanings<'p> {
    policy: &'p Policy,
    /// The plugins whose functions are called: a call of another plugin is another call.
    plugins: String,
    enums: Vec<usize>,
    params: Vec<usize>,
    lets: Vec<usize>,
    functions: Vec<usize>,
    fields: HashMap<(RecordId, FieldId), usize>,
}

impl<'p> Meanings<'p> {
    pub(super) fn new(policy: &'p Policy, plugins: String, numbers: &mut Numbers) -> Self {
        let mut meanings = Self {
            policy,
            plugins,
            enums: Vec::new(),
            params: Vec::new(),
            lets: vec![0; policy.lets.len()],
            functions: vec![0; policy.functions.len()],
            fields: HashMap::new(),
        };
        meanings.enums = policy.model.enums.iter().map(|it| numbers.of(enumeration(it))).collect();
        meanings.params = policy
            .params
            .iter()
            .map(|param| numbers.of(meanings.ty(&param.ty) + &meanings.param_value(&param.value)))
            .collect();
        for _ in 0..PASSES {
            meanings.deepen(numbers);
        }
        meanings
    }

    /// Numbers what hangs on fields again, with what is known of them by now.
    fn deepen(&mut self, numbers: &mut Numbers) {
        let mut fields = HashMap::new();
        for (record_at, record) in self.policy.model.records.iter().enumerate() {
            for (field_at, field) in record.fields.values().enumerate() {
                let number = numbers.of(self.field(record, field));
                fields.insert((RecordId::new(record_at), FieldId::new(field_at)), number);
            }
        }
        self.fields = fields;
        for (at, function) in self.policy.functions.iter().enumerate() {
            let number = numbers.of(self.code(&function.code, function.arity));
            set(&mut self.functions, at, number);
        }
        for (at, bound) in self.policy.lets.iter().enumerate() {
            let number = numbers.of(self.code(&bound.code, 0));
            set(&mut self.lets, at, number);
        }
    }

    fn field(&self, record: &crate::ir::Record, field: &Field) -> String {
        let sibling = |id: FieldId| record.field(id).map_or("", |field| field.name.as_str());
        let mut text = format!(
            "{}:{} {:?} {:?} {:?} {:?} {:?} {:?}",
            field.name,
            self.ty(&field.ty),
            field.null_word.is_some(),
            field.whole,
            field.percent,
            field.unit,
            field.bounds,
            field.pattern,
        );
        match field.emptiness {
            crate::ir::Emptiness::Unknown => {}
            crate::ir::Emptiness::MayBeEmpty => text += " may_be_empty",
            crate::ir::Emptiness::NoneWhen(flag) => text = text + " none_when " + sibling(flag),
        }
        for (word, id) in [("proof", field.proof), ("key", field.key)] {
            if let Some(id) = id {
                text = text + " " + word + " " + sibling(id);
            }
        }
        if let Some(Condition { code, .. }) = &field.condition {
            text = text + " when " + &self.code(code, 1);
        }
        text
    }

    fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Enum(id) => format!("enum#{}", number(&self.enums, id.index())),
            Type::Record(id) => format!("record {}", self.record_name(*id)),
            Type::Ref(id) => format!("ref {}", self.record_name(*id)),
            Type::List(element) => format!("list {}", self.ty(element)),
            other => format!("{other:?}"),
        }
    }

    fn record_name(&self, id: RecordId) -> &'p str {
        self.policy.model.record(id).map_or("", |record| record.name.as_str())
    }

    /// A routine: its parameters are its first locals.
    fn code(&self, code: &Code, arity: usize) -> String {
        let mut scope: Scope = (0..arity).map(LocalId::new).collect();
        self.text(&code.body, &mut scope)
    }

    /// An expression with its `let`s, functions, parameters and fields by number.
    pub(super) fn text(&self, expr: &Expr, scope: &mut Scope) -> String {
        let mut out = String::new();
        self.write(expr, scope, &mut out);
        out
    }

    fn write(&self, expr: &Expr, scope: &mut Scope, out: &mut String) {
        let shape = shape(expr);
        out.push('(');
        match shape.head {
            Head::Named => *out += &self.named(expr, scope),
            head => drop(write!(out, "{head:?}")),
        }
        for operand in shape.operands {
            self.write(operand, scope, out);
        }
        if let Some((binder, body)) = shape.body {
            scope.push(binder);
            self.write(body, scope, out);
            scope.pop();
        }
        out.push(')');
    }

    fn named(&self, expr: &Expr, scope: &Scope) -> String {
        match &expr.kind {
            ExprKind::Constant(constant) => format!("{} {}", self.ty(&expr.ty), self.constant(constant)),
            ExprKind::Root => "product".to_owned(),
            ExprKind::AsOf => "as_of".to_owned(),
            ExprKind::Local(id) => match scope.iter().rposition(|bound| bound == id) {
                Some(at) => format!("%{at}"),
                None => "%".to_owned(),
            },
            ExprKind::Param(id) | ExprKind::Lookup(id, _) => format!("param#{}", number(&self.params, id.index())),
            ExprKind::Let(id) => format!("let#{}", number(&self.lets, id.index())),
            ExprKind::Call(id, _) => format!("fn#{}", number(&self.functions, id.index())),
            ExprKind::Native(id, _) => format!("native {id} {}", self.plugins),
            ExprKind::Field(record, field) => {
                let Type::Record(record) = record.ty else { return ".".to_owned() };
                format!(".#{}", self.fields.get(&(record, *field)).copied().unwrap_or_default())
            }
            _ => String::new(),
        }
    }

    fn constant(&self, constant: &Constant) -> String {
        match constant {
            Constant::Member(id, member) => format!("{}#{}", member.index(), number(&self.enums, id.index())),
            other => format!("{other:?}"),
        }
    }

    /// A parameter's value.
    pub(super) fn param_value(&self, value: &ParamValue) -> String {
        match value {
            ParamValue::Scalar(constant) => self.constant(constant),
            ParamValue::List(all) => {
                let mut all: Vec<String> = all.iter().map(|constant| self.constant(constant)).collect();
                all.sort();
                format!("{all:?}")
            }
            ParamValue::Table(id, values) => {
                let values: Vec<String> = values.iter().map(|value| self.param_value(value)).collect();
                format!("table#{} {values:?}", number(&self.enums, id.index()))
            }
        }
    }

    /// Everything of a rule that moves verdicts, its kind apart.
    pub(super) fn logic(&self, rule: &Rule) -> String {
        let mut scope = Scope::new();
        let mut text = self.staging(rule) + &format!(" {:?}", rule.effective);
        if let Some(when) = &*rule.when {
            text = text + " when " + &self.text(when, &mut scope);
        }
        self.items(&rule.body, &mut scope, &mut text);
        if let Some(review) = &*rule.review {
            text += " review ";
            if let Some(condition) = &review.condition {
                text += &self.text(condition, &mut scope);
            }
        }
        text
    }

    /// The stages of a rule, with what makes the stage.
    pub(super) fn staging(&self, rule: &Rule) -> String {
        let (Some(stages), handles) = (&rule.stages, &self.policy.model.handles) else { return String::new() };
        let names: Vec<&str> =
            stages.members.iter().filter_map(|member| self.member_name(handles.stages?, member.index())).collect();
        let made = handles.stage.as_ref().map_or(String::new(), |code| self.code(code, 0));
        format!("{names:?} {made}")
    }

    /// A member's name.
    pub(super) fn member_name(&self, id: EnumId, member: usize) -> Option<&'p str> {
        Some(self.policy.model.enumeration(id)?.members.get(member)?.name.as_str())
    }

    /// Requirements, one after another.
    pub(super) fn items(&self, items: &[RequireItem], scope: &mut Scope, text: &mut String) {
        for item in items {
            match item {
                RequireItem::Require(require) => {
                    *text = std::mem::take(text) + " require " + &self.text(&require.condition, scope);
                }
                RequireItem::Check(check) => self.check(check, scope, text),
                RequireItem::For(each) => {
                    *text = std::mem::take(text) + " for " + &self.text(&each.list, scope);
                    scope.push(each.binder);
                    if let Some(filter) = &each.filter {
                        *text = std::mem::take(text) + " where " + &self.text(filter, scope);
                    }
                    text.push('{');
                    self.items(&each.body, scope, text);
                    text.push('}');
                    scope.pop();
                }
            }
        }
    }

    fn check(&self, check: &Check, scope: &mut Scope, text: &mut String) {
        let plugins = &self.plugins;
        // A string takes every character.
        let _ = write!(text, " check {} {} {:?} {plugins} ", check.library, check.check, check.reads);
        *text += &self.text(&check.subject, scope);
        for (name, option) in &check.options {
            *text = std::mem::take(text) + " " + name + " " + &self.text(option, scope);
        }
    }

    /// The number of a `let`.
    pub(super) fn of_let(&self, at: usize) -> usize {
        number(&self.lets, at)
    }

    /// The number of a function.
    pub(super) fn of_function(&self, at: usize) -> usize {
        number(&self.functions, at)
    }

    /// The number of a parameter.
    pub(super) fn of_param(&self, at: usize) -> usize {
        number(&self.params, at)
    }
}

/// The names that are bound around an expression, outermost first.
pub(super) type Scope = Vec<LocalId>;

fn number(numbers: &[usize], at: usize) -> usize {
    numbers.get(at).copied().unwrap_or_default()
}

fn set(numbers: &mut [usize], at: usize, to: usize) {
    if let Some(slot) = numbers.get_mut(at) {
        *slot = to;
    }
}

fn enumeration(it: &crate::ir::Enum) -> String {
    let members: Vec<&str> = it.members.iter().map(|member| member.spelling.as_str()).collect();
    format!("enum {} {members:?}", it.ordered)
}
