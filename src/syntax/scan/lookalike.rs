//! Marks that a Chinese keyboard or a word processor puts where the language wants ASCII.

/// The ASCII that a mark stands for.
pub(super) fn ascii(mark: char) -> Option<&'static str> {
    MARKS.iter().find(|(marks, _)| marks.contains(mark)).map(|(_, ascii)| *ascii)
}

const MARKS: &[(&str, &str)] = &[
    ("，、", ","),
    ("：", ":"),
    ("；", ";"),
    ("。．", "."),
    ("（﹙", "("),
    ("）﹚", ")"),
    ("［【〔", "["),
    ("］】〕", "]"),
    ("｛", "{"),
    ("｝", "}"),
    ("“”„＂「」『』‘’＇", "\""),
    ("＝", "="),
    ("＜〈《", "<"),
    ("＞〉》", ">"),
    ("≤≦", "<="),
    ("≥≧", ">="),
    ("≠", "!="),
    ("！", "!"),
    ("＋", "+"),
    ("－–—−", "-"),
    ("＊×", "*"),
    ("／÷", "/"),
    ("％", "%"),
    ("＃", "#"),
    ("？", "?"),
    ("＿", "_"),
    ("→", "->"),
    ("…", ".."),
    ("０", "0"),
    ("１", "1"),
    ("２", "2"),
    ("３", "3"),
    ("４", "4"),
    ("５", "5"),
    ("６", "6"),
    ("７", "7"),
    ("８", "8"),
    ("９", "9"),
    ("\u{3000}\u{a0}\u{2002}\u{2003}\u{2009}\u{202f}", " "),
];

/// Bytes of `“text”` at the start of `text`, where the other quote follows on the line.
pub(super) fn quoted_length(text: &str) -> Option<usize> {
    const QUOTES: [(char, &[char]); 5] =
        [('“', &['”', '"']), ('‘', &['’']), ('＂', &['＂']), ('「', &['」']), ('『', &['』'])];
    let first = text.chars().next()?;
    let (_, closers) = QUOTES.iter().find(|(open, _)| *open == first)?;
    let inside = text.get(first.len_utf8()..)?.lines().next()?;
    let (at, closer) = inside.char_indices().find(|(_, c)| closers.contains(c))?;
    Some(first.len_utf8() + at + closer.len_utf8())
}
