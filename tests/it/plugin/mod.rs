//! Functions and checks from outside: how policies call them, what their answers become, and what contains them.

mod attacks;
mod command;
mod forge;
mod integrity;
mod language;
