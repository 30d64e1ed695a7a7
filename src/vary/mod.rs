//! Ways to vary a declaration, for those who search: the fields that a rule reads, what its conditions compare with, values
//! at and around that, edits of a JSON tree, and a declaration cut down to what is read.
//!
//! It knows no verdicts, and decides nothing about what is worth trying.

pub(crate) mod constants;
pub(crate) mod edit;
pub(crate) mod fill;
pub(crate) mod keep;
pub(crate) mod sites;
pub mod values;
