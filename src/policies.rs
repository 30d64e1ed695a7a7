//! The packs that come along, inside the program: those of the folder `policies/`. They are parsed, checked and compiled when
//! the program is built; loading one that stands alone takes well below a millisecond.
//!
//! ```
//! use hongxian::engine::Engine;
//! use hongxian::pack::Modules;
//! use hongxian::policies;
//!
//! let plan = policies::named(policies::DEFAULT).expect("the pack that judges by default comes along");
//! let engine = Engine::builder().modules(Modules::WithoutTests).pack(plan.into(), "").build()?;
//! assert!(engine.rule("T17-R7").is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::pack::{BuiltIn, BuiltInFile, Content};

/// The pack that judges where none is named.
pub const DEFAULT: &str = "fintech-plan";

/// The packs, by name.
#[must_use]
pub const fn all() -> &'static [BuiltIn] {
    EMBEDDED
}

/// The pack of this name. Another one may build on it, and then wants it loaded before.
#[must_use]
pub fn named(name: &str) -> Option<&'static BuiltIn> {
    EMBEDDED.iter().find(|pack| pack.name == name)
}

// `static EMBEDDED: &[BuiltIn]`, by name.
include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
