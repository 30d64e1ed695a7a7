//! The resolved tree made flat: a layout of the declaration's cells and a printable program over them.
//!
//! It knows nothing of declarations' texts and nothing of reports.

mod form;
pub mod layout;
mod listing;
mod lower;
mod pattern;
mod program;
mod stored;

pub use lower::compile;
pub use pattern::Pattern;
pub use program::{
    CheckCode, Message, Node, NodeId, Piece, Program, ProofCells, Read, RecordAt, Requirement, Review, Routine,
    RoutineId, RuleCode, Silence,
};
pub use stored::{store, stored};
