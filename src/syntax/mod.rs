//! Policy text to surface tree, and back.

pub mod ast;
