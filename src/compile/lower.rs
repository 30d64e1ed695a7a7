//! Lowering: the resolved tree to the flat program.

use super::layout::Layout;
use super::pattern::Pattern;
use super::program::{
    CheckCode, Message, Node, NodeId, Piece, Program, ProofCells, Read, RecordAt, Requirement, Review, Routine,
    RoutineId, RuleCode, Silence,
};
use crate::function::Reach;
use crate::ir::{self, Code, Constant, Expr, ExprKind, FieldId, ParamValue, Policy, RecordId, RuleId, Type};
use crate::source::Span;
use crate::syntax::ast::ArithmeticOp;
use crate::value::{Text, Value};
use indexmap::IndexMap;

/// Compiles a resolved policy. Total: whatever the checker lets pass can be compiled.
#[must_use]
pub fn compile(policy: Policy) -> Program {
    let layout = Layout::new(&policy.model);
    let mut lowering = Lowering {
        policy: &policy,
        layout: &layout,
        nodes: Vec::new(),
        origins: Vec::new(),
        routines: Vec::new(),
        patterns: IndexMap::new(),
        known: IndexMap::new(),
    };
    let conditions = lowering.conditions();
    let stage = lowering.stage();
    let rules = policy.rules.iter().enumerate().map(|(index, rule)| lowering.rule(RuleId::new(index), rule)).collect();
    let Lowering { nodes, origins, routines, patterns, .. } = lowering;
    let patterns = patterns.into_values().collect();
    Program { policy, layout, nodes, origins, routines, patterns, conditions, stage, rules }
}

/// What a routine was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Origin {
    Let(ir::LetId, Silence),
    Function(ir::FunctionId, Silence),
    Condition(RecordId, FieldId),
    Stage,
}

struct Lowering<'p> {
    policy: &'p Policy,
    layout: &'p Layout,
    nodes: Vec<Node>,
    origins: Vec<(Type, Span)>,
    routines: Vec<Routine>,
    patterns: IndexMap<String, Pattern>,
    known: IndexMap<Origin, RoutineId>,
}

impl<'p> Lowering<'p> {
    fn conditions(&mut self) -> Vec<Vec<Option<RoutineId>>> {
        let records = self.policy.model.records.iter().enumerate();
        records
            .map(|(record, declared)| {
                let fields = 0..declared.fields.len();
                fields.map(|field| self.condition(RecordId::new(record), FieldId::new(field))).collect()
            })
            .collect()
    }

    fn stage(&mut self) -> Option<(RoutineId, ir::EnumId)> {
        let handles = &self.policy.model.handles;
        let code = handles.stage.as_ref()?;
        Some((self.routine(Origin::Stage, "stage", code, Silence::Unknown), handles.stages?))
    }

    /// A routine, compiled at its first use.
    fn routine(&mut self, origin: Origin, name: &str, code: &'p Code, silence: Silence) -> RoutineId {
        if let Some(id) = self.known.get(&origin) {
            return *id;
        }
        let body = self.expr(&code.body, silence);
        let id = RoutineId::new(self.routines.len());
        self.routines.push(Routine { name: name.to_owned(), locals: code.locals.len(), body });
        self.known.insert(origin, id);
        id
    }

    fn condition(&mut self, record: RecordId, field: FieldId) -> Option<RoutineId> {
        let declared = self.policy.model.record(record)?;
        let condition = declared.field(field)?.condition.as_ref()?;
        let name = format!("{}.{}", declared.name, declared.field(field)?.name);
        Some(self.routine(Origin::Condition(record, field), &name, &condition.code, Silence::Unknown))
    }

    fn push(&mut self, node: Node, ty: Type, span: Span) -> NodeId {
        self.nodes.push(node);
        self.origins.push((ty, span));
        NodeId::new(self.nodes.len() - 1)
    }

    fn exprs(&mut self, exprs: &'p [Expr], silence: Silence) -> Vec<NodeId> {
        exprs.iter().map(|expr| self.expr(expr, silence)).collect()
    }

    fn expr(&mut self, expr: &'p Expr, silence: Silence) -> NodeId {
        let node = self.node(expr, silence);
        self.push(node, expr.ty.clone(), expr.span)
    }

