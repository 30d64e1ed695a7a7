//! The one integration-test binary: tests by room.

mod check;
mod decode;
mod docs;
mod house;
mod pack;
mod properties;
mod reference;
mod syntax;
