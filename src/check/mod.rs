//! temporary
#![allow(missing_docs)]
use crate::{diagnostic::Diagnostic, function::Registry, ir, pack::LoadedPack};
#[derive(Debug)]
pub struct Checked {
    pub policy: Option<ir::Policy>,
    pub diagnostics: Vec<Diagnostic>,
}
pub fn check(_: &[LoadedPack], _: &Registry) -> Checked {
    Checked { policy: None, diagnostics: vec![] }
}
