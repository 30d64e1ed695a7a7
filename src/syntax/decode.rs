//! From bytes to text: UTF-8 and nothing else.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span, position};

/// The text of a file, which must be UTF-8. A byte-order mark at its start is kept; [`parse`](super::parse) takes it.
///
/// # Errors
///
/// The first place that is not UTF-8, as a place in `String::from_utf8_lossy(bytes)`, which the file's entry in the
/// source map may hold.
pub fn decode_utf8(file: FileId, bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (good, bad) = bytes.split_at(error.valid_up_to());
        let at = u32::try_from(good.len()).unwrap_or(u32::MAX);
        let place = position(std::str::from_utf8(good).unwrap_or_default(), good.len());
        let message = format!(
            "expected UTF-8, found {} at line {}, column {}",
            bad.first().map_or_else(String::new, |byte| format!("the byte {byte:#04x}")),
            place.line,
            place.column
        );
        Box::new(Diagnostic::error(Code::NOT_UTF8, Span::new(file, at, at), message).help(advice(bytes)))
    })
}

fn advice(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "this looks like UTF-16; save the file as UTF-8"
    } else {
        "save the file as UTF-8; editors may call what it is now GBK, GB 18030 or Big5"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_the_first_wrong_byte_is() {
        assert_eq!(decode_utf8(FileId::new(0), "红线".as_bytes()).unwrap(), "红线");
        let wrong = decode_utf8(FileId::new(3), b"module m\n\xe7\xba\xa2 \xba\xec").unwrap_err();
        assert_eq!(wrong.message, "expected UTF-8, found the byte 0xba at line 2, column 3");
        assert_eq!(wrong.primary.unwrap().span, Span::new(FileId::new(3), 13, 13));
        let utf16 = decode_utf8(FileId::new(0), b"\xff\xfem\0").unwrap_err();
        assert!(utf16.help[0].contains("UTF-16"));
    }
}
