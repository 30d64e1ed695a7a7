//! Strings with escapes: these are checked and resolved in one step, as far as the closing quote. It knows bytes and what is
//! wrong with one of them, not where the string stands.

#![expect(clippy::inline_always, reason = "one loop without calls is what makes it quick; measured")]

use super::plain::special_bytes;
use super::scanner::Fault;

/// Appends what a text stands for, up to its first bare quote: the offset of that, or where it goes wrong, and how.
pub(super) fn resolve(text: &[u8], to: &mut Vec<u8>) -> Result<usize, (usize, Fault)> {
    let mut rest = text;
    loop {
        rest = run(rest, to);
        while let [b'\\', behind @ ..] = rest {
            rest = escape(behind, to).map_err(|fault| (text.len() - rest.len(), fault))?;
        }
        let at = text.len() - rest.len();
        match rest {
            [b'"', ..] => return Ok(at),
            [] => return Err((at, Fault::OpenString)),
            [byte, ..] if *byte < b' ' => return Err((at, Fault::ControlCharacter)),
            _ => {}
        }
    }
}

/// Appends the bytes from the start that stand for themselves, and gives what follows.
#[inline(always)]
fn run<'t>(text: &'t [u8], to: &mut Vec<u8>) -> &'t [u8] {
    let mut rest = text;
    while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            let length = special.trailing_zeros() as usize / 8;
            append(to, *chunk, length);
            return rest.get(length..).unwrap_or_default();
        }
        append(to, *chunk, 8);
        rest = behind;
    }
    while let [byte, behind @ ..] = rest {
        if matches!(byte, ..b' ' | b'"' | b'\\') {
            break;
        }
        to.push(*byte);
        rest = behind;
    }
    rest
}

/// Appends the first `length` of some bytes. All are written, which is one step where a part would be a call.
#[inline(always)]
fn append<const N: usize>(to: &mut Vec<u8>, bytes: [u8; N], length: usize) {
    let end = to.len() + length;
    to.extend_from_slice(&bytes);
    to.truncate(end);
}

/// Appends what an escape stands for whose backslash was read, and gives what follows.
#[inline(always)]
fn escape<'t>(text: &'t [u8], to: &mut Vec<u8>) -> Result<&'t [u8], Fault> {
    let Some((kind, rest)) = text.split_first() else { return Err(Fault::Escape) };
    match SHORT.get(usize::from(*kind)) {
        Some(0) | None => {}
        Some(byte) => {
            to.push(*byte);
            return Ok(rest);
        }
    }
    let (first, rest) = unit(text).ok_or(Fault::Escape)?;
    if let Some(c) = char::from_u32(first) {
        append_char(to, c);
        return Ok(rest);
    }
    let second = rest.strip_prefix(b"\\").and_then(unit);
    let (c, rest) = second.and_then(|(second, rest)| Some((pair(first, second)?, rest))).ok_or(Fault::Surrogate)?;
    append_char(to, c);
    Ok(rest)
}

#[inline(always)]
fn append_char(to: &mut Vec<u8>, c: char) {
    let mut bytes = [0; 4];
    let length = c.encode_utf8(&mut bytes).len();
    append(to, bytes, length);
}

/// The character of the two halves of a surrogate pair.
fn pair(first: u32, second: u32) -> Option<char> {
    let (high, low) = (first.wrapping_sub(0xd800), second.wrapping_sub(0xdc00));
    if high < 0x400 && low < 0x400 { char::from_u32(0x1_0000 + (high << 10 | low)) } else { None }
}

/// The UTF-16 unit of `uXXXX` at the start of a text, and what follows.
#[inline(always)]
fn unit(text: &[u8]) -> Option<(u32, &[u8])> {
    let ([b'u', digits @ ..], rest) = text.split_first_chunk::<5>()? else { return None };
    let [a, b, c, d] = digits.map(|digit| HEX.get(usize::from(digit)).copied().unwrap_or(NO_DIGIT));
    let unit = [a, b, c, d].into_iter().fold(0, |unit, digit| unit << 4 | u32::from(digit));
    ((a | b | c | d) <= 0xf).then_some((unit, rest))
}

/// What a letter behind a backslash stands for; nothing for those that no escape has, and for `u`.
static SHORT: [u8; 256] = table(0, b"\"\\/bfnrt", b"\"\\/\x08\x0c\n\r\t");
/// What no hexadecimal digit counts.
const NO_DIGIT: u8 = 0xff;
/// What a hexadecimal digit counts.
static HEX: [u8; 256] = table(
    NO_DIGIT,
    b"0123456789abcdefABCDEF",
    &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 10, 11, 12, 13, 14, 15],
);

/// For each of some bytes its value, for all others a default.
#[expect(clippy::indexing_slicing, reason = "computed while compiling")]
const fn table<const N: usize>(default: u8, bytes: &[u8; N], values: &[u8; N]) -> [u8; 256] {
    let mut table = [default; 256];
    let mut at = 0;
    while at < N {
        table[bytes[at] as usize] = values[at];
        at += 1;
    }
    table
}
