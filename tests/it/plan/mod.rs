//! The pack of the plan as a whole: what holds for all its rules and all its declarations at once.

mod cases;
mod judge;
mod less;
mod thresholds;

use crate::testing::{engine, folder};
use hongxian::engine::Engine;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The engine of the pack.
pub static PLAN: LazyLock<Engine> = LazyLock::new(|| engine([folder(&project().join("policies/fintech-plan"))]));

/// The folder of the project.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}
