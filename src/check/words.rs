//! Labels and doc comments, as the resolved tree keeps them.

use crate::ir::{Deferred, Label};
use crate::syntax::ast;

/// A label as written.
pub(super) fn label(label: &ast::Label) -> Deferred<Label> {
    let text = |text: &Option<ast::Text>| text.as_ref().map(|text| text.text.clone());
    Label { en: text(&label.en), zh: text(&label.zh) }.into()
}

/// A label that may be missing.
pub(super) fn optional(label: Option<&ast::Label>) -> Deferred<Label> {
    label.map(self::label).unwrap_or_default()
}

/// A doc comment: its lines without the blank behind the slashes.
pub(super) fn doc(lines: &[String]) -> Deferred<String> {
    let lines: Vec<&str> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    lines.join("\n").into()
}
