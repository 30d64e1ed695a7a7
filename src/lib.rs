//! hongxian (红线): policy as code for financial products.

pub mod check;
pub mod compile;
pub mod decode;
pub mod diagnostic;
pub mod engine;
pub mod eval;
pub mod function;
pub mod ir;
pub mod pack;
pub mod report;
pub mod source;
pub mod syntax;
pub mod testing;
pub mod value;
