//! A plugin. Functions are ordinary ones; the list gives them to policies, with what stands above them as their
//! documentation.

use hongxian_plugin::plugin;

plugin! {
    //! Numbers with a check digit.
    functions {
        /// Whether the check digit of a number holds. (ISO/IEC 7812-1)
        check_digit_holds(number: "digits, the last one the check digit")
    }
}

fn check_digit_holds(number: String) -> bool {
    let digits: Option<Vec<u32>> = number.chars().rev().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() > 1) else { return false };
    let weighed = digits.iter().enumerate().map(|(at, digit)| if at % 2 == 1 { digit * 2 } else { *digit });
    weighed.map(|value| value / 10 + value % 10).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_misread_does_not_hold() {
        assert!(check_digit_holds("79927398713".into()));
        assert!(!check_digit_holds("79927398712".into()));
    }
}
