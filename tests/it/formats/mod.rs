//! Every format over the same declarations: what each writes, what others' readers make of it, and what a hostile
//! declaration cannot do to it. A new format joins by its line in the table of formats.

mod accepted;
mod canary;
mod filing;
pub mod fixtures;
mod hidden;
mod hostile;
mod html;
mod pages;
mod portfolio;
mod steady;
