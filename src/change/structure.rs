//! What is different in the text of a rule, part by part, and which way each part moved.
//!
//! A rule is tighter where its `when`, the lists and filters of its `for`s and its `review` take in more, where its
//! requirements take in less, where its kind is higher and where it is in force for longer. It knows no declarations.

use super::contract::{Difference, Part, Written};
use super::direction::Direction;
use super::meaning::Scope;
use super::relation::{At, Party, Shift, relate};
use crate::ir::{Check, Effective, Expr, For, Message, MessagePart, Policy, Require, RequireItem, Rule};
use crate::report::contract::SourcePlace;
use crate::source::{SourceMap, Span};

/// A rule with its policy and the texts that it was read from.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) party: Party<'a>,
    pub(super) sources: &'a SourceMap,
    pub(super) rule: &'a Rule,
}

impl<'a> Told<'a> {
    pub(super) fn written(&self, span: Span) -> Written {
        Written { text: one_line(self.sources.slice(span)), place: place(self.sources, span) }
    }

    fn at(&self, scope: &Scope) -> At<'a> {
        At { party: self.party, scope: scope.clone() }
    }
}

/// Where something stands.
pub(super) fn place(sources: &SourceMap, span: Span) -> SourcePlace {
    let at = sources.position(span);
    SourcePlace { file: sources.name(span.file).to_owned(), line: at.line, column: at.column }
}

/// A text with its white space folded.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that is different between two rules.
pub(super) fn differences(old: Told<'_>, new: Told<'_>) -> Vec<Difference> {
    let mut compare = Compare { old, new, found: Vec::new() };
    compare.kind();
    compare.when();
    compare.stages();
    compare.effective();
    compare.items(&old.rule.body, &mut Vec::new(), &new.rule.body, &mut Vec::new());
    compare.review();
    if compare.found.is_empty() && old.party.meanings.logic(old.rule) != new.party.meanings.logic(new.rule) {
        compare.add(Part::Model, None, Some(old.rule.span), Some(new.rule.span));
    }
    compare.words();
    compare.found
}

struct Compare<'a> {
    old: Told<'a>,
    new: Told<'a>,
    found: Vec<Difference>,
}

/// How strictness follows what an expression takes in.
#[derive(Clone, Copy)]
enum Strict {
    /// Where it takes in more, the rule is tighter.
    WithMore,
    /// Where it takes in less, the rule is tighter.
    WithLess,
}

impl Strict {
    const fn direction(self, shift: Shift) -> Option<Direction> {
        match (self, shift) {
            (_, Shift::Still | Shift::Unclear) => None,
            (Self::WithMore, Shift::Rises) | (Self::WithLess, Shift::Falls) => Some(Direction::Tightened),
            (Self::WithMore, Shift::Falls) | (Self::WithLess, Shift::Rises) => Some(Direction::Loosened),
        }
    }
}

impl<'a> Compare<'a> {
    fn add(&mut self, part: Part, direction: Option<Direction>, old: Option<Span>, new: Option<Span>) {
        let (old, new) = (old.map(|span| self.old.written(span)), new.map(|span| self.new.written(span)));
        self.found.push(Difference { part, direction, old, new });
    }

