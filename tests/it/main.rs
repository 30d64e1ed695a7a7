//! The one integration-test binary: tests by room.

mod check;
mod cli;
mod decode;
mod docs;
mod house;
mod pack;
mod pages;
mod properties;
mod reference;
mod schema;
mod syntax;
mod testing;
