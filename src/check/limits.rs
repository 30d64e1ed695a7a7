//! How large a policy may grow: every limit of the checker, by name.

/// How deep one written expression may nest. Deeper ones are refused before anything walks into them.
pub const MAX_EXPRESSION_DEPTH: usize = 100;
/// How deep an expression may nest once its `let`s and functions are put in.
pub const MAX_EXPANDED_DEPTH: u64 = 256;
/// How many parts an expression may have once its `let`s and functions are put in.
pub const MAX_EXPANDED_SIZE: u64 = 20_000;
/// How many loops (`for`, quantifiers, `where`, projections) may stand inside each other, also through functions.
pub const MAX_LOOPS: u64 = 5;
/// How many bytes a compiled regular expression may take.
pub const MAX_REGEX_BYTES: usize = 1 << 20;
