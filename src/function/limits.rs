//! What may cross between the engine and a function from outside, be it native or a plugin's: one table.

/// Functions of one library.
pub const MAX_FUNCTIONS: usize = 100;
/// Checks of one library.
pub const MAX_CHECKS: usize = 32;
/// Parameters of a function, and options of a check.
pub const MAX_PARAMETERS: usize = 16;
/// Pointers that say what a check may read.
pub const MAX_READS: usize = 256;
/// Characters of a name or a version.
pub const MAX_WORD: usize = 64;
/// Characters of a text that describes something.
pub const MAX_DOC: usize = 2_000;
/// Bytes of a JSON Pointer.
pub const MAX_POINTER: usize = 1_000;
/// Bytes of a text that is an argument or an answer.
pub const MAX_TEXT: usize = 1 << 20;
/// Findings of one check.
pub const MAX_FINDINGS: usize = 1_000;
/// Places that a finding rests on beside its own.
pub const MAX_RELATED: usize = 16;
/// Characters of a finding's message, in one language.
pub const MAX_MESSAGE: usize = 1_000;
/// Characters of the reason of a failure; longer ones are cut.
pub const MAX_REASON: usize = 500;
/// Places of a document that a check makes of its own texts.
pub const MAX_PLACES: usize = 100_000;
