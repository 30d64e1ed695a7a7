//! Valid files with pieces of them changed: whatever the text, the parser answers, with places that are in it.

use crate::chance::cases;
use hongxian::diagnostic::{Code, Diagnostic};
use hongxian::source::FileId;
use hongxian::syntax::{parse, print};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::time::{Duration, Instant};

const FILES: [&str; 2] = [include_str!("files/rules.policy"), include_str!("files/model.policy")];

/// Pieces that mean something to the language.
const PIECES: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "\\",
    "/",
    "//",
    "///",
    ":",
    ",",
    ".",
    "..",
    "=",
    "==",
    "<",
    "-",
    "->",
    "??",
    "%",
    "#",
    "\n",
    "\r\n",
    " ",
    "\u{feff}",
    "，",
    "“",
    "”",
    "（",
    "\u{202e}",
    "\0",
    "é",
    "红",
    "0",
    "99999999999999999999",
    "2019-08-22",
    " and ",
    " or ",
    " not ",
    " implies ",
    " any x: ",
    " where ",
    " matches /",
    " is ",
    " in ",
    "let x = ",
    "red_line ",
    "module ",
    "require ",
    " else ",
    "{x}",
    "\\u{",
    "((((((((",
    "not not not not ",
];

#[derive(Debug, Clone)]
enum Change {
    Insert(Index, &'static str),
    Replace(Index, &'static str),
    Delete(Index, usize),
    Repeat(Index, usize, usize),
    Move(Index, Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let piece = || select(PIECES.to_vec());
    prop_oneof![
        3 => (any::<Index>(), piece()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        2 => (any::<Index>(), piece()).prop_map(|(at, piece)| Change::Replace(at, piece)),
        2 => (any::<Index>(), 1..40_usize).prop_map(|(at, length)| Change::Delete(at, length)),
        1 => (any::<Index>(), 1..30_usize, 2..60_usize).prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        1 => (any::<Index>(), any::<Index>(), 1..60_usize).prop_map(|(from, to, length)| Change::Move(from, to, length)),
    ]
}

fn changed(mut letters: Vec<char>, change: &Change) -> Vec<char> {
    let place = |at: &Index, letters: &[char]| at.index(letters.len().max(1)).min(letters.len());
    let piece = |letters: &mut Vec<char>, at: usize, length: usize| -> Vec<char> {
        letters.drain(at..(at + length).min(letters.len())).collect()
    };
    match change {
        Change::Insert(at, words) => {
            let at = place(at, &letters);
            letters.splice(at..at, words.chars());
        }
        Change::Replace(at, words) => {
            let at = place(at, &letters);
            letters.splice(at..(at + 1).min(letters.len()), words.chars());
        }
        Change::Delete(at, length) => {
            let at = place(at, &letters);
            piece(&mut letters, at, *length);
        }
        Change::Repeat(at, length, times) => {
            let at = place(at, &letters);
            let again = piece(&mut letters, at, *length).repeat(*times);
            letters.splice(at..at, again);
        }
        Change::Move(from, to, length) => {
            let from = place(from, &letters);
            let moved = piece(&mut letters, from, *length);
            let to = place(to, &letters);
            letters.splice(to..to, moved);
        }
    }
    letters
}

fn is_sound(text: &str, fault: &Diagnostic) -> bool {
    let words = [&fault.message].into_iter().chain(&fault.help);
    let worded = words.clone().all(|words| !words.is_empty() && !words.contains('\0') && !words.ends_with('.'));
    let labels = fault.primary.iter().chain(&fault.secondary);
    let placed = labels.clone().all(|label| text.get(label.span.range()).is_some());
    worded && placed && fault.primary.is_some() && fault.code.as_str().starts_with("E01")
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_text_has_an_answer(which in 0..FILES.len(), changes in prop::collection::vec(change(), 1..4)) {
        let letters = changes.iter().fold(FILES[which].chars().collect(), changed);
        let text: String = letters.into_iter().collect();
        let start = Instant::now();
        match parse(FileId::new(0), &text) {
            Ok(file) => {
                let printed = print(&file);
                let again = parse(FileId::new(0), &printed);
                prop_assert!(again.is_ok(), "{}\n────\n{}", text, printed);
                prop_assert_eq!(print(&again.unwrap()), printed);
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty(), "{}", text);
                for fault in faults {
                    prop_assert!(is_sound(&text, &fault), "{:?}\n{}", fault, text);
                }
            }
        }
        prop_assert!(start.elapsed() < Duration::from_secs(10), "{:?} for {}", start.elapsed(), text);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused(which in 0..FILES.len(), at in any::<Index>(), byte in 0x80..=0xff_u8) {
        let mut bytes = FILES[which].as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Err(fault) = hongxian::syntax::decode_utf8(FileId::new(0), &bytes) {
            prop_assert_eq!(fault.code, Code::NOT_UTF8);
            prop_assert!(is_sound(&String::from_utf8_lossy(&bytes), &fault));
        }
    }
}