    fn node(&mut self, expr: &'p Expr, silence: Silence) -> Node {
        let mut sub = |inner: &'p Expr| self.expr(inner, silence);
        match &expr.kind {
            ExprKind::Constant(constant) => Node::Constant(value(constant)),
            ExprKind::Root => Node::Root,
            ExprKind::AsOf => Node::AsOf,
            ExprKind::Local(local) => Node::Local(*local),
            ExprKind::List(items) => Node::List(self.exprs(items, silence)),
            ExprKind::Param(param) => self.param(*param, expr),
            ExprKind::Lookup(param, key) => {
                let key = sub(key);
                self.lookup(*param, key, expr)
            }
            ExprKind::Let(id) => self.let_call(*id, silence),
            ExprKind::Field(record, field) => self.field(record, *field, silence),
            ExprKind::Follow(reference) => self.follow(reference, silence),
            ExprKind::Map { list, binder, body, flatten } => {
                Node::Map { list: sub(list), binder: *binder, body: sub(body), flatten: *flatten }
            }
            ExprKind::Filter { list, binder, predicate } => {
                Node::Filter { list: sub(list), binder: *binder, predicate: sub(predicate) }
            }
            ExprKind::Quantify { quantifier, list, binder, body } => {
                Node::Quantify { quantifier: *quantifier, list: sub(list), binder: *binder, body: sub(body) }
            }
            ExprKind::Aggregate(aggregate, list) => Node::Aggregate(*aggregate, sub(list)),
            ExprKind::Length(text) => Node::Length(sub(text)),
            ExprKind::Not(inner) => Node::Not(sub(inner)),
            ExprKind::Negate(inner) => Node::Negate(sub(inner)),
            ExprKind::Junction(connective, operands) => Node::Junction(*connective, self.exprs(operands, silence)),
            ExprKind::Implies(a, b) => Node::Implies(sub(a), sub(b)),
            ExprKind::Compare(op, a, b) => Node::Compare(*op, sub(a), sub(b)),
            ExprKind::Arithmetic(op, a, b) => {
                let operands = (sub(a), sub(b));
                arithmetic(*op, operands, &a.ty, &b.ty)
            }
            ExprKind::In(element, list) => Node::In(sub(element), sub(list)),
            ExprKind::Covers(list, set) => Node::Covers(sub(list), sub(set)),
            ExprKind::Matches(text, pattern) => Node::Matches(sub(text), self.pattern(pattern)),
            ExprKind::StartsWith(text, prefix) => Node::StartsWith(sub(text), sub(prefix)),
            ExprKind::Contains(text, part) => Node::Contains(sub(text), sub(part)),
            ExprKind::Within { date, period, before } => self.within([date, period, before], silence),
            ExprKind::Declared(of) => Node::Declared(sub(of), silence),
            ExprKind::Absent(of) => {
                let declared = Node::Declared(sub(of), Silence::False);
                Node::Not(self.push(declared, Type::Bool, expr.span))
            }
            ExprKind::Proven { reference, independently } => self.proven(reference, *independently, silence),
            ExprKind::Empty(list) => Node::Empty(sub(list)),
            ExprKind::IsNull(of) => Node::IsNull(sub(of)),
            ExprKind::Coalesce(path, default) => Node::Coalesce(sub(path), sub(default)),
            ExprKind::Call(function, arguments) => self.call(*function, arguments, silence),
            ExprKind::Native(function, arguments) => Node::Native(*function, self.exprs(arguments, silence)),
        }
    }

    fn let_call(&mut self, id: ir::LetId, silence: Silence) -> Node {
        match self.policy.lets.get(id.index()) {
            Some(declared) => {
                Node::Call(self.routine(Origin::Let(id, silence), &declared.name, &declared.code, silence), Vec::new())
            }
            None => Node::List(Vec::new()),
        }
    }

    fn call(&mut self, id: ir::FunctionId, arguments: &'p [Expr], silence: Silence) -> Node {
        let arguments = self.exprs(arguments, silence);
        match self.policy.functions.get(id.index()) {
            Some(declared) => Node::Call(
                self.routine(Origin::Function(id, silence), &declared.name, &declared.code, silence),
                arguments,
            ),
            None => Node::List(arguments),
        }
    }

