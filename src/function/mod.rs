//! Functions and checks from outside the language, with static types: what an embedder lends, and plugins. The checker
//! types their calls, the evaluator makes them by index, and neither knows where they come from.
//!
//! It knows nothing of policies and keeps no globals: a registry is a value that its owner passes along.

mod describe;
mod document;
mod library;
pub mod limits;
mod reach;
mod reader;
mod registry;
mod signature;

pub use describe::{Check, Description, Function, Parameter};
pub use document::{Content, Document, PlaceId, Scalar, Spot, Step};
pub use library::{CheckFinding, Instance, Library, Resolved, Trouble};
pub use reach::Reach;
pub use reader::{Handle, Reader, Seen};
pub use registry::{Fault, LibraryId, RegisterError, Registry, ScalarFunction, Session};
pub use signature::{BUILT_IN, Signature, Type};
