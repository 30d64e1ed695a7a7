//! What the checker notes on its way: diagnostics, and which names were used.

use super::index::Definition;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::ir::ModuleId;
use crate::source::Span;
use std::collections::HashSet;

/// Diagnostics and uses.
#[derive(Debug, Default)]
pub(super) struct Notes {
    diagnostics: Vec<Diagnostic>,
    used: HashSet<Definition>,
    used_modules: HashSet<(ModuleId, ModuleId)>,
}

impl Notes {
    /// Notes a diagnostic.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Notes an error at a place; nothing comes of what is wrong there.
    pub(super) fn error<T>(&mut self, code: Code, span: Span, message: impl Into<String>) -> Option<T> {
        self.refuse(Diagnostic::error(code, span, message))
    }

    /// Notes a diagnostic; nothing comes of what is wrong there.
    pub(super) fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.report(diagnostic);
        None
    }

    /// Notes that `module` uses a definition of module `owner`.
    pub(super) fn mark(&mut self, module: ModuleId, owner: ModuleId, definition: Definition) {
        self.used.insert(definition);
        self.used_modules.insert((module, owner));
    }

    pub(super) fn is_used(&self, definition: Definition) -> bool {
        self.used.contains(&definition)
    }

    pub(super) fn uses_module(&self, module: ModuleId, owner: ModuleId) -> bool {
        self.used_modules.contains(&(module, owner))
    }

    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// All diagnostics by file and place, each once. Warnings beside errors would be noise.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if self.has_errors() {
            self.diagnostics.retain(Diagnostic::is_error);
        }
        self.diagnostics.sort_by_key(|diagnostic| {
            let place = diagnostic.primary.as_ref().map(|label| (label.span.file, label.span.start, label.span.end));
            (place, diagnostic.code)
        });
        self.diagnostics.dedup();
        self.diagnostics
    }
}

/// Something was wrong, and that has been noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told;

/// Adds `did you mean …?` where some candidate is near the word.
pub(super) fn suggest<'c>(
    diagnostic: Diagnostic,
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    // Of a single letter every other one would be near.
    match nearest(word, candidates).filter(|_| word.chars().count() > 1) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// `` `a`, `b` or `c` ``
pub(super) fn alternatives<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".into(),
    }
}
