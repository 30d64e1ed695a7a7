//! Enums and their members.

use crate::check::index::{Declared, Index};
use crate::check::notes::Notes;
use crate::check::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Enum, Member};
use crate::source::Span;
use crate::syntax::ast::{self, Separator};
use indexmap::IndexMap;

/// All enums.
pub(super) fn declare(index: &Index<'_>, notes: &mut Notes) -> Vec<Enum> {
    index.enums.iter().map(|declared| one(declared, notes)).collect()
}

fn one(declared: &Declared<'_, ast::Enum>, notes: &mut Notes) -> Enum {
    let node = declared.node;
    let mixed = node.separators.contains(&Separator::Less) && node.separators.contains(&Separator::Comma);
    if mixed {
        let message = format!("the members of `{}` are separated by both `<` and `,`", node.name.text);
        let diagnostic = Diagnostic::error(Code::MIXED_ENUM, node.name.span, message);
        notes.report(diagnostic.help("`<` between all of them gives an order, `,` gives none"));
    }
    distinct(node, notes);
    Enum {
        name: node.name.text.clone(),
        doc: words::doc(&declared.item.doc),
        label: words::optional(node.label.as_ref()),
        ordered: !node.separators.is_empty() && !node.separators.contains(&Separator::Comma),
        members: node.members.iter().map(member).collect(),
        span: node.name.span,
    }
}

fn member(node: &ast::Member) -> Member {
    Member {
        name: node.name.text.clone(),
        spelling: spelling(node).to_owned(),
        label: words::optional(node.label.as_ref()),
        doc: words::doc(&node.doc),
    }
}

fn spelling(node: &ast::Member) -> &str {
    node.spelling.as_ref().map_or(node.name.text.as_str(), |text| text.text.as_str())
}

/// Names and spellings stand once each, and `_` is the rest of a table.
fn distinct(node: &ast::Enum, notes: &mut Notes) {
    let (mut names, mut spellings): (IndexMap<&str, Span>, IndexMap<&str, Span>) = (IndexMap::new(), IndexMap::new());
    for member in &node.members {
        let name = &member.name;
        if name.text == "_" {
            let message = "`_` stands for the other members and cannot be one";
            notes.report(Diagnostic::error(Code::RESERVED_NAME, name.span, message));
        }
        let twice = match names.get(name.text.as_str()) {
            Some(first) => Some(("member", name.text.as_str(), name.span, *first)),
            None => spellings.get(spelling(member)).map(|first| ("spelling", spelling(member), name.span, *first)),
        };
        if let Some((what, word, span, first)) = twice {
            let message = format!("the {what} `{word}` stands in `{}` twice", node.name.text);
            notes.report(Diagnostic::error(Code::DUPLICATE_NAME, span, message).also(first, "the first time"));
        }
        names.entry(&name.text).or_insert(name.span);
        spellings.entry(spelling(member)).or_insert(name.span);
    }
}
