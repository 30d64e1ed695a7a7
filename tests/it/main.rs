//! The one integration-test binary: tests by room.

mod pack;
mod syntax;
