//! The resolved tree as short lines, for snapshots: what a name became, where a reference is followed, which types were
//! found.

use hongxian::ir::{
    Code, Constant, Expr, ExprKind, Local, LocalId, Message, MessagePart, ParamValue, Policy, RequireItem, Rule, Type,
};
use std::fmt::Write;

/// Everything of a policy that expressions are in.
pub fn policy(policy: &Policy) -> String {
    let mut text = String::new();
    for param in &policy.params {
        let _ = writeln!(text, "param {}: {} = {}", param.name, ty(policy, &param.ty), value(policy, &param.value));
    }
    for record in &policy.model.records {
        for field in record.fields.values() {
            if let Some(condition) = &field.condition {
                let _ = writeln!(text, "{}.{} when {}", record.name, field.name, code(policy, &condition.code));
            }
        }
    }
    if let Some(stage) = &policy.model.handles.stage {
        let _ = writeln!(text, "stage {}", code(policy, stage));
    }
    for it in &policy.lets {
        let _ = writeln!(text, "let {}: {} = {}", it.name, ty(policy, &it.code.body.ty), code(policy, &it.code));
    }
    for it in &policy.functions {
        let result = ty(policy, &it.code.body.ty);
        let _ = writeln!(text, "fn {}/{}: {result} = {}", it.name, it.arity, code(policy, &it.code));
    }
    for it in &policy.rules {
        text += &rule(policy, it);
    }
    text
}

fn code(policy: &Policy, code: &Code) -> String {
    Printer { policy, locals: &code.locals }.expr(&code.body)
}

fn rule(policy: &Policy, rule: &Rule) -> String {
    let printer = Printer { policy, locals: &rule.locals };
    let cites: Vec<&str> = rule.cites.iter().map(|citation| citation.text.as_str()).collect();
    let mut text = format!("{:?} {} [{}] {:?}", rule.kind, rule.id, cites.join(" "), rule.addressee);
    if let Some(stages) = &rule.stages {
        let _ = write!(text, " stages {:?}", stages.members.iter().map(|member| member.index()).collect::<Vec<_>>());
    }
    for (word, date) in [("from", rule.effective.from), ("until", rule.effective.until)] {
        text += &date.map(|date| format!(" {word} {date}")).unwrap_or_default();
    }
    text += "\n";
    if let Some(when) = &*rule.when {
        let _ = writeln!(text, "  when {}", printer.expr(when));
    }
    printer.items(&rule.body, 1, &mut text);
    if let Some(review) = &*rule.review {
        let when = review.condition.as_ref().map(|when| format!("when {} ", printer.expr(when)));
        let _ = writeln!(text, "  review {}{}", when.unwrap_or_default(), printer.message(&review.message));
    }
    if let Some(remedy) = &*rule.remedy {
        let _ = writeln!(text, "  remedy {}", printer.message(remedy));
    }
    text
}

fn value(policy: &Policy, given: &ParamValue) -> String {
    match given {
        ParamValue::Scalar(it) => constant(policy, it),
        ParamValue::List(items) => {
            format!("[{}]", items.iter().map(|it| constant(policy, it)).collect::<Vec<_>>().join(" "))
        }
        ParamValue::Table(_, rows) => {
            format!("{{{}}}", rows.iter().map(|row| value(policy, row)).collect::<Vec<_>>().join(" "))
        }
    }
}

fn constant(policy: &Policy, constant: &Constant) -> String {
    match constant {
        Constant::Bool(value) => value.to_string(),
        Constant::Number(number) => number.to_string(),
        Constant::Date(date) => date.to_string(),
        Constant::Text(text) => format!("{text:?}"),
        Constant::Member(id, _) => {
            format!("{}.{}", policy.model.enumeration(*id).unwrap().name, policy.model.member(constant).unwrap().name)
        }
    }
}

fn ty(policy: &Policy, given: &Type) -> String {
    match given {
        Type::Enum(id) => policy.model.enumeration(*id).unwrap().name.clone(),
        Type::Record(id) => policy.model.record(*id).unwrap().name.clone(),
        Type::Ref(id) => format!("ref {}", policy.model.record(*id).unwrap().name),
        Type::List(element) => format!("list {}", ty(policy, element)),
        other => format!("{other:?}").to_lowercase(),
    }
}

struct Printer<'p> {
    policy: &'p Policy,
    locals: &'p [Local],
}

