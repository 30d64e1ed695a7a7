//! Signs: one for each outcome, told apart by shape and not only by colour. And bars.

use crate::ir::RuleKind;
use crate::render::words::Table;
use crate::report::contract::{Decision, Outcome, Rule};
use maud::{Markup, PreEscaped, html};

/// What a rule came to, as pages show it: guidance that fails is only not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    Fail,
    Error,
    Unknown,
    Review,
    Waived,
    NotShown,
    Pass,
    NotApplicable,
}

/// All signs, the gravest first, as pages order them.
pub(super) const SIGNS: [Sign; 8] = [
    Sign::Fail,
    Sign::Error,
    Sign::Unknown,
    Sign::Review,
    Sign::Waived,
    Sign::NotShown,
    Sign::Pass,
    Sign::NotApplicable,
];

impl Sign {
    /// Of an outcome of a rule of a kind.
    pub const fn of(outcome: Outcome, kind: RuleKind) -> Self {
        match (outcome, kind) {
            (Outcome::Fail, RuleKind::Guidance) => Self::NotShown,
            (Outcome::Fail, _) => Self::Fail,
            (Outcome::Error, _) => Self::Error,
            (Outcome::Unknown, _) => Self::Unknown,
            (Outcome::Review, _) => Self::Review,
            (Outcome::Waived, _) => Self::Waived,
            (Outcome::Pass, _) => Self::Pass,
            (Outcome::NotApplicable, _) => Self::NotApplicable,
        }
    }

    /// Of a rule.
    pub const fn of_rule(rule: &Rule) -> Self {
        Self::of(rule.outcome, rule.kind)
    }

    /// Its name in styles and filters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Unknown => "unknown",
            Self::Review => "review",
            Self::Waived => "waived",
            Self::NotShown => "not_shown",
            Self::Pass => "pass",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// What it means.
    pub const fn words(self, table: &Table) -> &'static str {
        match self {
            Self::Fail => table.fail,
            Self::Error => table.error,
            Self::Unknown => table.unknown,
            Self::Review => table.review,
            Self::Waived => table.waived,
            Self::NotShown => table.not_shown,
            Self::Pass => table.pass,
            Self::NotApplicable => table.not_applicable,
        }
    }
}

/// All kinds, the gravest first.
pub(super) const KINDS: [RuleKind; 3] = [RuleKind::RedLine, RuleKind::Baseline, RuleKind::Guidance];

/// The drawings, once for each page.
const SYMBOLS: &str = r#"<svg class="symbols" aria-hidden="true" width="0" height="0"><defs>
<symbol id="g-fail" viewBox="0 0 16 16"><path fill="currentColor" d="M5 0h6l5 5v6l-5 5H5l-5-5V5z"/><path class="cut" d="M5 5l6 6M11 5l-6 6"/></symbol>
<symbol id="g-error" viewBox="0 0 16 16"><path fill="currentColor" d="M8 .6 16 15.4H0z"/><path class="cut" d="M8 5.6v4.6M8 12v1.6"/></symbol>
<symbol id="g-unknown" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.6"/><path class="pen" d="M6 6.3C6 3.6 10.2 3.7 10.2 6.2 10.2 7.9 8 7.9 8 9.6M8 11.2v1.3"/></symbol>
<symbol id="g-review" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.6"/><path fill="currentColor" d="M8 1.4a6.6 6.6 0 0 1 0 13.2z"/></symbol>
<symbol id="g-waived" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.6"/><path class="pen" d="M3.5 12.5l9-9"/></symbol>
<symbol id="g-not_shown" viewBox="0 0 16 16"><path class="ring" d="M5.2 1.4h5.6l3.8 3.8v5.6l-3.8 3.8H5.2l-3.8-3.8V5.2z"/></symbol>
<symbol id="g-pass" viewBox="0 0 16 16"><path class="tick" d="M2 8.6l4.2 4.2L14 3.4"/></symbol>
<symbol id="g-not_applicable" viewBox="0 0 16 16"><path class="pen" d="M4 8h8"/></symbol>
</defs></svg>"#;

/// The drawings that [`glyph`] uses.
pub(super) fn symbols() -> Markup {
    PreEscaped(SYMBOLS.to_owned())
}

/// The drawing of a sign. What it means stands beside it in words.
pub(super) fn glyph(sign: Sign) -> Markup {
    let name = sign.name();
    html! { svg class={ "glyph " (name) } aria-hidden="true" { use href={ "#g-" (name) } {} } }
}

/// The sign of a decision.
pub(super) fn decision_glyph(decision: Option<Decision>) -> Markup {
    glyph(match decision {
        Some(Decision::Refused) => Sign::Fail,
        Some(Decision::Incomplete) => Sign::Unknown,
        Some(Decision::Conditional) => Sign::Review,
        Some(Decision::Admitted) => Sign::Pass,
        Some(Decision::NotEvaluated) | None => Sign::NotApplicable,
    })
}

/// A kind as the contract spells it.
pub(super) const fn kind_name(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::RedLine => "red_line",
        RuleKind::Baseline => "baseline",
        RuleKind::Guidance => "guidance",
    }
}

/// A decision as the contract spells it.
pub(super) const fn decision_name(decision: Option<Decision>) -> &'static str {
    match decision {
        Some(Decision::Refused) => "refused",
        Some(Decision::Incomplete) => "incomplete",
        Some(Decision::Conditional) => "conditional",
        Some(Decision::Admitted) => "admitted",
        Some(Decision::NotEvaluated) => "not_evaluated",
        None => "no_decision",
    }
}

/// A bar of parts, for the eye only: the numbers stand beside it.
pub(super) fn bar(parts: &[(&str, u64)]) -> Markup {
    let total: u64 = parts.iter().map(|(_, count)| count).sum();
    let starts = parts.iter().scan(0, |at, (name, count)| {
        let start = *at;
        *at += count;
        Some((*name, start, *count))
    });
    html! {
        @if total > 0 {
            svg.bar viewBox={ "0 0 " (total) " 10" } preserveAspectRatio="none" aria-hidden="true" {
                @for (name, start, count) in starts.filter(|(_, _, count)| *count > 0) {
                    rect class=(name) x=(start) y="0" width=(count) height="10" {}
                }
            }
        }
    }
}
