//! Patterns that are classes of characters one behind the other, each so many times: most forms of numbers and digests are. They
//! are compared byte by byte, where a machine for regular expressions has more to do. It knows no other patterns.

/// How many characters such a pattern may have.
const MAX_LENGTH: usize = 1024;

/// Which bytes may stand at a place.
type Class = [bool; 256];

/// Classes of ASCII characters, each with how often it stands.
#[derive(Debug)]
pub(super) struct Form {
    length: usize,
    runs: Vec<(Class, usize)>,
}

impl Form {
    /// The form that a pattern says; none where it is not as simple as that.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let mut form = Self { length: 0, runs: Vec::new() };
        let mut rest = pattern.as_bytes();
        while !rest.is_empty() {
            let (class, behind) = class(rest)?;
            let (times, behind) = times(behind)?;
            form.length = form.length.checked_add(times).filter(|length| *length <= MAX_LENGTH)?;
            form.runs.push((class, times));
            rest = behind;
        }
        Some(form)
    }

    /// Whether the whole of a text is of this form.
    pub(super) fn matches(&self, text: &[u8]) -> bool {
        let mut rest = text;
        text.len() == self.length
            && self.runs.iter().all(|(class, times)| {
                let Some((own, behind)) = rest.split_at_checked(*times) else { return false };
                rest = behind;
                // All are looked at: a text that is wrong is rare, and ends the declaration.
                own.iter().fold(true, |good, byte| good & class.get(usize::from(*byte)).is_some_and(|good| *good))
            })
    }
}

/// A class in brackets or a character that stands for itself; and what follows it.
fn class(pattern: &[u8]) -> Option<(Class, &[u8])> {
    let mut class = [false; 256];
    let Some(mut rest) = pattern.strip_prefix(b"[") else {
        let (byte, behind) = pattern.split_first()?;
        allow(&mut class, *byte..=*byte, |byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))?;
        return Some((class, behind));
    };
    loop {
        rest = match rest {
            [low, b'-', high, behind @ ..] if low <= high => {
                allow(&mut class, *low..=*high, |byte| byte.is_ascii_alphanumeric())?;
                behind
            }
            [byte, behind @ ..] => {
                allow(&mut class, *byte..=*byte, |byte| byte.is_ascii_alphanumeric() || b"._+/".contains(&byte))?;
                behind
            }
            [] => return None,
        };
        if let [b']', behind @ ..] = rest {
            return Some((class, behind));
        }
    }
}

/// Lets bytes into a class, if all of them stand for themselves.
fn allow(class: &mut Class, bytes: std::ops::RangeInclusive<u8>, plain: impl Fn(u8) -> bool) -> Option<()> {
    for byte in bytes {
        *class.get_mut(usize::from(byte)).filter(|_| plain(byte))? = true;
    }
    Some(())
}

/// How often the class before stands: `{18}`, or once; and what follows. None where that is left open.
fn times(pattern: &[u8]) -> Option<(usize, &[u8])> {
    match pattern {
        [b'*' | b'+' | b'?', ..] => None,
        [b'{', counted @ ..] => {
            let end = counted.iter().position(|byte| *byte == b'}')?;
            let (digits, behind) = counted.split_at_checked(end)?;
            let times =
                str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
            // `{2}?` is lazy, `{2}{3}` is repeated.
            let behind = behind.get(1..).filter(|behind| !matches!(behind, [b'*' | b'+' | b'?' | b'{', ..]))?;
            Some((times.parse().ok()?, behind))
        }
        behind => Some((1, behind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn a_form_says_what_the_pattern_says() {
        let patterns = [
            "",
            "[0-9a-f]{4}",
            "[A-Z]{2}",
            "[0-9A-HJ-NPQRTUWXY]{2}-[0-9]{3}",
            "ab_[._+]{0}x",
            "[Z-Z]A{2}",
            "[0-9]{2}[a]",
        ];
        let texts = [
            "", "0af9", "0aF9", "CN", "cn", "CNX", "9J-123", "9I-123", "9J-12３", "ab_x", "ab_.x", "ZAA", "12a",
            "1２a", "一",
        ];
        for pattern in patterns {
            let regex = Regex::new(&format!(r"\A(?:{pattern})\z")).unwrap();
            let form = Form::of(pattern).unwrap();
            for text in texts {
                assert_eq!(form.matches(text.as_bytes()), regex.is_match(text), "/{pattern}/ and {text}");
            }
        }
    }

    #[test]
    fn other_patterns_are_no_forms() {
        let others = [
            "a|b",
            "a*",
            "a+",
            "a?",
            "(a)",
            ".",
            "^a",
            "a$",
            "\\d",
            "[^a]",
            "[\\d]",
            "[a",
            "[]a]",
            "[[:alpha:]]",
            "[a&&b]",
            "[0-一]",
            "一",
            "a{2,}",
            "a{1,2}",
            "a{}",
            "a{ 2}",
            "a{2}?",
            "a{2}{3}",
            "{2}",
            "[A-z]",
            "[9-0]",
            "[a-]",
            "a{1025}",
            "a{99999999999999999999}",
            "ba{18446744073709551615}",
            "a b",
        ];
        for pattern in others {
            assert!(Form::of(pattern).is_none(), "/{pattern}/");
        }
        assert!(Form::of("a{1024}").is_some(), "at the limit");
    }
}