    fn param(&mut self, id: ir::ParamId, expr: &Expr) -> Node {
        match self.policy.params.get(id.index()).map(|param| &param.value) {
            Some(value) => self.param_value(value, expr),
            None => Node::List(Vec::new()),
        }
    }

    fn param_value(&mut self, given: &ParamValue, expr: &Expr) -> Node {
        match given {
            ParamValue::Scalar(constant) => Node::Constant(value(constant)),
            ParamValue::List(constants) => {
                let element = match &expr.ty {
                    Type::List(element) => element.as_ref().clone(),
                    other => other.clone(),
                };
                let items = constants
                    .iter()
                    .map(|constant| self.push(Node::Constant(value(constant)), element.clone(), expr.span));
                Node::List(items.collect())
            }
            ParamValue::Table(_, values) => {
                let nodes: Vec<Node> = values.iter().map(|value| self.param_value(value, expr)).collect();
                Node::List(nodes.into_iter().map(|node| self.push(node, expr.ty.clone(), expr.span)).collect())
            }
        }
    }

    fn lookup(&mut self, id: ir::ParamId, key: NodeId, expr: &Expr) -> Node {
        match self.param(id, expr) {
            Node::List(rows) => Node::Lookup(rows, key),
            other => other,
        }
    }

    /// A record expression as a base and an offset: unconditional records are part of their parent's block.
    fn record(&mut self, expr: &'p Expr, silence: Silence) -> RecordAt {
        if let ExprKind::Field(outer, field) = &expr.kind
            && let Type::Record(outer_record) = &outer.ty
            && self.condition(*outer_record, *field).is_none()
        {
            let at = self.record(outer, silence);
            return RecordAt { base: at.base, offset: at.offset + self.layout.offset(*outer_record, *field) };
        }
        RecordAt { base: self.expr(expr, silence), offset: 0 }
    }

    fn field(&mut self, outer: &'p Expr, field: FieldId, silence: Silence) -> Node {
        let Type::Record(record) = &outer.ty else { return Node::List(Vec::new()) };
        let at = self.record(outer, silence);
        let offset = self.layout.offset(*record, field);
        let declared = self.policy.model.record(*record).and_then(|record| record.field(field));
        let condition = self.condition(*record, field);
        let proof = declared.and_then(|declared| declared.proof).and_then(|sibling| {
            let target = self.policy.model.record(*record)?.field(sibling)?;
            match &target.ty {
                Type::Ref(proving) => {
                    Some(Box::new((self.layout.offset(*record, sibling), self.proof_cells(*proving)?)))
                }
                _ => None,
            }
        });
        let read = Read { record: at, offset, field: (*record, field), condition, proof };
        match declared.map(|declared| &declared.ty) {
            Some(Type::List(_)) => Node::Rows(read),
            Some(Type::Record(_)) if read.condition.is_some() => Node::Conditional(read),
            Some(Type::Record(_)) => Node::Record(RecordAt { base: at.base, offset: at.offset + offset }),
            _ => Node::Scalar(read),
        }
    }

    fn follow(&mut self, reference: &'p Expr, silence: Silence) -> Node {
        let node = self.expr(reference, silence);
        match &reference.ty {
            Type::Ref(record) => Node::Follow(node, *record),
            _ => Node::List(vec![node]),
        }
    }

    fn proof_cells(&self, record: RecordId) -> Option<ProofCells> {
        ProofCells::of(&self.policy.model, self.layout, record)
    }

    fn proven(&mut self, reference: &'p Expr, independently: bool, silence: Silence) -> Node {
        let node = self.expr(reference, silence);
        let cells = match &reference.ty {
            Type::Ref(record) => self.proof_cells(*record),
            _ => None,
        };
        match cells {
            Some(cells) => Node::Proven { reference: node, cells, independently },
            None => Node::Declared(node, Silence::Unknown),
        }
    }

