//! How values and expectations are called in messages.

use super::scanner::Event;
use crate::ir::Bounds;
use std::fmt;

/// How many characters of a value a message repeats.
const SHOWN: usize = 40;
/// How many members of an enum a message lists.
const MEMBERS: usize = 6;

/// A value as the field, or the element of the field, that it was given for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) field: &'a str,
    pub(super) element: Option<u32>,
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.element {
            Some(index) => write!(f, "`{}[{index}]`", self.field),
            None => write!(f, "`{}`", self.field),
        }
    }
}

/// A value as found.
pub(super) fn found(event: &Event<'_>) -> String {
    match event {
        Event::ObjectStart => "an object".to_owned(),
        Event::ArrayStart => "a list".to_owned(),
        Event::String(raw) => {
            let text = raw.text();
            if text.trim().is_empty() { "a blank text".to_owned() } else { format!("the text {}", quoted(&text)) }
        }
        Event::Number(text) => format!("the number {}", quoted(text)),
        Event::Bool(value) => format!("`{value}`"),
        Event::Null => "`null`".to_owned(),
        Event::Key(_) | Event::ObjectEnd | Event::ArrayEnd | Event::End => "the end".to_owned(),
    }
}

/// The beginning of a text, on one line.
pub(super) fn short(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars().take(SHOWN) {
        if c.is_control() { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// The beginning of a text between backticks.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", short(text))
}

/// `` `a`, `b`, … (3 more) ``
pub(super) fn list_words(words: &[String]) -> String {
    let shown = words.iter().take(MEMBERS).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match words.len().checked_sub(MEMBERS) {
        Some(more) if more > 0 => format!("{shown}, … ({more} more)"),
        _ => shown,
    }
}

/// `from 1 to 5`, `from 0`, `up to 100`
pub(super) fn bounds_text(bounds: &Bounds) -> String {
    match (&bounds.low, &bounds.high) {
        (Some(low), Some(high)) => format!("from {low} to {high}"),
        (Some(low), None) => format!("from {low}"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => String::new(),
    }
}
