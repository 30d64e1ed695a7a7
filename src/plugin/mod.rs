//! The host of plugins: WebAssembly components that bring functions and checks, by the contract in `wasm-plugins/wit/`.
//!
//! A plugin sees the declaration that is judged, through handles that read on demand, and a log. Nothing else exists for
//! it. It runs within limits that hold everywhere and that a pack may only lower; whatever goes wrong in it is a fault
//! of the call. This room knows the registry's idea of a library and nothing of policies, rules or reports. It reads no
//! file: who has one for compiled code lends it as a [`CodeCache`]. `wasmtime` stays in here.

mod cache;
mod contract;
mod host;
mod instance;
mod limits;
mod schema;
mod state;
mod trouble;
mod values;
mod wit;

pub use cache::CodeCache;
pub use contract::{CONTRACT, Import, Item, Surface};
pub use host::{Clock, Host, LoadError, Plugin};
pub use instance::Running;
pub use limits::Limits;
pub use state::Line;
