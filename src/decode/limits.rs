//! How much a declaration may be. Everything beyond is an error with a place.

/// The limits of a declaration. Numbers have limits of their own: [`crate::value::MAX_DIGITS`] and
/// [`crate::value::MAX_EXPONENT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many bytes the text may have; never more than `u32::MAX - 1`.
    pub bytes: usize,
    /// How many brackets may be open at once.
    pub nesting: usize,
    /// How many elements all lists may have together.
    pub elements: usize,
    /// How many errors are listed; of the others it is said how many there are.
    pub diagnostics: usize,
}

impl Limits {
    /// 16 MiB, 64 brackets, 100,000 elements, 100 errors.
    pub const DEFAULT: Self = Self { bytes: 16 << 20, nesting: 64, elements: 100_000, diagnostics: 100 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
