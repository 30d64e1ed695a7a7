//! Text that may be laid out on one line or on several.
//!
//! It knows nothing of policies: [`render`](super::render) lays it out, the other files of the printer make it.

/// A piece of text with the places at which it may be broken.
#[derive(Debug, Clone)]
pub(super) enum Doc {
    /// Words on one line.
    Text(String),
    /// A blank, or a new line where its group is broken.
    Line,
    /// Nothing, or a new line where its group is broken.
    Soft,
    /// A new line.
    Hard,
    /// Words that stand only where the group is broken.
    IfBroken(&'static str),
    /// A comment on a line of its own.
    Comment(String),
    /// Words that stand at the end of the line, whatever follows on it.
    Suffix(String),
    /// One after the other.
    Row(Vec<Doc>),
    /// New lines inside begin so many columns further right than those outside.
    Nest(usize, Box<Doc>),
    /// New lines inside begin where this begins.
    Align(Box<Doc>),
    /// On one line where it fits; `broken` where it can't be.
    Group { broken: bool, doc: Box<Doc> },
}

impl Doc {
    pub fn nothing() -> Self {
        Self::Row(Vec::new())
    }

    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    pub fn row(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::Row(parts.into_iter().collect())
    }

    pub fn nest(self, columns: usize) -> Self {
        Self::Nest(columns, Box::new(self))
    }

    pub fn align(self) -> Self {
        Self::Align(Box::new(self))
    }

    pub fn group(self) -> Self {
        Self::Group { broken: self.has_hard_line(), doc: Box::new(self) }
    }

    /// Whether it takes more than one line in any case.
    pub fn has_hard_line(&self) -> bool {
        match self {
            Self::Hard => true,
            Self::Text(_) | Self::Line | Self::Soft | Self::IfBroken(_) | Self::Comment(_) | Self::Suffix(_) => false,
            Self::Row(parts) => parts.iter().any(Self::has_hard_line),
            Self::Nest(_, doc) | Self::Align(doc) => doc.has_hard_line(),
            Self::Group { broken, .. } => *broken,
        }
    }
}

impl From<&str> for Doc {
    fn from(words: &str) -> Self {
        Self::text(words)
    }
}

impl From<String> for Doc {
    fn from(words: String) -> Self {
        Self::text(words)
    }
}
