//! Evidence: what it holds, how it is verified, and everything that can be done to it on the way.

mod made;
mod signed;
mod verified;
mod world;
