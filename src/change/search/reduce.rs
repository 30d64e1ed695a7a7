//! Makes a counterexample small: changes that are not needed are taken back, then everything is left out that can be.

use super::{Duel, Found};
use crate::vary::edit::{Edit, apply, places, remove};
use serde_json::Value;

/// How many declarations are tried to make one smaller.
pub const REDUCTION_LIMIT: usize = 5_000;

/// The declaration with nothing in it that could be left out, and the changes that made it, as places in the declaration
/// that it was made from.
pub(super) fn reduce(duel: &Duel<'_>, found: &Found) -> (Value, Vec<Edit>) {
    let mut reduction = Reduction { duel, found, left: REDUCTION_LIMIT };
    let edits = reduction.fewer_edits();
    let mut json = reduction.made(&edits);
    reduction.shrink(&mut json);
    (json, edits)
}

struct Reduction<'a, 'e> {
    duel: &'a Duel<'e>,
    found: &'a Found,
    left: usize,
}

impl Reduction<'_, '_> {
    /// Whether the two rules disagree in the same way.
    fn holds(&mut self, json: &Value) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let verdicts = self.duel.judge(json, &self.found.base.setting);
        verdicts.is_some_and(|it| {
            it.outcomes() == self.found.verdicts.outcomes() && it.movements() == self.found.verdicts.movements()
        })
    }

    fn made(&self, edits: &[Edit]) -> Value {
        let mut json = self.found.base.json.clone();
        apply(edits, &mut json);
        json
    }

    fn fewer_edits(&mut self) -> Vec<Edit> {
        let mut edits = self.found.variation.clone();
        let mut at = 0;
        while at < edits.len() {
            let mut fewer = edits.clone();
            fewer.remove(at);
            if self.holds(&self.made(&fewer)) { edits = fewer } else { at += 1 }
        }
        edits
    }

    /// Leaves out what can be, large parts first, until nothing can.
    fn shrink(&mut self, json: &mut Value) {
        loop {
            let mut smaller = false;
            let mut at = 0;
            loop {
                let all = places(json);
                let Some(place) = all.get(at) else { break };
                let mut without = json.clone();
                remove(&mut without, place);
                if self.holds(&without) {
                    *json = without;
                    smaller = true;
                } else {
                    at += 1;
                }
            }
            if !smaller {
                return;
            }
        }
    }
}
