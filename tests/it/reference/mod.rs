//! A small evaluator that is obviously right, to judge the engine by.
//!
//! It realises the language brief sentence by sentence, over the surface tree and a declaration as plain JSON: names
//! are looked up by walking modules, types are asked for only where a value's meaning hangs on them, nothing is fast.
//! Of the crate it uses the parser and the tree that it gives, and nothing else; it presumes that policy and
//! declaration are valid, and panics where they are not. Messages, proof grades, checks of plugins, waivers and reviews are
//! not its matter; functions from outside it knows by a small table of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::match_same_arms, clippy::similar_names, reason = "an arm is a sentence of the brief")]

mod arithmetic;
pub mod cases;
mod compare;
mod expr;
mod lists;
mod names;
mod outside;
mod presence;
mod read;
mod rules;
mod value;
mod world;

pub use rules::{Decision, Finding, Outcome, Verdict, deepest, judge};
pub use world::World;
