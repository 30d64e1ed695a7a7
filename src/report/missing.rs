//! Which fields must be declared before something can be decided.

use crate::compile::Program;
use crate::decode::declaration::{Content, Declaration, Place};
use crate::eval::Laid;

/// The places that must be declared before something can be decided: of nested ones the innermost, since whoever declares
/// a field of an element declares the element by that.
#[must_use]
pub fn missing(program: &Program, declaration: &Declaration<'_>, basis: &Laid) -> Vec<Place> {
    let layout = &program.layout;
    let missing = basis.places().filter(|place| match declaration.cell(layout, *place).content {
        Content::Unknown => true,
        Content::Record => !declaration.record_is_declared(layout, *place),
        _ => false,
    });
    let missing: Vec<(Place, String)> =
        missing.map(|place| (place, declaration.pointer(layout, place) + "/")).collect();
    let encloses = |outer: &str| missing.iter().any(|(_, inner)| inner.len() > outer.len() && inner.starts_with(outer));
    missing.iter().filter(|(_, pointer)| !encloses(pointer)).map(|(place, _)| *place).collect()
}
