//! Kleene's strong three-valued logic, with what each result rests on.

use super::provenance::Provenance;

/// True, false, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// Shown to hold.
    True,
    /// Shown not to hold.
    False,
    /// Could not be decided.
    Unknown,
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// A truth and what it rests on.
pub type Judged<P> = (Truth, P);

/// Negation rests on the same.
pub fn not<P>((truth, basis): Judged<P>) -> Judged<P> {
    (!truth, basis)
}

/// Folds truths by `and` or `or`. Decided by one operand, the result rests on the operands that decide it; unknown,
/// on the unknown ones; otherwise on all.
#[derive(Debug, Clone)]
pub struct Fold<P> {
    /// The truth that decides: false for `and`, true for `or`.
    decisive: Truth,
    decided: Option<P>,
    unknown: Option<P>,
    rest: P,
}

impl<P: Provenance> Fold<P> {
    /// `and`
    #[must_use]
    pub fn all() -> Self {
        Self { decisive: Truth::False, decided: None, unknown: None, rest: P::default() }
    }

    /// `or`
    #[must_use]
    pub fn any() -> Self {
        Self { decisive: Truth::True, ..Self::all() }
    }

    /// Takes an operand in.
    pub fn push(&mut self, (truth, basis): Judged<P>) {
        if truth == self.decisive {
            self.decided.get_or_insert_default().join(basis);
        } else if truth == Truth::Unknown {
            self.unknown.get_or_insert_default().join(basis);
        } else {
            self.rest.join(basis);
        }
    }

    /// Whether further operands cannot change anything that is kept.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        !P::TRACED && self.decided.is_some()
    }

    /// The result.
    #[must_use]
    pub fn done(self) -> Judged<P> {
        match (self.decided, self.unknown) {
            (Some(basis), _) => (self.decisive, basis),
            (None, Some(basis)) => (Truth::Unknown, basis),
            (None, None) => (!self.decisive, self.rest),
        }
    }
}

/// `and` of two.
pub fn both<P: Provenance>(a: Judged<P>, b: Judged<P>) -> Judged<P> {
    let mut fold = Fold::all();
    fold.push(a);
    fold.push(b);
    fold.done()
}

/// `or` of two.
pub fn either<P: Provenance>(a: Judged<P>, b: Judged<P>) -> Judged<P> {
    let mut fold = Fold::any();
    fold.push(a);
    fold.push(b);
    fold.done()
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};
    use super::*;

    #[test]
    fn the_tables() {
        let and = [
            (True, True, True),
            (True, False, False),
            (True, Unknown, Unknown),
            (False, Unknown, False),
            (Unknown, Unknown, Unknown),
            (False, False, False),
        ];
        let or = [
            (True, True, True),
            (True, False, True),
            (True, Unknown, True),
            (False, Unknown, Unknown),
            (Unknown, Unknown, Unknown),
            (False, False, False),
        ];
        for (table, fold) in [(and, both::<()> as fn(Judged<()>, Judged<()>) -> Judged<()>), (or, either::<()>)] {
            for (a, b, result) in table {
                assert_eq!(fold((a, ()), (b, ())).0, result, "{a:?} {b:?}");
                assert_eq!(fold((b, ()), (a, ())).0, result, "{b:?} {a:?}");
            }
        }
    }
}
