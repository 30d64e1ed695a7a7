//! The one integration-test binary: tests by room.

mod decode;
mod pack;
mod pages;
mod syntax;
