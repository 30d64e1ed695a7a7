//! Functions that an embedder lends to policies, with static types. The checker types their calls, the evaluator makes
//! them by index; plugins will enter here too.
//!
//! It knows nothing of policies and keeps no globals: a registry is a value that its owner passes along.

mod registry;
mod signature;

pub use registry::{Fault, RegisterError, Registry, ScalarFunction};
pub use signature::{BUILT_IN, Signature, Type};
