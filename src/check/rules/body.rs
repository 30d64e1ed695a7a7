//! What a rule requires, and what it says.

use super::checks;
use crate::check::expr::{Lowering, Want};
use crate::check::notes::Told;
use crate::check::operands::is_shown;
use crate::check::surface::bare;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{For, Message, MessagePart, Require, RequireItem, Review};
use crate::syntax::{
    self,
    ast::{self, ClauseKind, ForItem, Quantifier},
};

/// `require` and `for` clauses, in order.
pub(super) fn items(lowering: &mut Lowering<'_, '_>, clauses: &[&ClauseKind]) -> Option<Vec<RequireItem>> {
    let items: Vec<Option<RequireItem>> = clauses
        .iter()
        .filter_map(|clause| match clause {
            ClauseKind::Require(node) => Some(require(lowering, node)),
            ClauseKind::For(node) => Some(block(lowering, node).map(RequireItem::For)),
            _ => None,
        })
        .collect();
    items.into_iter().collect()
}

fn require(lowering: &mut Lowering<'_, '_>, node: &ast::Require) -> Option<RequireItem> {
    if node.check {
        return checks::check(lowering, node).map(RequireItem::Check);
    }
    refuse_all(lowering, &node.condition);
    let condition = lowering.truth(&node.condition);
    let message = node.message.as_ref().map(|message| self::message(lowering, message).ok_or(Told)).transpose();
    Some(RequireItem::Require(Require { condition: condition?, message: message.ok()?, span: node.span }))
}

/// `require list all x: P` would be one finding for the whole list; `for` says which element it is.
fn refuse_all(lowering: &mut Lowering<'_, '_>, condition: &ast::Expr) {
    let Some(block) = as_for(condition) else { return };
    let message = "`all` directly under `require` cannot say which element is wrong";
    let diagnostic = Diagnostic::error(Code::ALL_UNDER_REQUIRE, condition.span, message);
    lowering.notes.report(diagnostic.help(format!("write `{}`", on_one_line(block))));
}

/// The `for` that says the same as `list all x: P` or `list all in set`.
fn as_for(condition: &ast::Expr) -> Option<ast::For> {
    let (list, binder, condition) = match &bare(condition).kind {
        ast::ExprKind::Quantified { quantifier: Quantifier::All, list, binder, body } => {
            (list, binder.clone(), bare(body).clone())
        }
        ast::ExprKind::QuantifiedIn { quantifier: Quantifier::All, list, set } => {
            let name = ast::Name { text: "x".into(), span: condition.span };
            let element = ast::Expr { kind: ast::ExprKind::Name(name.text.clone()), span: name.span };
            let kind = ast::ExprKind::In { element: Box::new(element), negated: false, list: set.clone() };
            (list, name, ast::Expr { kind, span: condition.span })
        }
        _ => return None,
    };
    let span = condition.span;
    let require = ast::Require { check: false, condition, message: None, span };
    Some(ast::For { binder, list: list.as_ref().clone(), filter: None, body: vec![ForItem::Require(require)], span })
}

/// A `for` as the formatter would write it, on one line.
fn on_one_line(block: ast::For) -> String {
    let span = block.span;
    let name = ast::Name { text: "x".into(), span };
    let title = ast::Label { en: None, zh: None };
    let clauses = vec![ast::Clause { kind: ClauseKind::For(block), span }];
    let rule = ast::Rule { kind: ast::RuleKind::Guidance, id: name.clone(), title, clauses };
    let item = ast::Item { doc: Vec::new(), kind: ast::ItemKind::Rule(rule), span };
    let header = ast::Header { doc: Vec::new(), name, title: None, effective: None, uses: Vec::new(), span };
    let file = ast::File { file: span.file, header, items: vec![item], comments: Vec::new(), blank_lines: Vec::new() };
    let text = syntax::print(&file);
    let lines: Vec<&str> = text.lines().map(str::trim).skip_while(|line| !line.starts_with("for ")).collect();
    // The last line closes the rule.
    lines.split_last().map_or_else(String::new, |(_, lines)| lines.join(" "))
}

fn block(lowering: &mut Lowering<'_, '_>, node: &ast::For) -> Option<For> {
    let list = lowering.list_operand(&node.list, Want::Anything);
    let element = list.as_ref().map(|(list, element)| (element.clone(), lowering.element_source(list)));
    let (ty, source) = element.unzip();
    let binder = lowering.bind(&node.binder, ty, source.flatten());
    let filter = node.filter.as_ref().map(|filter| lowering.truth(filter).ok_or(Told)).transpose();
    let body: Vec<Option<RequireItem>> = node
        .body
        .iter()
        .map(|item| match item {
            ForItem::Require(node) => require(lowering, node),
            ForItem::For(node) => block(lowering, node).map(RequireItem::For),
        })
        .collect();
    lowering.unbind();
    if node.body.is_empty() {
        let diagnostic = Diagnostic::error(Code::NOTHING_REQUIRED, node.span, "this `for` requires nothing");
        return lowering.notes.refuse(diagnostic.help("add a `require` to its body"));
    }
    let body = body.into_iter().collect::<Option<_>>()?;
    Some(For { binder: binder?, list: list?.0, filter: filter.ok()?, body, span: node.span })
}

/// `review when C "…"`
pub(super) fn review(lowering: &mut Lowering<'_, '_>, node: &ast::Review) -> Option<Review> {
    let condition = node.condition.as_ref().map(|condition| lowering.truth(condition).ok_or(Told)).transpose();
    let message = message(lowering, &node.message);
    Some(Review { condition: condition.ok()?, message: message?, span: node.span })
}

/// A message, every value of which can be shown.
pub(super) fn message(lowering: &mut Lowering<'_, '_>, node: &ast::Message) -> Option<Message> {
    let en = text(lowering, &node.en);
    let zh = node.zh.as_ref().map(|zh| text(lowering, zh).ok_or(Told)).transpose();
    Some(Message { en: en?, zh: zh.ok()? })
}

fn text(lowering: &mut Lowering<'_, '_>, node: &ast::MessageText) -> Option<Vec<MessagePart>> {
    let parts: Vec<Option<MessagePart>> = node
        .parts
        .iter()
        .map(|part| match part {
            ast::MessagePart::Text(text) => Some(MessagePart::Text(text.clone())),
            ast::MessagePart::Value(expr) => shown(lowering, expr),
        })
        .collect();
    parts.into_iter().collect()
}

fn shown(lowering: &mut Lowering<'_, '_>, expr: &ast::Expr) -> Option<MessagePart> {
    let value = lowering.expr(expr, Want::Anything)?;
    if is_shown(&value.ty) {
        return Some(MessagePart::Value(value));
    }
    let message = format!("a message cannot show a `{}`", lowering.unit.show(&value.ty));
    let diagnostic = Diagnostic::error(Code::NOT_SHOWN, value.span, message);
    lowering.notes.refuse(diagnostic.help("show one of its fields"))
}
