//! The one report value: what a run found, as every output format shows it.
//!
//! It knows nothing of formats beyond the names of the JSON contract, and nothing of colours or terminals.

pub mod contract;