    fn kind(&mut self) {
        let (before, after) = (self.old.rule.kind, self.new.rule.kind);
        if before != after {
            let direction = if after > before { Direction::Tightened } else { Direction::Loosened };
            let word = |told: &Told<'_>, kind| Written {
                text: super::contract::kind_word(kind).to_owned(),
                place: place(told.sources, told.rule.span),
            };
            let (old, new) = (word(&self.old, before), word(&self.new, after));
            self.found.push(Difference {
                part: Part::Kind,
                direction: Some(direction),
                old: Some(old),
                new: Some(new),
            });
        }
    }

    /// A condition that may be absent; where it is, it takes in everything.
    fn condition(&mut self, part: Part, before: Option<&Expr>, after: Option<&Expr>) {
        let shift = match (before, after) {
            (None, None) => Shift::Still,
            (None, Some(_)) => Shift::Falls,
            (Some(_), None) => Shift::Rises,
            (Some(a), Some(b)) => {
                let none = Vec::new();
                relate(&mut self.old.at(&none), a, &mut self.new.at(&none), b)
            }
        };
        if shift != Shift::Still {
            let spans = (before.map(|expr| expr.span), after.map(|expr| expr.span));
            self.add(part, Strict::WithMore.direction(shift), spans.0, spans.1);
        }
    }

    fn when(&mut self) {
        self.condition(Part::When, self.old.rule.when.as_ref(), self.new.rule.when.as_ref());
    }

    fn review(&mut self) {
        match (&*self.old.rule.review, &*self.new.rule.review) {
            (None, None) => {}
            (None, Some(review)) => self.add(Part::Review, Some(Direction::Tightened), None, Some(review.span)),
            (Some(review), None) => self.add(Part::Review, Some(Direction::Loosened), Some(review.span), None),
            (Some(a), Some(b)) => self.condition(Part::Review, a.condition.as_ref(), b.condition.as_ref()),
        }
    }

    fn stages(&mut self) {
        let (before, after) =
            (self.old.party.meanings.staging(self.old.rule), self.new.party.meanings.staging(self.new.rule));
        if before == after {
            return;
        }
        let shift = match (names(self.old), names(self.new)) {
            (None, Some(_)) => Shift::Falls,
            (Some(_), None) => Shift::Rises,
            (Some(a), Some(b)) => contained(&a, &b),
            (None, None) => Shift::Still,
        };
        self.clause(Part::Stage, Strict::WithMore.direction(shift), "stage");
    }

    fn effective(&mut self) {
        let (before, after) = (self.old.rule.effective, self.new.rule.effective);
        if before == after {
            return;
        }
        let shift = in_force(before, after);
        let words = |effective: Effective| {
            let from = effective.from.map(|date| format!("from {date}"));
            let until = effective.until.map(|date| format!("until {date}"));
            let words: Vec<String> = from.into_iter().chain(until).collect();
            if words.is_empty() { "always in force".to_owned() } else { format!("effective {}", words.join(" ")) }
        };
        let written = |told: Told<'_>, text| Written { text, place: place(told.sources, told.rule.span) };
        let (old, new) = (written(self.old, words(before)), written(self.new, words(after)));
        let direction = Strict::WithMore.direction(shift);
        self.found.push(Difference { part: Part::Effective, direction, old: Some(old), new: Some(new) });
    }

    /// A clause that the resolved rule keeps no span of: by the line of its word in the rule's text.
    fn clause(&mut self, part: Part, direction: Option<Direction>, word: &str) {
        let written = |told: Told<'_>| Written {
            text: names(told).map_or_else(|| format!("every {word}"), |names| format!("{word} {}", names.join(", "))),
            place: place(told.sources, told.rule.span),
        };
        let (old, new) = (written(self.old), written(self.new));
        self.found.push(Difference { part, direction, old: Some(old), new: Some(new) });
    }

    fn items(&mut self, before: &'a [RequireItem], old: &mut Scope, after: &'a [RequireItem], new: &mut Scope) {
        let (gone, come) = self.unlike(before, old, after, new);
        let (gone_requires, gone_checks, gone_fors) = apart(&gone);
        let (come_requires, come_checks, come_fors) = apart(&come);
        self.checks(&gone_checks, &come_checks);
        self.requires(&gone_requires, old, &come_requires, new);
        self.fors(&gone_fors, old, &come_fors, new);
    }

    /// The items that have no equal on the other side.
    fn unlike(
        &self,
        before: &'a [RequireItem],
        old: &Scope,
        after: &'a [RequireItem],
        new: &Scope,
    ) -> (Vec<&'a RequireItem>, Vec<&'a RequireItem>) {
        let text = |told: Told<'_>, item: &RequireItem, scope: &Scope| {
            let mut text = String::new();
            told.party.meanings.items(std::slice::from_ref(item), &mut scope.clone(), &mut text);
            text
        };
        let mut come: Vec<(&RequireItem, String)> =
            after.iter().map(|item| (item, text(self.new, item, new))).collect();
        let mut gone = Vec::new();
        for item in before {
            let own = text(self.old, item, old);
            match come.iter().position(|(_, other)| *other == own) {
                Some(at) => drop(come.remove(at)),
                None => gone.push(item),
            }
        }
        (gone, come.into_iter().map(|(item, _)| item).collect())
    }

    /// Requirements: first those whose relation shows, then those that are left in their order where they are as many.
    fn requires(&mut self, gone: &[&'a Require], old: &Scope, come: &[&'a Require], new: &Scope) {
        let mut come: Vec<&Require> = come.to_vec();
        let mut left: Vec<&Require> = Vec::new();
        for before in gone {
            let related = come
                .iter()
                .position(|after| self.shift(&before.condition, old, &after.condition, new) != Shift::Unclear);
            match related {
                Some(at) => {
                    let after = come.remove(at);
                    let shift = self.shift(&before.condition, old, &after.condition, new);
                    let direction = Strict::WithLess.direction(shift);
                    self.add(Part::Requirement, direction, Some(before.condition.span), Some(after.condition.span));
                }
                None => left.push(before),
            }
        }
        if left.len() == come.len() {
            for (before, after) in left.into_iter().zip(come) {
                self.add(Part::Requirement, None, Some(before.condition.span), Some(after.condition.span));
            }
            return;
        }
        for before in left {
            self.add(Part::Requirement, Some(Direction::Loosened), Some(before.condition.span), None);
        }
        for after in come {
            self.add(Part::Requirement, Some(Direction::Tightened), None, Some(after.condition.span));
        }
    }

    /// Checks of plugins: what they find is theirs, so one that is called otherwise moved in no direction that shows.
    fn checks(&mut self, gone: &[&'a Check], come: &[&'a Check]) {
        let mut come = come.iter();
        for before in gone {
            match come.next() {
                Some(after) => self.add(Part::Requirement, None, Some(before.span), Some(after.span)),
                None => self.add(Part::Requirement, Some(Direction::Loosened), Some(before.span), None),
            }
        }
        for after in come {
            self.add(Part::Requirement, Some(Direction::Tightened), None, Some(after.span));
        }
    }

    fn shift(&self, a: &Expr, old: &Scope, b: &Expr, new: &Scope) -> Shift {
        relate(&mut self.old.at(old), a, &mut self.new.at(new), b)
    }

    fn fors(&mut self, gone: &[&'a For], old: &mut Scope, come: &[&'a For], new: &mut Scope) {
        let mut come = come.iter();
        for before in gone {
            match come.next() {
                Some(after) => self.each(before, old, after, new),
                None => self.add(Part::For, Some(Direction::Loosened), Some(before.span), None),
            }
        }
        for after in come {
            self.add(Part::For, Some(Direction::Tightened), None, Some(after.span));
        }
    }

    fn each(&mut self, before: &'a For, old: &mut Scope, after: &'a For, new: &mut Scope) {
        let list = self.shift(&before.list, old, &after.list, new);
        if list != Shift::Still {
            self.add(Part::For, Strict::WithMore.direction(list), Some(before.list.span), Some(after.list.span));
        }
        old.push(before.binder);
        new.push(after.binder);
        self.filter(before.filter.as_ref(), old, after.filter.as_ref(), new);
        self.items(&before.body, old, &after.body, new);
        old.pop();
        new.pop();
    }

    fn filter(&mut self, before: Option<&Expr>, old: &Scope, after: Option<&Expr>, new: &Scope) {
        let shift = match (before, after) {
            (None, None) => Shift::Still,
            (None, Some(_)) => Shift::Falls,
            (Some(_), None) => Shift::Rises,
            (Some(a), Some(b)) => self.shift(a, old, b, new),
        };
        if shift != Shift::Still {
            let spans = (before.map(|expr| expr.span), after.map(|expr| expr.span));
            self.add(Part::For, Strict::WithMore.direction(shift), spans.0, spans.1);
        }
    }

    fn words(&mut self) {
        let (before, after) = (words(self.old), words(self.new));
        let mut come: Vec<&(String, Span)> = after.iter().collect();
        let mut gone = Vec::new();
        for part in &before {
            match come.iter().position(|other| other.0 == part.0) {
                Some(at) => drop(come.remove(at)),
                None => gone.push(part),
            }
        }
        for index in 0..gone.len().max(come.len()) {
            let side = |told: Told<'_>, part: Option<&&(String, Span)>| {
                part.map(|(text, span)| Written { text: text.clone(), place: place(told.sources, *span) })
            };
            let (old, new) = (side(self.old, gone.get(index)), side(self.new, come.get(index)));
            self.found.push(Difference { part: Part::Words, direction: None, old, new });
        }
    }
}