    fn within(&mut self, [date, period, before]: [&'p Expr; 3], silence: Silence) -> Node {
        let date = self.expr(date, silence);
        let until = self.expr(before, silence);
        let by = self.expr(period, silence);
        let calendar = period.ty == Type::CalendarDuration;
        let from = self.push(Node::Shift { date: until, by, calendar, back: true }, Type::Date, before.span);
        Node::Within { date, from, until }
    }

    fn pattern(&mut self, pattern: &str) -> usize {
        match self.patterns.get_index_of(pattern) {
            Some(index) => index,
            None => self.patterns.insert_full(pattern.to_owned(), Pattern::new(pattern)).0,
        }
    }

    fn rule(&mut self, id: RuleId, rule: &'p ir::Rule) -> RuleCode {
        let silence = if rule.kind == ir::RuleKind::Guidance { Silence::False } else { Silence::Unknown };
        RuleCode {
            rule: id,
            kind: rule.kind,
            locals: rule.locals.len(),
            stages: rule.stages.clone(),
            when: rule.when.as_ref().map(|when| (self.expr(when, silence), when.span)),
            body: self.requirements(&rule.body, silence),
            review: rule.review.as_ref().map(|review| Review {
                condition: review.condition.as_ref().map(|condition| self.expr(condition, silence)),
                message: self.message(&review.message).into(),
                span: review.span,
            }),
            remedy: rule.remedy.as_ref().map(|remedy| self.message(remedy).into()),
        }
    }

    fn requirements(&mut self, items: &'p [ir::RequireItem], silence: Silence) -> Vec<Requirement> {
        let items = items.iter().map(|item| match item {
            ir::RequireItem::Require(require) => Requirement::Require {
                condition: self.expr(&require.condition, silence),
                message: require.message.as_ref().map(|message| self.message(message).into()),
                span: require.span,
            },
            ir::RequireItem::Check(check) => Requirement::Check(Box::new(self.check(check, silence))),
            ir::RequireItem::For(block) => Requirement::For {
                binder: block.binder,
                list: self.expr(&block.list, silence),
                filter: block.filter.as_ref().map(|filter| self.expr(filter, silence)),
                body: self.requirements(&block.body, silence),
            },
        });
        items.collect()
    }

    fn check(&mut self, check: &'p ir::Check, silence: Silence) -> CheckCode {
        let record = match check.subject.ty {
            Type::Record(record) => record,
            _ => self.policy.model.root,
        };
        CheckCode {
            library: check.library,
            check: check.check,
            reach: Reach::of(check.reads.iter().map(String::as_str)),
            subject: self.expr(&check.subject, silence),
            record,
            options: check
                .options
                .iter()
                .map(|(name, option)| (name.as_str().into(), self.expr(option, silence)))
                .collect(),
            message: check.message.as_ref().map(|message| self.message(message)),
            span: check.span,
        }
    }

    fn message(&mut self, message: &'p ir::Message) -> Message {
        Message { en: self.pieces(&message.en), zh: message.zh.as_ref().map(|pieces| self.pieces(pieces)) }
    }

    fn pieces(&mut self, parts: &'p [ir::MessagePart]) -> Vec<Piece> {
        let parts = parts.iter().map(|part| match part {
            ir::MessagePart::Text(text) => Piece::Text(text.clone()),
            ir::MessagePart::Value(expr) => Piece::Value(self.expr(expr, Silence::False)),
        });
        parts.collect()
    }
}

fn arithmetic(op: ArithmeticOp, (a, b): (NodeId, NodeId), left: &Type, right: &Type) -> Node {
    match (op, left, right) {
        (ArithmeticOp::Subtract, Type::Date, Type::Date) => Node::DaysBetween(a, b),
        (_, Type::Date, _) => Node::Shift {
            date: a,
            by: b,
            calendar: *right == Type::CalendarDuration,
            back: op == ArithmeticOp::Subtract,
        },
        (_, _, Type::Date) => Node::Shift { date: b, by: a, calendar: *left == Type::CalendarDuration, back: false },
        _ => Node::Arithmetic(op, a, b),
    }
}

/// A constant as evaluation computes with it.
fn value(constant: &Constant) -> Value<'static> {
    match constant {
        Constant::Bool(value) => Value::Bool(*value),
        Constant::Number(number) => Value::Number(number.clone()),
        Constant::Date(date) => Value::Date(*date),
        Constant::Text(text) => Value::Text(Text::Shared(text.as_str().into())),
        Constant::Member(_, member) => Value::Member(*member),
    }
}
