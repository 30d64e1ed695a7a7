//! How much two texts say the same, by the pairs of neighbouring letters that they share. Whole numbers only.

use crate::fields::Text;
use hongxian_plugin::Ratio;

/// A text that says the same as one before it: indices into the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The first of the two.
    pub first: usize,
    /// The second.
    pub again: usize,
    /// Which share of their pairs of letters is common, rounded down.
    pub percent: u32,
}

/// The texts that say the same as one before them, each once, with the first such. A text without a pair of letters says
/// too little to be compared.
pub fn repeated(texts: &[Text], share: Ratio) -> Result<Vec<Pair>, String> {
    let sets: Vec<Vec<(char, char)>> = texts.iter().map(|text| pairs(&text.letters)).collect();
    let mut found = Vec::new();
    for again in 0..sets.len() {
        for first in 0..again {
            let (common, all) = overlap(&sets[first], &sets[again]);
            if share.is_reached(common, all).ok_or("expected a share of fewer digits")? {
                found.push(Pair { first, again, percent: common * 100 / all.max(1) });
                break;
            }
        }
    }
    Ok(found)
}

/// The pairs of neighbouring letters of a text, sorted, each once.
fn pairs(letters: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<_> = letters.chars().zip(letters.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How many pairs two sorted lists have in common, and how many there are in all.
fn overlap(left: &[(char, char)], right: &[(char, char)]) -> (u32, u32) {
    let (mut common, mut all) = (0, 0);
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
        let order = l.cmp(r);
        if order.is_le() {
            left.next();
        }
        if order.is_ge() {
            right.next();
        }
        common += u32::from(order.is_eq());
        all += 1;
    }
    let rest = left.count() + right.count();
    (common, u32::try_from(rest).map_or(u32::MAX, |rest| all + rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_counts_common_pairs_and_all() {
        assert_eq!(overlap(&pairs("abcd"), &pairs("abce")), (2, 4));
        assert_eq!(overlap(&pairs("abab"), &pairs("ab")), (1, 2));
        assert_eq!(overlap(&pairs(""), &pairs("ab")), (0, 1));
        assert_eq!(overlap(&pairs("融资服务"), &pairs("融资服务")), (3, 3));
    }
}
