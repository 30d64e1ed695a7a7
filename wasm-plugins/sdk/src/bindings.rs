//! The border, written by `wit-bindgen` from the contract. Nothing else in this crate knows how values cross it.

#![allow(missing_docs, unsafe_code, clippy::all, clippy::pedantic, reason = "generated")]

wit_bindgen::generate!({
    path: "../wit",
    world: "plugin",
    pub_export_macro: true,
    additional_derives: [PartialEq, Eq],
});
