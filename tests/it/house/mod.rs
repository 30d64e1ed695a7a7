//! The house keeps its own order: which folder may import which, which foreign crate lives where, how long a file
//! may grow, and that every diagnostic has its page.

mod imports;
mod pages;
mod sizes;
mod source;
