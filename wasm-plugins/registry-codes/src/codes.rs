//! The codes themselves. Texts in, yes or no out; nothing here knows that it is a plugin.

/// The characters of a unified social credit code in the order of their values: digits, and letters without I, O, S, V, Z.
const USCC_CHARACTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether a unified social credit code holds: the sum of its first 17 characters, each times a power of 3 modulo 31, and
/// of the check character is a multiple of 31. (GB 32100-2015)
pub fn uscc_holds(code: &str) -> bool {
    let values: Option<Vec<usize>> =
        code.bytes().map(|byte| USCC_CHARACTERS.iter().position(|character| *character == byte)).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else { return false };
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let (first, check) = values.split_at(17);
    let sum: usize = first.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    (sum + check.iter().sum::<usize>()).is_multiple_of(31)
}

/// Whether a legal entity identifier holds: 18 letters and digits and two check digits; with each letter written as its
/// number, A = 10 to Z = 35, the whole leaves 1 when divided by 97. (ISO 17442-1 with ISO/IEC 7064 MOD 97-10)
pub fn lei_holds(code: &str) -> bool {
    let capital = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    let formed = code.len() == 20 && code.chars().all(capital) && code.chars().skip(18).all(|c| c.is_ascii_digit());
    let step = |rest: u32, value: u32| (if value < 10 { rest * 10 } else { rest * 100 } + value) % 97;
    formed && code.chars().filter_map(|c| c.to_digit(36)).fold(0, step) == 1
}

/// The parts of an innovation number: `91510703905408887D-2024-0001`.
#[derive(Debug, PartialEq, Eq)]
pub struct InnovationNo<'n> {
    /// The unified social credit code of the lead applicant; whether it holds is another question.
    pub code: &'n str,
    /// The year of the filing.
    pub year: u16,
}

impl<'n> InnovationNo<'n> {
    /// The parts, where the form is right.
    pub fn parse(number: &'n str) -> Option<Self> {
        let mut parts = number.split('-');
        let (code, year, serial) = (parts.next()?, parts.next()?, parts.next()?);
        let four_digits = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let formed = parts.next().is_none() && code.len() == 18 && four_digits(year) && four_digits(serial);
        formed.then_some(Self { code, year: year.parse().ok()? })
    }
}

/// The form of the code on a financial licence: `B0002L351070001`. The kind of institution, its number, its level, then
/// the place and a serial number.
pub fn has_financial_licence_form(code: &str) -> bool {
    code.len() == 15
        && code.bytes().enumerate().all(|(at, byte)| match at {
            0 | 5 => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published on forms of 2024.
    const CODES: [&str; 4] = ["91460000984091813B", "91510703905408887D", "914403004557449382", "91330600145965997H"];

    #[test]
    fn published_codes_hold() {
        for code in CODES {
            assert!(uscc_holds(code), "{code}");
        }
    }

    #[test]
    fn any_other_check_character_does_not_hold() {
        for code in CODES {
            let body = &code[..17];
            let held = USCC_CHARACTERS.iter().filter(|last| uscc_holds(&format!("{body}{}", char::from(**last))));
            assert_eq!(held.count(), 1, "{body}");
        }
    }

    #[test]
    fn any_character_misread_does_not_hold() {
        let code = CODES[1];
        for at in 0..17 {
            for other in USCC_CHARACTERS.iter().map(|byte| char::from(*byte)).filter(|c| !code[at..].starts_with(*c)) {
                let misread = format!("{}{other}{}", &code[..at], &code[at + 1..]);
                assert!(!uscc_holds(&misread), "{misread}");
            }
        }
    }

    #[test]
    fn what_is_no_code_does_not_hold() {
        for text in [
            "",
            "0",
            "91510703905408887",
            "91510703905408887DD",
            "9151070390540888 7D",
            "91510703905408887d",
            "９1510703905408887D",
        ] {
            assert!(!uscc_holds(text), "{text}");
        }
    }

    /// The sum is 1640 and leaves 28, so 3 is owed.
    #[test]
    fn an_example_worked_by_hand() {
        assert!(uscc_holds("91350100M000100Y43") && !uscc_holds("91350100M000100Y4Z"));
    }

    #[test]
    fn an_o_printed_as_a_zero_is_found() {
        assert!(lei_holds("549300E7TSGLCOVSY746"));
        assert!(!lei_holds("549300E7TSGLC0VSY746"));
        assert!(lei_holds("300300Y78HOX1UKZ4S98") && lei_holds("3003003S7J37T2AFF182"));
    }

    #[test]
    fn what_is_no_identifier_does_not_hold() {
        for text in [
            "",
            "549300E7TSGLCOVSY74",
            "549300E7TSGLCOVSY7460",
            "549300e7tsglcovsy746",
            "549300E7TSGLCOVSY7A6",
            "５49300E7TSGLCOVSY74",
        ] {
            assert!(!lei_holds(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_three_parts() {
        let number = InnovationNo::parse("91460000984091813B-2024-0001");
        assert_eq!(number, Some(InnovationNo { code: "91460000984091813B", year: 2024 }));
        for text in [
            "",
            "91460000984091813B-2024",
            "91460000984091813B-2024-001",
            "91460000984091813B-2024-0001-1",
            "91460000984091813B-+024-0001",
        ] {
            assert_eq!(InnovationNo::parse(text), None, "{text}");
        }
    }

    #[test]
    fn codes_of_financial_licences() {
        for code in ["B0002B246010001", "B0002L351070001", "B0001B244030001", "B1143H333060001"] {
            assert!(has_financial_licence_form(code), "{code}");
        }
        for code in ["", "B0002L35107000", "B0002L3510700011", "b0002L351070001", "B0002L35107000O", "EX-B0001"] {
            assert!(!has_financial_licence_form(code), "{code}");
        }
    }
}
