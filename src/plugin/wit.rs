//! What the contract looks like in Rust, made of the WIT by wasmtime's macro.
#![allow(missing_docs, clippy::all, clippy::pedantic, unused_qualifications, reason = "generated")]

wasmtime::component::bindgen!({
    path: "wasm-plugins/wit",
    world: "plugin",
    imports: { default: trappable },
    with: { "hongxian:plugin/document.node": super::state::NodeHandle },
});
