//! The one integration-test binary: tests by room.

mod decode;
mod docs;
mod house;
mod pack;
mod properties;
mod reference;
mod syntax;
