//! How large a policy file may be: enough for any policy, too little to exhaust memory or stack.

/// The limits of one policy file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Open brackets of any kind at one place.
    pub nesting: usize,
    /// Operations on top of each other in one expression, type or value: `a + b + c` is two, `not (x)` too.
    pub depth: usize,
    /// Mistakes that are told of one text.
    pub mistakes: usize,
}

impl Limits {
    /// The limits that [`parse`](super::parse) keeps.
    pub const DEFAULT: Self = Self { bytes: 1 << 20, nesting: 48, depth: 128, mistakes: 200 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
