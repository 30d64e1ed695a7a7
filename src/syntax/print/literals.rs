//! Literals, texts, labels and messages.

use super::Printer;
use super::doc::Doc;
use super::render::flat;
use crate::syntax::ast;
use crate::syntax::scan::is_hidden;
use std::fmt::Write as _;

/// A text between quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    escape(&mut out, text, &[]);
    out.push('"');
    out
}

/// Writes `text` as it stands between quotes, with a backslash before each of `others`, too.
fn escape(out: &mut String, text: &str, others: &[char]) {
    for c in text.chars() {
        match c {
            c if c == '"' || c == '\\' || others.contains(&c) => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\u{d}"),
            c if is_hidden(c) => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
}

/// A regular expression between slashes.
pub(super) fn regex(regex: &ast::Regex) -> String {
    format!("/{}/", regex.pattern.replace('/', "\\/"))
}

pub(super) fn literal(literal: &ast::Literal) -> String {
    match literal {
        ast::Literal::Bool(value) => value.to_string(),
        ast::Literal::Number(number) => number.clone(),
        ast::Literal::Percent(number) => format!("{number}%"),
        ast::Literal::Quantity { number, unit } => format!("{number} {unit}"),
        ast::Literal::Date(date) => date.clone(),
        ast::Literal::Text(text) => quoted(text),
    }
}

/// `"English"`, and `"中文"` where it is given.
pub(super) fn label_texts(label: &ast::Label) -> (Option<String>, Option<String>) {
    let quoted = |text: &ast::Text| quoted(&text.text);
    (label.en.as_ref().map(quoted), label.zh.as_ref().map(quoted))
}

/// `en "…" zh "…"`, on one line.
pub(super) fn field_label(label: &ast::Label) -> String {
    let (en, zh) = label_texts(label);
    let en = en.map(|en| format!("en {en}"));
    let zh = zh.map(|zh| format!("zh {zh}"));
    en.into_iter().chain(zh).collect::<Vec<_>>().join(" ")
}

/// `"…" zh "…"`: the Chinese on the same line where it fits, else `indent` columns further right on the next one.
pub(super) fn bilingual(en: impl Into<Doc>, zh: Option<String>, indent: usize) -> Doc {
    let zh = zh.map_or_else(Doc::nothing, |zh| Doc::row([Doc::Line, format!("zh {zh}").into()]));
    Doc::row([en.into(), zh.nest(indent)]).group()
}

/// `"…" zh "…"` without interpolation.
pub(super) fn label(label: &ast::Label, indent: usize) -> Doc {
    let (en, zh) = label_texts(label);
    bilingual(en.unwrap_or_default(), zh, indent)
}

/// `"…{x}…"`
pub(super) fn message_text(message: &ast::MessageText) -> String {
    let mut out = String::from("\"");
    for part in &message.parts {
        match part {
            ast::MessagePart::Text(words) => escape(&mut out, words, &['{', '}']),
            ast::MessagePart::Value(value) => {
                out.push('{');
                escape(&mut out, &flat(&Printer::bare().expr(value)), &[]);
                out.push('}');
            }
        }
    }
    out.push('"');
    out
}

/// `"…{x}…" zh "…"`
pub(super) fn message(message: &ast::Message, indent: usize) -> Doc {
    bilingual(message_text(&message.en), message.zh.as_ref().map(message_text), indent)
}