type Apart<'a> = (Vec<&'a Require>, Vec<&'a Check>, Vec<&'a For>);

fn apart<'a>(items: &[&'a RequireItem]) -> Apart<'a> {
    let mut parted: Apart<'a> = Default::default();
    for item in items {
        match item {
            RequireItem::Require(require) => parted.0.push(require),
            RequireItem::Check(check) => parted.1.push(check),
            RequireItem::For(each) => parted.2.push(each),
        }
    }
    parted
}

/// The stages of a rule by name.
fn names(told: Told<'_>) -> Option<Vec<&str>> {
    let stages = told.rule.stages.as_ref()?;
    let id = told.party.policy.model.handles.stages?;
    Some(stages.members.iter().filter_map(|member| told.party.meanings.member_name(id, member.index())).collect())
}

fn contained(before: &[&str], after: &[&str]) -> Shift {
    let within = |these: &[&str], those: &[&str]| these.iter().all(|name| those.contains(name));
    match (within(before, after), within(after, before)) {
        (true, false) => Shift::Rises,
        (false, true) => Shift::Falls,
        _ => Shift::Unclear,
    }
}

/// Whether the days in force became more.
fn in_force(before: Effective, after: Effective) -> Shift {
    let begins = match (before.from, after.from) {
        (a, b) if a == b => Shift::Still,
        (None, _) => Shift::Falls,
        (_, None) => Shift::Rises,
        (a, b) => {
            if b > a {
                Shift::Falls
            } else {
                Shift::Rises
            }
        }
    };
    let ends = match (before.until, after.until) {
        (a, b) if a == b => Shift::Still,
        (None, _) => Shift::Falls,
        (_, None) => Shift::Rises,
        (a, b) => {
            if b > a {
                Shift::Rises
            } else {
                Shift::Falls
            }
        }
    };
    begins.and(ends)
}

