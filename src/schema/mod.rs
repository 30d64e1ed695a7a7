//! What a declaration may look like, for other programs and for people who begin one: its JSON Schema, and a skeleton to
//! fill in. It knows the model and no declaration.

mod json;
mod skeleton;

pub use json::json_schema;
pub use skeleton::{NoSuchField, skeleton};
