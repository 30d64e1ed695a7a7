//! Generated policies and declarations, and what must hold of all of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod agreement;
mod columns;
mod declaration;
pub mod engine;
mod expression;
mod fixtures;
mod grades;
pub mod knowledge;
mod model;
mod mutation;
mod outside;
mod rules;
pub mod sample;
mod tape;
mod worklist;
