//! Diagnostics: what is wrong in the text of a policy or a declaration, where, and what would mend it.
//!
//! One type for every phase. It carries no colours and no output format; `render` shows it to people.

mod code;

pub use code::Code;

use crate::source::Span;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; the text is valid.
    Warning,
    /// The text is not valid; nothing is judged by it.
    Error,
}

/// A second place that matters, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What about it: lower case, no final stop; may be empty.
    pub text: String,
}

/// One thing that is wrong.
///
/// Messages are lower case, without a final stop, with backticks round what the user wrote, expected before found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which.
    pub code: Code,
    /// How grave.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where; absent only where there is no text to point into.
    pub primary: Option<Label>,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What would mend it, ready to be pasted where possible.
    pub help: Vec<String>,
    /// What would mend a declaration's form and change nothing that it says.
    pub patch: Option<Patch>,
}

/// A correction of form, as an operation of a JSON Patch (RFC 6902).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Patch {
    /// `{"op": "replace", "path": "/amount", "value": "1000.00"}`
    Replace {
        /// JSON Pointer.
        path: String,
        /// The value as JSON.
        value: String,
    },
    /// `{"op": "move", "from": "/riskExit", "path": "/risk_exit"}`
    Move {
        /// JSON Pointer of what stands under the wrong key.
        from: String,
        /// JSON Pointer of where it belongs.
        path: String,
    },
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary: Some(Label { span, text: String::new() }),
            secondary: Vec::new(),
            help: Vec::new(),
            patch: None,
        }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// An error without a place.
    #[must_use]
    pub fn placeless(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: Vec::new(),
            patch: None,
        }
    }

    /// Puts words at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// The same without anybody's words: its code and its place. A declaration that is not valid is not understood, so
    /// that nobody can say which of its words are confidential.
    #[must_use]
    pub fn for_the_public(&self) -> Self {
        let bare = |label: &Label| Label { span: label.span, text: String::new() };
        Self {
            message: format!("the declaration is not valid; `policy explain {}` says what is meant", self.code),
            primary: self.primary.as_ref().map(bare),
            secondary: Vec::new(),
            help: Vec::new(),
            patch: None,
            ..self.clone()
        }
    }

    /// Whether it makes the text invalid.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// `did you mean …?` for a misspelt word: the nearest candidate that is near enough.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.chars().count();
            let allowed = (length.max(other) / 3).max(1);
            // Words whose lengths differ by more cannot be near: the words of strangers may be very long.
            let near = length.abs_diff(other) <= allowed;
            let distance = near.then(|| strsim::damerau_levenshtein(word, candidate))?;
            (distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
