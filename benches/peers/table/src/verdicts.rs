//! Whether all contestants say the same of every declaration and every rule. Nothing is timed before they do.

use crate::contestant::Contestant;
use crate::declarations::{File, shown};

/// In how many declarations of a hundred each rule has to fail, and to hold, lest agreement be cheap.
const LEAST_PERCENT: usize = 1;

/// # Errors
///
/// The first declaration and rule on which somebody says something else than ours, or a rule that is hardly tried.
pub fn compare(contestants: &mut [Contestant], declarations: &File) -> Result<(), String> {
    let count = declarations.texts.len();
    contestants.iter_mut().for_each(|contestant| contestant.load(&declarations.path));
    let (ours, others) = contestants.split_first_mut().expect("ours is there");
    let expected = ours.judge(count);
    tried(&expected)?;
    for other in others {
        let (said, states) = (other.judge(count), other.states());
        let differs = |n: &usize| (expected[*n] ^ said[*n]) & states != 0;
        if let Some(n) = (0..count).find(differs) {
            let rule = ((expected[n] ^ said[n]) & states).trailing_zeros();
            return Err(disagreement(other, rule, expected[n] >> rule & 1 == 1, &shown(declarations, n)));
        }
        eprintln!("{}: {} rules, {count} declarations, all the same", other.name, states.count_ones());
    }
    Ok(())
}

fn disagreement(other: &Contestant, rule: u32, holds: bool, declaration: &str) -> String {
    let word = |holds| if holds { "holds" } else { "fails" };
    let (ours, theirs) = (word(holds), word(!holds));
    format!("rule M-{}: hongxian says that it {ours}, {} that it {theirs}\n{declaration}", rule + 1, other.name)
}

fn tried(verdicts: &[u32]) -> Result<(), String> {
    let least = verdicts.len() * LEAST_PERCENT / 100;
    for rule in 0..30 {
        let holds = verdicts.iter().filter(|verdict| *verdict >> rule & 1 == 1).count();
        if holds < least || verdicts.len() - holds < least {
            return Err(format!("rule M-{} holds for {holds} of {}: it is hardly tried", rule + 1, verdicts.len()));
        }
    }
    Ok(())
}