/// The words of a rule, each with where it stands.
fn words(told: Told<'_>) -> Vec<(String, Span)> {
    let rule = told.rule;
    let label =
        |label: &crate::ir::Label| [label.en.clone(), label.zh.clone()].into_iter().flatten().collect::<Vec<_>>();
    let mut parts: Vec<(String, Span)> = label(&rule.title).into_iter().map(|text| (text, rule.span)).collect();
    parts.extend(label(&rule.note).into_iter().map(|text| (text, rule.span)));
    parts.extend((!rule.doc.is_empty()).then(|| (rule.doc.to_string(), rule.span)));
    parts.extend(rule.cites.iter().map(|citation| (format!("cites {}", citation.text), citation.span)));
    parts.extend(rule.argument.iter().map(|letter| (format!("argument {letter}"), rule.span)));
    parts.push((format!("addressee {}", addressee(rule)), rule.span));
    messages(&rule.body, &mut |message, span| parts.extend(said(told, message, span)));
    parts.extend(rule.review.iter().flat_map(|review| said(told, &review.message, review.span)));
    parts.extend(rule.remedy.iter().flat_map(|remedy| said(told, remedy, rule.span)));
    parts
}

const fn addressee(rule: &Rule) -> &'static str {
    use crate::ir::Addressee::{Government, IndustryBody, Institution, Product, Regulator};
    match rule.addressee {
        Product => "product",
        Institution => "institution",
        IndustryBody => "industry_body",
        Regulator => "regulator",
        Government => "government",
    }
}

fn messages<'r>(items: &'r [RequireItem], see: &mut dyn FnMut(&'r Message, Span)) {
    for item in items {
        match item {
            RequireItem::Require(require) => {
                if let Some(message) = &require.message {
                    see(message, require.span);
                }
            }
            RequireItem::Check(check) => {
                if let Some(message) = &check.message {
                    see(message, check.span);
                }
            }
            RequireItem::For(each) => messages(&each.body, see),
        }
    }
}

/// A message in each of its languages.
fn said(told: Told<'_>, message: &Message, span: Span) -> Vec<(String, Span)> {
    let text = |parts: &[MessagePart]| {
        let part = |part: &MessagePart| match part {
            MessagePart::Text(text) => text.clone(),
            MessagePart::Value(expr) => format!("{{{}}}", one_line(told.sources.slice(expr.span))),
        };
        parts.iter().map(part).collect::<String>()
    };
    std::iter::once(&message.en).chain(&message.zh).map(|parts| (text(parts), span)).collect()
}

/// The names behind a rule whose meaning is another on the other side: parameters, `let`s and functions.
pub(super) fn through(old: Told<'_>, new: Told<'_>) -> Vec<String> {
    let (before, after) = (named(old), named(new));
    let mut names: Vec<String> = before
        .iter()
        .filter(|(name, number)| after.iter().any(|(other, its)| other == name && its != number))
        .map(|(name, _)| name.clone())
        .collect();
    names.dedup();
    names
}

/// Every name that a rule uses, also through others, with the number of its meaning.
fn named(told: Told<'_>) -> Vec<(String, usize)> {
    let mut seen = Vec::new();
    crate::ir::shape::every_expression(told.rule, &mut |expr| names_in(told.party.policy, told.party, expr, &mut seen));
    seen
}

fn names_in(policy: &Policy, party: Party<'_>, expr: &Expr, seen: &mut Vec<(String, usize)>) {
    use crate::ir::ExprKind;
    let found = match &expr.kind {
        ExprKind::Param(id) | ExprKind::Lookup(id, _) => {
            policy.params.get(id.index()).map(|param| (param.name.clone(), party.meanings.of_param(id.index()), None))
        }
        ExprKind::Let(id) => policy
            .lets
            .get(id.index())
            .map(|it| (it.name.clone(), party.meanings.of_let(id.index()), Some(&it.code.body))),
        ExprKind::Call(id, _) => policy
            .functions
            .get(id.index())
            .map(|it| (it.name.clone(), party.meanings.of_function(id.index()), Some(&it.code.body))),
        _ => None,
    };
    if let Some((name, number, inside)) = found
        && !seen.contains(&(name.clone(), number))
    {
        seen.push((name, number));
        if let Some(inside) = inside {
            names_in(policy, party, inside, seen);
        }
    }
    let shape = crate::ir::shape::shape(expr);
    for part in shape.operands.into_iter().chain(shape.body.map(|(_, body)| body)) {
        names_in(policy, party, part, seen);
    }
}
