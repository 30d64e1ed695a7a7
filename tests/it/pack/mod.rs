//! Loading packs: every error with its place, in one run.

mod digest;
mod manifest;
mod shown;
mod waivers;
