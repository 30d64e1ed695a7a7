//! Generated policies and declarations, and what must hold of all of them.
