//! What went wrong in a call, in words: which resource was used up, or what the answer was not.

use super::limits::{EPOCH_TICKS, Limits, MAX_CROSSING, MAX_STACK};
use super::state::State;
use crate::function::Trouble;
use std::fmt;
use wasmtime::{Error, Trap};

/// The host would not do what a plugin asked for.
#[derive(Debug)]
pub(super) struct Refused(pub(super) String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// Whether an instance could not be had because its types are not those of the contract: nothing of it has run.
pub(super) fn is_of_types(error: &Error, state: &State) -> bool {
    !error.is::<Trap>() && !error.is::<Refused>() && state.bounds.hit.is_none()
}

/// What an error of a call means.
pub(super) fn of(error: &Error, state: &State, limits: &Limits) -> Trouble {
    if let Some(Refused(message)) = error.downcast_ref() {
        return Trouble::Fault(message.clone());
    }
    if let Some(hit) = &state.bounds.hit {
        return Trouble::Fault(format!("{hit}, of {} at most", limits.memory_bytes));
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => Trouble::Fault(format!("used up its fuel of {}", limits.fuel)),
        Some(Trap::StackOverflow) => Trouble::Fault(format!("used up its stack of {MAX_STACK} bytes")),
        Some(Trap::Interrupt) => Trouble::Stuck(format!("took longer than {EPOCH_TICKS} ticks of the clock")),
        Some(trap) => Trouble::Fault(trapped(*trap, state)),
        None => Trouble::Fault(unreadable(&error.root_cause().to_string())),
    }
}

/// An answer that could not be read. That it was too large has no type of its own, only words.
fn unreadable(why: &str) -> String {
    if why.contains("fuel allocated for hostcalls") {
        format!("gave an answer of more than {MAX_CROSSING} bytes")
    } else {
        format!("gave no answer that can be read: {why}")
    }
}

/// A trap, with the last thing that the plugin said of it.
fn trapped(trap: Trap, state: &State) -> String {
    let last = state.lines.iter().rev().find(|line| line.level == "error");
    match last {
        Some(line) => format!("trapped: {} ({trap})", line.message),
        None => format!("trapped: {trap}"),
    }
}
