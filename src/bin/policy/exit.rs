//! How the command ends. Every command documents which of these it uses.

use hongxian::ir::RuleKind;
use hongxian::report::contract::Outcome;
use hongxian::report::verdict::Verdict;
use std::process::ExitCode;

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: all is well.
    Good,
    /// 1: something was found.
    Found,
    /// 2: the command could not do its job.
    Failed,
    /// 3: nothing was found, and something could not be decided.
    Undecided,
    /// 4: nothing was evaluated.
    Nothing,
}

impl Exit {
    /// From the gravest to the lightest.
    const GRAVEST_FIRST: [Self; 5] = [Self::Failed, Self::Found, Self::Undecided, Self::Nothing, Self::Good];

    /// The graver of two.
    pub fn and(self, other: Self) -> Self {
        Self::GRAVEST_FIRST.into_iter().find(|exit| [self, other].contains(exit)).unwrap_or(self)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0_u8,
            Exit::Found => 1,
            Exit::Failed => 2,
            Exit::Undecided => 3,
            Exit::Nothing => 4,
        })
    }
}

/// From which kind of rule an outcome counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum FailOn {
    /// Only red lines count.
    RedLine,
    /// Red lines and baselines count.
    #[default]
    Baseline,
    /// Every rule counts.
    Guidance,
    /// No rule counts.
    Never,
}

impl FailOn {
    fn counts(self, kind: RuleKind) -> bool {
        match self {
            Self::RedLine => kind >= RuleKind::RedLine,
            Self::Baseline => kind >= RuleKind::Baseline,
            Self::Guidance => true,
            Self::Never => false,
        }
    }

    /// How a run that found this ends.
    pub fn exit(self, verdict: &Verdict) -> Exit {
        let counted = verdict.kinds().filter(|(kind, _)| self.counts(*kind));
        match counted.map(|(_, outcome)| outcome).min() {
            Some(Outcome::Fail) => Exit::Found,
            Some(Outcome::Error | Outcome::Unknown | Outcome::Review) => Exit::Undecided,
            _ if self.evaluated_nothing(verdict) => Exit::Nothing,
            _ => Exit::Good,
        }
    }

    /// Whether no rule that counts was evaluated. Where no rule counts, and where the run was narrowed, every rule of the run
    /// is asked.
    fn evaluated_nothing(self, verdict: &Verdict) -> bool {
        let asks_all = self == Self::Never || verdict.decision.is_none();
        let mut asked = verdict.kinds().filter(|(kind, _)| asks_all || self.counts(*kind));
        asked.all(|(_, outcome)| outcome == Outcome::NotApplicable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_counts() {
        let order = [Exit::Failed, Exit::Found, Exit::Undecided, Exit::Nothing, Exit::Good];
        for (at, graver) in order.iter().enumerate() {
            for lighter in &order[at..] {
                assert_eq!(lighter.and(*graver), *graver);
                assert_eq!(graver.and(*lighter), *graver);
            }
        }
    }
}
