//! The pack of the plan as a whole: what holds for all its rules and all its declarations at once.

mod beside;
mod cases;
mod examples;
mod judge;
mod less;
mod settled;
mod thresholds;
mod worklist;

use crate::testing::{engine, folder};
use hongxian::engine::Engine;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The engine of the pack.
pub static PLAN: LazyLock<Engine> = LazyLock::new(|| engine([folder(&project().join("policies/fintech-plan"))]));

/// The packs beside the plan's, on other sources, with its model.
pub const BESIDE: [&str; 7] = [
    "algorithms",
    "completion",
    "ethics",
    "face-payment",
    "payment-limits",
    "personal-information",
    "sandbox-practice",
];

/// The pack that asks plugins about whatever is declared, on this project's own source.
pub const INTEGRITY: &str = "declaration-integrity";

/// The folder of the project.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}
