//! hongxian (红线): policy as code for financial products.

pub mod diagnostic;
pub mod source;
pub mod syntax;
