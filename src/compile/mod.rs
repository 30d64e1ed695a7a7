//! The resolved tree made flat: a layout of the declaration's cells and a printable program over them.

pub mod layout;
