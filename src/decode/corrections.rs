//! Corrections of form get their address: one pass over the text gives each its JSON Pointer.

use super::scanner::{Event, Scanner};
use crate::diagnostic::{Diagnostic, Patch};
use std::collections::{HashMap, HashSet};

/// What would mend a problem without changing what is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Correction {
    /// Another form of the value, as JSON.
    Value(String),
    /// Another spelling of the key.
    Key(String),
}

/// The diagnostics with their corrections as patches. A text that is no JSON has no addresses, and where a key stands already
/// nothing is moved to.
pub(super) fn placed(listed: Vec<(Diagnostic, Option<Correction>)>, text: &str) -> Vec<Diagnostic> {
    let start = |diagnostic: &Diagnostic| diagnostic.primary.as_ref().map(|label| label.span.start as usize);
    let wanted: HashSet<usize> =
        listed.iter().filter(|(_, correction)| correction.is_some()).filter_map(|(it, _)| start(it)).collect();
    let addresses = addresses(text, &wanted).unwrap_or_default();
    let mut patches: Vec<(Diagnostic, Option<Patch>)> = Vec::new();
    for (diagnostic, correction) in listed {
        let address = start(&diagnostic).and_then(|at| addresses.get(&at));
        let patch = address.zip(correction).and_then(|(address, correction)| patch(address, correction));
        patches.push((diagnostic, patch));
    }
    let taken = taken(text, &patches);
    let free = |patch: &Patch| !matches!(patch, Patch::Move { path, .. } if taken.contains(path));
    patches.into_iter().map(|(it, patch)| Diagnostic { patch: patch.filter(|patch| free(patch)), ..it }).collect()
}

fn patch(address: &str, correction: Correction) -> Option<Patch> {
    Some(match correction {
        Correction::Value(value) => Patch::Replace { path: address.to_owned(), value },
        Correction::Key(key) => {
            let (enclosing, _) = address.rsplit_once('/')?;
            Patch::Move { from: address.to_owned(), path: format!("{enclosing}/{}", escaped(&key)) }
        }
    })
}

/// A key as a step of a JSON Pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The JSON Pointers of the values or keys that begin at these bytes.
fn addresses(text: &str, wanted: &HashSet<usize>) -> Option<HashMap<usize, String>> {
    let mut found = HashMap::new();
    if !wanted.is_empty() {
        walk(text, &mut |at, path| {
            if wanted.contains(&at) {
                found.insert(at, shown(path));
            }
        })?;
    }
    Some(found)
}

/// Where something is to be moved although something stands there, or something else is to be moved there as well.
fn taken(text: &str, patches: &[(Diagnostic, Option<Patch>)]) -> HashSet<String> {
    let target = |patch: &Patch| if let Patch::Move { path, .. } = patch { Some(path.clone()) } else { None };
    let mut targets: HashMap<String, usize> = HashMap::new();
    for path in patches.iter().filter_map(|(_, patch)| target(patch.as_ref()?)) {
        *targets.entry(path).or_default() += 1;
    }
    if !targets.is_empty() {
        let _all = walk(text, &mut |_, path| targets.get_mut(&shown(path)).into_iter().for_each(|count| *count += 1));
    }
    targets.into_iter().filter(|(_, count)| *count > 1).map(|(path, _)| path).collect()
}

/// Visits every key and every value that is no object's, with its place; none where the text is no JSON.
fn walk(text: &str, see: &mut dyn FnMut(usize, &[Step])) -> Option<()> {
    let mut scanner = Scanner::new(text, super::Limits::DEFAULT.nesting);
    let mut path: Vec<Step> = Vec::new();
    loop {
        let event = scanner.next().ok()?;
        if let (Some(Step::Key(step)), Event::Key(raw)) = (path.last_mut(), event) {
            *step = raw.text().into_owned();
        }
        if !matches!(event, Event::ObjectEnd | Event::ArrayEnd | Event::End) {
            see(scanner.span().start, &path);
        }
        match event {
            Event::ObjectStart => path.push(Step::Key(String::new())),
            Event::ArrayStart => path.push(Step::Element(0)),
            Event::ObjectEnd | Event::ArrayEnd => {
                path.pop();
                after(&mut path);
            }
            Event::Key(_) => {}
            Event::End => return Some(()),
            _ => after(&mut path),
        }
    }
}

/// A value has ended: the next one of a list is another element.
fn after(path: &mut [Step]) {
    if let Some(Step::Element(at)) = path.last_mut() {
        *at += 1;
    }
}

fn shown(path: &[Step]) -> String {
    path.iter().map(Step::shown).collect()
}

enum Step {
    Key(String),
    Element(usize),
}

impl Step {
    fn shown(&self) -> String {
        match self {
            Self::Key(key) => format!("/{}", escaped(key)),
            Self::Element(at) => format!("/{at}"),
        }
    }
}