impl Printer<'_> {
    fn items(&self, items: &[RequireItem], depth: usize, text: &mut String) {
        let margin = "  ".repeat(depth);
        for item in items {
            match item {
                RequireItem::Require(require) => {
                    let message = require.message.as_ref().map(|message| format!(" else {}", self.message(message)));
                    let _ = writeln!(
                        text,
                        "{margin}require {}{}",
                        self.expr(&require.condition),
                        message.unwrap_or_default()
                    );
                }
                RequireItem::Check(check) => {
                    let options = check.options.iter().map(|(name, option)| format!(" {name}={}", self.expr(option)));
                    let of = self.expr(&check.subject);
                    let _ = writeln!(
                        text,
                        "{margin}check {}.{} {of}{}",
                        check.library,
                        check.check,
                        options.collect::<String>()
                    );
                }
                RequireItem::For(block) => {
                    let filter = block.filter.as_ref().map(|filter| format!(" where {}", self.expr(filter)));
                    let (binder, list) = (self.local(block.binder), self.expr(&block.list));
                    let _ = writeln!(text, "{margin}for {binder} in {list}{}", filter.unwrap_or_default());
                    self.items(&block.body, depth + 1, text);
                }
            }
        }
    }

    fn message(&self, message: &Message) -> String {
        let parts = message.en.iter().map(|part| match part {
            MessagePart::Text(text) => text.clone(),
            MessagePart::Value(expr) => format!("{{{}}}", self.expr(expr)),
        });
        format!("\"{}\"", parts.collect::<String>())
    }

    fn local(&self, id: LocalId) -> String {
        format!("%{}{}", self.locals[id.index()].name, id.index())
    }

    fn all(&self, exprs: &[Expr]) -> String {
        exprs.iter().map(|expr| self.expr(expr)).collect::<Vec<_>>().join(" ")
    }

    fn list(&self, word: &str, list: &Expr, binder: LocalId, body: &Expr) -> String {
        format!("({word} {} {}: {})", self.expr(list), self.local(binder), self.expr(body))
    }

    fn two(&self, word: &str, a: &Expr, b: &Expr) -> String {
        format!("({word} {} {})", self.expr(a), self.expr(b))
    }

    fn one(&self, word: &str, inner: &Expr) -> String {
        format!("({word} {})", self.expr(inner))
    }

    fn expr(&self, expr: &Expr) -> String {
        let policy = self.policy;
        match &expr.kind {
            ExprKind::Constant(it @ Constant::Number(_)) => {
                format!("{}:{}", constant(policy, it), ty(policy, &expr.ty))
            }
            ExprKind::Constant(it @ Constant::Text(_)) => format!("{}:{}", constant(policy, it), ty(policy, &expr.ty)),
            ExprKind::Constant(it) => constant(policy, it),
            ExprKind::List(items) => format!("[{}]:{}", self.all(items), ty(policy, &expr.ty)),
            ExprKind::Root => "product".into(),
            ExprKind::AsOf => "as_of".into(),
            ExprKind::Local(id) => self.local(*id),
            ExprKind::Param(id) => format!("${}", policy.params[id.index()].name),
            ExprKind::Lookup(id, key) => self.one(&format!("${}", policy.params[id.index()].name), key),
            ExprKind::Let(id) => format!("&{}", policy.lets[id.index()].name),
            ExprKind::Field(base, field) => {
                let Type::Record(record) = &base.ty else { panic!("a field of {:?}", base.ty) };
                format!("{}.{}", self.expr(base), policy.model.record(*record).unwrap().field(*field).unwrap().name)
            }
            ExprKind::Follow(inner) => format!("{}^", self.expr(inner)),
            ExprKind::Map { list, binder, body, flatten } => {
                self.list(if *flatten { "join" } else { "map" }, list, *binder, body)
            }
            ExprKind::Filter { list, binder, predicate } => self.list("where", list, *binder, predicate),
            ExprKind::Quantify { quantifier, list, binder, body } => {
                self.list(&format!("{quantifier:?}").to_lowercase(), list, *binder, body)
            }
            ExprKind::Aggregate(aggregate, list) => self.one(&format!("{aggregate:?}").to_lowercase(), list),
            ExprKind::Length(inner) => self.one("length", inner),
            ExprKind::Not(inner) => self.one("not", inner),
            ExprKind::Junction(connective, operands) => {
                format!("({} {})", format!("{connective:?}").to_lowercase(), self.all(operands))
            }
            ExprKind::Implies(a, b) => self.two("implies", a, b),
            ExprKind::Compare(op, a, b) => self.two(&format!("{op:?}"), a, b),
            ExprKind::Arithmetic(op, a, b) => {
                format!("{}:{}", self.two(&format!("{op:?}"), a, b), ty(policy, &expr.ty))
            }
            ExprKind::Negate(inner) => self.one("-", inner),
            ExprKind::In(a, b) => self.two("in", a, b),
            ExprKind::Covers(a, b) => self.two("covers", a, b),
            ExprKind::Matches(inner, pattern) => self.one(&format!("matches /{pattern}/"), inner),
            ExprKind::StartsWith(a, b) => self.two("starts_with", a, b),
            ExprKind::Contains(a, b) => self.two("contains", a, b),
            ExprKind::Within { date, period, before } => {
                format!("(within {} {} {})", self.expr(date), self.expr(period), self.expr(before))
            }
            ExprKind::Declared(inner) => self.one("declared", inner),
            ExprKind::Absent(inner) => self.one("absent", inner),
            ExprKind::Proven { reference, independently } => {
                self.one(if *independently { "proven independently" } else { "proven" }, reference)
            }
            ExprKind::Empty(inner) => self.one("empty", inner),
            ExprKind::IsNull(inner) => self.one("null", inner),
            ExprKind::Coalesce(a, b) => self.two("??", a, b),
            ExprKind::Call(id, arguments) => format!("({} {})", policy.functions[id.index()].name, self.all(arguments)),
            ExprKind::Native(index, arguments) => format!("(native {index} {})", self.all(arguments)),
        }
    }
}
