//! The two forms of texts, checked byte by byte.

/// `P-[0-9]{6}`
pub fn is_number(text: &[u8]) -> bool {
    matches!(text, [b'P', b'-', digits @ ..] if digits.len() == 6 && digits.iter().all(u8::is_ascii_digit))
}

/// `[a-z0-9.]+@[a-z0-9]+(\.[a-z]+)+`
pub fn is_address(text: &[u8]) -> bool {
    let Some(at) = text.iter().position(|b| *b == b'@') else { return false };
    let (local, host) = (&text[..at], &text[at + 1..]);
    let mut labels = host.split(|b| *b == b'.');
    let first = labels.next().unwrap_or_default();
    let mut more = 0;
    let rest = labels.all(|label| {
        more += 1;
        !label.is_empty() && label.iter().all(u8::is_ascii_lowercase)
    });
    let plain = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    !local.is_empty()
        && local.iter().all(|b| plain(b) || *b == b'.')
        && !first.is_empty()
        && first.iter().all(plain)
        && rest
        && more > 0
}
