//! What a plugin for hongxian in Rust is written with.
//!
//! A plugin is ordinary functions and one list of them. Types are those of the functions:
//!
//! ```
//! use hongxian_plugin::plugin;
//!
//! plugin! {
//!     //! Card numbers.
//!     functions {
//!         /// Whether the check digit of a card number holds. (ISO/IEC 7812-1)
//!         luhn_valid(number)
//!     }
//! }
//!
//! fn luhn_valid(number: String) -> bool {
//!     let doubled = |(at, digit): (usize, u32)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit };
//!     let digits = number.chars().rev().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>();
//!     digits.is_some_and(|digits| digits.into_iter().enumerate().map(doubled).sum::<u32>() % 10 == 0)
//! }
//! # assert!(luhn_valid("4111111111111111".into()));
//! ```
//!
//! Functions take and give scalars ([`Scalar`]). Checks get the declaration as a [`Node`], which they read on demand,
//! and answer with [`Finding`]s. Both may give a `Result`, whose error is a reason for people: the rule that asked is then
//! an `error`. A panic ends the call in the same way, and its message reaches the log.
//!
//! Off wasm, everything but the border is the same: `cargo test` runs the functions as they are, and the checks over
//! declarations that [`Node::declaration`] reads from JSON.

#[doc(hidden)]
pub mod bindings;
mod check;
mod function;
mod log;
mod node;
mod plugin;
mod scalar;

pub use check::{Check, Finding, Findings};
pub use function::{Answer, Function};
pub use log::{debug, info, warn};
pub use node::{Content, Node};
pub use plugin::{CheckEntry, FunctionEntry, Plugin, Run};
pub use scalar::{Currency, Date, Decimal, Minutes, Money, Months, Name, Ratio, Scalar};

/// The border itself; [`plugin!`] uses it.
#[doc(hidden)]
pub mod border {
    pub use crate::bindings::exports::hongxian::plugin::checks;
    pub use crate::bindings::hongxian::plugin::document;
    pub use crate::bindings::hongxian::plugin::values::{Value, ValueType};
    #[cfg(target_arch = "wasm32")]
    pub use crate::plugin::check;
    pub use crate::plugin::{call, describe};
}
