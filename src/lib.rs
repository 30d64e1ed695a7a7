//! hongxian (hóngxiàn, 红线, the red line): policy as code for financial products.
//!
//! A *pack* of rules is loaded, checked against the model that it declares, and compiled. A *declaration*, the JSON
//! document in which a product states its facts, is decoded against the model and judged by the rules in three-valued,
//! exact logic: what is not declared is unknown, and unknown never passes. The *report* gives each finding two
//! addresses, in the rule and in the declaration.
//!
//! ```
//! use hongxian::engine::{Engine, Input, Options};
//! use hongxian::pack::PackFiles;
//! use hongxian::report::contract::{Decision, Outcome};
//!
//! let files: PackFiles = [
//!     ("pack.toml", r#"
//!         name = "example"
//!         version = "1.0.0"
//!         language = "2026"
//!         title = { en = "Example" }
//!         root = "Product"
//!         source = [{ name = "law", title = { en = "A law" }, locators = "law.txt" }]
//!     "#),
//!     ("law.txt", "1#1\n"),
//!     ("example.policy", r#"
//!         module example
//!
//!         record Product { encrypted: bool, as_of: date }
//!         declaration { as_of product.as_of }
//!
//!         red_line E-1 "What is stored is encrypted" {
//!             cites     1#1
//!             addressee product
//!             require   product.encrypted else "the store is not encrypted"
//!             remedy    "Encrypt the store."
//!         }
//!     "#),
//! ]
//! .into_iter()
//! .collect();
//!
//! // Text to program: every error of the pack at once, each with its place and what would mend it.
//! let engine = Engine::builder().pack(files, "").build()?;
//!
//! // Declaration to report.
//! let told = Input { name: "told.json", bytes: br#"{"encrypted": false, "as_of": "2020-05-01"}"# };
//! let report = engine.evaluate(told, &Options::default())?;
//! assert_eq!(report.decision, Some(Decision::Refused));
//! assert_eq!(report.rules[0].findings[0].pointer, "/encrypted");
//!
//! // Silence never passes.
//! let silent = Input { name: "silent.json", bytes: br#"{"as_of": "2020-05-01"}"# };
//! let report = engine.evaluate(silent, &Options::default())?;
//! assert_eq!(report.rules[0].outcome, Outcome::Unknown);
//! assert_eq!(report.decision, Some(Decision::Incomplete));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The pipeline
//!
//! Each phase is a module, its output a type, and later phases import earlier ones, never the other way round:
//!
//! | phase | from | to |
//! | --- | --- | --- |
//! | [`syntax`] | policy text | [`syntax::ast::File`] |
//! | [`pack`] | the files of a pack | [`pack::LoadedPack`] |
//! | [`check`] | loaded packs | [`ir::Policy`], diagnostics |
//! | [`compile`] | [`ir::Policy`] | [`compile::Program`] |
//! | [`decode`] | JSON text | [`decode::declaration::Declaration`] |
//! | [`eval`] | program and declaration | [`eval::Verdict`] |
//! | [`report`] | verdict | [`report::contract::Report`] |
//! | [`render`] | report, diagnostics | text |
//!
//! [`engine`] puts them together; [`testing`] runs the tests that packs carry, [`trace`] lays rules beside the sentences
//! that they stand on, [`book`] lays them out to be read, [`change`] compares two policies, [`evidence`] keeps what a
//! verdict rests on, to be judged again. Below all of them stand
//! [`source`] (texts and places), [`diagnostic`] and [`value`] (exact numbers, dates, texts).
//!
//! The library reads no file, clock or environment, prints nothing and has no globals. An [`engine::Engine`] is
//! `Send + Sync` and never changes once it is built.

pub mod book;
pub mod change;
pub mod check;
pub mod compile;
pub mod decode;
pub mod diagnostic;
pub mod engine;
pub mod eval;
pub mod evidence;
pub mod function;
pub mod ir;
pub mod pack;
#[cfg(feature = "plugins")]
pub mod plugin;
#[cfg(feature = "packs")]
pub mod policies;
pub mod render;
pub mod report;
pub mod schema;
pub mod source;
pub mod syntax;
pub mod testing;
pub mod trace;
pub mod value;
mod vary;
pub mod worklist;

const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<engine::Engine>();
};
