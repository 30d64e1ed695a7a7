//! What a plugin may use: one table, the same everywhere. The counts and lengths of what it says stand beside the
//! registry, since they hold for every function from outside.

use crate::function::limits::MAX_FINDINGS;

/// Bytes of a component.
pub(super) const MAX_COMPONENT: usize = 32 << 20;
/// Bytes of the stack of WebAssembly.
pub(super) const MAX_STACK: usize = 256 << 10;
/// Core instances of a component; one made of Python has some two hundred.
pub(super) const MAX_INSTANCES: usize = 256;
/// Tables and memories of a component.
pub(super) const MAX_TABLES: usize = 256;
/// Elements of all its tables together.
pub(super) const MAX_TABLE_ELEMENTS: usize = 1 << 20;
/// Handles that a plugin may hold at once.
pub(super) const MAX_HANDLES: usize = 100_000;
/// Bytes that cross from the plugin in one call, in either direction of calling.
pub(super) const MAX_CROSSING: usize = 4 << 20;
/// What a call may make the host do: 64 for each call of it, and one for each byte that it reads or writes.
pub(super) const MAX_HOST_WORK: u64 = 64 << 20;
/// What a call of the host costs beside its bytes.
pub(super) const HOST_CALL: u64 = 64;
/// Lines of the log that are kept of one call.
pub(super) const MAX_LINES: usize = 100;
/// Characters of a line of the log; longer ones are cut.
pub(super) const MAX_LINE: usize = 500;
/// Ticks of the epoch that the work on one declaration may take. Who has a clock ticks; the
/// command does so ten times a second.
pub(super) const EPOCH_TICKS: u64 = 600;

/// The limits that a pack may lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Fuel of one call, roughly one for each instruction of WebAssembly.
    pub fuel: u64,
    /// Bytes of memory of one instance.
    pub memory_bytes: u64,
    /// Findings of one check.
    pub findings: u64,
}

impl Limits {
    /// What a plugin may use where its pack says nothing: 200 million fuel, 128 MiB, 1000 findings.
    pub const DEFAULT: Self = Self { fuel: 200_000_000, memory_bytes: 128 << 20, findings: MAX_FINDINGS as u64 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
