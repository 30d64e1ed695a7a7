//! Lines for the people who run or write a plugin, and panics among them. They change no result.

#[cfg(target_arch = "wasm32")]
use crate::bindings::hongxian::plugin::log::{Level, write};
#[cfg(not(target_arch = "wasm32"))]
use native::{Level, write};

/// A line for the plugin's author.
pub fn debug(line: &str) {
    write(Level::Debug, line);
}

/// A line for those who run the plugin.
pub fn info(line: &str) {
    write(Level::Info, line);
}

/// A line about something odd.
pub fn warn(line: &str) {
    write(Level::Warning, line);
}

/// From now on a panic says in the log what and where it was. The host shows that line in the rule's `error`.
pub(crate) fn report_panics() {
    #[cfg(target_arch = "wasm32")]
    std::panic::set_hook(Box::new(|panic| write(Level::Error, &panic.to_string())));
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    //! In tests, lines go where those of tests go.

    #[derive(Debug, Clone, Copy)]
    pub enum Level {
        Debug,
        Info,
        Warning,
    }

    pub fn write(level: Level, line: &str) {
        println!("{level:?}: {line}");
    }
}
