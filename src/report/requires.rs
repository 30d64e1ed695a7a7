//! What a requirement demands, as it is written.

/// What must hold, on one line, without the words for when it does not. Messages are long, and are not gone through.
pub(super) fn of(requirement: &str) -> String {
    let mut words = requirement.split_whitespace().peekable();
    let mut text = String::new();
    words.next_if_eq(&"require");
    while let Some(word) = words.next() {
        if !text.is_empty() {
            text.push(' ');
        }
        text += word;
        let mut rest = words.clone();
        if rest.next() == Some("else") && rest.next().is_some_and(|said| said.starts_with('"')) {
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_where_it_does_not_hold_is_left_out() {
        for (written, demanded) in [
            ("require a > 1", "a > 1"),
            ("require a\n    and b\n    else \"no {a}\"\n    else zh \"x\"", "a and b"),
            ("require x == \"else\"  else \"y\"", "x == \"else\""),
            ("require check p.q(a) else", "check p.q(a) else"),
            ("review when a \"b\"", "review when a \"b\""),
            ("", ""),
        ] {
            assert_eq!(of(written), demanded, "{written}");
        }
    }
}
