//! Colours: what is painted how. Plain where nobody asked for colours.

use crate::report::contract::{Decision, Outcome};
use anstyle::{AnsiColor, Style};
use std::fmt::{self, Display};

const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default().bold();
const CYAN: Style = AnsiColor::Cyan.on_default().bold();

/// Which styles are used: colours, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    colour: bool,
}

impl Palette {
    /// With colours or without.
    #[must_use]
    pub const fn new(colour: bool) -> Self {
        Self { colour }
    }

    const fn or_plain(self, style: Style) -> Style {
        if self.colour { style } else { Style::new() }
    }

    /// What stands out: titles of sections, ids.
    #[must_use]
    pub const fn strong(self) -> Style {
        self.or_plain(Style::new().bold())
    }

    /// What stands back: places, gutters.
    #[must_use]
    pub const fn dim(self) -> Style {
        self.or_plain(Style::new().dimmed())
    }

    /// What points at a place in a text.
    #[must_use]
    pub const fn pointer(self) -> Style {
        self.or_plain(RED)
    }

    /// What has no style.
    #[must_use]
    pub const fn plain(self) -> Style {
        Style::new()
    }

    /// What was added.
    #[must_use]
    pub const fn added(self) -> Style {
        self.or_plain(AnsiColor::Green.on_default())
    }

    /// What was removed.
    #[must_use]
    pub const fn removed(self) -> Style {
        self.or_plain(AnsiColor::Red.on_default())
    }

    /// What helps.
    #[must_use]
    pub const fn help(self) -> Style {
        self.or_plain(CYAN)
    }

    /// The colour of an outcome.
    #[must_use]
    pub const fn outcome(self, outcome: Outcome) -> Style {
        self.or_plain(match outcome {
            Outcome::Fail | Outcome::Error => RED,
            Outcome::Unknown => YELLOW,
            Outcome::Review | Outcome::Waived => CYAN,
            Outcome::Pass => GREEN,
            Outcome::NotApplicable => Style::new().dimmed(),
        })
    }

    /// The colour of a decision, also of none.
    #[must_use]
    pub const fn decision(self, decision: Option<Decision>) -> Style {
        self.or_plain(match decision {
            Some(Decision::Refused) => RED.invert(),
            Some(Decision::Incomplete | Decision::Conditional) => YELLOW.invert(),
            Some(Decision::Admitted) => GREEN.invert(),
            Some(Decision::NotEvaluated) | None => Style::new().bold().invert(),
        })
    }
}

/// A text in a style.
pub(super) struct Painted<T>(pub Style, pub T);

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(style, text) = self;
        write!(f, "{style}{text}{style:#}")
    }
}
